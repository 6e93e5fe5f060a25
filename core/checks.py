"""What `manage.py check` says about this installation; with `--deploy`, whether it may meet the public."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.utils.module_loading import import_string


def sweeps_exist(**options: Any) -> list[CheckMessage]:
    return list(_sweeps())


def fit_for_the_public(**options: Any) -> list[CheckMessage]:
    return [*_address(), *_demo(), *_mail(), *_machine()]


def _sweeps() -> Iterator[CheckMessage]:
    for name in settings.SWEEPS:
        try:
            import_string(name)
        except ImportError as problem:
            yield Error(f"The worker cannot find {name}: {problem}.", id="askwell.E001")


def _demo() -> Iterator[CheckMessage]:
    if settings.DEMO:
        yield Error("DEMO=1 has accounts with a well-known password.", hint="Set DEMO=0.", id="askwell.E002")


def _address() -> Iterator[CheckMessage]:
    host = urlsplit(settings.BASE_URL).hostname
    if host not in settings.ALLOWED_HOSTS:
        yield Error(
            f"The site would not answer at {settings.BASE_URL}.",
            hint=f"Add {host} to ALLOWED_HOSTS.",
            id="askwell.E003",
        )
    if not settings.HTTPS:
        yield Error(
            "What people write would travel unencrypted.", hint="BASE_URL begins with https:", id="askwell.E004"
        )
    elif not settings.TRUSTED_PROXIES:
        yield Warning(
            "The proxy that speaks https is not trusted, so all visitors share its address and its limits.",
            hint="Set TRUSTED_PROXIES to how many proxies of yours a request passes, usually 1.",
            id="askwell.W001",
        )


def _mail() -> Iterator[CheckMessage]:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Warning("Mail stays on this machine, so nobody can sign up.", hint="Set EMAIL_URL.", id="askwell.W002")
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        yield Warning("Mail comes from nowhere and will be refused.", hint="Set DEFAULT_FROM_EMAIL.", id="askwell.W003")


def _machine() -> Iterator[CheckMessage]:
    if settings.WEB_CONCURRENCY > 1 and settings.CACHE_URL == "local":
        yield Error(
            "Several web processes would each count limits and keep sessions for themselves.",
            hint="Set CACHE_URL to a Redis-compatible server, or WEB_CONCURRENCY to 1.",
            id="askwell.E005",
        )
    if not os.access(settings.DATA_DIR, os.W_OK):
        yield Error(f"{settings.DATA_DIR} cannot be written to.", hint="See DATA_DIR.", id="askwell.E006")
