"""Addresses that were public lead on for ever: a changed slug, a renamed topic, an archived article."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

import search.query
from articles import actions
from articles.models import Article, ArticleAddress, Topic, TopicAddress
from forum.forms import AskForm
from moderation.queue_forms import QueueForm
from tests import factories
from tests.articles.test_admin_form import address, typed

OLD = "why-do-my-stomach-muscles-twitch"


def move(article: Article, slug: str, ed) -> None:
    article.slug = slug
    actions.save(article=article, editor=ed)


def rename(topic: Topic, slug: str) -> None:
    topic.slug = slug
    actions.save_topic(topic=topic)


@pytest.fixture
def another(ed, rae) -> Article:
    return factories.make_article(ed, rae, "Twitching of the eyelid", lay_words="")


# Articles


def test_each_old_address_leads_to_the_one_of_now_with_what_was_asked(client, article, ed):
    move(article, "twitching", ed)
    move(article, "muscle-twitches", ed)
    for old in (OLD, "twitching"):
        response = client.get(f"/articles/{old}/?from=a-letter")
        assert (response.status_code, response["Location"]) == (301, "/articles/muscle-twitches/?from=a-letter")
    assert client.get("/articles/muscle-twitches/").status_code == 200


def test_an_address_may_come_back_and_no_browser_keeps_both_ways_for_long(client, article, ed):
    move(article, "twitching", ed)
    assert client.get(f"/articles/{OLD}/")["Cache-Control"] == "max-age=3600"
    move(article, OLD, ed)
    assert client.get(f"/articles/{OLD}/").status_code == 200
    assert client.get("/articles/twitching/")["Location"] == f"/articles/{OLD}/"


def test_search_finds_it_at_its_new_address(article, ed, ana):
    move(article, "twitching", ed)
    (hit,) = search.query.search("stomach twitch", user=ana).hits
    assert hit.url == "/articles/twitching/"


def test_an_address_is_never_given_to_another_article(desk, article, another, ed):
    move(article, "twitching", ed)
    response = desk.post(address(another), typed(desk, address(another), slug=OLD))
    assert response.status_code == 422
    assert "Another article has this address, or had it once." in response.text
    assert factories.make_draft(ed, "Why do my stomach muscles twitch?", slug="").slug == f"{OLD}-2"
    with pytest.raises(IntegrityError), transaction.atomic():
        move(another, OLD, ed)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleAddress.objects.create(article=another, slug="twitching")


def test_what_nobody_was_led_to_is_free_again(ed):
    draft = factories.make_draft(ed, slug="one")
    move(draft, "two", ed)
    assert factories.make_draft(ed, slug="one").slug == "one"


def test_an_editor_changes_the_address(desk, article):
    desk.post(address(article), typed(desk, address(article), slug="twitching"))
    assert desk.get(f"/articles/{OLD}/")["Location"] == "/articles/twitching/"
    assert article.revisions.count() == 1


def test_a_form_that_was_open_meanwhile_does_not_take_the_new_address_back(desk, article, ed):
    began = typed(desk, address(article), title="Twitches") | {"initial-slug": OLD}
    move(article, "twitching", ed)
    assert desk.post(address(article), began).status_code == 303
    article.refresh_from_db()
    assert (article.slug, article.title) == ("twitching", "Twitches")


def test_pins_asking_and_following_go_by_any_of_its_addresses(client, article, another, ed, rae, ana):
    another.pins = OLD
    actions.sign_off(revision=actions.save(article=another, editor=ed), reviewer=rae)
    actions.publish(article=another, editor=ed, next_review_on=another.next_review_on)
    move(article, "twitching", ed)
    assert '<a href="/articles/twitching/">Why do my stomach' in client.get(another.get_absolute_url()).text
    assert article.title in client.get("/ask/", {"article": OLD}).text
    client.force_login(ana)
    assert client.post(f"/articles/{OLD}/follow/").status_code == 303
    assert ana.follows.get().article == article


# Archived


def test_an_archived_article_leads_to_what_took_its_place(client, article, another, ed, rae):
    actions.archive(article=article, editor=ed, successor=another)
    assert client.get(f"/articles/{OLD}/")["Location"] == another.get_absolute_url()
    third = factories.make_article(ed, rae, "All twitches")
    actions.archive(article=another, editor=ed, successor=third)
    assert client.get(f"/articles/{OLD}/")["Location"] == third.get_absolute_url()
    actions.publish(article=article, editor=ed, next_review_on=article.next_review_on)
    assert client.get(f"/articles/{OLD}/").status_code == 200


def test_without_a_successor_a_page_says_that_it_is_gone_and_leads_on(client, article, ed):
    actions.archive(article=article, editor=ed)
    response = client.get(f"/articles/{OLD}/")
    assert response.status_code == 410
    assert '<a href="/articles/?topic=muscles-and-nerves">Muscles and nerves</a>' in response.text
    assert article.title not in response.text
    assert "noindex" in response.text


def test_what_readers_never_had_was_never_here(client, ed):
    draft = factories.make_draft(ed)
    actions.archive(article=draft, editor=ed)
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_an_editor_names_the_successor_also_later(desk, article, another):
    page = address(article, "archive")
    assert desk.post(page).status_code == 303
    assert desk.post(page, {"successor": f"https://askwell.example{another.get_absolute_url()}"}).status_code == 303
    assert another.get_absolute_url() in desk.get(page).text
    assert desk.get(f"/articles/{OLD}/")["Location"] == another.get_absolute_url()
    assert desk.post(page, {"successor": ""}).status_code == 303
    assert desk.get(f"/articles/{OLD}/").status_code == 410


@pytest.mark.parametrize("which", ["nothing-here", OLD, "draft"])
def test_only_what_readers_may_open_takes_the_place_of_another(desk, article, ed, which):
    factories.make_draft(ed, "Draft")
    response = desk.post(address(article, "archive"), {"successor": which})
    assert response.status_code == 422
    assert "Readers can open no other article at this address." in response.text
    article.refresh_from_db()
    assert article.is_published


def test_nothing_takes_its_own_place(article):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(successor=article)


def test_what_links_to_an_article_is_shown_before_it_is_archived(desk, article, ed, rae):
    linking = factories.make_article(ed, rae, "Eyelids", body=f"## Eyes\n\n[Twitches](/articles/{OLD}/).[^1]")
    move(article, "twitching", ed)
    page = desk.get(address(article, "archive")).text
    assert f'<a href="{address(linking)}">Eyelids</a>' in page


# Topics


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/topics/muscles-and-nerves/?after=1-1", "/topics/nerves/?after=1-1"),
        ("/articles/?topic=muscles-and-nerves", "/articles/?topic=nerves"),
        ("/questions/?sort=newest&topic=muscles-and-nerves", "/questions/?sort=newest&topic=nerves"),
        ("/feeds/topics/muscles-and-nerves/", "/feeds/topics/nerves/"),
        ("/search/?q=stomach&topic=muscles-and-nerves", "/search/?q=stomach&topic=nerves"),
    ],
)
def test_wherever_the_slug_of_a_renamed_topic_stands_it_leads_on(client, article, old, new):
    assert client.get(old).status_code == 200
    rename(Topic.objects.get(slug="muscles-and-nerves"), "nerves")
    response = client.get(old)
    assert (response.status_code, response["Location"]) == (301, new)
    assert client.get(new).status_code == 200


def test_a_form_that_was_open_meanwhile_still_knows_the_topic(client, topic, ana):
    rename(topic, "nerves")
    assert client.get("/ask/?topic=muscles-and-nerves").context["form"]["topic"].value() == "nerves"
    assert AskForm(needs_consent=False).fields["topic"].clean("muscles-and-nerves") == topic
    assert QueueForm({"topic": "muscles-and-nerves"}, rules=[]).asked == {"topic": topic}


def test_search_narrows_by_the_new_slug(client, article):
    rename(Topic.objects.get(slug="muscles-and-nerves"), "nerves")
    assert article.title in client.get("/search/?q=stomach&topic=nerves").text


def test_an_address_is_never_given_to_another_topic(desk, topic):
    rename(topic, "nerves")
    for slug in ("muscles-and-nerves", "nerves"):
        response = desk.post(reverse("admin:articles_topic_add"), {"name": "New", "slug": slug, "position": 0})
        assert response.status_code == 200
        assert "Another topic has this address" in response.text
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.make_topic("muscles and nerves")
    assert TopicAddress.objects.count() == 2


def test_an_editor_renames_a_topic(desk, client, topic):
    page = reverse("admin:articles_topic_change", args=[topic.pk])
    assert desk.post(page, {"name": "Nerves", "slug": "nerves", "position": 0}).status_code == 302
    assert client.get("/topics/muscles-and-nerves/")["Location"] == "/topics/nerves/"


def test_a_topic_is_followed_by_its_old_address_too(client, topic, ana):
    rename(topic, "nerves")
    client.force_login(ana)
    assert client.post("/topics/muscles-and-nerves/follow/").status_code == 303
    assert ana.follows.get().topic == topic
