"""What search engines and readers of feeds are given: what everybody may find, all of it, and nothing else."""

from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import articles.actions
import forum.actions
from forum.models import Answer, Question
from forum.views import sitemaps
from tests import factories
from tests.uploads import samples
from uploads.actions import receive

ATOM = "{http://www.w3.org/2005/Atom}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
Audience = Question.Audience

pytestmark = pytest.mark.django_db


@pytest.fixture
def unlisted(ana, topic) -> Question:
    return factories.make_question(
        ana, "Something that search engines are asked to leave alone", topic=topic, audience=Audience.UNLISTED
    )


@pytest.fixture
def members_only(ana, topic) -> Question:
    return factories.make_question(
        ana, "Something that only people who sign in may read", topic=topic, audience=Audience.MEMBERS
    )


def entries(response) -> dict[str, str]:
    """The entries of a feed: title and address."""
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ElementTree.fromstring(response.content)
    return {
        entry.findtext(f"{ATOM}title"): entry.find(f"{ATOM}link").attrib["href"] for entry in feed.iter(f"{ATOM}entry")
    }


def addresses(client, kind: str, number: int = 0) -> list[str]:
    response = client.get(reverse("forum:sitemap", args=[kind, number]))
    return [place.text for place in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]


@pytest.mark.parametrize("feed", ["newest", "active", "unanswered", "topic"])
def test_feeds_hold_what_everybody_may_find(client, settings, question, unlisted, members_only, topic, feed):
    path = reverse("forum:feed_of_topic", args=[topic.slug]) if feed == "topic" else reverse("forum:feed", args=[feed])
    assert entries(client.get(path)) == {question.title: settings.BASE_URL + question.get_absolute_url()}


def test_a_member_gets_the_feed_that_everybody_gets(client, ana, question, unlisted, members_only):
    path = reverse("forum:feed", args=["newest"])
    guests = client.get(path).content
    client.force_login(ana)
    assert client.get(path).content == guests


def test_the_feed_of_a_question_has_its_answers_as_they_are_signed(client, settings, ben, question, answer, eve):
    nameless = factories.make_answer(eve, question, anonymous=True, body="With me it went away after a week of rest.")
    response = client.get(reverse("forum:feed_of_question", args=[question.pk]))
    text = response.content.decode()
    feed = ElementTree.fromstring(response.content)
    links = [entry.find(f"{ATOM}link").attrib["href"] for entry in feed.iter(f"{ATOM}entry")]
    assert links == [settings.BASE_URL + one.get_absolute_url() for one in (nameless, answer)]
    assert ben.name in text
    assert "Anonymous member 2" in text
    assert eve.handle not in text


@pytest.mark.parametrize("audience", [Audience.UNLISTED, Audience.MEMBERS])
def test_what_is_not_for_everybody_has_no_feed(client, ana, topic, audience):
    kept = factories.make_question(ana, "Something not everybody should come upon", topic=topic, audience=audience)
    assert client.get(reverse("forum:feed_of_question", args=[kept.pk])).status_code == 404


def test_what_was_taken_down_is_gone_from_the_feed_at_once(client, question):
    path = reverse("forum:feed", args=["newest"])
    etag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    forum.actions.hide(post=question)
    again = client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, entries(again)) == (200, {})


def test_the_sitemap_lists_what_everybody_may_find(client, settings, article, question, unlisted, members_only, topic):
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    files = [place.text.removeprefix(settings.BASE_URL) for place in index.iter(f"{SITEMAP}loc")]
    listed = [
        place.text.removeprefix(settings.BASE_URL)
        for path in files
        for place in ElementTree.fromstring(client.get(path).content).iter(f"{SITEMAP}loc")
    ]
    assert {article.get_absolute_url(), question.get_absolute_url(), topic.get_absolute_url(), "/"} <= set(listed)
    assert not {unlisted.get_absolute_url(), members_only.get_absolute_url()} & set(listed)


def test_the_sitemap_names_the_pictures_of_articles_and_the_day_of_their_text(client, settings, ed, rae):
    picture = receive(owner=ed, file=SimpleUploadedFile("belly.png", samples.picture(), "image/png"), for_library=True)
    other = receive(
        owner=ed, file=SimpleUploadedFile("nerve.png", samples.picture(size=(30, 20)), "image/png"), for_library=True
    )
    article = factories.make_article(
        ed,
        rae,
        body=f"## What is happening\n\nA flutter.[^1]\n\n![A nerve](/media/{other.path})",
        hero=picture,
        hero_alt="A belly",
    )
    factories.make_draft(ed, "Hidden", body=f"![Hidden](/media/{other.path})")
    (listed,) = ElementTree.fromstring(client.get("/sitemaps/articles/0.xml").content).iter(f"{SITEMAP}url")
    assert [one.text for one in listed.iter(f"{IMAGE}loc")] == [
        f"{settings.BASE_URL}/media/{one.path}" for one in (picture, other)
    ]
    assert listed.find(f"{SITEMAP}lastmod").text == f"{article.live_since:%Y-%m-%d}"
    page = client.get(article.get_absolute_url()).text
    assert f'<meta property="og:image" content="{settings.BASE_URL}/media/{picture.path}">' in page
    assert f'<meta property="og:image:width" content="{picture.width}">' in page
    assert f'<meta property="article:modified_time" content="{article.live_since:%Y-%m-%d}">' in page


