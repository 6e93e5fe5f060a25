"""How a page says to machines what people read on it: JSON-LD, in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from core.http import absolute

Node = dict[str, Any]

# No text can end the element that the data stands in, or begin another in it.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


def block(nodes: Sequence[Mapping[str, Any]]) -> SafeString:
    """The element with these nodes, for the end of a page; nothing, if there are none."""
    if not nodes:
        return SafeString()
    data = json.dumps({"@context": "https://schema.org", "@graph": list(nodes)}, ensure_ascii=False)
    return mark_safe(f'<script type="application/ld+json">{data.translate(_ESCAPES)}</script>')


def node(kind: str | list[str], **facts: Any) -> Node:
    """A thing of that kind, with what is known of it."""
    return {"@type": kind} | {name: _plain(fact) for name, fact in facts.items() if fact not in (None, "", [])}


def crumbs(trail: Iterable[tuple[str, str]]) -> Node:
    """Where a page is: names and paths, from the outermost."""
    places = [
        node("ListItem", position=number, name=name, item=absolute(path))
        for number, (name, path) in enumerate(trail, start=1)
    ]
    return node("BreadcrumbList", itemListElement=places)


def _plain(fact: Any) -> Any:
    return fact.isoformat() if isinstance(fact, datetime) else fact
