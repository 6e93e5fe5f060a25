"""Links: a link to a place we do not know is looked at before others can follow it. Trusted domains never count."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from linkify_it import LinkifyIt
from linkify_it.tlds import TLDS

from accounts.models import User
from forum.desk import Finding, Submission

LEVEL = 2

# Public health bodies and their libraries: whoever cites these does what we ask for.
TRUSTED = {
    "cdc.gov",
    "cochrane.org",
    "ema.europa.eu",
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
}

find = LinkifyIt().tlds(TLDS)


def screen(submission: Submission) -> Sequence[Finding]:
    if submission.author.trust == User.Trust.TRUSTED:
        return ()
    text = f"{submission.title}\n{submission.body}"
    spans = [(link.index, link.last_index) for link in find.match(text) or () if not _is_trusted(link.url)]
    if not spans:
        return ()
    return [
        Finding(
            rule="link",
            level=LEVEL,
            for_author=_("It has a link to a site that we do not know, so a moderator looks at it first."),
            for_moderator=_("A link to a site that is not on the list of trusted ones"),
            spans=spans,
        )
    ]


def _is_trusted(url: str) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    own = urlsplit(settings.BASE_URL).hostname or ""
    return any(host == domain or host.endswith(f".{domain}") for domain in (*TRUSTED, own))
