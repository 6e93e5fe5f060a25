"""The rules of the house as data: why a moderator rejects or hides something, and why it is reported.

The page of the rules (templates/pages/rules.html) says the same in the same words; a test compares them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Rule:
    """`title` is said of what breaks the rule, `chip` in few words; `text` is the rule itself. More harm is first."""

    code: str
    harm: int
    chip: str | Promise
    title: str | Promise
    text: str | Promise

    def __str__(self) -> str:
        return str(self.title)


RULES = (
    Rule(
        "abuse",
        5,
        _("shows abuse"),
        _("It shows abuse or violence, in a picture or in words"),
        _("Nothing that shows abuse or violence, and nothing sexual, least of all about anybody under age."),
    ),
    Rule(
        "dangerous",
        4,
        _("dangerous advice"),
        _("The advice could hurt somebody"),
        _(
            "Nothing that could hurt somebody: no ways to harm oneself, no getting of prescription medicines without a "
            "prescriber, no cures that keep people away from care."
        ),
    ),
    Rule(
        "medicine",
        4,
        _("diagnosis or medicine"),
        _("It diagnoses, or tells somebody to start or stop a medicine"),
        _("Please do not diagnose or tell anyone to start or stop a medicine."),
    ),
    Rule(
        "personal",
        3,
        _("personal details"),
        _("It shows somebody’s personal details"),
        _(
            "Leave out names, phone numbers, addresses and anything by which you or somebody else could be recognised. "
            "Other people’s health is theirs to speak about."
        ),
    ),
    Rule(
        "pretending",
        3,
        _("not a verified clinician"),
        _("Somebody passes for a clinician and is not verified here"),
        _("Say that you are a clinician only if you have been verified here."),
    ),
    Rule(
        "unkind",
        2,
        _("unkind"),
        _("It is unkind or attacks somebody"),
        _("Be kind. Disagree with what was said, not with who said it."),
    ),
    Rule(
        "advertising",
        1,
        _("advertising"),
        _("It advertises or is spam"),
        _("No advertising, no selling, no collecting of people for studies or groups."),
    ),
    Rule(
        "copied",
        1,
        _("copied"),
        _("It is copied from somewhere else"),
        _("Use your own words and pictures. When you quote, say where it is from, and keep it short."),
    ),
)
OTHER = Rule("other", 1, _("something else"), _("Something else"), _("Please say below what it is."))

REASONS = {rule.code: rule for rule in (*RULES, OTHER)}
CHOICES = [(rule.code, rule.title) for rule in REASONS.values()]

# Breaks no rule, so nothing is rejected or hidden for it, and it counts against nobody.
WORRIED = Rule(
    "worried",
    5,
    _("worried about the writer"),
    _("I am worried about the person who wrote this"),
    _(
        "This is no accusation: they have broken no rule, and are never told that anybody reported them. A moderator "
        "reads it as soon as one can, and may write to ask how they are."
    ),
)
REPORTED = {WORRIED.code: WORRIED} | REASONS
REPORTED_CHOICES = [(rule.code, rule.title) for rule in REPORTED.values()]
