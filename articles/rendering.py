"""What readers are shown of a text: its HTML, made once at each Save by the functions that the preview uses."""

from __future__ import annotations

import re
from typing import Any

from articles.models import NONE, Text
from core import markdown

_BULLET = re.compile(r"^\s*[-*•]\s+")


def html_of(text: Text, *, sources: int) -> dict[str, Any]:
    """The derived columns of a revision of `text`, which has so many `sources`. Raises markdown.TooLong."""
    body = markdown.render_article(text.body, sources=sources)
    return {
        "body_html": body.html,
        "contents": [{"id": heading.id, "text": heading.text} for heading in body.contents if heading.level == 2],
        "key_points_html": _list(text.key_points, sources),
        "help_emergency_html": _list(text.help_emergency, sources),
        "help_soon_html": _list(text.help_soon, sources),
        "help_visit_html": _list(text.help_visit, sources),
        "rendered_with": markdown.RENDERER_VERSION,
    }


def points(text: str) -> list[str]:
    """The points of a text that has one a line; none where it was decided that there are none."""
    if text.strip().lower() == NONE:
        return []
    return [point for line in text.splitlines() if (point := _BULLET.sub("", line).strip())]


def _list(text: str, sources: int) -> str:
    return markdown.render("\n".join(f"- {point}" for point in points(text)), sources=sources)