def test_a_topic_has_a_feed_of_its_articles(client, ed, rae, topic):
    hands = factories.make_topic("Hands", parent=topic)
    inside = factories.make_article(ed, rae, "Numb fingers", topic=hands)
    factories.make_article(ed, rae, "Heartburn", topic=factories.make_topic("Digestion"))
    factories.make_draft(ed, "Hidden", topic=hands)
    found = entries(client.get(f"/feeds/topics/{topic.slug}/articles/"))
    assert list(found) == [inside.title]
    assert client.get("/feeds/topics/nothing/articles/").status_code == 404
    topic.slug = "nerves"
    articles.actions.save_topic(topic=topic)
    old = client.get("/feeds/topics/muscles-and-nerves/articles/")
    assert (old.status_code, old["Location"]) == (301, "/feeds/topics/nerves/articles/")
    for page in ("/topics/nerves/", "/articles/?topic=nerves"):
        assert 'href="/feeds/topics/nerves/articles/"' in client.get(page).text


def test_a_sitemap_is_split_by_id_and_costs_the_same_statements(client, monkeypatch, question, ana, topic):
    monkeypatch.setattr(sitemaps, "SIZE", 2)
    for number in range(4):
        factories.make_question(ana, f"One more question about the same thing, number {number}", topic=topic)
    pks = sorted(Question.objects.values_list("pk", flat=True))
    found = [len(addresses(client, "questions", number)) for number in range(pks[-1] // 2 + 1)]
    assert (sum(found), max(found)) == (len(pks), 2)
    with CaptureQueriesContext(connection) as statements:
        client.get("/sitemap.xml")
        client.get(reverse("forum:sitemap", args=["questions", 1]))
    assert len(statements) <= 5


def test_a_file_of_the_sitemap_is_found_by_its_ids():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Among so few rows it would rather sort; here it shows whether it can do without.
            for way in ("sort", "bitmapscan", "seqscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        rows = sitemaps.KINDS["questions"][0]().filter(pk__gte=10, pk__lt=20).order_by("pk")
        plan = rows.explain()
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
    assert "forum_question_pkey" in plan or "INTEGER PRIMARY KEY" in plan


def test_robots_are_told_where_the_map_is(client, settings):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.BASE_URL}/sitemap.xml" in text
    assert "Disallow: /search/" in text


@pytest.mark.parametrize(("audience", "is_kept_off"), [("public", False), ("unlisted", True), ("members", True)])
def test_the_page_of_a_question_says_whether_it_may_be_found(client, eve, ana, topic, audience, is_kept_off):
    asked = factories.make_question(ana, "Is this something to be found by everybody?", topic=topic, audience=audience)
    client.force_login(eve)
    response = client.get(asked.get_absolute_url())
    page = response.content.decode()
    assert (response.headers.get("X-Robots-Tag") == "noindex") is is_kept_off
    assert ('<meta name="robots" content="noindex">' in page) is is_kept_off
    assert ('rel="canonical"' in page) is not is_kept_off
    assert ('property="og:title"' in page) is not is_kept_off
    assert ("application/atom+xml" in page) is not is_kept_off


def test_a_list_with_a_title_that_may_not_be_found_may_not_be_found_itself(client, question, topic, ana):
    paths = ["/questions/", topic.get_absolute_url(), ana.get_absolute_url()]
    assert [client.get(path).headers.get("X-Robots-Tag") for path in paths] == [None] * 3
    factories.make_question(
        ana, "Something that search engines are asked to leave alone", topic=topic, audience=Audience.UNLISTED
    )
    assert [client.get(path).headers.get("X-Robots-Tag") for path in paths] == ["noindex"] * 3


def test_the_start_page_shows_guests_what_may_be_found(client, eve, question, unlisted):
    page = client.get("/")
    assert "X-Robots-Tag" not in page.headers
    assert (question.title in page.content.decode(), unlisted.title in page.content.decode()) == (True, False)
    client.force_login(eve)
    assert unlisted.title in client.get("/").content.decode()


def test_an_answer_that_was_hidden_is_in_no_feed(client, question, answer):
    path = reverse("forum:feed_of_question", args=[question.pk])
    assert len(entries(client.get(path))) == 1
    forum.actions.hide(post=Answer.objects.get(pk=answer.pk))
    assert entries(client.get(path)) == {}
