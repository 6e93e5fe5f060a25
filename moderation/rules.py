"""Who may report and who may decide what. Pure functions: no queries."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import forum.rules
from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused
from forum.models import Post
from moderation.models import Appeal, Decision, Letter, Note, ReviewItem, Sanction
from moderation.models.sanctions import STEPS

Person = User | AnonymousUser

# See User.rank. About whoever works for the site somebody of a higher rank decides; about admins, admins.
SENIOR = 2
APPEAL_WITHIN = timedelta(days=183)
# Does not say which of the two it is.
APART = _lazy(
    "This is about somebody who keeps you at a distance or has reported you, so another moderator decides it."
)

APPROVE, EDIT, CHANGES, REJECT, KEEP, HIDE = DECISIONS = ("approve", "edit", "changes", "reject", "keep", "hide")
# How long a decision may be taken back, and what it made of a post.
UNDONE_WITHIN = timedelta(days=30)
LEFT_AS = {
    Decision.Code.APPROVED: (Post.Status.PUBLISHED,),
    Decision.Code.EDITED: (Post.Status.PUBLISHED,),
    Decision.Code.RETURNED: (Post.Status.RETURNED, Post.Status.PUBLISHED),
    Decision.Code.REJECTED: (Post.Status.RETURNED, Post.Status.PUBLISHED),
    Decision.Code.HIDDEN: (Post.Status.HIDDEN,),
    Decision.Code.KEPT: (Post.Status.PUBLISHED,),
}
# What a moderator may put in place of words: "[phone number]", "…", "***", "███".
MASK = re.compile(r"\[[^\[\]\n]{1,40}\]|…|\*{3,}|█+")


def may_report(user: Person, thing: Any, *, others_wrote: bool = False) -> Ruling:
    """Also one's own post if `others_wrote` below it: only the moderators can take that down."""
    if isinstance(thing, User):
        if thing.pk == user.pk:
            return refused(_("This is you. If something is wrong with your account, please write to us."))
        return ALLOWED
    if user.is_authenticated and thing.author_id == user.pk and not others_wrote:
        return refused(_("You wrote this yourself. You can change it, or take it back."))
    if thing.status != Post.Status.PUBLISHED:
        return refused(_("This is not published, so there is nothing to report."))
    return ALLOWED


def may_review(user: Person) -> Ruling:
    if not (user.is_authenticated and user.is_moderator):
        return refused(_("This page is for the moderators."))
    return ALLOWED


def may_watch(user: Person) -> Ruling:
    """Say which words and sites are watched for."""
    if not (user.is_authenticated and (user.is_moderator or user.is_superuser)):
        return refused(_("This page is for the moderators."))
    return ALLOWED


# Whose is what others leave to senior moderators.
ARE_SENIOR = Q(is_senior_moderator=True) | Q(is_superuser=True)


def may_download_log(user: Person) -> Ruling:
    """Take the log of decisions along as a table."""
    if not (allowed := may_review(user)):
        return allowed
    if not (isinstance(user, User) and user.is_senior):
        return refused(_("Only senior moderators take the log along. You can read all of it here."))
    return ALLOWED


def may_change_replies(user: Person) -> Ruling:
    """Say what the saved replies say, which all moderators read and send."""
    if not (allowed := may_review(user)):
        return allowed
    if not (isinstance(user, User) and user.is_senior):
        return refused(_("Only senior moderators change the saved replies. You can read and use all of them."))
    return ALLOWED


def may_reveal(user: Person, post: Post) -> Ruling:
    """Be shown who wrote something that has no name on it: senior moderators, but not in their own threads. Whoever
    blocked or reported them is not kept from them: a refusal would tell whose it is."""
    if not (allowed := may_review(user)):
        return allowed
    if not (isinstance(user, User) and user.is_senior):
        return refused(_("Only senior moderators can be shown who wrote something without their name."))
    if post.alias is None:
        return refused(_("This was not written without a name."))
    if user.pk in forum.rules.people_of(post):
        return refused(_("This is about you or in your own thread, so another moderator decides it."))
    if post.author_id is None:
        return refused(_("Whoever wrote this has left. Nobody can say any more who it was."))
    return ALLOWED


def may_open(user: Person, item: ReviewItem, *, apart: Collection[int]) -> Ruling:
    """Moderators, but nothing about themselves, their posts and their threads, nor about anybody in `apart`, those who
    have blocked or reported them; what has no name on it they may open, as a refusal would tell whose it is."""
    if not (allowed := may_review(user)):
        return allowed
    if named_author_of(item) in apart:
        return refused(APART)
    if user.pk in people_of(item):
        return refused(_("This is about you or in your own thread, so another moderator decides it."))
    return ALLOWED


def may_decide_about(post: Post, *, apart: Collection[int]) -> Ruling:
    """What has the name of somebody on it who has blocked or reported this moderator, another decides."""
    return refused(APART) if post.alias is None and post.author_id in apart else ALLOWED


