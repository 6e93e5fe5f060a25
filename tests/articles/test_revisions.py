"""Every Save is a revision, and readers never get anything but the live one."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import actions, publishing
from articles.models import Article, Revision, SignOff
from articles.rendering import html_of
from core import markdown
from core.markdown import render_article
from search.models import Entry
from tests.factories import make_article, make_draft, make_topic


def test_a_save_keeps_everything_the_working_copy_says(ed):
    draft = make_draft(ed)
    revision = draft.latest_revision()
    assert (revision.number, revision.author, revision.title) == (1, ed, draft.title)
    assert revision.lay_words == draft.lay_words
    assert revision.sources == [
        {"title": "Muscle twitches", "publisher": "A public health body", "url": "https://www.nih.gov/x"}
    ]


def test_a_revision_is_rendered_by_the_function_that_the_preview_uses(ed):
    revision = make_draft(ed).latest_revision()
    assert revision.body_html == render_article(revision.body, sources=1).html
    assert revision.rendered_with == markdown.RENDERER_VERSION
    assert revision.contents == [{"id": "section-what-is-happening", "text": "What is happening"}]
    assert "<li>Tiredness is a usual cause.</li>" in revision.key_points_html


def test_a_save_that_changes_nothing_makes_no_revision(ed):
    draft = make_draft(ed)
    first = draft.latest_revision()
    assert actions.save(article=draft, editor=ed, note="again") == first
    assert draft.revisions.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "Another title"), ("help_visit", ""), ("lay_words", "tic"), ("byline", "somebody"), ("body", "New.")],
)
def test_a_change_of_any_part_is_a_revision_of_its_own(ed, name, value):
    draft = make_draft(ed)
    setattr(draft, name, value)
    second = actions.save(article=draft, editor=ed, note="why")
    assert (second.number, getattr(second, name), second.note) == (2, value, "why")
    assert getattr(draft.revisions.get(number=1), name) != value


def test_other_sources_are_another_revision(ed):
    draft = make_draft(ed)
    source = {"title": "Cramps", "publisher": "A library", "url": "https://www.nlm.nih.gov/x"}
    assert actions.save(article=draft, editor=ed, sources=[source]).sources == [source]
    assert [one.title for one in draft.sources.all()] == ["Cramps"]


def test_another_topic_is_another_revision(ed):
    draft = make_draft(ed)
    draft.topic = make_topic("Digestion")
    assert actions.save(article=draft, editor=ed).number == 2


def test_a_help_part_that_was_decided_to_be_empty_shows_nothing(ed):
    draft = make_draft(ed, help_emergency="None", help_soon="- one\n\n* two\nthree")
    html = html_of(draft, sources=0)
    assert html["help_emergency_html"] == ""
    assert html["help_soon_html"].count("<li>") == 3


def test_nobody_changes_a_revision(ed):
    revision = make_draft(ed).latest_revision()
    revision.title = "Rewritten"
    with pytest.raises(TypeError):
        revision.save()
    with pytest.raises(TypeError):
        revision.delete()


def test_two_revisions_of_an_article_never_have_the_same_number(ed):
    revision = make_draft(ed).latest_revision()
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            article=revision.article, number=1, title="Again", topic=revision.topic, rendered_with=1
        )


def test_a_signed_revision_is_never_taken_out_of_the_database(article):
    with pytest.raises(Exception, match="protected"):
        Revision.objects.filter(pk=article.live_id).delete()


def test_the_slug_comes_from_the_title_and_is_free(ed):
    first = make_draft(ed, "Sore throat", slug="")
    second = make_draft(ed, "Sore throat", slug="")
    assert [first.slug, second.slug] == ["sore-throat", "sore-throat-2"]


def test_a_slug_that_is_emptied_comes_from_the_title_again(ed):
    draft = make_draft(ed, "Sore throat", slug="")
    draft.slug = ""
    actions.save(article=draft, editor=ed)
    assert draft.slug == "sore-throat"


def test_a_draft_may_still_get_another_slug(ed):
    draft = make_draft(ed)
    draft.slug = "another"
    actions.save(article=draft, editor=ed)
    draft.refresh_from_db()
    assert draft.slug == "another"


def test_saving_does_not_move_the_article(ed, article):
    """A form that was opened before somebody published must not take the article back."""
    stale = Article.objects.get(pk=article.pk)
    stale.state, stale.live = Article.State.DRAFT, None
    stale.title = "A new title"
    actions.save(article=stale, editor=ed)
    article.refresh_from_db()
    assert (article.state, article.live.title) == ("published", "Why do my stomach muscles twitch?")


# Readers


def test_the_working_copy_never_shows(client, ed, article):
    article.title, article.body = "Half a thought", "Take ten of them."
    article.standfirst = article.key_points = article.help_soon = article.lay_words = "Half a thought"
    actions.save(article=article, editor=ed, sources=[])
    for address in (article.get_absolute_url(), "/articles/", "/topics/muscles-and-nerves/", "/"):
        page = client.get(address).content.decode()
        assert "Half a thought" not in page
        assert "Take ten" not in page
    entry = Entry.objects.get(kind="article", object_id=article.pk)
    assert "Half a thought" not in f"{entry.title}{entry.answer}{entry.body}{entry.synonyms}"


@pytest.mark.parametrize(("state", "status"), [("draft", 404), ("in_review", 404), ("archived", 410)])
def test_what_is_not_published_is_not_there(client, ed, article, state, status):
    Article.objects.filter(pk=article.pk).update(state=state, submitted=article.live)
    assert client.get(article.get_absolute_url()).status_code == status
    assert article.live.title not in client.get("/articles/").content.decode()


def test_an_archived_article_leaves_the_index_and_comes_back(client, ed, article):
    actions.archive(article=article, editor=ed)
    actions.archive(article=article, editor=ed)
    assert client.get(article.get_absolute_url()).status_code == 410
    assert not Entry.objects.filter(kind="article", object_id=article.pk).exists()
    actions.publish(article=article, editor=ed, next_review_on=timezone.localdate().replace(year=2100))
    assert client.get(article.get_absolute_url()).status_code == 200
    assert Entry.objects.filter(kind="article", object_id=article.pk).exists()


def test_publishing_is_announced_with_what_changed(ed, rae, article, monkeypatch):
    heard, seen = [], []
    for name in ("_listeners", "_watchers"):
        monkeypatch.setattr(publishing, name, [])
    publishing.register(
        lambda article, changes: heard.append((article.live.number, list(changes))),
        lambda article: seen.append(article.state),
    )
    article.title = "Why does my belly twitch?"
    revision = actions.save(article=article, editor=ed)
    actions.sign_off(revision=revision, reviewer=rae)
    assert heard == []
    actions.publish(article=article, editor=ed, next_review_on=timezone.localdate().replace(year=2100))
    assert heard == [(2, ["title"])]
    assert seen == []
    for _ in range(2):
        actions.archive(article=article, editor=ed)
    assert seen == ["archived"]
    actions.publish(article=article, editor=ed, next_review_on=timezone.localdate().replace(year=2100))
    assert seen == ["archived", "published"]


def test_a_renamed_topic_is_found_under_its_new_name(ed, rae, topic):
    article = make_article(ed, rae)
    topic.name = "Muscles"
    actions.save_topic(topic=topic)
    assert Entry.objects.get(kind="article", object_id=article.pk).topic_name == "Muscles"


def test_a_sign_off_is_kept_when_its_reviewer_leaves(article, rae):
    signed = article.live_sign_off
    with pytest.raises(Exception, match="protected"):
        rae.delete()
    assert SignOff.objects.get(pk=signed.pk).line == "rae, neurology, United Kingdom"
