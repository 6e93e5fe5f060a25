"""The list of articles and the first page of the admin: found by what matters, and many done at once."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from articles import actions
from articles.models import Article
from core import drafts
from tests import factories
from tests.factories import make_draft, make_user

LIST, INDEX = reverse("admin:articles_article_changelist"), reverse("admin:index")


@pytest.fixture
def review(client, settings, rae):
    settings.REQUIRE_STAFF_MFA = False
    client.force_login(rae)
    return client


def do(client, action, *articles, **more):
    chosen = {"action": action, "_selected_action": [article.pk for article in articles]}
    return client.post(LIST, chosen | more, follow=True).content.decode()


def due_in(article, days):
    today = timezone.localdate()
    Article.objects.filter(pk=article.pk).update(
        checked_on=today - timedelta(days=800), next_review_on=today + timedelta(days=days)
    )


# The list


@pytest.mark.parametrize(("days", "found"), [(-1, ["overdue"]), (0, ["soon"]), (90, ["soon"]), (91, [])])
def test_articles_are_found_by_their_next_check(desk, article, days, found):
    due_in(article, days)
    shown = {value: article.title in desk.get(LIST, {"check": value}).content.decode() for value in ("overdue", "soon")}
    assert [value for value, is_shown in shown.items() if is_shown] == found


def test_articles_are_found_by_who_worked_on_them(desk, article, ed):
    max_ = make_user("max", is_editor=True)
    make_draft(max_, "Heartburn", slug="heartburn")
    shown = desk.get(LIST, {"by": max_.pk}).content.decode()
    assert "Heartburn" in shown and article.title not in shown
    assert article.title in desk.get(LIST, {"by": "x"}).content.decode()


def test_the_list_says_who_saved_last_and_what_is_overdue(desk, article):
    due_in(article, -1)
    shown = desk.get(LIST).content.decode()
    assert "overdue since" in shown
    assert ", ed</td>" in shown


# Many at once


def test_those_that_can_be_are_submitted_and_the_others_say_why_not(desk, article, ed):
    ready, bare = make_draft(ed, "Ready", slug="ready"), make_draft(ed, "Bare", slug="bare", body="")
    page = do(desk, "submit_for_review", ready, bare, article)
    assert "Submitted for review: 1 article." in page
    assert "“Bare” stays as it is. Write the text." in page
    assert f"“{article.title}” stays as it is. Readers have its newest text already." in page
    assert Article.objects.get(slug="ready").state == "in_review"
    assert Article.objects.get(slug="bare").state == "draft"


def test_those_that_are_ready_are_published(desk, ed, rae):
    ready, unsigned = make_draft(ed, "Ready", slug="ready"), make_draft(ed, "Unsigned", slug="unsigned")
    actions.submit_for_review(article=ready, editor=ed)
    actions.sign_off(revision=ready.latest_revision(), reviewer=rae)
    page = do(desk, "publish_ready", ready, unsigned)
    assert "Published: 1 article." in page
    assert "“Unsigned” stays as it is. A reviewer has to sign off" in page
    ready.refresh_from_db()
    assert ready.is_published and ready.next_review_on > timezone.localdate()
    assert not Article.objects.get(slug="unsigned").is_published


@pytest.mark.parametrize(
    ("ago", "said", "is_given"),
    [
        (600, "Published: 1 article.", True),
        (700, "“Long ago” is checked next by", True),
        (900, "“Long ago” stays as it is. It was signed off on", False),
    ],
)
def test_what_was_signed_long_ago_is_not_overdue_once_it_is_published(desk, ed, rae, ago, said, is_given):
    draft = make_draft(ed, "Long ago", slug="long-ago", body="## What it is\n\nA flutter.[^1]")
    with time_machine.travel(timezone.now() - timedelta(days=ago)):
        actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    page = do(desk, "publish_ready", draft)
    assert said in page
    assert ("is checked next by" in page) == (ago == 700)
    draft.refresh_from_db()
    assert (draft.is_published, draft.is_overdue) == (is_given, False)


def test_archiving_many_is_asked_once_more(desk, article):
    page = do(desk, "archive", article)
    assert "Readers and search will not find these any more." in page
    assert Article.objects.get().is_published
    assert "Archived: 1 article." in do(desk, "archive", article, is_sure="1")
    assert Article.objects.get().state == "archived"
    assert "It is archived already." in do(desk, "archive", article, is_sure="1")


def test_a_reviewer_finds_many_still_right(review, article, ed, rae):
    due_in(article, -1)
    draft = make_draft(ed, "Draft", slug="draft")
    assert "By going on you say that you have read" in do(review, "find_still_right", article, draft)
    page = do(review, "find_still_right", article, draft, is_sure="1")
    assert "Found still right: 1 article." in page
    assert "“Draft” stays as it is. Readers do not have it." in page
    article.refresh_from_db()
    assert article.checked_on == timezone.localdate()
    assert not article.is_overdue


@pytest.mark.parametrize("action", ["submit_for_review", "publish_ready", "archive"])
def test_a_reviewer_moves_nothing_else(review, article, action):
    do(review, action, article, is_sure="1")
    assert Article.objects.get().is_published


def test_an_editor_finds_nothing_still_right(desk, article):
    due_in(article, -1)
    do(desk, "find_still_right", article, is_sure="1")
    assert Article.objects.get().is_overdue


# The first page


def test_an_editor_finds_their_work_first(desk, article, ed):
    make_draft(make_user("max", is_editor=True), "Of max", slug="of-max")
    mine = make_draft(ed, "Of ed", slug="of-ed")
    actions.submit_for_review(article=mine, editor=ed)
    path = reverse("admin:articles_article_change", args=[mine.pk])
    drafts.save(owner_id=ed.pk, form=path, fields={"title": "Half typed"})
    drafts.save(owner_id=ed.pk, form="/ask/", fields={"title": "A question of mine"})
    due_in(article, -3)
    overview = desk.get(INDEX).context["overview"]
    assert [one.title for one in overview["mine"]] == ["Of ed"]
    assert [one.title for one in overview["unsaved"]] == ["Half typed"]
    assert [one.text.title for one in overview["waiting"]] == ["Of ed"]
    assert [one.title for one in overview["due"]] == [article.title]
    page = desk.get(INDEX).content.decode()
    assert "overdue since" in page and f"{path}?draft=take" in page


def test_so_is_what_they_changed_in_what_readers_have(desk, article, ed, rae):
    def mine():
        return [one.title for one in desk.get(INDEX).context["overview"]["mine"]]

    assert mine() == []
    max_ = make_user("max", is_editor=True)
    article.body += "\n\nMore of max."
    actions.save(article=article, editor=max_)
    assert mine() == []
    article.body += "\n\nMore of ed."
    revision = actions.save(article=article, editor=ed)
    assert mine() == [article.title]
    assert "Published, with changes that readers do not have" in desk.get(INDEX).text
    actions.sign_off(revision=revision, reviewer=rae)
    actions.publish(article=article, editor=ed, next_review_on=timezone.localdate() + timedelta(days=9))
    assert mine() == []


def test_a_reviewer_finds_what_they_may_sign(review, ed, rae):
    by_ed, by_rae = make_draft(ed, "By ed", slug="by-ed"), make_draft(rae, "By rae", slug="by-rae")
    for one in (by_ed, by_rae):
        actions.submit_for_review(article=one, editor=ed)
    response = review.get(INDEX)
    assert [one.text.title for one in response.context["overview"]["waiting"]] == ["By ed"]
    assert "Waiting for your review" in response.content.decode()
    actions.sign_off(revision=by_ed.latest_revision(), reviewer=rae)
    assert not review.get(INDEX).context["overview"]["waiting"]


def test_an_urgent_correction_is_read_before_all_else_and_not_by_who_made_it(client, review, ed, rae, article):
    una = make_user("una", is_staff=True, is_editor=True, is_senior_editor=True, is_reviewer=True)
    actions.submit_for_review(article=make_draft(ed, "Of ed", slug="of-ed"), editor=ed)
    corrected = actions.correct_urgently(article=article, editor=una, texts={}, box="Two.", reason="It was wrong.")
    article.title = "What ed writes on"
    actions.save(article=article, editor=ed)
    response = review.get(INDEX)
    first, second = response.context["overview"]["waiting"]
    assert (first.text, second.text.title) == (corrected, "Of ed")
    assert "urgent correction, to be signed before" in response.content.decode()
    client.force_login(una)
    assert [one.text.title for one in client.get(INDEX).context["overview"]["waiting"]] == ["Of ed"]


def test_what_is_most_asked_about_comes_first(desk, article, ana, topic):
    for number in range(2):
        factories.make_question(ana, f"Twitching again, number {number}, is it bad?", topic=topic, article=article)
    (asked,) = desk.get(INDEX).context["overview"]["asked"]
    assert (asked.article, asked.count) == (article, 2)


def test_moderators_do_not_see_the_desk_of_editors(client, settings, mia):
    settings.REQUIRE_STAFF_MFA = False
    mia.is_staff = True
    mia.save()
    client.force_login(mia)
    assert "overview" not in client.get(INDEX).context


def test_the_first_page_costs_the_same_for_a_large_library(desk, ed, rae, django_assert_max_num_queries):
    for number in range(12):
        article = factories.make_article(ed, rae, f"Article {number}", slug=f"article-{number}")
        due_in(article, number)
        make_draft(ed, f"Draft {number}", slug=f"draft-{number}")
    with django_assert_max_num_queries(14):
        desk.get(INDEX)