def people_of(item: ReviewItem) -> set[int | None]:
    """Whose item it is: those whose thread the post is in, or the member."""
    thing = item.thing
    return forum.rules.people_of(thing) if isinstance(thing, Post) else {thing.pk}


def named_author_of(item: ReviewItem) -> int | None:
    """Whom it is about, as far as their name is on it."""
    thing = item.thing
    if not isinstance(thing, Post):
        return int(thing.pk)
    return thing.author_id if thing.alias is None else None


def may_look_at(user: Person, member: User, *, apart: Collection[int]) -> Ruling:
    """Who reads what the moderators have of a member. `apart`: those who have blocked or reported this moderator."""
    if not (allowed := may_review(user)):
        return allowed
    if member.pk == user.pk:
        return refused(_("This is about you, so another moderator decides it."))
    if member.pk in apart:
        return refused(APART)
    return ALLOWED


def may_sanction(user: Person, member: User, *, apart: Collection[int]) -> Ruling:
    """Who warns, silences and suspends, and ends it early."""
    if not (allowed := may_look_at(user, member, apart=apart)):
        return allowed
    if not member.is_active:
        return refused(_("This account is closed."))
    rank = user.rank if isinstance(user, User) else 0
    if member.rank > 0 and rank <= min(member.rank, SENIOR):
        return refused(
            _(
                "This member works for the site. A senior moderator decides about them, and about senior moderators an"
                " administrator."
            )
        )
    return ALLOWED


def proposed(history: Sequence[tuple[str, int | None]]) -> tuple[str, int]:
    """The next step after the sanctions that stand, each its kind and days: a warning first, then ever longer."""
    if not history:
        return Sanction.Kind.WARN, STEPS[0]
    kinds = [kind for kind, _days in history]
    kind = Sanction.Kind.SUSPEND if Sanction.Kind.SUSPEND in kinds else Sanction.Kind.SILENCE
    longest = max(days or 0 for _kind, days in history)
    return kind, next((step for step in STEPS if step > longest), STEPS[-1])


def appeal_until(decision: Decision) -> datetime:
    return decision.made_at + APPEAL_WITHIN


def may_appeal(decision: Decision, *, has_appealed: bool, is_undone: bool) -> Ruling:
    """Whom a decision is against says once why it is wrong, for six months."""
    if decision.code not in Decision.AGAINST:
        return refused(_("There is nothing here to appeal against."))
    if is_undone:
        return refused(_("The moderators have taken this decision back."))
    if has_appealed:
        return refused(_("You have appealed against this already."))
    if timezone.now() > appeal_until(decision):
        return refused(_("The six months in which this could be appealed against are over."))
    return ALLOWED


def may_decide_appeal(user: Person, decision: Decision, *, people: Collection[int | None], is_apart: bool) -> Ruling:
    """Another moderator than the one who decided, with nothing of their own at stake. `people`: whose case it is."""
    if not (allowed := may_review(user)):
        return allowed
    if decision.moderator_id == user.pk:
        return refused(_("You made this decision, so another moderator looks at the appeal."))
    if user.pk in people:
        return refused(_("This is about you or in your own thread, so another moderator decides it."))
    if is_apart:
        return refused(APART)
    return ALLOWED


def may_withdraw(user: Person, note: Note) -> Ruling:
    """A note is its writer's."""
    if not (allowed := may_review(user)):
        return allowed
    return ALLOWED if note.writer_id == user.pk else refused(_("Only whoever wrote a note can withdraw it."))


# So many letters of one member to the moderators may be open at once.
LETTERS_AT_ONCE = 3


def may_write_to_author(user: Person, post: Post, *, apart: Collection[int]) -> Ruling:
    """Moderators, about what is in nobody’s thread of theirs; `apart` as in `may_open`."""
    if not (allowed := may_review(user)):
        return allowed
    if user.pk in forum.rules.people_of(post):
        return refused(_("This is in your own thread, so another moderator writes to its author."))
    if not (allowed := may_decide_about(post, apart=apart)):
        return allowed
    if post.author is None or not post.author.is_active:
        return refused(_("Its author has left, so nobody would read it."))
    return ALLOWED


def may_read_letter(user: Person, letter: Letter, *, apart: Collection[int]) -> Ruling:
    """Moderators, but not their own letters; `apart` as in `may_open`."""
    if not (allowed := may_review(user)):
        return allowed
    if user.pk == letter.author_id:
        return refused(_("This is your own letter, so another moderator reads it."))
    if (post := letter.post) is None:
        return refused(APART) if letter.author_id in apart else ALLOWED
    if user.pk in forum.rules.people_of(post):
        return refused(_("This is in your own thread, so another moderator reads it."))
    return may_decide_about(post, apart=apart)


