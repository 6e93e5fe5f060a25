"""Links: a link to a place we do not know is looked at before others can follow it. Trusted domains never count."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from linkify_it.tlds import TLDS

from accounts import trust
from core import markdown
from forum.desk import Finding, Submission

LEVEL = 2

# Public health bodies and their libraries: whoever cites these does what we ask for.
TRUSTED = (
    "cdc.gov",
    "cochrane.org",
    "cochranelibrary.com",
    "europa.eu",
    "gov.uk",
    "health.gov.au",
    "healthdirect.gov.au",
    "hse.ie",
    "medlineplus.gov",
    "nhs.uk",
    "nice.org.uk",
    "nih.gov",
    "who.int",
)

# Endings by which a bare name is a site. Many others are words: "I was ill all night.it began" names no site in Italy.
SITES = {
    *"com net org info biz edu gov eu uk de fr nl pl es ch se dk br cn ru jp kr ca au nz ie io co xyz shop app".split(),
    # Those in other scripts, in their own letters.
    *(ending[4:].encode().decode("punycode") for ending in TLDS if ending.startswith("XN--")),
}
_ADDRESS = re.compile(
    r"""
    (?P<address> (?: https?:// | \b www\. ) [^\s<>"()\[\]]+ )
    |
    (?<! [^\W_] ) (?<! [@.-] )
    (?: [^\W_] (?: [\w-]{0,61} [^\W_] )? \. )+ (?P<ending> xn--[a-z0-9-]{2,59} | [^\W\d_]{2,63} ) (?! [^\W_] | [@-] )
    (?P<path> :\d+ | / [^\s<>"()\[\]]+ )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = ".,;:!?*_'’”"
_HREF = re.compile(r'href="(https?://[^"]*)"')
# What else than these stands before the first slash is there to pass for another site.
_PLAIN_HOST = re.compile(r"[\w.-]+(?::\d+)?")


def screen(submission: Submission) -> Sequence[Finding]:
    author = submission.author
    # A moderator is known to us; nobody else may be there to read what they write.
    if not trust.allowance(author).links_are_read_first or author.is_moderator:
        return ()
    spans = [
        (start, end) for start, end, url in written(f"{submission.title}\n{submission.body}") if not is_trusted(url)
    ]
    if not spans and all(map(is_trusted, followed(submission.body))):
        return ()
    return [
        Finding(
            rule="link",
            level=LEVEL,
            for_author=_("It has a link to a site that we do not know, so a moderator looks at it first."),
            for_moderator=_("Link to an unknown site"),
            spans=spans,
        )
    ]


def written(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a text names a site, and its address. E-mail addresses, doses and missing spaces name none."""
    for found in _ADDRESS.finditer(text):
        url = found[0].rstrip(_AFTER)
        if found["address"] or is_site(found["ending"].lower(), has_path=bool(found["path"])):
            yield found.start(), found.start() + len(url), url if "://" in url else f"https://{url}"


def is_site(ending: str, *, has_path: bool) -> bool:
    """With a path behind it, any ending that exists will do: "wa.me/123"."""
    return ending in SITES or ending.startswith("xn--") or (has_path and ending.upper() in TLDS)


def followed(body: str) -> list[str]:
    """Where the links of a text lead once it is shown, however they were disguised when it was written."""
    return [unescape(url) for url in _HREF.findall(markdown.render(body))]


def is_trusted(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return False
    own = urlsplit(settings.BASE_URL).hostname or ""
    known = any(host == domain or host.endswith(f".{domain}") for domain in (*TRUSTED, own))
    return known and _PLAIN_HOST.fullmatch(parts.netloc) is not None
