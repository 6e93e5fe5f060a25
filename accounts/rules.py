"""Who may do what with an account. Pure functions: no queries, the same for views and templates."""

import re
import unicodedata
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused

# So many people may one member keep at a distance.
DISTANCES = 500
# Words by which somebody would pass for the site, or for nobody.
OURS = frozenset(
    "admin administrator anonymous askwell deleted everybody everyone help mod moderation moderator moderators official"
    " root staff support system team".split()
)
# Words by which somebody would pass for a clinician. Whoever is verified as one may use them.
TITLES = frozenset(
    "clinician consultant dentist doctor doctors dr gp md midwife nurse paramedic pharmacist physician prof professor"
    " psychiatrist psychologist surgeon therapist".split()
)
_LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:com|net|org|info|biz|shop|site|online|io|co|ru|cn|xyz|top)\b", re.I)


def may_sign_in(user: User) -> Ruling:
    if not user.is_active:
        return refused(_("This account is closed. You can go on reading without an account."))
    if user.is_demo and not settings.DEMO:
        return refused(_("This account belongs to the demo, and this is not the demo. Please create your own."))
    if user.suspended_until is not None and user.is_suspended():
        return refused(
            gettext("This account is suspended until %(until)s.") % {"until": in_their_time(user.suspended_until, user)}
        )
    return ALLOWED


def may_write(user: User) -> Ruling:
    """Whether nothing that the moderators decided keeps somebody from posting. Says what to do, and where why."""
    if until := user.posts_again_at:
        return refused(
            gettext(
                "You cannot post until %(until)s. Why, and what you can do if we are wrong, is in your settings, under"
                " Decisions. What you wrote is still here to copy."
            )
            % {"until": in_their_time(until, user)}
        )
    if user.must_acknowledge:
        return refused(
            _(
                "The moderators have written to you. Please read that first, in your settings, under Decisions, and"
                " confirm it there: then you can post. What you wrote is still here to copy."
            )
        )
    return ALLOWED


def in_their_time(at: datetime, user: User) -> str:
    return date_format(timezone.localtime(at, user.zone), "j F Y, H:i")


def may_be_called(user: User, name: str) -> Ruling:
    """`name` as handle or display name: it must not pass for the site, nor for a clinician who is none."""
    words = set(re.findall(r"[a-z]+", unicodedata.normalize("NFKC", name).casefold()))
    if words & OURS and not user.is_staff:
        return refused(_("Names like this are kept for the people who run Askwell. Please choose another."))
    if words & TITLES and not user.is_clinician:
        return refused(_("Titles like this are kept for clinicians whom we have verified. Please choose another name."))
    return ALLOWED


def may_take_handle(user: User, handle: str) -> Ruling:
    if handle.startswith("member-"):
        return refused(_("Handles that begin with “member-” are given out by Askwell. Please choose another."))
    return may_be_called(user, handle)


def may_write_about_themselves(text: str) -> Ruling:
    if _LINK.search(text):
        return refused(_("Please leave out web addresses here."))
    return ALLOWED


def may_keep_away(user: User | AnonymousUser, other: User) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to mute or block somebody."))
    if other.pk == user.pk:
        return refused(_("This is you."))
    return ALLOWED


def may_keep_more_away(kept: int) -> Ruling:
    """`kept`: how many people somebody keeps at a distance now."""
    if kept >= DISTANCES:
        return refused(
            _("You keep 500 people at a distance, and more cannot be kept. Let some go under Settings, Distance.")
        )
    return ALLOWED


def needs_second_factor(user: User) -> bool:
    """Whether what this person may open is worth a second factor."""
    return user.is_staff or user.is_moderator or user.is_editor
