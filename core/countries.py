"""Which countries have a name here, and which of them the language of a browser hints at."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.text import clean

COUNTRIES: Mapping[str, str | Promise] = {
    "AR": _("Argentina"),
    "AU": _("Australia"),
    "AT": _("Austria"),
    "BE": _("Belgium"),
    "BR": _("Brazil"),
    "BG": _("Bulgaria"),
    "CA": _("Canada"),
    "CL": _("Chile"),
    "CO": _("Colombia"),
    "HR": _("Croatia"),
    "CY": _("Cyprus"),
    "CZ": _("Czechia"),
    "DK": _("Denmark"),
    "EE": _("Estonia"),
    "FI": _("Finland"),
    "FR": _("France"),
    "DE": _("Germany"),
    "GR": _("Greece"),
    "HK": _("Hong Kong"),
    "HU": _("Hungary"),
    "IS": _("Iceland"),
    "IN": _("India"),
    "IE": _("Ireland"),
    "IL": _("Israel"),
    "IT": _("Italy"),
    "JP": _("Japan"),
    "KE": _("Kenya"),
    "LV": _("Latvia"),
    "LT": _("Lithuania"),
    "LU": _("Luxembourg"),
    "MT": _("Malta"),
    "MX": _("Mexico"),
    "NL": _("Netherlands"),
    "NZ": _("New Zealand"),
    "NG": _("Nigeria"),
    "NO": _("Norway"),
    "PK": _("Pakistan"),
    "PH": _("Philippines"),
    "PL": _("Poland"),
    "PT": _("Portugal"),
    "RO": _("Romania"),
    "SG": _("Singapore"),
    "SK": _("Slovakia"),
    "SI": _("Slovenia"),
    "ZA": _("South Africa"),
    "KR": _("South Korea"),
    "ES": _("Spain"),
    "SE": _("Sweden"),
    "CH": _("Switzerland"),
    "TR": _("Türkiye"),
    "UA": _("Ukraine"),
    "GB": _("United Kingdom"),
    "US": _("United States"),
}
# Languages that are spoken mostly in one country. English, French, Spanish and Portuguese are not among them.
_AT_HOME = {
    "bg": "BG", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "et": "EE", "fi": "FI", "ga": "IE", "he": "IL",
    "hr": "HR", "hu": "HU", "is": "IS", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV", "mt": "MT",
    "nb": "NO", "nl": "NL", "nn": "NO", "no": "NO", "pl": "PL", "ro": "RO", "sk": "SK", "sl": "SI", "sv": "SE",
    "tr": "TR", "uk": "UA", "cy": "GB",
}  # fmt: skip
_TAG = re.compile(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?:-[a-z0-9-]+)?", re.IGNORECASE)
# Nobody speaks more; whoever says so is no browser.
_LANGUAGES = 10


def guessed(request: HttpRequest) -> str:
    """The country that the browser's languages hint at, in the order they are named; empty without a hint."""
    named = request.headers.get("Accept-Language", "")[:500].split(",")[:_LANGUAGES]
    tags = [found for one in named if (found := _TAG.fullmatch(one.partition(";")[0].strip()))]
    regions = [(tag[2] or "").upper() for tag in tags]
    homes = [_AT_HOME.get(tag[1].lower(), "") for tag in tags]
    return next((country for country in (*regions, *homes) if country in COUNTRIES), "")


def chosen(request: HttpRequest) -> str | None:
    """The country that the address asks for; None where it asks for none, or for one without a name here."""
    country = clean(request.GET.get("country", "")).strip().upper()
    return country if country in COUNTRIES else None


def of(request: HttpRequest) -> tuple[str, bool]:
    """The country whose numbers to show, empty if nothing hints at one, and whether it is only guessed."""
    if (country := chosen(request)) is not None:
        return country, False
    country = guessed(request)
    return country, country != ""


def by_name() -> list[tuple[str, str]]:
    """(code, name) of each, in the order of their names."""
    return sorted(((code, str(name)) for code, name in COUNTRIES.items()), key=lambda country: country[1])
