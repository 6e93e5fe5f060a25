"""What people may write to get in, and about themselves."""

import zoneinfo
from datetime import datetime
from functools import cache
from typing import Any

from allauth.account import forms as allauth
from allauth.account.fields import EmailField, PasswordField
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.desk import desk
from accounts.models import Credential, User
from core.forms import LineField, TextField
from core.rulings import Ruling
from core.text import clean


class AddressField(EmailField):
    """An e-mail address, without the unseen marks that come along when it is pasted."""

    default_error_messages = {
        "required": _("Please type your e-mail address."),
        "invalid": _("This is not a whole address. It has the form name@example.org."),
        "max_length": _("This is too long for an e-mail address."),
    }

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"})
        kwargs.setdefault("label", _("E-mail address"))
        super().__init__(max_length=254, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(clean(value) if isinstance(value, str) else value)


class TrapField(forms.CharField):
    """Nobody sees it; what fills it in is a program. Drawn by templates/allauth/elements/fields.html."""

    is_trap = True

    def __init__(self) -> None:
        super().__init__(required=False)


class SignUpForm(allauth.RequestLoginCodeForm):
    """All we ask of a new member. No birth date is stored."""

    email = AddressField(help_text=_("Only we see it. We send a code there; with it you are in."))
    old_enough = forms.BooleanField(
        label=_("I am %(age)s or older") % {"age": settings.MINIMUM_AGE},
        error_messages={
            "required": _("Askwell is for people of %(age)s and older. If that is you, please tick this.")
            % {"age": settings.MINIMUM_AGE}
        },
    )
    website = TrapField()

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("website"):
            raise forms.ValidationError(
                _("Your browser filled in a field that nobody sees. It is empty again: please send this once more.")
            )
        return super().clean()


class SignInForm(allauth.LoginForm):
    """With a password, or without: then allauth sends a code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField()
        self.fields["password"] = PasswordField(
            label=_("Password"),
            help_text=_("Leave this empty and we send you a code instead."),
            required=False,
            autocomplete="current-password",
        )


class RequestCodeForm(allauth.RequestLoginCodeForm):
    email = AddressField()


class CodeField(forms.CharField):
    default_error_messages = {"required": _("Please type the code from the e-mail.")}

    def __init__(self) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})
        super().__init__(label=_("Code"), help_text=_("Eight digits. The hyphen does not matter."), widget=widget)


class CodeForm(allauth.BaseConfirmCodeForm):
    code = CodeField()


class ConfirmAddressForm(allauth.ConfirmEmailVerificationCodeForm):
    code = CodeField()


class ResetPasswordForm(allauth.ResetPasswordForm):
    email = AddressField()


class NewAddressForm(allauth.AddEmailForm):
    email = AddressField(label=_("New e-mail address"))


class HandleField(LineField):
    def to_python(self, value: Any) -> Any:
        handle = super().to_python(value)
        return handle.lower() if isinstance(handle, str) else handle


@cache
def zones() -> list[tuple[str, Any]]:
    """Zones that people live in, by continent."""
    continents: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        continent, slash, place = name.partition("/")
        if slash and continent not in ("Etc", "SystemV", "US", "Canada", "Brazil", "Chile", "Mexico"):
            continents.setdefault(continent, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return [("UTC", "UTC"), *continents.items()]


class ProfileForm(forms.Form):
    display_name = LineField(
        label=_("Name that others see"),
        help_text=_("It need not be your real one. Leave it empty to be called by your handle."),
        required=False,
        max_length=50,
    )
    handle = HandleField(
        label=_("Handle"),
        help_text=_("It is in the address of your profile. Small letters, digits and hyphens; at least three."),
        max_length=30,
        validators=User._meta.get_field("handle").validators,
    )
    about = TextField(
        label=_("About you"),
        help_text=_("Anyone can read this. Please leave out your full name, address and phone number."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    shows_questions = forms.BooleanField(
        label=_("List my questions on my profile"),
        help_text=_("Only those that I asked under my name. They stay where they are in the forum."),
        required=False,
    )
    shows_answers = forms.BooleanField(label=_("List my answers on my profile"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zones, help_text=_("Times are shown in it."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        shown = {name: getattr(user, name) for name in self.base_fields}
        super().__init__(*args, initial=shown, **kwargs)
        self.user = user

    def clean_display_name(self) -> str:
        name = self.cleaned_data["display_name"]
        _heed(rules.may_write_about_themselves(name))
        _heed(rules.may_be_called(self.user, name))
        _heed(desk().may_be_public(name))
        return name

    def clean_handle(self) -> str:
        handle = self.cleaned_data["handle"]
        if handle != self.user.handle:
            _heed(rules.may_take_handle(self.user, handle))
        return handle

    def clean_about(self) -> str:
        about = self.cleaned_data["about"]
        _heed(rules.may_write_about_themselves(about))
        _heed(desk().may_be_public(about))
        return about


def _heed(ruling: Ruling) -> None:
    if not ruling:
        raise forms.ValidationError(ruling.sentence)


class CredentialForm(forms.ModelForm):
    """What a clinician is verified as, written down by whoever runs the site."""

    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        to_field_name="handle",
        label=_("Handle"),
        help_text=_("The end of the address of their page, such as member-7k3f2."),
        widget=forms.TextInput,
        error_messages={"invalid_choice": _("Nobody here has this handle.")},
    )
    line = LineField(max_length=120, help_text=_("As printed, for example: neurology, United Kingdom"))
    country = forms.RegexField(r"^[A-Za-z]{2}\Z", help_text=_("Two letters, such as GB."))
    expires_at = forms.DateTimeField(label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"}))

    class Meta:
        model = Credential
        fields = ("user", "line", "country", "expires_at")

    def clean_expires_at(self) -> datetime:
        until: datetime = self.cleaned_data["expires_at"]
        if until <= timezone.now():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return until


class LetGoForm(forms.Form):
    """Which line of the list of people whom somebody keeps at a distance."""

    distance = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)


class DistanceForm(forms.Form):
    """What somebody presses to keep another at a distance, or no longer."""

    do = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("mute", "unmute", "block", "unblock")],
        widget=forms.HiddenInput,
        error_messages={"required": _("Please choose."), "invalid_choice": _("Please choose one of the buttons.")},
    )
