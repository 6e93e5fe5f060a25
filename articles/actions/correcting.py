"""A signed text that readers have is corrected without a new sign-off: its form, or at once what was wrong in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from articles import corrections, links, rules
from articles.actions.publishing import SUBJECT, give
from articles.actions.steps import NotReady, current_text, record
from articles.actions.writing import TEXT_COLUMNS, changes_between, keep, snapshot, words_of
from articles.models import Article, Correction, Revision, Step
from notifications.actions import notify
from notifications.kinds import Kind

# For so long readers have an urgent correction that nobody signed.
UNSIGNED_FOR = timedelta(days=7)


@transaction.atomic
def correct_form(*, article: Article, editor: User) -> Revision:
    """Give readers the current text, which differs from the signed one in its form alone. Raises NotReady."""
    revision = current_text(article)
    if missing := missing_for_form(article, revision):
        raise NotReady(missing)
    signed = article.live_sign_off
    assert signed is not None
    if article.live_id == revision.pk:
        return revision
    correction = Correction.objects.create(
        kind=Correction.Kind.FORM, revision=revision, base=signed.revision, sign_off=signed, editor=editor
    )
    _give(article, correction, changes=())
    record(Step.Kind.FORM, revision, editor)
    return revision


def missing_for_form(article: Article, revision: Revision) -> list[str]:
    """What keeps a text from being a correction of form of the signed one, a sentence each."""
    signed = article.live_sign_off
    if not article.is_published or signed is None:
        return [_("Only a text that readers have is corrected without a new sign-off.")]
    if article.withdrawn_on:
        return [_("Readers have an urgent correction that nobody has signed. A reviewer has to read it first.")]
    beyond = corrections.beyond_form(signed.revision, revision)
    return rules.missing_in_text(revision) + links.broken(revision) + beyond


@transaction.atomic
def correct_urgently(*, article: Article, editor: User, texts: Mapping[str, str], box: str, reason: str) -> Revision:
    """Give readers at once what they have without what is wrong, and with `box` above it. Raises NotReady.

    `texts`: the columns of `corrections.DELETABLE` that change, from which only whole sentences and points are gone.
    Unfinished work on the article goes on beside it. The reviewers are told.
    """
    unfinished = current_text(article)
    live, signed = article.live, article.live_sign_off
    if not article.is_published or live is None or signed is None or article.is_withdrawn:
        raise NotReady([_("Readers do not have this text now.")])
    boxes = [one for one in (live.correction_box, box) if one]
    words = words_of(live) | {name: texts[name] for name in corrections.DELETABLE if name in texts}
    revision = snapshot(article, words | {"correction_box": "\n\n".join(boxes)}, live.sources)
    missing = corrections.beyond_urgent(live, revision) + rules.missing_in_text(revision)
    if not changes_between(live, revision):
        missing.append(_("Take something out, or write what readers have to know into the box."))
    before = links.broken(live)
    missing += [sentence for sentence in links.broken(revision) if sentence not in before]
    if not reason:
        missing.append(_("Say why. Readers see it."))
    if missing:
        raise NotReady(missing)
    keep(revision, author=editor, note=reason[:200])
    correction = Correction.objects.create(
        kind=Correction.Kind.URGENT,
        revision=revision,
        base=live,
        sign_off=signed,
        editor=editor,
        reason=reason,
        # A second one gives the first no more time.
        withdrawn_on=article.withdrawn_on or unsigned_until(),
    )
    _go_on(article, unfinished, revision, box)
    _give(article, correction, changes=changes_between(live, revision))
    record(Step.Kind.URGENT, revision, editor, reason)
    reviewers = User.objects.filter(is_active=True, is_reviewer=True).values_list("pk", flat=True)
    notify(reviewers, kind=Kind.CORRECTED, subject=(SUBJECT, article.pk), actor_id=editor.pk)
    return revision


def unsigned_until() -> date:
    """The day on which an urgent correction of today is withdrawn, unless somebody signs it."""
    return timezone.localdate() + UNSIGNED_FOR


def _give(article: Article, correction: Correction, *, changes: list[str] | tuple[()]) -> None:
    """The dates stay: nobody has checked anything."""
    give(
        article,
        correction.revision,
        sign_off=correction.sign_off,
        checked_on=article.checked_on,
        checked_by=article.checked_by,
        next_review_on=article.next_review_on,
        warned_days=article.warned_days,
        changes=changes,
        live_correction=correction,
        withdrawn_on=correction.withdrawn_on,
        submitted=correction.revision if correction.is_urgent else None,
    )


def _go_on(article: Article, unfinished: Revision, corrected: Revision, box: str) -> None:
    """The working copy after an urgent correction: this one too, or the unfinished work, with the box."""
    if unfinished.pk == article.live_id:
        words = words_of(corrected)
    else:
        words = words_of(unfinished)
        words["correction_box"] = "\n\n".join(one for one in (unfinished.correction_box, box) if one)
        again = snapshot(article, words, unfinished.sources)
        keep(again, author=unfinished.author, note=_("What was not finished, after the urgent correction"))
    for name, value in words.items():
        setattr(article, name, value)
    article.save(update_fields=TEXT_COLUMNS)
