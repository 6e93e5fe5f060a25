"""The reader of demo mail, so that sign-up codes can be read without a mail server."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from demo import mailbox


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mail.html", {"mails": mailbox.newest()})


@never_cache
@require_safe
def mail(request: HttpRequest, name: str) -> HttpResponse:
    for found in mailbox.newest():
        if found.name == name:
            return render(request, "demo/message.html", {"mail": found})
    raise Http404
