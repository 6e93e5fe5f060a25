"""What happens when a moderator warns, silences or suspends a member, and when that ends before its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

import notifications.actions
from accounts.models import User
from moderation.actions import Overtaken, act_on_member
from moderation.models import Decision, Report, ReviewItem, Sanction
from moderation.threads import log

Kind, Code = Sanction.Kind, Decision.Code
CODES = {Kind.WARN: Code.WARNED, Kind.SILENCE: Code.SILENCED, Kind.SUSPEND: Code.SUSPENDED}


def view_of(member: User) -> str:
    """What a moderator has read of a member: how many sanctions there are, and the last report."""
    last_report = Report.objects.about(member).aggregate(last=Max("pk", default=0))["last"]
    return f"{_last_number(member)}-{last_report}"


@transaction.atomic
def impose(
    *,
    member: User,
    kind: str,
    days: int | None,
    rule: str,
    words: str,
    evidence: Sequence[str],
    as_seen: str,
    moderator: User,
) -> Sanction:
    """Warn, silence or suspend `member`; `days` is None for a warning, which they must confirm to have read.

    It is the decision on what was reported about them, as far as it was read. Raises Overtaken if there are more
    sanctions than `as_seen` says; see `view_of`.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=member.pk).values_list("pk"))
    number, _dash, last_report = as_seen.partition("-")
    if number != str(_last_number(member)) or not (last_report.isascii() and last_report.isdigit()):
        raise Overtaken
    code = CODES[Kind(kind)]
    item = ReviewItem.objects.about(member).open().first()
    if item is None:
        decision = log(member, code, moderator, rule=rule, words=words)
    else:
        decision = act_on_member(
            item=item,
            version=item.version,
            moderator=moderator,
            code=code,
            rule=rule,
            words=words,
            last_report=int(last_report),
        )
    now = timezone.now()
    try:
        with transaction.atomic():
            sanction = Sanction.objects.create(
                member=member,
                number=_last_number(member) + 1,
                kind=kind,
                rule=rule,
                days=days,
                evidence=list(evidence),
                decision=decision,
                made_at=now,
                until=now + timedelta(days=days) if days else None,
            )
    except IntegrityError:
        raise Overtaken from None
    _write_on(member)
    notifications.actions.notify([member.pk], kind=decision.code, subject=("decision", decision.pk))
    return sanction


@transaction.atomic
def lift(*, sanction: Sanction, moderator: User, words: str = "") -> None:
    """End it before its time. Raises Overtaken if it is over already."""
    if not _end(Sanction.objects.running(), sanction):
        raise Overtaken
    log(sanction.member, Code.LIFTED, moderator, words=words)
    notifications.actions.notify([sanction.member_id], kind="lifted", subject=("decision", sanction.decision_id))


@transaction.atomic
def undo(*, sanction: Sanction) -> None:
    """It was wrong: it holds no longer, and counts no longer if it is over. Doing it twice does nothing."""
    _end(Sanction.objects.standing(), sanction)


@transaction.atomic
def acknowledge(*, decision: Decision, member: User) -> None:
    """`member` has read a warning. Doing it twice does nothing."""
    list(User.objects.select_for_update(no_key=True).filter(pk=member.pk).values_list("pk"))
    unread = Sanction.objects.filter(decision=decision, member=member, kind=Kind.WARN, acknowledged_at=None)
    unread.update(acknowledged_at=timezone.now())
    _write_on(member)


def _end(sanctions: QuerySet[Sanction], sanction: Sanction) -> bool:
    list(User.objects.select_for_update(no_key=True).filter(pk=sanction.member_id).values_list("pk"))
    ended = bool(sanctions.filter(pk=sanction.pk).update(lifted_at=timezone.now()))
    _write_on(sanction.member)
    return ended


def _write_on(member: User) -> None:
    """On the row of the member stands what lower rooms must know."""
    standing = Sanction.objects.filter(member=member).standing()
    ends = standing.aggregate(
        silenced=Max("until", filter=Q(kind=Kind.SILENCE)), suspended=Max("until", filter=Q(kind=Kind.SUSPEND))
    )
    User.objects.filter(pk=member.pk).update(
        silenced_until=ends["silenced"],
        suspended_until=ends["suspended"],
        must_acknowledge=standing.filter(kind=Kind.WARN, acknowledged_at=None).exists(),
    )


def _last_number(member: User) -> int:
    return Sanction.objects.filter(member=member).aggregate(last=Max("number", default=0))["last"]
