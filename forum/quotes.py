"""A passage of a post, quoted in an answer below it."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from forum.models import Answer, Comment, Post, Question
from forum.rules import Person

LONGEST = 600
_KEY = re.compile(r"(question|answer|comment)-(\d{1,18})")
_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def quoted(question: Question, key: str, user: Person) -> str:
    """The beginning of a post of this thread as a quotation in Markdown, with who wrote it; empty where this person is
    shown no such post. `key` is its kind and its id, as in "answer-12"."""
    if not (match := _KEY.fullmatch(key)):
        return ""
    models: dict[str, Any] = {"question": Question, "answer": Answer, "comment": Comment}
    of_thread = {"pk" if match[1] == "question" else "question": question.pk}
    post = models[match[1]].objects.shown_to(user).filter(**of_thread).for_page().filter(pk=int(match[2])).first()
    return _quotation(post) if post and not getattr(post, "collapsed_at", None) else ""


def _quotation(post: Post) -> str:
    text = post.body or (post.title if isinstance(post, Question) else "")
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(maxsplit=1)[0] + " …"
    wrote = _("%(name)s wrote") % {"name": _MARKUP.sub(r"\\\1", post.byline.name)}
    lines = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return f"[{wrote}]({_place(post)}):\n\n{lines}\n\n"


def _place(post: Post) -> str:
    """Where it stands, at an address without the words of a title."""
    name = "short" if isinstance(post, Question) else f"place_of_{post.kind}"
    return reverse(f"forum:{name}", args=[post.pk])
