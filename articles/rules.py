"""Who may do what in the library, and what a text still lacks before readers may have it."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Credential, User
from articles.models import HELP_PARTS, Article, ReviewLink, Revision, SignOff, Text
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


def may_correct_urgently(user: User) -> Ruling:
    """Take out at once what is wrong in a text that readers have, before a reviewer has read it."""
    if user.is_senior_editor or user.is_superuser:
        return ALLOWED
    return refused(gettext_lazy("Only senior editors correct at once what readers have."))


def may_remark(user: User) -> Ruling:
    if user.is_reviewer:
        return ALLOWED
    return refused(gettext_lazy("Only medical reviewers remark on a text."))


def may_sign_off(
    reviewer: User, *, is_current: bool, credential: Credential | None, author_ids: Collection[int]
) -> Ruling:
    """`is_current`: whether it is the text to be signed now; `credential`: one of the reviewer's that is in force;
    `author_ids`: who wrote what no reviewer has signed yet."""
    if not reviewer.is_reviewer:
        return refused(gettext_lazy("Only medical reviewers sign off a text."))
    if credential is None:
        return refused(gettext_lazy("Your credential has ended or was never verified, so you cannot sign off now."))
    if not is_current:
        return refused(gettext_lazy("This is not the current text any more. Please read the newest one and sign that."))
    if reviewer.pk in author_ids:
        return refused(gettext_lazy("You have worked on this text yourself, so somebody else has to sign it off."))
    return ALLOWED


def may_sign_by_link(
    link: ReviewLink, *, is_current: bool, names: Collection[str], visitor: User | None, authors: Collection[User]
) -> Ruling:
    """`names`: that of whom the link is for, and as it is typed now; `visitor`: who is signed in on this browser;
    `authors`: who wrote what no reviewer has signed yet."""
    if not link.is_open:
        return refused(gettext_lazy("This link has ended. Please ask the editors for a new one."))
    if not is_current:
        return refused(gettext_lazy("The editors have changed this text since. Please ask them for a new link."))
    if visitor is not None and visitor.pk == link.made_by_id:
        return refused(gettext_lazy("You made this link for somebody else, who has to open it themselves."))
    if visitor in authors or any(_is_named(author, link.email, names) for author in authors):
        return refused(gettext_lazy("Whoever worked on a text cannot sign it off. Somebody else has to read it."))
    return ALLOWED


def may_find_still_right(
    reviewer: User, article: Article, *, credential: Credential | None, author_ids: Collection[int]
) -> Ruling:
    """`author_ids`: who wrote the text that readers have, since the sign-off before it."""
    if not article.is_published:
        return refused(gettext_lazy("Readers do not have this article, so there is nothing to find still right."))
    if article.withdrawn_on:
        return refused(
            gettext_lazy("Readers have an urgent correction that nobody has signed. Please read and sign it.")
        )
    return may_sign_off(reviewer, is_current=True, credential=credential, author_ids=author_ids)


def line_by_link(name: str, role: str, registration: str) -> str:
    """What readers are told of a reviewer who signed by a link."""
    return _("%(name)s, %(role)s, registration %(number)s") % {"name": name, "role": role, "number": registration}


def _is_named(author: User, email: str, names: Collection[str]) -> bool:
    """Whether a name or an address is that of an author. A title before a name does not make it another's."""
    own = _words(author.name)
    alike = any(own == _words(name) or (len(own) > 1 and own <= _words(name)) for name in names)
    return alike or author.email == email.lower()


def _words(name: str) -> set[str]:
    return set(re.findall(r"\w+", name.casefold()))


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
