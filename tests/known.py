"""
What Django finds anew each time, though it is always the same: for each page the words and the addresses in its frame,
for each test client what it passes through. Under test it is found once.
"""

import functools
from typing import Any

import pytest
from django import urls
from django.conf import UserSettingsHolder, settings
from django.core.cache import cache
from django.test.client import ClientHandler
from django.utils.translation.trans_real import DjangoTranslation

from core import announcements

CHAIN = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


def keep(patch: pytest.MonkeyPatch) -> None:
    # A word that no catalogue has is looked up in each of them.
    patch.setattr(DjangoTranslation, "gettext", functools.cache(DjangoTranslation.gettext))
    # Where the tag `url` looks; what Python calls is called as ever.
    patch.setattr(urls, "reverse", reverse)
    patch.setattr(ClientHandler, "load_middleware", load_middleware)


def forget() -> None:
    """Of limits and sessions nothing is remembered; that nothing is announced has just been looked up."""
    cache.clear()
    cache.set(announcements.KEY, [])


def reverse(viewname: Any, urlconf: Any = None, args: Any = None, kwargs: Any = None, *more: Any, **others: Any) -> str:
    if more or others.keys() - {"current_app"}:
        return find(viewname, urlconf, args, kwargs, *more, **others)
    site = urlconf or urls.get_urlconf() or settings.ROOT_URLCONF
    about = tuple(args or ()), tuple((kwargs or {}).items())
    return found(urls.get_script_prefix(), site, viewname, *about, others.get("current_app"))


find = urls.reverse


@functools.cache
def found(prefix: str, site: Any, viewname: str, args: tuple, kwargs: tuple, current_app: str | None) -> str:
    return find(viewname, site, args, dict(kwargs), current_app)


def load_middleware(handler: ClientHandler) -> None:
    for name, value in zip(CHAIN, chain(str(overridden())), strict=True):
        setattr(handler, name, value)


@functools.lru_cache(maxsize=1)
def chain(_overridden: str) -> tuple[Any, ...]:
    """As one handler made it: another does with it the same."""
    maker = ClientHandler()
    make(maker)
    return tuple(getattr(maker, name) for name in CHAIN)


make = ClientHandler.load_middleware


def overridden() -> dict[str, Any]:
    """The settings that are not those of the other tests just now, which a middleware may have looked at."""
    holder, found = settings._wrapped, {}
    while isinstance(holder, UserSettingsHolder):
        found = {name: value for name, value in vars(holder).items() if name.isupper()} | found
        holder = holder.default_settings
    return found
