"""A text is given to readers, at once or by the worker when its time has come, and taken from them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

import search.index
from accounts.models import User
from articles import documents, links, publishing, rules
from articles.actions.steps import NO_SCHEDULE, NotReady, current_text, record
from articles.actions.writing import changes_between
from articles.models import Article, Revision, SignOff, Step
from notifications.actions import notify
from notifications.kinds import Kind


@transaction.atomic
def publish(
    *,
    article: Article,
    editor: User,
    next_review_on: date | None,
    for_readers: str = "",
    together: Collection[str] = (),
) -> None:
    """Give readers the current text. Raises NotReady with all that is missing. Of what they have already, only the day
    of the next check changes.

    `for_readers`: what the public history says of the change. `together`: slugs of articles that are published with it,
    to which it may link.
    """
    revision = current_text(article)
    if missing := missing_for(revision, next_review_on, together=together):
        raise NotReady(missing)
    assert next_review_on is not None
    _publish(article, revision, editor, next_review_on, for_readers)


@transaction.atomic
def schedule(
    *, article: Article, editor: User, at: datetime, next_review_on: date | None, for_readers: str = ""
) -> None:
    """Have the worker give readers the current text then. Raises NotReady with all that is missing now.

    `for_readers`: as for `publish`.
    """
    revision = current_text(article)
    missing = missing_for(revision, next_review_on)
    if at <= timezone.now():
        missing.append(_("Choose a time that is still to come."))
    elif next_review_on and next_review_on <= timezone.localdate(at):
        missing.append(_("The next check has to come after the day on which readers get the text."))
    if missing:
        raise NotReady(missing)
    if article.state not in (Article.State.PUBLISHED, Article.State.ARCHIVED):
        article.state = Article.State.SCHEDULED
    article.submitted = None
    article.scheduled, article.scheduled_for, article.scheduled_by = revision, at, editor
    article.scheduled_next_review_on = next_review_on
    article.save(update_fields=["state", "submitted", *NO_SCHEDULE])
    record(Step.Kind.SCHEDULED, revision, editor, for_readers)


@transaction.atomic
def call_off(*, article: Article, editor: User) -> None:
    """Take a text off the schedule. Doing it twice does nothing."""
    revision = current_text(article)
    if article.scheduled_id:
        _take_off_the_schedule(article.pk)
        record(Step.Kind.CALLED_OFF, revision, editor)


@transaction.atomic
def publish_scheduled(*, article_id: int) -> bool:
    """Give readers what is due, if it still may be; else it goes back, and the editor is told. False if another has
    done it meanwhile, or nothing is due."""
    article = Article.objects.due().filter(pk=article_id).first()
    if article is None:
        return False
    revision, editor, day = article.scheduled, article.scheduled_by, article.scheduled_next_review_on
    assert revision is not None
    # Whoever takes it off does the rest; a process that is killed in between leaves it as it was.
    if not _take_off_the_schedule(article_id, scheduled=revision, scheduled_for=article.scheduled_for):
        return False
    current = current_text(article)
    missing = missing_for(revision, day)
    if current.pk != revision.pk:
        missing.append(_("The text was changed after it had been scheduled."))
    if missing:
        record(Step.Kind.SENT_BACK, revision, None, " ".join(missing))
        told = [editor.pk] if editor and editor.is_active and rules.may_edit(editor) else editor_ids()
        notify(told, kind=Kind.NOT_PUBLISHED, subject=(SUBJECT, article_id))
    else:
        assert day is not None
        scheduled = revision.steps.filter(kind=Step.Kind.SCHEDULED).latest("taken_at", "pk")
        _publish(article, revision, editor, day, scheduled.note)
    return True


@transaction.atomic
def archive(*, article: Article, editor: User, successor: Article | None = None) -> None:
    """Take an article from readers. Its texts stay, and it can be published again. Doing it twice does nothing more.

    Who comes for it is led to `successor` from now on; without one they are told that it is gone.
    """
    revision = current_text(article)
    Article.objects.filter(pk=article.pk).update(successor=successor)
    if article.state == Article.State.ARCHIVED:
        return
    Article.objects.filter(pk=article.pk).update(state=Article.State.ARCHIVED, submitted=None, **NO_SCHEDULE)
    article.refresh_from_db(fields=["state", "submitted", *NO_SCHEDULE])
    record(Step.Kind.ARCHIVED, revision, editor)
    search.index.remove("article", article.pk)
    publishing.came_or_went(article)


# Parts

# What editors are told of: an article as they work on it.
SUBJECT = "working_copy"


def editor_ids() -> list[int]:
    return list(User.objects.filter(is_active=True, is_editor=True).values_list("pk", flat=True))


def missing_for(revision: Revision, next_review_on: date | None, *, together: Collection[str] = ()) -> list[str]:
    """What keeps a text from being published on its sign-off, a sentence each. `together`: as for `publish`."""
    signed = SignOff.objects.filter(revision=revision).first()
    day = _day_of(signed)
    missing = rules.missing_for_publication(revision, signed, checked_on=day, next_review_on=next_review_on)
    return missing + links.broken(revision, together=together)


def give(
    article: Article,
    revision: Revision,
    *,
    sign_off: SignOff,
    checked_on: date | None,
    checked_by: str,
    next_review_on: date | None,
    changes: Collection[str],
    **standing: Any,
) -> None:
    """Readers have this text from now on. `standing`: what else becomes of the columns; a correction, a day."""
    cleared = {"live_correction": None, "withdrawn_on": None, "submitted": None, "warned_days": None}
    columns = cleared | NO_SCHEDULE | standing
    is_new_to_readers = not article.is_published
    now = timezone.now()
    Article.objects.filter(pk=article.pk).update(
        state=Article.State.PUBLISHED,
        live=revision,
        live_sign_off=sign_off,
        published_at=Coalesce("published_at", now),
        live_since=Coalesce("live_since", now) if article.live_id == revision.pk else now,
        checked_on=checked_on,
        checked_by=checked_by,
        next_review_on=next_review_on,
        successor=None,
        **columns,
    )
    article.refresh_from_db()
    search.index.put(documents.document(article))
    if is_new_to_readers:
        publishing.came_or_went(article)
    publishing.announce(article, changes)


def _publish(
    article: Article, revision: Revision, editor: User | None, next_review_on: date, for_readers: str = ""
) -> None:
    if article.is_published and article.live_id == revision.pk:
        # Somebody may have found it still right since it was signed: only the next check moves.
        Article.objects.filter(pk=article.pk).update(next_review_on=next_review_on, warned_days=None)
        article.refresh_from_db(fields=["next_review_on", "warned_days"])
        return
    signed = SignOff.objects.get(revision=revision)
    give(
        article,
        revision,
        sign_off=signed,
        checked_on=_day_of(signed),
        checked_by=signed.line,
        next_review_on=next_review_on,
        changes=changes_between(article.live, revision),
    )
    record(Step.Kind.PUBLISHED, revision, editor, for_readers)


def _take_off_the_schedule(article_id: int, **as_it_was: Any) -> int:
    """Returns 0 if the schedule is not `as_it_was`."""
    on_it = Article.objects.filter(pk=article_id, scheduled__isnull=False, **as_it_was)
    state = Case(When(state=Article.State.SCHEDULED, then=Value(Article.State.DRAFT)), default="state")
    return on_it.update(state=state, **NO_SCHEDULE)


def _day_of(signed: SignOff | None) -> date:
    return timezone.localdate(signed.signed_at if signed else None)
