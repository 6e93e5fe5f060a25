"""No broken link into the site is published: each one is followed first, with the place on the page it names."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import actions, links
from articles.models import Article
from tests import factories
from tests.articles.test_admin_form import address
from uploads.models import Upload

HERE = "/articles/twitching-of-the-eyelid/"


@pytest.fixture
def library(article, ed, rae) -> None:
    moved = factories.make_article(ed, rae, "Moved", slug="before")
    moved.slug = "after"
    actions.save(article=moved, editor=ed)
    replaced = factories.make_article(ed, rae, "Replaced")
    actions.archive(article=replaced, editor=ed, successor=article)
    actions.archive(article=factories.make_article(ed, rae, "Archived"), editor=ed)
    factories.make_draft(ed, "Draft")
    nerves = factories.make_topic("Old nerves")
    nerves.slug = "nerves"
    actions.save_topic(topic=nerves)


def draft_with(link: str, ed, **fields) -> Article:
    body = f"## Eyes\n\nSee [this]({link}).[^1]"
    return factories.make_draft(ed, "Twitching of the eyelid", **{"body": body} | fields)


GOOD = [
    *("/articles/why-do-my-stomach-muscles-twitch/", "/articles/why-do-my-stomach-muscles-twitch/#help-soon"),
    *(
        "/articles/why-do-my-stomach-muscles-twitch/#section-what-is-happening",
        "/articles/before/",
        "/articles/replaced/",
    ),
    *("/articles/after", "https://askwell.example/articles/after/", "/topics/nerves/", "/topics/old-nerves/"),
    *("/articles/?topic=nerves", "/rules/", "/questions/", "#section-eyes", "#source-1", f"{HERE}#section-eyes", HERE),
    *("https://www.nih.gov/articles/nothing/", "mailto:us@askwell.example", "/"),
]
BROKEN = {
    "/articles/nothing/": "Readers cannot open that article.",
    "/articles/draft/": "Readers cannot open that article.",
    "/articles/archived/": "Readers cannot open that article.",
    "https://askwell.example/articles/draft/": "Readers cannot open that article.",
    "/articles/after/#section-nothing": "That page has no place “section-nothing”.",
    "/articles/replaced/#source-9": "That page has no place “source-9”.",
    "#section-ears": "That page has no place “section-ears”.",
    f"{HERE}#help-visit-us": "That page has no place “help-visit-us”.",
    "/topics/nothing/": "There is no such topic.",
    "/questions/?topic=%00": "There is no such topic.",
    "/articles/?topic=nothing": "There is no such topic.",
    "/ruels/": "There is no such page here.",
    "/media/nothing.webp": "There is no such picture.",
}


@pytest.mark.parametrize("link", GOOD)
def test_a_link_that_leads_somewhere_is_published(library, settings, ed, link):
    settings.BASE_URL = "https://askwell.example"
    assert links.broken(draft_with(link, ed).latest_revision()) == []


@pytest.mark.parametrize(("link", "why"), BROKEN.items())
def test_a_link_that_leads_nowhere_is_named_with_the_reason(library, settings, ed, link, why):
    settings.BASE_URL = "https://askwell.example"
    assert links.broken(draft_with(link, ed).latest_revision()) == [f"The link to {link}: {why}"]


def count(statements_of) -> int:
    with CaptureQueriesContext(connection) as seen:
        statements_of()
    return len(seen)


def test_fifty_links_cost_no_more_statements_than_one_of_each_kind(library, ed, rae, picture, desk):
    for number in range(12):
        old = factories.make_article(ed, rae, f"Replaced {number}")
        actions.archive(article=old, editor=ed, successor=Article.objects.get(slug="after"))
        topic = factories.make_topic(f"Topic {number}")
        Upload.objects.create(owner=ed, path=f"2026/01/{number}.webp", width=1, height=1, bytes=1, is_of_library=True)
        assert topic.slug == f"topic-{number}"
    few = ["/articles/replaced/#source-1", f"/media/{picture.path}", "/topics/old-nerves/", "/rules/#main"]
    many = [*few, *(f"/{name}/#main" for name in ("about", "privacy", "contact", "accessibility"))]
    many += [f"/articles/replaced-{n}/#source-1" for n in range(12)] + [f"/topics/topic-{n}/" for n in range(12)]
    many += [f"/media/2026/01/{n}.webp" for n in range(12)] + [f"/articles/?topic=topic-{n}" for n in range(6)]
    assert len(many) >= 50

    def text_with(these, title):
        body = "\n\n".join(f"See [this]({link})." for link in these)
        return factories.make_draft(ed, title, body=f"## Eyes\n\n{body}[^1]").latest_revision()

    one_of_each, all_of_them = text_with(few, "Few"), text_with(many, "Many")
    assert links.broken(one_of_each) == links.broken(all_of_them) == []
    look = reverse("admin:articles_article_look")

    def ways(text):
        form = {"form": address(text.article), "title": text.title, "body": text.body}
        asked = (
            lambda: links.broken(text),
            lambda: desk.get(address(text.article, "publish")),
            lambda: desk.post(look, form),
        )
        return [count(way) for way in asked]

    ways(one_of_each)
    assert ways(all_of_them) == ways(one_of_each)
    assert count(lambda: links.broken(all_of_them)) <= 7


@pytest.mark.parametrize("part", ["key_points", "help_emergency", "help_soon", "help_visit"])
def test_links_are_followed_wherever_they_stand(db, ed, part):
    draft = draft_with("/rules/", ed, **{part: "see [this](/nothing/)."})
    assert len(links.broken(draft.latest_revision())) == 1


def test_a_source_of_our_own_is_followed_too(db, settings, ed):
    settings.BASE_URL = "https://askwell.example"
    ours = {"title": "Ours", "publisher": "Askwell", "url": "https://askwell.example/articles/nothing/"}
    assert len(links.broken(draft_with("/rules/", ed, sources=[ours]).latest_revision())) == 1


def test_a_picture_that_is_not_there_is_a_broken_link(db, ed, picture):
    body = f"![A muscle](/media/{picture.path})\n\n![A nerve](/media/gone-1x1.webp)"
    draft = draft_with("", ed, body=body)
    assert links.broken(draft.latest_revision()) == ["The link to /media/gone-1x1.webp: There is no such picture."]
    Upload.objects.update(quarantined_at="2026-01-01T00:00Z")
    assert len(links.broken(draft.latest_revision())) == 2


def test_publishing_refuses_and_the_reviewer_is_told_before(desk, client, ed, rae):
    draft = draft_with("/articles/draft/", ed)
    why = "The link to /articles/draft/: Readers cannot open that article."
    assert why in desk.get(address(draft, "submit")).text
    revision = actions.submit_for_review(article=draft, editor=ed)
    actions.sign_off(revision=revision, reviewer=rae)
    assert why in desk.get(address(draft, "publish")).text
    response = desk.post(address(draft, "publish"), {"next_review_on": "2099-01-01"})
    assert response.status_code == 422 and why in response.text
    draft.refresh_from_db()
    assert not draft.is_published
    factories.make_article(ed, rae, "Draft")
    assert desk.post(address(draft, "publish"), {"next_review_on": "2099-01-01"}).status_code == 303


def test_articles_that_are_published_together_may_link_to_each_other(db, ed):
    text = draft_with("/articles/draft/", ed).latest_revision()
    assert links.broken(text, together=["draft"]) == []
