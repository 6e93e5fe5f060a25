"""What editors put first under “Related articles”: checked when it is written, and kept with each text."""

import re

import pytest

import search.query
from articles import actions
from articles.models import Article
from tests import factories
from tests.articles.test_admin_form import address, typed

TWITCHES = "Why do my stomach muscles twitch?"


@pytest.fixture
def others(ed, rae) -> list[Article]:
    titles = ("Sore throat", "Bruises and how they fade")
    return [factories.make_article(ed, rae, title, lay_words="") for title in titles]


def publish_with(article: Article, pins: str, ed, rae) -> None:
    article.pins = pins
    actions.sign_off(revision=actions.save(article=article, editor=ed), reviewer=rae)
    actions.publish(article=article, editor=ed, next_review_on=article.next_review_on)


def related(client, path: str) -> list[str]:
    """The titles beside an article."""
    beside = client.get(path).text.partition('<h2 id="related">')[2].partition("</section>")[0]
    return re.findall(r"<a [^>]*>([^<]*)</a>", beside)


def test_pins_come_first_in_their_order_and_each_once(client, article, others, ed, rae):
    near = factories.make_article(ed, rae, "Muscles that twitch in the eyelid")
    factories.find_neighbours()
    path = article.get_absolute_url()
    assert related(client, path) == [near.title]
    publish_with(article, "bruises-and-how-they-fade\nsore-throat\nmuscles-that-twitch-in-the-eyelid", ed, rae)
    factories.find_neighbours()
    assert related(client, path) == ["Bruises and how they fade", "Sore throat", near.title]


def test_pins_are_read_as_the_published_text_has_them(desk, client, article, others, ed):
    article.pins = "sore-throat"
    actions.save(article=article, editor=ed)
    assert related(client, article.get_absolute_url()) == []
    assert related(desk, address(article, "preview")) == ["Sore throat"]


def test_a_pin_that_readers_may_not_open_is_left_out(client, article, others, ed, rae):
    factories.make_draft(ed, "Not yet")
    publish_with(article, "not-yet\nsore-throat\nbruises-and-how-they-fade", ed, rae)
    actions.archive(article=others[0], editor=ed)
    assert related(client, article.get_absolute_url()) == ["Bruises and how they fade"]


def test_an_editor_names_them_by_address(desk, others, ed):
    draft = factories.make_draft(ed)
    typed_in = (
        "https://askwell.example/articles/sore-throat/?x=1#y\n\n/articles/bruises-and-how-they-fade/\nsore-throat"
    )
    assert desk.post(address(draft), typed(desk, address(draft), pins=typed_in)).status_code == 303
    assert draft.latest_revision().pins == "sore-throat\nbruises-and-how-they-fade"
    assert draft.revisions.count() == 2
    assert "Related articles" in desk.get(address(draft, "differences")).text
    # Nothing else changed it.
    assert desk.post(address(draft), typed(desk, address(draft))).status_code == 303
    assert draft.revisions.count() == 2


@pytest.mark.parametrize(
    ("pins", "why"),
    [
        ("no-such-article", "There is no other article at: no-such-article"),
        ("why-do-my-stomach-muscles-twitch", "There is no other article at: why-do-my-stomach-muscles-twitch"),
        ("/", "There is no other article at"),
        ("\n".join(f"a-{number}" for number in range(6)), "Please choose at most 5."),
    ],
)
def test_what_leads_nowhere_is_not_saved(desk, ed, pins, why):
    draft = factories.make_draft(ed, TWITCHES)
    response = desk.post(address(draft), typed(desk, address(draft), pins=pins))
    assert response.status_code == 422
    assert why in response.text
    assert draft.revisions.count() == 1


def test_questions_that_were_asked_elsewhere_fill_up_those_asked_from_the_article(client, article, ana):
    factories.make_question(ana, "Is stomach twitching after a bug normal?", article=article)
    factories.make_question(ana, "Do stomach muscles twitch after coffee?")
    factories.find_neighbours()
    page = client.get(article.get_absolute_url()).text
    asked, similar = page.index('id="asked"'), page.index('id="similar"')
    assert asked < page.index("Is stomach twitching after a bug normal?") < similar
    assert similar < page.index("Do stomach muscles twitch after coffee?")
    assert page.count("Is stomach twitching after a bug normal?") == 1


def test_before_the_worker_came_the_page_has_only_what_is_known(client, article, ana):
    factories.make_question(ana, "Do stomach muscles twitch after coffee?")
    page = client.get(article.get_absolute_url()).text
    assert not search.query.related(article.pk, user=ana)
    assert 'id="related"' not in page
    assert 'id="similar"' not in page
