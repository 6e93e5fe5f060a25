"""How often somebody may do something. Counted in a table, so that it holds for every process and restart."""

import hashlib
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from core.models import Limit


def allow(name: str, key: object, *, limit: int, seconds: int) -> bool:
    """Count one more `name` by `key`; False once there were more than `limit` in this window of `seconds`."""
    now = timezone.now()
    window = datetime.fromtimestamp(now.timestamp() // seconds * seconds, UTC)
    row = {"name": name, "key": _digest(key), "window": window}
    Limit.objects.bulk_create([Limit(**row)], ignore_conflicts=True)
    Limit.objects.filter(**row).update(count=F("count") + 1)
    return Limit.objects.values_list("count", flat=True).get(**row) <= limit


def address(request: HttpRequest) -> str:
    """The network address of who asks, as the nearest proxy that we trust saw it."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXIES
    return hops[-trusted] if trusted and len(hops) >= trusted else str(request.META.get("REMOTE_ADDR", ""))


def forget(*, before: timedelta) -> int:
    return Limit.objects.filter(window__lt=timezone.now() - before).delete()[0]


def _digest(key: object) -> str:
    # Salted, so that the table tells no network addresses.
    return hashlib.blake2b(f"{settings.SECRET_KEY}:{key}".encode(), digest_size=20).hexdigest()
