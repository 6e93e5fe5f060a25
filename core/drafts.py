"""Where a form is kept until it is sent: while a member writes, and while somebody signs in for it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

from core.models import Draft

COOKIE = "draft"
KEPT_FOR = timedelta(days=7)
# After the path of a form, before a number: a draft whose place another one has taken.
ASIDE = "#"


class NewerDraft(Exception):
    """Another page wrote `draft` since; nothing was changed."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft


def park(request: HttpRequest, response: HttpResponse, *, form: str, fields: Mapping[str, Any]) -> HttpResponse:
    """Keep `fields` of the form named `form`, for the member or, by a signed cookie on `response`, for the browser."""
    if request.user.is_authenticated:
        save(owner_id=request.user.pk, form=form, fields=fields)
        return response
    browser = _browser(request) or uuid.uuid4()
    _write({"browser": browser, "form": form}, fields)
    response.set_cookie(
        COOKIE,
        signing.dumps(str(browser), salt=COOKIE),
        max_age=int(KEPT_FOR.total_seconds()),
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


def save(*, owner_id: int, form: str, fields: Mapping[str, Any]) -> None:
    """Keep `fields` of the form named `form` for a member."""
    _write({"owner_id": owner_id, "form": form}, fields)


def keep(*, owner_id: int, form: str, fields: Mapping[str, Any], began: datetime | None, window: str) -> Draft:
    """Keep what a member is writing in the page `window`, which began from the draft of the moment `began`.

    Raises `NewerDraft` when another page has written since.
    """
    now = timezone.now()
    written = {"fields": dict(fields), "saved_at": now, "expires_at": now + KEPT_FOR, "window": window}
    mine = Draft.objects.filter(owner_id=owner_id, form=form)
    # One statement decides, so that of two pages at once one is told.
    goes_on = Q(saved_at=began) | Q(expires_at__lte=now) | (Q(window=window) & ~Q(window=""))
    if not mine.filter(goes_on).update(**written):
        try:
            with transaction.atomic():
                Draft.objects.create(owner_id=owner_id, form=form, **written)
        except IntegrityError:
            raise NewerDraft(mine.get()) from None
    return Draft(owner_id=owner_id, form=form, **written)


def of_member(owner_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(owner_id=owner_id, expires_at__gt=timezone.now())


def kept(request: HttpRequest, *, form: str) -> Draft | None:
    """What was parked of `form`. Whoever signs in takes over what their browser had parked."""
    now = timezone.now()
    if request.user.is_authenticated:
        if browser := _browser(request):
            _take_over(browser, request.user.pk, form)
        mine: dict[str, Any] = {"owner_id": request.user.pk}
    elif browser := _browser(request):
        mine = {"browser": browser}
    else:
        return None
    return Draft.objects.filter(form=form, expires_at__gt=now, **mine).first()


def forget(request: HttpRequest, *, form: str) -> None:
    if request.user.is_authenticated:
        Draft.objects.filter(form=form, owner_id=request.user.pk).delete()
    if browser := _browser(request):
        Draft.objects.filter(form=form, browser=browser).delete()


def forget_expired() -> int:
    return Draft.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _write(key: dict[str, Any], fields: Mapping[str, Any]) -> None:
    now = timezone.now()
    Draft.objects.update_or_create(
        **key, defaults={"fields": dict(fields), "saved_at": now, "expires_at": now + KEPT_FOR, "window": ""}
    )


@transaction.atomic
def _take_over(browser: uuid.UUID, owner_id: int, form: str) -> None:
    parked = Draft.objects.filter(browser=browser, form=form).first()
    if parked is not None:
        mine = Draft.objects.filter(owner_id=owner_id, form=form)
        # The key tells whether it is the same text; of another one, the earlier stays in the list of their drafts.
        for earlier in mine:
            if earlier.fields.get("submission_key") != parked.fields.get("submission_key"):
                mine.filter(pk=earlier.pk).update(form=f"{form}{ASIDE}{earlier.pk}")
        mine.delete()
        Draft.objects.filter(pk=parked.pk).update(browser=None, owner_id=owner_id)


def _browser(request: HttpRequest) -> uuid.UUID | None:
    try:
        value = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=KEPT_FOR)
        return uuid.UUID(value)
    except (signing.BadSignature, ValueError):
        return None


def moment(text: str) -> datetime | None:
    """The moment that a browser tells, with its time zone; None if it tells none."""
    try:
        told = parse_datetime(text)
    except ValueError:
        return None
    return told if told is not None and is_aware(told) else None
