"""A senior editor takes out at once what is wrong; nobody else has to act for it to go when nobody signs it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from articles import actions, corrections, documents, rules
from articles.actions import NotReady
from articles.models import Article, Correction, Revision
from core.rulings import Refused
from notifications.models import Notification
from tests.factories import make_article, make_credential, make_user

WRONG = "Take ten tablets at once."
BODY = f"## What is happening\n\nA bundle of fibres fires.[^1] {WRONG}\n\n- Rest.\n- Drink bleach."
WEEK = timedelta(days=7)


@pytest.fixture
def article(ed, rae) -> Article:
    return make_article(ed, rae, body=BODY)


@pytest.fixture
def una(db):
    return make_user("una", is_staff=True, is_editor=True, is_senior_editor=True)


def correct(article: Article, editor, *, box: str = "", reason: str = "The dose was wrong.", **texts: str) -> Revision:
    return actions.correct_urgently(article=article, editor=editor, texts=texts, box=box, reason=reason)


def page(article: Article) -> str:
    return Client().get(article.get_absolute_url()).content.decode()


def titles(path: str) -> str:
    return Client().get(path).content.decode()


@pytest.fixture
def corrected(una, article) -> Article:
    correct(article, una, body=BODY.replace(f" {WRONG}", ""))
    article.refresh_from_db()
    return article


def test_what_is_wrong_is_gone_at_once_and_readers_are_told_why(corrected):
    seen = page(corrected)
    assert WRONG not in seen
    assert "A bundle of fibres fires." in seen
    assert "The dose was wrong. A medical reviewer has not read the correction yet." in seen
    assert WRONG not in documents.document(corrected).body
    assert [step.kind for step in corrected.live.steps.all()] == ["urgent"]


def test_a_box_says_what_holds_instead(una, article):
    correct(article, una, box="Never take more than two.")
    assert "Never take more than two." in page(article)
    article.refresh_from_db()
    correct(article, una, box="Not even on bad days.")
    seen = page(article)
    assert seen.index("Never take more than two.") < seen.index("Not even on bad days.")


def test_only_senior_editors_and_administrators_may(una, ed, rae, boss):
    assert [bool(rules.may_correct_urgently(who)) for who in (una, boss, ed, rae)] == [True, True, False, False]


@pytest.mark.parametrize(
    "texts",
    [
        {"body": BODY.replace("ten", "two")},
        {"body": BODY.replace(WRONG, "Take two tablets.")},
        {"body": BODY.replace(" ten", "")},
        {"body": BODY.replace("- Rest.\n- Drink bleach.", "- Drink bleach.\n- Rest.")},
        {"body": BODY + "\n\n" + WRONG},
        {"body": BODY.replace("- Drink", "  - Drink")},
        {"key_points": "none"},
        {"help_soon": "none"},
    ],
    ids=str,
)
def test_only_whole_sentences_go_and_nothing_comes(una, article, texts):
    with pytest.raises(NotReady, match="only whole sentences") as refused:
        correct(article, una, **texts)
    assert "“body”" not in str(refused.value)
    article.refresh_from_db()
    assert article.live.number == 1


@pytest.mark.parametrize(
    ("given", "lack"),
    [
        ({}, "Take something out"),
        ({"box": "Two.", "reason": ""}, "Say why"),
        ({"help_soon": ""}, "Decide"),
        ({"body": ""}, "Write the text"),
    ],
    ids=str,
)
def test_what_would_leave_readers_with_half_a_page_is_refused(una, article, given, lack):
    with pytest.raises(NotReady, match=lack):
        correct(article, una, **given)


def test_nothing_is_taken_out_that_a_link_of_the_text_leads_to(una, ed, rae):
    body = f"{BODY}\n\n[Back](#section-what-is-happening)."
    article = make_article(ed, rae, "With a link", body=body)
    with pytest.raises(NotReady, match="has no place"):
        correct(article, una, body=body.removeprefix("## What is happening\n\n"))


def test_a_link_that_was_broken_before_keeps_no_correction_back(una, ed, rae):
    other = make_article(ed, rae, "Other")
    body = f"{BODY}\n\n[Other](/articles/other/)."
    article = make_article(ed, rae, "With a link", body=body)
    actions.archive(article=other, editor=ed)
    assert correct(article, una, body=body.replace(f" {WRONG}", "")).correction


def test_of_what_readers_do_not_have_nothing_is_taken(una, ed, article):
    actions.archive(article=article, editor=ed)
    with pytest.raises(NotReady, match="do not have this text now"):
        correct(article, una, box="Two.")


def test_reviewers_are_told(una, rae, corrected):
    told = Notification.objects.get(kind="corrected")
    assert (told.recipient, told.subject_id) == (rae, corrected.pk)


def test_unfinished_work_goes_on_beside_it_and_is_not_signed_by_those_who_wrote_it(una, ed, rae, article):
    article.body = BODY + "\n\nA new idea."
    actions.save(article=article, editor=ed)
    correct(article, una, box="Two.", body=BODY.replace(f" {WRONG}", ""))
    article.refresh_from_db()
    assert (article.live.number, article.latest_revision().number) == (3, 4)
    assert (article.body, article.correction_box) == (BODY + "\n\nA new idea.", "Two.")
    actions.sign_off(revision=article.live, reviewer=rae)
    for writer in (ed, una):
        writer.is_reviewer = True
        make_credential(writer)
    with pytest.raises(Refused, match="worked on this text yourself"):
        actions.sign_off(revision=article.latest_revision(), reviewer=ed)
    assert actions.read_before(article.latest_revision()).number == 3


def test_without_unfinished_work_the_working_copy_is_corrected_too(corrected):
    assert WRONG not in corrected.body
    assert corrected.latest_revision() == corrected.live


# Seven days


def everywhere(article: Article) -> list[bool]:
    """Whether readers find it: its text, the lists, the feed, the sitemap, and by search."""
    title = article.live.title
    return [
        "A bundle of fibres fires." in page(article),
        title in titles("/articles/"),
        title in titles("/"),
        title in titles("/feeds/articles/"),
        article.slug in titles("/sitemaps/articles/0.xml"),
        title in titles("/search/?q=twitches"),
    ]


def test_after_seven_days_it_is_withdrawn_by_the_day_alone(corrected):
    assert all(everywhere(corrected))
    with time_machine.travel(timezone.now() + WEEK - timedelta(days=1)):
        assert all(everywhere(corrected))
    with time_machine.travel(timezone.now() + WEEK):
        assert not any(everywhere(corrected))
        response = Client().get(corrected.get_absolute_url())
    seen = response.content.decode()
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    assert '<meta name="robots" content="noindex">' in seen
    assert "This page is being checked" in seen
    assert corrected.live.standfirst not in seen


def test_a_second_correction_gives_the_first_no_more_time(una, corrected):
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        correct(corrected, una, box="Two.")
    corrected.refresh_from_db()
    assert corrected.withdrawn_on == timezone.localdate() + WEEK


def test_what_is_withdrawn_is_not_corrected_at_once_again(una, corrected):
    with time_machine.travel(timezone.now() + WEEK), pytest.raises(NotReady, match="do not have this text now"):
        correct(corrected, una, box="Two.")


@pytest.mark.parametrize("days", [1, 9])
def test_a_reviewer_who_signs_it_settles_it(corrected, rae, days):
    rae.credentials.update(expires_at=timezone.now() + timedelta(days=900))
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        signed = actions.sign_off(revision=corrected.live, reviewer=rae)
        corrected.refresh_from_db()
        assert (corrected.live_sign_off, corrected.live_correction, corrected.withdrawn_on) == (signed, None, None)
        assert corrected.checked_on == timezone.localdate()
        assert "A medical reviewer has not read" not in page(corrected)
        assert all(everywhere(corrected))


def test_who_corrected_it_does_not_sign_it(una, corrected):
    una.is_reviewer = True
    make_credential(una)
    with pytest.raises(Refused, match="worked on this text yourself"):
        actions.sign_off(revision=corrected.live, reviewer=una)


def test_no_correction_of_form_and_no_still_right_before_it_is_signed(una, ed, rae, corrected):
    corrected.body = corrected.body.replace("fibres fires", "fibbres fires")
    actions.save(article=corrected, editor=ed)
    with pytest.raises(NotReady, match="A reviewer has to read it first"):
        actions.correct_form(article=corrected, editor=ed)
    with pytest.raises(Refused, match="read and sign it"):
        actions.find_still_right(article=corrected, reviewer=rae, next_review_on=timezone.localdate() + WEEK * 60)


def test_it_waits_for_a_reviewer_whatever_else_is_written(una, ed, corrected):
    corrected.body += "\n\nMore."
    actions.save(article=corrected, editor=ed)
    assert corrected in Article.objects.waiting()


def test_what_else_was_submitted_waits_on_once_it_is_signed(ed, rae, corrected):
    corrected.body += "\n\nMore."
    actions.save(article=corrected, editor=ed)
    actions.submit_for_review(article=corrected, editor=ed)
    actions.sign_off(revision=corrected.live, reviewer=rae)
    corrected.refresh_from_db()
    assert (corrected.withdrawn_on, corrected.submitted) == (None, corrected.latest_revision())
    assert corrected in Article.objects.waiting()


# What the database refuses by itself


def test_the_database_knows_no_text_for_readers_that_stands_on_nothing(ed, rae, una, corrected):
    other = make_article(ed, rae, "Another article")
    corrected.body += "\n\nMore."
    draft = actions.save(article=corrected, editor=ed)
    baseless = [
        {"live": draft},
        {"live": draft, "live_correction": None, "withdrawn_on": None},
        {"live_correction": None, "withdrawn_on": None},
        {"withdrawn_on": None},
        {"withdrawn_on": timezone.localdate() + WEEK * 2},
        {"live_sign_off": other.live_sign_off},
        {"live": other.live, "live_sign_off": other.live_sign_off, "live_correction": None, "withdrawn_on": None},
    ]
    for columns in baseless:
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=corrected.pk).update(**columns)


@pytest.mark.parametrize(
    "columns",
    [{"reason": ""}, {"withdrawn_on": None}, {"kind": "form"}, {"base": "revision"}],
    ids=str,
)
def test_the_database_knows_no_half_a_correction(corrected, columns):
    row = Correction.objects.values("kind", "revision_id", "base_id", "sign_off_id", "reason", "withdrawn_on").get()
    if columns == {"base": "revision"}:
        columns = {"base_id": row["revision_id"]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.bulk_create([Correction(**(row | columns))])


def test_nobody_changes_a_correction(corrected):
    with pytest.raises(TypeError):
        corrected.live_correction.save()


def test_the_rule_is_asked_of_every_column(article):
    """A column that is added later is not forgotten."""
    assert corrections.beyond_urgent(article.live, article.live) == []
    for name in corrections._names():
        other = Revision.objects.get(pk=article.live_id)
        value = getattr(other, name)
        setattr(other, name, [*value, 1] if name == "sources" else f"{value}x" if isinstance(value, str) else 99)
        assert bool(corrections.beyond_urgent(article.live, other)) == (name != "correction_box")
