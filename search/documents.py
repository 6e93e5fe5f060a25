"""What the upper rooms hand to the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Section:
    """A part of a page that can be linked to: `url#anchor`."""

    anchor: str
    title: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article, or one question with its published answers. All texts are plain, without Markdown or HTML.

    `body` is the whole text, or what comes before the first of `sections`. `synonyms` are the other words that people
    use for what the title names, a phrase each. `answer` is the text that may answer, and `stands_on` says in words
    what it rests on ("Reviewed article", "A member’s experience"); nothing else of a question is quoted as an answer.
    `answer_ids` are of the answers whose words it holds, that of `answer` first: whether they may be quoted is asked
    anew whenever it is found.
    `topic` is a slug. `origin` is the article that a question was asked from. `audience`: "all" or "members".
    """

    kind: str
    object_id: int
    url: str
    title: str
    published_at: datetime
    synonyms: Sequence[str] = ()
    body: str = ""
    sections: Sequence[Section] = ()
    answer: str = ""
    stands_on: str = ""
    topic: str = ""
    topic_name: str = ""
    origin: int | None = None
    answers_count: int = 0
    helped: bool = False
    clinician: bool = False
    reviewed: bool = False
    # It says when to call an emergency number.
    emergency: bool = False
    answer_ids: Sequence[int] = ()
    audience: str = "all"
