"""The pages by which people get in, and where they settle how they are shown and told."""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.account.stages import LoginStage
from allauth.account.views import ConfirmLoginCodeView, LoginView, RequestLoginCodeView
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import actions, forms
from accounts.adapter import MAIL_FAILED
from core import drafts, limits
from core.http import member_required, redirect_see_other
from core.pagination import keyset, place

# In the session: by which page they came in, and so where they go to try another address.
ENTRANCE = "entrance"
HANDLE_CHANGES_A_DAY = 3
DISTANCES = 40


class Entrance:
    """What the pages for getting in have in common."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        """allauth would lead back to the code that is waited for; here one may start again, with another address."""

    def form_valid(self, form: Any) -> HttpResponse:
        self.request.session[ENTRANCE] = self.request.resolver_match.url_name
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reset_url = self.passthrough_next_url(reverse("account_reset_password"))
        return super().get_context_data(kept_path=_kept_path(self), reset_url=reset_url, **kwargs)


class SignUpView(Entrance, RequestLoginCodeView):
    """Whether or not there is an account with the address, a code goes there and lets its owner in: nobody else
    learns which it was, and whoever had forgotten their account is back in it."""

    form_class = forms.SignUpForm
    template_name = "account/signup.html"

    def form_valid(self, form: forms.SignUpForm) -> HttpResponse:
        form._user = form._user or actions.sign_up(email=form.cleaned_data["email"])
        return super().form_valid(form)


class SignInView(Entrance, LoginView):
    form_class = forms.SignInForm


class RequestCodeView(Entrance, RequestLoginCodeView):
    """Where allauth leads when a code was wrong too often, or is too old."""

    form_class = forms.RequestCodeForm


class CodeView(ConfirmLoginCodeView):
    form_class = forms.CodeForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if not request.user.is_authenticated and getattr(self, "_process", None) is None:
            messages.info(request, _("That code no longer works. Please ask for a new one."))
        return response

    def _resend_form_valid(self, form: Any) -> HttpResponse:
        # A new code has its full time.
        self.stage.login.initiated_at = self._process.state["at"] = time.time()
        response = super()._resend_form_valid(form)
        if MAIL_FAILED not in self.request.session:
            messages.success(self.request, _("A new code is on its way. The older ones no longer work."))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        if response.status_code == 200:
            response.status_code = 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        again = reverse(self.request.session.get(ENTRANCE, "account_login"))
        again_url = self.passthrough_next_url(again)
        return super().get_context_data(kept_path=_kept_path(self), again_url=again_url, **kwargs)


def _kept_path(view: NextRedirectMixin) -> str:
    """The path of the form that this leads back to, if something of it is kept."""
    form = (view.get_next_url() or "").partition("?")[0]
    return form if drafts.kept(view.request, form=form) else ""


sign_up = SignUpView.as_view()
sign_in = SignInView.as_view()
request_code = RequestCodeView.as_view()
confirm_code = CodeView.as_view()


@member_required
def settings(request: HttpRequest, page: str) -> HttpResponse:
    if page not in PAGES:
        raise Http404
    return PAGES[page](request)


def profile(request: HttpRequest) -> HttpResponse:
    form = forms.ProfileForm(_sent(request), user=request.user)
    if form.is_valid() and _change_profile(request, form):
        messages.success(request, _("Your profile is saved."))
        return redirect_see_other("accounts:settings", "profile")
    return _page(request, "profile", form)


def account(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        actions.withdraw_health_consent(request.user)
        messages.success(request, _("You have taken it back. We ask you again before you next post."))
        return redirect_see_other("accounts:settings", "account")
    return _page(request, "account", has_consented=actions.has_health_consent(request.user))


def distance(request: HttpRequest) -> HttpResponse:
    """Whom I keep at a distance; a press lets one go, whatever became of them."""
    form = forms.LetGoForm(_sent(request))
    if form.is_valid():
        request.user.distances.filter(pk=form.cleaned_data["distance"]).delete()
        messages.success(request, _("You do not keep them at a distance any more."))
        return redirect_see_other(request.get_full_path())
    kept = request.user.distances.select_related("other")
    return _page(request, "distance", form, kept=keyset(kept, **place(request.GET), by="created_at", size=DISTANCES))


PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "profile": profile,
    "account": account,
    "distance": distance,
}


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _change_profile(request: HttpRequest, form: forms.ProfileForm) -> bool:
    fields = dict(form.cleaned_data)
    handle = fields.pop("handle")
    if handle != request.user.handle:
        if not limits.allow("handle", request.user.pk, limit=HANDLE_CHANGES_A_DAY, seconds=86_400):
            form.add_error("handle", _("You have changed your handle several times today. Please wait until tomorrow."))
            return False
        try:
            actions.change_handle(user=request.user, handle=handle)
        except actions.HandleIsTaken:
            form.add_error("handle", _("Somebody has this handle already. Please choose another."))
            return False
    actions.change_profile(user=request.user, **fields)
    return True


def _page(request: HttpRequest, page: str, form: Any = None, **context: Any) -> HttpResponse:
    status = 422 if form is not None and form.errors else 200
    return render(request, f"accounts/{page}.html", {"page": page, "form": form} | context, status=status)
