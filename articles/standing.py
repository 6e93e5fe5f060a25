"""What the standing pages say: the text that Askwell comes with or that of the editors, with what the site fills in."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.models import StandingPage, StandingRevision
from core.markdown import render_article

CONTENT = Path(__file__).parent / "content"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class Words:
    """A standing page in Markdown; title and description are plain. `notice` stands in a box above the rest."""

    title: str
    description: str
    standfirst: str
    notice: str
    body: str


@dataclass(frozen=True)
class Shown:
    """The same as readers get it, all but title and description in HTML."""

    title: str
    description: str
    standfirst: SafeString
    notice: SafeString
    body: SafeString


def placeholders() -> dict[str, str]:
    """What stands in braces in a text, and what readers get in its place: as this site is set up."""
    return {
        "minimum_age": str(settings.MINIMUM_AGE),
        "contact_email": settings.CONTACT_EMAIL,
        "site_address": settings.BASE_URL,
    }


def unknown_placeholders(words: Words) -> list[str]:
    named = dict.fromkeys(name for text in asdict(words).values() for name in _PLACEHOLDER.findall(text))
    return [name for name in named if name not in placeholders()]


def words_of(page: StandingPage | None, name: str) -> tuple[Words, date]:
    """What readers get, and since which day. `page`: with `live`."""
    if page is None or page.live is None or page.live_since is None:
        return of_askwell(name)
    return out_of(page.live), timezone.localdate(page.live_since)


def out_of(revision: StandingRevision) -> Words:
    return Words(**{field.name: getattr(revision, field.name) for field in fields(Words)})


@cache
def of_askwell(name: str) -> tuple[Words, date]:
    """The text that Askwell comes with, and the day when it last changed."""
    _, front, body = (CONTENT / f"{name}.md").read_text().split("---\n", 2)
    said = yaml.safe_load(front)
    changed = date.fromisoformat(said.pop("changed"))
    parts = {"standfirst": "", "notice": ""} | {part: text.strip() for part, text in said.items()}
    return Words(**parts, body=body.strip()), changed


def shown(words: Words) -> Shown:
    """Raises markdown.TooLong."""
    return _shown(words, tuple(placeholders().items()))


# As many pages as there are, and some that editors look at.
@lru_cache(maxsize=32)
def _shown(words: Words, values: tuple[tuple[str, str], ...]) -> Shown:
    filled = {part: _filled(text, dict(values)) for part, text in asdict(words).items()}
    html = {part: render_article(filled[part]).html for part in ("standfirst", "notice", "body")}
    return Shown(title=filled["title"], description=filled["description"], **html)


def _filled(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)
