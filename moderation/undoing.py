"""What happens when a moderator takes back a decision: everything is as before it, and it is decided anew. And when
what was hidden is shown again, however long ago that was: then it is decided."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

import forum.actions
import notifications.actions
from accounts.models import User
from core.rulings import require
from forum.actions.publishing import lock
from forum.models import Edit, Post
from forum.models.targets import key_of
from moderation import reports, rules
from moderation.actions import Overtaken
from moderation.models import Appeal, Decision, Report, ReviewItem
from moderation.order import weigh
from moderation.threads import log

Code = Decision.Code


def ruling(decision: Decision) -> rules.Ruling:
    """Whether a decision may still be taken back."""
    thing = decision.item.thing
    texts = Decision.objects.about(thing).exclude(code__in=Decision.BESIDE_TEXTS)
    last_written = None
    if isinstance(thing, Post):
        written = Edit.objects.about(thing).filter(by_moderator=False).order_by("-id")
        last_written = written.values_list("created_at", flat=True).first()
    return rules.may_undo(
        decision,
        thing,
        is_last=texts.latest("id").pk == decision.pk,
        is_appealed=Appeal.objects.filter(decision=decision).exists(),
        last_written=last_written,
    )


def ruling_on_restoring(decision: Decision, moderator: User) -> rules.Ruling:
    """Whether this moderator may show again what a decision hid."""
    return rules.may_restore(
        moderator,
        decision,
        decision.item.thing,
        is_undone=Decision.objects.filter(undoes=decision).exists(),
        appeal=Appeal.objects.filter(decision=decision).first(),
    )


@transaction.atomic
def restore(*, decision: Decision, moderator: User) -> None:
    """What a decision hid is up again where it stood, and nothing counts against its author. What was reported stays
    settled, and waits for nobody.

    Raises Refused if that cannot be done, and Overtaken if somebody else just did it.
    """
    post = decision.item.thing
    lock(post)
    if Decision.objects.filter(undoes=decision).exists():
        raise Overtaken
    require(ruling_on_restoring(decision, moderator))
    forum.actions.restore(post=post)
    log(post, Code.RESTORED, moderator, undoes=decision)
    notifications.actions.notify([post.author_id], kind="kept", subject=(post.kind, post.pk))


@transaction.atomic
def undo(*, decision: Decision, moderator: User) -> ReviewItem:
    """Take back a decision, and return what waits again. The log keeps both; the author is told.

    Raises Refused if it can no longer be done, and Overtaken if somebody else just did.
    """
    thing, item = decision.item.thing, decision.item
    if isinstance(thing, Post):
        lock(thing)
    if Decision.objects.filter(undoes=decision).exists():
        raise Overtaken
    require(ruling(decision))
    waits = _put_back(decision, thing)
    again = ReviewItem.objects.about(thing).open().select_for_update(no_key=True).first()
    again = again or ReviewItem.objects.select_for_update(no_key=True).get(pk=item.pk)
    try:
        with transaction.atomic():
            Decision.objects.create(
                item=again,
                moderator=moderator,
                code=Code.UNDONE,
                undoes=decision,
                item_version=again.version,
                target_kind=key_of(thing),
                target_id=thing.pk,
            )
    except IntegrityError as error:
        raise Overtaken from error
    _open_again(again, item, waits=waits)
    if isinstance(thing, Post) and decision.code != Code.KEPT:
        notifications.actions.notify([thing.author_id], kind="undone", subject=(thing.kind, thing.pk))
    return again


def _put_back(decision: Decision, thing: Any) -> bool:
    """The post is what it was before. Returns whether a text of it waits again."""
    match decision.code:
        case Code.APPROVED | Code.EDITED:
            forum.actions.unpublish(post=thing, published_after=decision.made_at)
            return True
        case Code.RETURNED | Code.REJECTED:
            forum.actions.wait_again(post=thing)
            return True
        case Code.HIDDEN:
            had_change = bool(decision.item.held_for)
            forum.actions.show_again(post=thing, with_change=had_change)
            return had_change
    return False


def _open_again(item: ReviewItem, decided: ReviewItem, *, waits: bool) -> None:
    """A locked item waits for what it, and the one that was decided, waited for; what was reported is open again."""
    reasons = list(item.reasons) if item.is_open else []
    # What was returned while reports remained left its reasons behind.
    before = decided.reasons if not decided.is_open else []
    reasons += [reason for reason in before if reason not in reasons and (waits or reason in decided.reported)]
    if waits:
        said = _("A moderator took a decision about it back, so it is looked at once more.")
        reasons.append({"rule": "undone", "level": 0, "words": _("Decision taken back"), "author": said, "spans": []})
    item.reasons = reasons
    numbers = [reason["report"] for reason in item.reported if "report" in reason]
    reports.open_again(Report.objects.filter(pk__in=numbers).exclude(state=Report.State.GONE))
    item.state, item.closed_at = ReviewItem.State.OPEN, None
    item.version += 1
    weigh(item)
    item.save()