def may_ask_moderators(*, open_count: int) -> Ruling:
    """Members, also those who may not post; `open_count` is how many letters they have open."""
    if open_count >= LETTERS_AT_ONCE:
        return refused(
            _("You have %(count)d letters open with the moderators. Please write in one of those.")
            % {"count": LETTERS_AT_ONCE}
        )
    return ALLOWED


def may_reply(letter: Letter) -> Ruling:
    if not letter.is_open:
        return refused(_("This letter is closed, so nothing was sent. You can ask the moderators in a new one."))
    return ALLOWED


# Who knows of what is in quarantine: whoever runs the site.
ARE_LEADS = Q(is_superuser=True)


def may_see_quarantine(user: Person) -> Ruling:
    if not (user.is_authenticated and user.is_superuser):
        return refused(_("This page is for the administrators."))
    return ALLOWED


def may_quarantine(item: ReviewItem) -> bool:
    """Whether a post can be taken from view with its pictures: as long as it can be hidden or rejected."""
    return not {HIDE, REJECT}.isdisjoint(decisions_on(item))


# For how long in all somebody has what they have taken up, however long they are at it: what is urgent for less time.
URGENT_AT_MOST, CLAIMED_AT_MOST = timedelta(minutes=30), timedelta(minutes=60)


def claim_ends_at(item: ReviewItem) -> datetime | None:
    """When others may take up, at the latest, what somebody has now; None if nobody has."""
    at_most = URGENT_AT_MOST if item.is_urgent else CLAIMED_AT_MOST
    return item.claimed_at + at_most if item.claimed_by_id and item.claimed_at else None


def is_claimed_by_another(user: Person, item: ReviewItem) -> bool:
    is_claimed = item.claimed_until is not None and item.claimed_until > timezone.now()
    return is_claimed and item.claimed_by_id not in (None, user.pk)


def is_claimed_by(user: Person, item: ReviewItem) -> bool:
    is_claimed = item.claimed_until is not None and item.claimed_until > timezone.now()
    return is_claimed and item.claimed_by_id == user.pk


def decisions_on(item: ReviewItem) -> tuple[str, ...]:
    """Which decisions make sense: on a waiting text, and on what was reported."""
    if not item.is_open:
        return ()
    on_text = (APPROVE, EDIT, CHANGES, REJECT)
    status = getattr(item.thing, "status", None)
    if status == Post.Status.PENDING:
        return on_text
    if status == Post.Status.PUBLISHED or item.is_put_aside:
        return (*on_text, HIDE) if item.held_for else (KEEP, HIDE)
    return (KEEP,)


def may_become(old: str, new: str) -> Ruling:
    """Moderators put no words into anybody's mouth: they take words out of a text, or put a mask in their place."""
    rest = iter("".join(old.split()))
    if all(letter in rest for letter in "".join(MASK.sub("", new).split())):
        return ALLOWED
    return refused(
        _(
            "Here you can only take words out, or put a mask such as […] or [name] in their place. "
            "For anything else, ask the author for changes."
        )
    )


def may_undo(
    decision: Decision, thing: Any, *, is_last: bool, is_appealed: bool, last_written: datetime | None
) -> Ruling:
    """Within 30 days, and as long as nothing followed: `last_written` is when its author last wrote a text of it."""
    if decision.code not in Decision.OF_TEXTS:
        return refused(_("This cannot be taken back."))
    if timezone.now() > decision.made_at + UNDONE_WITHIN:
        return refused(_("This was decided more than 30 days ago, and can no longer be taken back."))
    if not is_last:
        return refused(_("Something was decided about it since. Only the last decision can be taken back."))
    if is_appealed:
        return refused(_("Its author has appealed. Please decide the appeal."))
    if not isinstance(thing, Post):
        return ALLOWED
    if last_written is not None and last_written > decision.made_at:
        return refused(_("Its author has changed it since. What waits or is up now is decided anew."))
    if thing.status not in LEFT_AS[Decision.Code(decision.code)] or getattr(thing, "merged_into_id", None):
        return refused(_("It is not any more what that decision made of it, so there is nothing to take back."))
    return ALLOWED


def may_restore(user: User, decision: Decision, thing: Any, *, is_undone: bool, appeal: Appeal | None) -> Ruling:
    """Show again what moderators hid, however long ago. What two of them found right, a senior moderator ends."""
    if decision.code != Decision.Code.HIDDEN or is_undone:
        return refused(_("This is not what hides it."))
    if thing.status != Post.Status.HIDDEN or getattr(thing, "merged_into_id", None):
        return refused(_("It is not hidden any more, so there is nothing to show again."))
    if appeal is not None and appeal.outcome_id is None:
        return refused(_("Its author has appealed. Please decide the appeal."))
    if appeal is not None and not user.is_senior:
        return refused(
            _("On appeal another moderator found this right. After that only a senior moderator shows it again.")
        )
    return ALLOWED
