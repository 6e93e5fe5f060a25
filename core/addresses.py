"""What is an address in a text, where it ends, whose it is, and whether a link to it says so."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

_SAFE = re.compile(r"https?://(?:[^/?#@]*@)?[a-z0-9_.-]+(?=[:/?#]|$)|mailto:|/(?![/\\])|#", re.IGNORECASE)
# A host and what follows it. An address that is longer than any real one stays text, whole.
_SITE = r"(?>[\w-]{1,63}(?:\.[\w-]{1,63})*)(?::\d{1,5})?+(?:[/?#][^\s<>\"`]{0,2000}+(?![^\s<>\"`])|(?![/?#]))"
_SCHEME = re.compile(r"(?:^|[^a-z0-9.+-])(https?)$", re.IGNORECASE)
_AFTER_SCHEME = re.compile(r"://(?:[^\s/?#@<>\"]{1,100}@)?" + _SITE)
_WWW = re.compile(rf"(?<!\S)\(?(?=www\.[^\W_])({_SITE})", re.IGNORECASE)
_SENTENCE_ENDS = ".,;:!?'*_~]}…"
_NAMED_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,}", re.IGNORECASE)


def is_safe(url: str) -> bool:
    """Whether a link may lead there: to a site, a mailbox, a page or a place of ours."""
    return bool(_SAFE.match(url)) and host(url) is not None


def host(url: str) -> str | None:
    """The host in lower case, "" for an address within the site, None where there is no making sense of it."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return None


def is_outside(url: str) -> bool:
    return host(url) not in (None, "", host(settings.BASE_URL))


def scheme_before(text: str) -> str:
    """The "http" or "https" that `text` ends with."""
    found = _SCHEME.search(text[-6:])
    return found[1] if found else ""


def after_scheme(text: str, start: int, end: int) -> str:
    """The "://…" of an address in `text` at `start`, without what ends the sentence."""
    found = _AFTER_SCHEME.match(text, start, end)
    return _without_end_of_sentence(found[0]) if found else ""


def bare_sites(text: str) -> Iterator[tuple[int, str]]:
    """Each "www.…" where a word begins, and its place. Not "nhs.uk", nor the "sick.my" in "I feel sick.my head"."""
    for found in _WWW.finditer(text):
        yield found.start(1), _without_end_of_sentence(found[1])


def true_name(url: str, said: str) -> str:
    """What to add to a link that says `said`: its host, where that names another or looks like another."""
    name = host(url) or ""
    if not said.strip():
        return name or url
    named = _NAMED_HOST.search(said[:300])
    says_another = named is not None and named[0].lower().removeprefix("www.") != name
    return f" ({name})" if is_outside(url) and (says_another or "xn--" in name) else ""


def _without_end_of_sentence(address: str) -> str:
    unopened = address.count(")") - address.count("(")
    while address and (address[-1] in _SENTENCE_ENDS or (address[-1] == ")" and unopened > 0)):
        unopened -= address[-1] == ")"
        address = address[:-1]
    return address
