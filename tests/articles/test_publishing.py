"""Nothing reaches readers that a reviewer has not signed, and a refusal says all that is missing."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Credential
from articles import actions, rules
from articles.actions import NotReady
from articles.models import Article, Revision, SignOff
from core.rulings import Refused
from search.models import Entry
from tests.factories import make_credential, make_draft, make_user

SOON = timedelta(days=365)


def next_year():
    return timezone.localdate() + SOON


@pytest.fixture
def draft(ed) -> Article:
    return make_draft(ed)


@pytest.fixture
def signed(draft, rae) -> Article:
    actions.sign_off(revision=draft.latest_revision(), reviewer=rae)
    return draft


def publish(article, ed, next_review_on=None):
    actions.publish(article=article, editor=ed, next_review_on=next_review_on or next_year())


def missing(article, ed) -> str:
    with pytest.raises(NotReady) as lack:
        publish(article, ed)
    return " ".join(lack.value.missing)


# Publishing


def test_a_complete_and_signed_text_goes_to_readers(client, ed, signed):
    publish(signed, ed)
    signed.refresh_from_db()
    assert (signed.state, signed.live.number, signed.live_sign_off.line) == (
        "published",
        1,
        "rae, neurology, United Kingdom",
    )
    assert signed.checked_on == timezone.localdate()
    assert client.get(signed.get_absolute_url()).status_code == 200
    entry = Entry.objects.get(kind="article", object_id=signed.pk)
    assert (entry.title, entry.topic, entry.reviewed) == (signed.title, "muscles-and-nerves", True)
    assert "trouble breathing" in str(entry.sections)


def test_a_text_that_nobody_signed_stays_where_it_is(ed, draft):
    assert "revision 1, the current text" in missing(draft, ed)
    draft.refresh_from_db()
    assert (draft.state, draft.live) == ("draft", None)


def test_a_sign_off_of_an_older_text_is_none(ed, signed):
    signed.body += "\n\nOne more sentence."
    actions.save(article=signed, editor=ed)
    assert "revision 2, the current text" in missing(signed, ed)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"standfirst": ""}, "standfirst"),
        ({"key_points": ""}, "key points"),
        ({"body": ""}, "Write the text"),
        ({"help_emergency": ""}, "“Call an emergency number now if”"),
        ({"help_soon": ""}, "“See a doctor in the next day or two if”"),
        ({"help_visit": ""}, "“Mention it at your next visit if”"),
        ({"body": "See.[^1] And this.[^4]"}, "source 4"),
        ({"body": "![](/media/2026/11/a-10x10.webp)"}, "picture 1"),
        ({"body": "![describe the picture](/media/2026/11/a-10x10.webp)"}, "picture 1"),
    ],
)
def test_what_is_missing_is_said(ed, draft, change, sentence):
    for name, value in change.items():
        setattr(draft, name, value)
    actions.save(article=draft, editor=ed)
    assert sentence in missing(draft, ed)
    with pytest.raises(NotReady):
        actions.submit_for_review(article=draft, editor=ed)


def test_everything_that_is_missing_is_said_at_once(ed, topic):
    draft = actions.create(editor=ed, title="Only a title", topic=topic)
    assert len(missing(draft, ed).split(". ")) >= 8


def test_an_article_without_a_source_is_not_published(ed, draft):
    actions.save(article=draft, editor=ed, sources=[])
    assert "at least one source" in missing(draft, ed)


def test_the_picture_at_the_top_needs_words(ed, draft, picture):
    draft.hero = picture
    actions.save(article=draft, editor=ed)
    assert "picture at the top" in missing(draft, ed)
    draft.hero_alt = "A belly"
    actions.save(article=draft, editor=ed)
    assert "picture" not in missing(draft, ed)


def test_the_next_check_has_to_be_said_and_to_come_later(ed, signed):
    with pytest.raises(NotReady, match="when the article is checked next"):
        actions.publish(article=signed, editor=ed, next_review_on=None)
    with pytest.raises(NotReady, match="after the day of this one"):
        publish(signed, ed, timezone.localdate())


def test_the_next_check_is_sooner_where_medicines_are_named(draft):
    text = draft.latest_revision()
    day = timezone.localdate().replace(year=2026, month=11, day=30)
    assert rules.next_check_after(day, text).isoformat() == "2028-11-28"
    text.help_soon = "you take a steroid."
    assert rules.next_check_after(day, text).isoformat() == "2027-11-28"


def test_the_day_of_the_check_is_the_day_of_the_sign_off(ed, signed):
    long_ago = timezone.now() - timedelta(days=400)
    SignOff.objects.update(signed_at=long_ago)
    publish(signed, ed, timezone.localdate() - timedelta(days=10))
    signed.refresh_from_db()
    assert signed.checked_on == timezone.localdate(long_ago)
    assert signed.is_overdue


def test_publishing_twice_changes_nothing_for_readers(ed, signed):
    publish(signed, ed)
    signed.refresh_from_db()
    first = signed.published_at
    publish(signed, ed)
    signed.refresh_from_db()
    assert signed.published_at == first
    assert [step.kind for step in signed.live.steps.all()] == ["published"]


def test_publishing_what_readers_have_takes_no_later_check_back(ed, rae, signed):
    SignOff.objects.update(signed_at=timezone.now() - timedelta(days=400))
    publish(signed, ed)
    actions.find_still_right(article=signed, reviewer=rae, next_review_on=next_year())
    publish(signed, ed, next_year() + SOON)
    signed.refresh_from_db()
    assert (signed.checked_on, signed.next_review_on) == (timezone.localdate(), next_year() + SOON)


# What the database refuses by itself


@pytest.mark.parametrize("lack", ["live", "live_sign_off", "published_at", "checked_on", "next_review_on"])
def test_the_database_knows_no_published_article_without(article, lack):
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**{lack: None})


def test_the_database_knows_no_sign_off_by_the_author(ed, draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(revision=draft.latest_revision(), reviewer=ed, revision_author=ed, line="ed, himself")


def test_the_database_knows_one_sign_off_of_a_revision(signed, boss):
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.create(revision=signed.latest_revision(), reviewer=boss, line="boss, too")


def test_nobody_changes_a_sign_off(signed):
    sign_off = SignOff.objects.get()
    sign_off.line = "a professor"
    with pytest.raises(TypeError):
        sign_off.save()


# Who may sign


def test_signing_twice_is_signing_once(rae, signed):
    assert actions.sign_off(revision=signed.latest_revision(), reviewer=rae) == SignOff.objects.get()


def test_only_a_reviewer_signs(ed, boss, cleo, draft):
    for person in (boss, cleo):
        with pytest.raises(Refused, match="Only medical reviewers"):
            actions.sign_off(revision=draft.latest_revision(), reviewer=person)


@pytest.mark.parametrize(
    "change", [{"expires_at": timezone.now()}, {"withdrawn_at": timezone.now()}], ids=["ended", "withdrawn"]
)
def test_a_reviewer_needs_a_credential_in_force(rae, draft, change):
    Credential.objects.filter(user=rae).update(verified_at=timezone.now() - SOON, **change)
    with pytest.raises(Refused, match="credential"):
        actions.sign_off(revision=draft.latest_revision(), reviewer=rae)


def test_who_worked_on_a_text_since_readers_got_one_does_not_sign_it(ed, rae, draft):
    rae.is_editor = True
    draft.body += "\n\nA sentence by rae."
    actions.save(article=draft, editor=rae)
    draft.body += "\n\nA sentence by ed."
    last = actions.save(article=draft, editor=ed)
    with pytest.raises(Refused, match="worked on this text yourself"):
        actions.sign_off(revision=last, reviewer=rae)


def test_work_that_readers_have_had_since_is_no_hindrance(ed, rae, draft):
    ray = make_user("ray", is_reviewer=True)
    make_credential(ray)
    draft.body += "\n\nA sentence by rae."
    actions.sign_off(revision=actions.save(article=draft, editor=rae), reviewer=ray)
    publish(draft, ed)
    draft.body += "\n\nA sentence by ed."
    last = actions.save(article=draft, editor=ed)
    assert actions.sign_off(revision=last, reviewer=rae).reviewer == rae


def test_an_older_text_is_not_signed_any_more(ed, rae, draft):
    first = draft.latest_revision()
    draft.body += "\n\nMore."
    actions.save(article=draft, editor=ed)
    with pytest.raises(Refused, match="not the current text"):
        actions.sign_off(revision=Revision.objects.get(pk=first.pk), reviewer=rae)


# Review


def test_a_submitted_text_waits_until_it_changes(ed, draft):
    revision = actions.submit_for_review(article=draft, editor=ed)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted) == ("in_review", revision)
    draft.body += "\n\nMore."
    actions.save(article=draft, editor=ed)
    draft.refresh_from_db()
    assert (draft.state, draft.submitted) == ("draft", None)


def test_submitting_a_new_text_leaves_readers_theirs(client, ed, article):
    article.body += "\n\nMore."
    actions.save(article=article, editor=ed)
    actions.submit_for_review(article=article, editor=ed)
    article.refresh_from_db()
    assert (article.state, article.live.number, article.submitted.number) == ("published", 1, 2)


def test_the_history_tells_who_took_which_step(article, ed):
    steps = article.live.steps.all()
    assert [(step.kind, step.taken_by) for step in steps] == [("submitted", "ed"), ("published", "ed")]
