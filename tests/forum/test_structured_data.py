"""What pages say to machines is what people read on them, and no more of it."""

import json

import pytest
from django.test import Client

import forum.actions
from forum.models import Question
from tests import factories
from tests.markup import Markup

pytestmark = pytest.mark.django_db


def read(path: str, client: Client | None = None) -> tuple[Markup, dict]:
    """A page, and what it says to machines by kind."""
    page = Markup((client or Client()).get(path).content.decode())
    blocks = [one.text for one in page.all("script") if one.attrib.get("type") == "application/ld+json"]
    nodes = [node for block in blocks for node in json.loads(block)["@graph"]]
    return page, {str(node["@type"]): node for node in nodes}


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def busy(ana, ben, cleo, eve, question) -> Question:
    """A question with an answer that helped, one by a clinician, one without a name, kind words and comments."""
    helped = factories.make_answer(ben, question, "Mine went away.\n\n- after **sleep**\n- and with < 2 coffees & tea")
    factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    nameless = factories.make_answer(eve, question, "It came back </script><b>twice</b> with me.", anonymous=True)
    factories.make_answer(factories.make_user(), question, "Hang in there, you are not alone.", basis="support")
    for number in range(2):
        factories.make_comment(ana, helped, f"Remark number {number}.")
    forum.actions.mark_helped(answer=helped)
    forum.actions.mark_helpful(answer=nameless, member=ana)
    forum.actions.mark_same(question=question, member=ben)
    question.refresh_from_db()
    return question


def test_each_answer_is_said_as_it_is_read(settings, busy):
    page, nodes = read(busy.get_absolute_url())
    asked = nodes["QAPage"]["mainEntity"]
    said = [*asked["acceptedAnswer"], *asked["suggestedAnswer"]]
    articles = [one for one in page.all("article") if one.attrib.get("id", "").startswith("answer-")]
    assert [asked["answerCount"], len(said), len(articles)] == [3, 3, 4]
    assert page.text(page.all("h1")[0]) == asked["name"]
    for fact, shown in zip([asked, *said], page.all("article"), strict=False):
        words = [page.text(one) for one in shown.iter() if "prose" in one.attrib.get("class", "").split()]
        assert flat(fact["text"]) == words[0]
        times = [one.attrib["datetime"][:19] for one in shown.iter("time")]
        assert fact is asked or fact["datePublished"][:19] in times
        assert fact["author"]["name"] in page.text(shown)
        links = {settings.BASE_URL + one.attrib["href"] for one in shown.iter("a")}
        assert fact["author"].get("url", next(iter(links))) in links
    ids = [fact["url"].partition("#")[2] for fact in said]
    assert ids == [one.attrib["id"] for one in articles[:3]]
    assert all(fact["url"].startswith(settings.BASE_URL + busy.get_absolute_url()) for fact in said)


def test_the_numbers_are_those_of_the_page(busy, ben):
    asked = read(busy.get_absolute_url())[1]["QAPage"]["mainEntity"]
    (helped,) = asked["acceptedAnswer"]
    assert (asked["upvoteCount"], helped["commentCount"], asked["commentCount"]) == (1, 2, 0)
    assert helped["author"]["name"] == ben.name
    assert [one["upvoteCount"] for one in asked["suggestedAnswer"]] == [1, 0]


def test_who_wrote_without_a_name_has_none_for_machines_either(busy, eve):
    page, nodes = read(busy.get_absolute_url())
    nameless = nodes["QAPage"]["mainEntity"]["suggestedAnswer"][0]
    assert nameless["author"] == {"@type": "Person", "name": "Anonymous member 2"}
    assert eve.handle not in page.html


def test_a_text_cannot_end_the_block(busy):
    page = read(busy.get_absolute_url())[0]
    (block,) = [one for one in page.all("script") if "src" not in one.attrib]
    assert "<" not in block.text
    assert "\\u003C/script\\u003E" in block.text


def test_where_the_page_is_is_said_as_it_is_read(settings, question):
    page, nodes = read(question.get_absolute_url())
    (trail,) = [one for one in page.all("nav") if one.attrib.get("class") == "crumbs"]
    shown = [(page.text(one), settings.BASE_URL + one.attrib["href"]) for one in trail.iter("a")]
    assert [(one["name"], one["item"]) for one in nodes["BreadcrumbList"]["itemListElement"]] == shown
    assert "QAPage" not in nodes, "nobody has answered it yet"


def test_what_is_not_for_everybody_is_not_said(ana, ben, eve, browser_of, question):
    factories.make_answer(ben, question)
    assert read(question.get_absolute_url())[1]
    assert not read(question.get_absolute_url(), browser_of(eve))[1], "only the page that everybody gets"
    for audience in ("unlisted", "members"):
        Question.objects.filter(pk=question.pk).update(audience=audience, shown_to_all=audience == "unlisted")
        assert not read(question.get_absolute_url())[1]


def test_an_article_is_said_as_it_is_read(settings, article):
    page, nodes = read(article.get_absolute_url())
    said = nodes["['Article', 'MedicalWebPage']"]
    text = page.text(page.all("article")[0])
    assert said["headline"] == page.text(page.all("h1")[0])
    assert said["url"] == settings.BASE_URL + article.get_absolute_url()
    assert f"Written by {said['author']['name']}" in text
    assert f"Medically reviewed by {said['reviewedBy']['name']}" in text
    assert said["description"] in text
    days = [one.attrib["datetime"] for one in page.all("time")]
    assert {said["lastReviewed"], said["datePublished"], said["dateModified"]} <= set(days)
    (source,) = said["citation"]
    assert f"{source['name']}. {source['publisher']['name']}." in text
    assert source["url"] in [one.attrib["href"] for one in page.all("a")]
    assert [one["name"] for one in nodes["BreadcrumbList"]["itemListElement"]] == ["Articles", article.live.topic.name]
