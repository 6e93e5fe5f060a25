"""The ways to decide: what the button says, what is asked for, what it does, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from moderation import actions, forms, rules


@dataclass(frozen=True)
class Way:
    """One way to decide: what its button says, what it asks for, what it does, and what is said when it is done."""

    code: str
    label: str | Promise
    form: type[forms.DecisionForm]
    act: Callable[..., None]
    effect: str | Promise
    done: str | Promise
    key: str
    is_against: bool = False

    @property
    def needs_words(self) -> bool:
        return self.form is not forms.AsItIsForm


WAYS = {
    way.code: way
    for way in (
        Way(
            rules.APPROVE,
            _("Approve"),
            forms.AsItIsForm,
            actions.approve,
            _("It is published, counted and found by search. Its author is told, and so is whoever follows."),
            _("Approved. It is published, and its author is told."),
            "a",
        ),
        Way(
            rules.EDIT,
            _("Edit and approve"),
            forms.EditForm,
            actions.edit_and_approve,
            _("The same, with words that you take out or mask. Its author sees exactly what you changed, and why."),
            _("Approved with your change. Its author is told, and sees what you changed."),
            "e",
        ),
        Way(
            rules.CHANGES,
            _("Ask for changes"),
            forms.ChangesForm,
            actions.ask_for_changes,
            _("It goes back to its author, who reads what you write and can send it again. It then waits anew."),
            _("Sent back. Its author reads what you wrote and can send it again."),
            "c",
        ),
        Way(
            rules.REJECT,
            _("Reject"),
            forms.RejectForm,
            actions.reject,
            _("It goes back to its author with the rule that it breaks. They can still change it and send it again."),
            _("Rejected. Its author is told why."),
            "r",
            is_against=True,
        ),
        Way(
            rules.KEEP,
            _("Keep as it is"),
            forms.AsItIsForm,
            actions.keep,
            _(
                "What was reported stays as it is, and its author hears nothing. What our software had put out of "
                "sight is shown again at once, and its author told."
            ),
            _("Kept as it is."),
            "s",
        ),
        Way(
            rules.HIDE,
            _("Hide it"),
            forms.HideForm,
            actions.hide,
            _(
                "Nobody sees it any more but its author and the moderators; a change that waits goes with it. Its "
                "author is told why."
            ),
            _("Hidden. Its author is told why."),
            "h",
            is_against=True,
        ),
    )
}
