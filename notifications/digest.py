"""How news in what somebody follows stand in one mail: each under its topic, the latest of them, and how many more.

Whose mails name no subject gets their number only, in as many lines as there are kinds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext_lazy

from core.http import absolute
from notifications.kinds import Kind, sentence
from notifications.lines import Line

MOST = 20
# Under the name of a topic it need not be said at length.
_SHORT = {
    "question": ngettext_lazy("New question", "%(count)s new questions", "count"),
    "answer": ngettext_lazy("New answer", "%(count)s new answers", "count"),
    "prompt": ngettext_lazy("New article", "%(count)s new articles", "count"),
}


@dataclass(frozen=True)
class Told:
    """One line of a mail; `title` is empty unless its reader wants subjects named."""

    sentence: str
    title: str
    link: str

    @classmethod
    def of(cls, line: Line, words: str, *, is_named: bool) -> Told:
        title = " ".join(line.subject.title.split()) if line.subject and is_named else ""
        return cls(words, title, absolute(line.opens.get_absolute_url()))


@dataclass(frozen=True)
class Digest:
    """What is told each by itself, what is told by topic, and how many more there are."""

    told: Sequence[Told]
    topics: Mapping[str, Sequence[Told]]
    more: int


def digest(lines: Sequence[Line], *, is_named: bool) -> Digest:
    """`lines` are those of one mail, oldest first. A single piece of news is told like anything else."""
    news = [line for line in lines if line.opens.kind == Kind.FOLLOWED]
    others = [line for line in lines if line not in news]
    if len(news) < 2:
        news, others = [], list(lines)
    told = [Told.of(line, line.sentence, is_named=is_named) for line in others[-MOST:]]
    if not is_named:
        told += _in_numbers(news)
        news = []
    more = sum(line.count for line in [*others[:-MOST], *news[:-MOST]])
    return Digest(told, _by_topic(news[-MOST:]), more)


def _in_numbers(news: Sequence[Line]) -> list[Told]:
    """One line for each kind of news; one that is alone leads to what it tells, several to the inbox."""
    kinds: dict[str, list[Line]] = defaultdict(list)
    for line in news:
        kinds[line.opens.subject_kind].append(line)
    return [_joined(kind, same) for kind, same in kinds.items()]


def _joined(kind: str, same: Sequence[Line]) -> Told:
    if len(same) == 1:
        return Told.of(same[0], same[0].sentence, is_named=False)
    count = sum(line.count for line in same)
    return Told(sentence(Kind.FOLLOWED, kind, count=count), "", absolute(reverse("notifications:inbox")))


def _by_topic(news: Sequence[Line]) -> dict[str, list[Told]]:
    topics: dict[str, list[Told]] = defaultdict(list)
    for line in news:
        words = _SHORT[line.opens.subject_kind] % {"count": line.count}
        topics[line.subject.topic if line.subject else ""].append(Told.of(line, words, is_named=True))
    return dict(sorted(topics.items()))
