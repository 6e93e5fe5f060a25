"""Who may do what in the library, and what a text still lacks before readers may have it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Credential, User
from articles.models import HELP_PARTS, Revision, SignOff, Text
from core import markdown
from core.rulings import ALLOWED, Ruling, refused
from uploads.pictures import UNDESCRIBED

# In months, between two checks of a page.
USUAL_INTERVAL = 24
INTERVAL_WITH_MEDICINES = 12
_MEDICINES = re.compile(
    r"\b(?:medicines?|medication|tablets?|pills?|dos(?:e|es|age)|prescri\w+|steroids?|antibiotics?|painkillers?"
    r"|\d+\s?(?:mg|mcg|µg|ml))\b",
    re.IGNORECASE,
)
_REFERENCE_TO_NOTHING = re.compile(r"\[\^(\d+)\]")


# People


def may_edit(user: User) -> Ruling:
    if user.is_editor or user.is_superuser:
        return ALLOWED
    return refused(gettext_lazy("Only editors change the library."))


def may_read_drafts(user: User) -> Ruling:
    if user.is_reviewer:
        return ALLOWED
    return may_edit(user)


def may_sign_off(
    reviewer: User, revision: Revision, *, latest: int, credential: Credential | None, author_ids: Collection[int]
) -> Ruling:
    """`latest`: number of the article's newest revision; `credential`: one of the reviewer's that is in force;
    `author_ids`: who wrote since the text that readers have."""
    if not reviewer.is_reviewer:
        return refused(gettext_lazy("Only medical reviewers sign off a text."))
    if credential is None:
        return refused(gettext_lazy("Your credential has ended or was never verified, so you cannot sign off now."))
    if revision.number != latest:
        return refused(gettext_lazy("This is not the current text any more. Please read the newest one and sign that."))
    if reviewer.pk in author_ids:
        return refused(gettext_lazy("You have worked on this text yourself, so somebody else has to sign it off."))
    return ALLOWED


# Texts


def names_medicines(text: Text) -> bool:
    return any(
        _MEDICINES.search(part)
        for part in (text.body, text.key_points, text.help_emergency, text.help_soon, text.help_visit)
    )


def next_check_after(checked_on: date, text: Text) -> date:
    """The day by which a text that was checked on that day is usually checked again."""
    months = INTERVAL_WITH_MEDICINES if names_medicines(text) else USUAL_INTERVAL
    year, month = divmod(checked_on.year * 12 + checked_on.month - 1 + months, 12)
    return date(year, month + 1, min(checked_on.day, 28))


def missing_in_text(text: Revision) -> list[str]:
    """What a reviewer could not sign as it stands, a sentence each."""
    missing = []
    if not text.title:
        missing.append(_("Give the article a title."))
    if not text.standfirst:
        missing.append(_("Write a standfirst: one or two sentences that stand under the title."))
    if not text.key_points:
        missing.append(_("Write the key points."))
    if not text.body:
        missing.append(_("Write the text."))
    for name, label in HELP_PARTS.items():
        if not getattr(text, name):
            missing.append(_("Decide “%(part)s”: write it, or the word none.") % {"part": label})
    if not text.sources:
        missing.append(_("Name at least one source."))
    for number in _references_to_nothing(text):
        missing.append(_("The text refers to source %(number)s, which is not in the list.") % {"number": number})
    if text.hero_id and not text.hero_alt:
        missing.append(_("Say in words what the picture at the top shows."))
    for place, picture in enumerate(markdown.pictures(text.body), start=1):
        if picture.alt in ("", UNDESCRIBED):
            missing.append(
                _("Say in words what picture %(place)s in the text shows, between its square brackets.")
                % {"place": place}
            )
    return missing


def missing_for_publication(
    text: Revision, sign_off: SignOff | None, *, checked_on: date, next_review_on: date | None
) -> list[str]:
    missing = missing_in_text(text)
    if sign_off is None or sign_off.revision_id != text.pk:
        missing.append(_("A reviewer has to sign off revision %(number)s, the current text.") % {"number": text.number})
    if next_review_on is None:
        missing.append(_("Say when the article is checked next."))
    elif next_review_on <= checked_on:
        missing.append(_("The next check has to come after the day of this one."))
    return missing


def _references_to_nothing(text: Revision) -> list[str]:
    """Numbers that were left as they were typed because no such source is listed."""
    shown = " ".join(
        (text.body_html, text.key_points_html, text.help_emergency_html, text.help_soon_html, text.help_visit_html)
    )
    return sorted(set(_REFERENCE_TO_NOTHING.findall(shown)), key=int)
