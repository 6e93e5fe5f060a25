"""What reports do at once, until a moderator decides. Software rejects nothing: for the time being it hides what
several members report, and collapses an answer that one reports as dangerous."""

from __future__ import annotations

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import forum.actions
import notifications.actions
from accounts import trust
from accounts.models import User
from forum.models import Answer, Post
from moderation import house
from moderation.models import Decision, Report, ReviewItem

AtOnce = ReviewItem.AtOnce
# From what reports of one post weigh together it is hidden: four members of whom nothing is known, or three who were
# mostly right.
HIDES_FROM = 2.0
DANGEROUS = "dangerous"
# An answer is collapsed whose author has published fewer; not on the word of who was wrong so often.
FEW_POSTS, TOO_OFTEN = 3, 3

# What its author, and for a collapsed answer everybody, is told meanwhile.
TOLD: dict[str, str | Promise] = {
    AtOnce.HIDDEN: _(
        "Several members have reported this, so our software keeps it out of sight until a moderator reads it. It"
        " decides nothing: if the moderator keeps it, it is shown again at once."
    ),
    AtOnce.COLLAPSED: _(
        "A member has reported this as advice that could hurt somebody, so our software has collapsed it until a"
        " moderator reads it. Everybody can still open it. It decides nothing: if the moderator keeps it, it is shown"
        " as before."
    ),
}


def weight(*, upheld: int, dismissed: int, is_new: bool) -> float:
    """How much a member's report counts, from 0 to 1; `upheld` and `dismissed` are their reports of the last 90 days.

        (upheld + 1) / (upheld + dismissed + 2), and half of that from a new member

    That is the share of their reports to be expected right by Laplace's rule of succession: one half while nothing is
    known. Who is not signed in has no record, and no weight: five of them may be one.
    """
    share = (upheld + 1) / (upheld + dismissed + 2)
    return share / 2 if is_new else share


def weight_of_reports(post: Post) -> float:
    """Of the open reports that `post` breaks a rule, each member once, whoever wrote it not at all."""
    waiting = Report.objects.about(post).of_breaches().filter(state=Report.State.OPEN)
    lately = Q(reports_made__settled_at__gte=timezone.now() - trust.COUNTS_FOR)
    settled = lately & ~Q(reports_made__reason=house.WORRIED.code)
    counts = {
        state: Count("reports_made", filter=settled & Q(reports_made__state=state))
        for state in (Report.State.UPHELD, Report.State.DISMISSED)
    }
    people = User.objects.filter(pk__in=waiting.values("reporter"), is_active=True).exclude(pk=post.author_id)
    return sum(
        weight(upheld=upheld, dismissed=dismissed, is_new=level == User.Trust.NEW)
        for level, upheld, dismissed in people.annotate(**counts).values_list("trust", *counts)
    )


def act(item: ReviewItem, post: Post, report: Report) -> None:
    """Do what `report`, just made, brings about. The post and then its item are locked; the item is not saved.

    What a moderator has looked at since it was last changed, and kept, only a moderator takes from view.
    """
    if post.status != Post.Status.PUBLISHED or _is_kept(post):
        return
    if weight_of_reports(post) >= HIDES_FROM:
        forum.actions.hide(post=post)
        item.at_once = AtOnce.HIDDEN
    elif isinstance(post, Answer) and post.collapsed_at is None and _collapses(post, report):
        forum.actions.collapse(answer=post)
        item.at_once = AtOnce.COLLAPSED
    else:
        return
    notifications.actions.notify([post.author_id], kind="put_aside", subject=(post.kind, post.pk))


def lift(item: ReviewItem, post: Post, *, is_hidden: bool) -> None:
    """A moderator has decided: what software did meanwhile ends, unless they have hidden it themselves."""
    if not item.is_put_aside_as(post):
        return
    if isinstance(post, Answer):
        forum.actions.expand(answer=post)
    notifications.actions.withdraw((post.kind, post.pk), kind="put_aside")
    if not is_hidden:
        forum.actions.show_again(post=post, with_change=False)
        notifications.actions.notify([post.author_id], kind="kept", subject=(post.kind, post.pk))


def told(item: ReviewItem) -> str:
    """What the author of what is out of sight meanwhile is told; empty where nothing is."""
    return str(TOLD[item.at_once]) if item.is_put_aside else ""


def _is_kept(post: Post) -> bool:
    """Whether a moderator has read what was reported about this text, and kept it. That it was approved before it was
    published is not enough: that was everything by whoever has published little."""
    since = post.edited_at or post.published_at
    kept = Decision.objects.about(post).filter(code=Decision.Code.KEPT, made_at__gte=since)
    return kept.standing().exists()


def _collapses(answer: Answer, report: Report) -> bool:
    """Whether the word of whoever reported it as dangerous is enough to collapse an answer before anybody reads it."""
    reporter = report.reporter
    if report.reason != DANGEROUS or reporter is None or reporter.trust == User.Trust.NEW:
        return False
    if answer.is_by_clinician or not User.objects.filter(pk=answer.author_id, published_count__lt=FEW_POSTS).exists():
        return False
    wrong = reporter.reports_made.filter(reason=DANGEROUS, state=Report.State.DISMISSED)
    lately = wrong.filter(settled_at__gte=timezone.now() - trust.COUNTS_FOR)
    return wrong.count() < TOO_OFTEN and not lately.exists()
