"""The inbox, the link in mails, and the end of mails."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

import accounts.actions
from accounts.models import User
from core.http import member_required, redirect_see_other
from core.pagination import keyset, place
from notifications import actions, mails, subjects
from notifications.forms import MailsForm, SeenForm
from notifications.kinds import MATTERS
from notifications.lines import lines, pile
from notifications.models import Notification, Preference
from notifications.paces import chosen_by

PAGE = 40


@require_safe
@member_required
def inbox(request: HttpRequest) -> HttpResponse:
    mine = Notification.objects.shown_to(request.user)
    page = keyset(mine, **place(request.GET), by="created_at", size=PAGE)
    found = subjects.find([notification.subject for notification in page.items], request.user)
    newest = max((notification.pk for notification in page.items), default=0)
    context = {"page": page, "lines": lines(page.items, found), "newest": newest}
    return render(request, "notifications/inbox.html", context)


@member_required
def preferences(request: HttpRequest) -> HttpResponse:
    """Which mails somebody wants: the settings page of this room."""
    form = MailsForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():
        wanted = form.cleaned_data
        accounts.actions.choose_mails(
            user=request.user, wanted=wanted["mail_notices"], name_subjects=wanted["mails_name_subjects"]
        )
        actions.choose_paces(user=request.user, paces=form.paces)
        messages.success(request, _("Your choice is saved."))
        return redirect_see_other("notifications:preferences")
    status = 422 if form.errors else 200
    return render(request, "notifications/preferences.html", {"page": "notifications", "form": form}, status=status)


@require_POST
@member_required
def read_all(request: HttpRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    if form.is_valid():
        actions.mark_all_read(recipient_id=request.user.pk, up_to=form.cleaned_data["up_to"])
    return redirect_see_other("notifications:inbox")


@require_safe
@member_required
def open_notification(request: HttpRequest, token: str) -> HttpResponse:
    """The link in a mail and in the inbox: to what it is about. All that its line stands for is read then."""
    notification = get_object_or_404(Notification.objects.select_related("recipient"), token=token)
    if notification.recipient != request.user:
        return render(request, "notifications/not_yours.html", status=403)
    told = [notification, *Notification.objects.unread_beside(notification)]
    found = {} if notification.withdrawn_at else subjects.find({one.subject for one in told}, request.user)
    # The one thing that a GET changes: opened is read. It only lowers the reader's own count, they alone can do it,
    # and a browser that fetches the link ahead costs no more than a number.
    if request.method == "GET":
        opened = pile(notification, found.get(notification.subject))
        ids = [one.pk for one in told if pile(one, found.get(one.subject)) == opened]
        actions.mark_read(recipient_id=request.user.pk, ids=ids)
    if notification.subject not in found:
        return render(request, "notifications/gone.html", status=404)
    return redirect(found[notification.subject].url)


# One press in a mail program posts here, without a page, a cookie or a token of ours: the signed link is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    user_id, matter = mails.read_token(token) or (None, None)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Http404
    if request.method == "POST":
        if matter is None or "all" in request.POST:
            actions.stop_mails(user=user)
        else:
            actions.choose_paces(user=user, paces={matter: Preference.Pace.NEVER})
        # A mail program wants no redirect (RFC 8058).
        if "List-Unsubscribe" not in request.POST:
            return redirect_see_other("notifications:unsubscribe", token)
    context = {
        "has_mails": user.mail_notices,
        "has_these": matter and user.mail_notices and chosen_by(user)[matter] != Preference.Pace.NEVER,
        "matter": MATTERS[matter] if matter else "",
    }
    return render(request, "notifications/unsubscribe.html", context)
