"""The inbox, the link in mails, and the end of mails."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.http import member_required, redirect_see_other
from core.pagination import keyset
from notifications import actions, mails, subjects
from notifications.forms import SeenForm
from notifications.kinds import sentence
from notifications.models import Notification
from notifications.subjects import Subject

PAGE = 20


@dataclass(frozen=True)
class Line:
    """A notification as it is read now; `subject` is None when that is no longer shown."""

    notification: Notification
    sentence: str
    subject: Subject | None


@require_safe
@member_required
def inbox(request: HttpRequest) -> HttpResponse:
    mine = Notification.objects.shown_to(request.user)
    page = keyset(mine, after=request.GET.get("after", ""), by="created_at", size=PAGE)
    found = subjects.find([notification.subject for notification in page.items], request.user)
    lines = [
        Line(
            notification,
            sentence(notification.kind, notification.subject_kind),
            found.get(notification.subject),
        )
        for notification in page.items
    ]
    newest = max((notification.pk for notification in page.items), default=0)
    return render(request, "notifications/inbox.html", {"page": page, "lines": lines, "newest": newest})


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
    """The link in a mail and in the inbox: to what it is about."""
    notification = get_object_or_404(Notification.objects.select_related("recipient"), token=token)
    if notification.recipient != request.user:
        return render(request, "notifications/not_yours.html", status=403)
    # The one thing that a GET changes: opened is read. It only lowers the reader's own count, they alone can do it,
    # and a browser that fetches the link ahead costs no more than a number.
    if request.method == "GET":
        actions.mark_read(recipient_id=request.user.pk, ids=[notification.pk])
    found = {} if notification.withdrawn_at else subjects.find([notification.subject], request.user)
    if notification.subject not in found:
        return render(request, "notifications/gone.html", status=404)
    return redirect(found[notification.subject].url)


# One press in a mail program posts here, without a page, a cookie or a token of ours: the signed link is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    user = User.objects.filter(pk=mails.user_of(token), is_active=True).first()
    if user is None:
        raise Http404
    if request.method == "POST":
        actions.stop_mails(user=user)
        # A mail program wants no redirect (RFC 8058).
        if "List-Unsubscribe" not in request.POST:
            return redirect_see_other("notifications:unsubscribe", token)
    return render(request, "notifications/unsubscribe.html", {"has_mails": user.mail_notices})
