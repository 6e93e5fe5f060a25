"""Who may do what with an account. Pure functions: no queries, the same for views and templates."""

import re
import unicodedata

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused

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
    return ALLOWED


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


def needs_second_factor(user: User) -> bool:
    """Whether what this person may open is worth a second factor."""
    return user.is_staff or user.is_moderator or user.is_editor
