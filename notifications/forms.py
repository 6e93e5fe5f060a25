"""What input is acceptable."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from notifications.kinds import MATTERS, OF_MODERATORS, OF_THE_LIBRARY, Matter
from notifications.models import Preference
from notifications.paces import chosen_by


class SeenForm(forms.Form):
    """How far down the inbox somebody has looked: the newest notification on the page they pressed the button of."""

    up_to = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class MailsForm(forms.Form):
    """Which mails somebody wants, how soon, and what they may say."""

    mail_notices = forms.BooleanField(
        label=_("Send me e-mails"),
        help_text=_("Without them you still find everything under “Notifications”. Codes for signing in always come."),
        required=False,
    )
    mails_name_subjects = forms.BooleanField(
        label=_("Name the subject in mails"),
        help_text=_(
            "Then the title of a question stands in the mail and in its subject line, where others may see it."
        ),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        initial = {name: getattr(user, name) for name in self.base_fields} | {
            matter.value: pace for matter, pace in chosen_by(user).items()
        }
        super().__init__(*args, initial=initial, **kwargs)
        others = () if user.is_moderator else OF_MODERATORS
        others += () if user.is_editor or user.is_reviewer else OF_THE_LIBRARY
        self.matters = [matter for matter in Matter if matter not in others]
        for matter in self.matters:
            self.fields[matter.value] = forms.ChoiceField(label=MATTERS[matter], choices=Preference.Pace.choices)
        self.order_fields(["mail_notices", *Matter, "mails_name_subjects"])

    @property
    def paces(self) -> dict[Matter, str]:
        return {matter: self.cleaned_data[matter.value] for matter in self.matters}
