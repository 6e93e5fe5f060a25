"""What the other rooms and the search page ask the index. Whatever it says is authorised again before it is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, QuerySet

from accounts.models import User
from core.text import clean
from search import hits, likeness, neighbours, sources, spelling, typed, words
from search.candidates import TEXTS, Lookup, held, look_up
from search.hits import Hit
from search.models import Entry, Neighbour, Sameness
from search.ranking import Match, Near, named, rank
from search.spelling import Corrected
from search.synonyms import Pair
from search.typed import Typed

Reader = User | AnonymousUser

LONGEST_TEXT = 2_000
# How many of the best are ranked in full: a search leads no further than to these.
CANDIDATES, SUGGESTION_CANDIDATES = 200, 60
# A suggestion is about what somebody asks if its title or synonyms name two of their subject words, one of which is no
# part of the body; or that one alone, if it stands among so few (of a document from the same article or topic, a few
# more) or is worded much the same; or every word.
AMONG, AMONG_NEARBY = 2, 6


@dataclass(frozen=True)
class Results:
    """One page of results, the cursor of the next (empty on the last), and the topics among all that was found.

    `has_words` is False when there was nothing to look for, as in a text of stop words only.
    """

    hits: Sequence[Hit]
    next_cursor: str = ""
    topics: Sequence[tuple[str, str]] = ()
    has_words: bool = True
    # What was perhaps meant, where nearly nobody writes what was typed.
    corrected: Corrected | None = None


@dataclass(frozen=True)
class Same:
    """A question that may ask the same: how alike the two are, in per cent, and what that says."""

    hit: Hit
    likeness: int
    sameness: Sameness

    @property
    def is_probable(self) -> bool:
        return self.sameness == Sameness.PROBABLY


def search(
    text: str,
    *,
    user: Reader,
    kind: str = "",
    topic: str = "",
    answered: bool = False,
    since: datetime | None = None,
    after: str = "",
    size: int = 20,
    tried: Iterable[Pair] = (),
) -> Results:
    """What fits `text` best. `since` is of publication; `after` is a `next_cursor`, and the first page if malformed.

    Of `text`, what stands in quotation marks must be there word for word, and what follows a dash must not be. `tried`
    are synonyms that count for this search, though they are not saved.
    """
    wanting = typed.read(clean(text[:LONGEST_TEXT]))
    asked = _read(wanting.text)
    if not asked:
        return Results([], has_words=False)
    wanted: dict[str, Any] = {"kind": kind, "topic": topic, "answered": answered, "published_at__gte": since}
    lookup = _look_up(wanting.text, tried=tried)
    ranked = rank(
        lookup,
        limit=CANDIDATES,
        wording=_wording(wanting.text),
        **_open_to(user),
        **{name: value for name, value in wanted.items() if value},
    )
    found = _authorised(_as_wanted(_on_the_subject(ranked, lookup), wanting), user)
    topics = {match.entry.topic: match.entry.topic_name for match in found if match.entry.topic}
    place = _place(after)
    rest = [match for match in found if place is None or (match.score, match.entry.pk) < place]
    page = rest[:size]
    return Results(
        hits=[hits.with_snippet(match, lookup.rarity, asked) for match in _as_may_be_quoted(_with_texts(page))],
        next_cursor=f"{page[-1].score}-{page[-1].entry.pk}" if len(rest) > size else "",
        topics=sorted(topics.items(), key=lambda item: item[1]),
        corrected=_corrected(wanting, lookup, user) if place is None else None,
    )


def suggest(
    title: str,
    *,
    user: Reader,
    article_id: int | None = None,
    topic: str = "",
    limit: int = 3,
    by_words_alone: bool = False,
) -> list[Hit]:
    """What may already answer a question called `title`, asked from the article `article_id`; nothing if nothing fits.

    That article itself is only offered with the section that fits; its `topic` saves a statement to whoever knows it.
    By words alone it is quicker, while somebody types.
    """
    asked = _read(title)
    lookup = _look_up(title)
    strong = lookup.strong
    near = Near(topic, article_id) if topic else _near(article_id)
    ranked = rank(
        lookup,
        limit=SUGGESTION_CANDIDATES,
        near=near,
        wording="" if by_words_alone else _wording(title),
        **_open_to(user),
    )
    found = _authorised([match for match in ranked if _is_evident(match, lookup, near)], user)
    suggestions = []
    # One more than wanted: the article asked from may have no section that fits.
    for match in _as_may_be_quoted(_with_texts(found[: limit + 1])):
        if match.entry.kind == "article" and match.entry.object_id == article_id:
            hit = hits.with_section(match, strong, asked)
        else:
            hit = hits.with_answer(match, strong, asked)
        if hit:
            suggestions.append(hit)
    return suggestions[:limit]


def similar(kind: str, object_id: int, *, user: Reader, limit: int = 5) -> list[Hit]:
    """What is about the same as this document: articles, then questions, up to `limit` of each, the nearest first.

    As the worker found it; nothing before it did.
    """
    others = [near.other for near in _neighbours(kind, object_id, user)]
    return [hits.plain(entry) for entry in _of_each_kind(_welcome(others, user), limit)]


def related(article_id: int, *, user: Reader, limit: int = 5) -> list[Hit]:
    """The same of an article."""
    return similar("article", article_id, user=user, limit=limit)


def same_as(question_id: int, *, user: Reader, limit: int = 3) -> list[Same]:
    """Answered questions that may ask the same as a question of the index, those most alike first."""
    near = _neighbours("question", question_id, user).filter(sameness__gt=Sameness.OTHER, other__answers_count__gt=0)
    rows = {row.other: row for row in near}
    found = [
        Same(hits.plain(entry), rows[entry].likeness, Sameness(rows[entry].sameness))
        for entry in _welcome(list(rows), user)
    ]
    return sorted(found, key=lambda same: -same.likeness)[:limit]


def probably_same(question_id: int) -> QuerySet[Neighbour, tuple[int]]:
    """The ids of questions that probably ask the same, as a query for whoever fetches what may be read of them."""
    near = Neighbour.objects.filter(entry__kind="question", entry__object_id=question_id, kind="question")
    return near.filter(sameness=Sameness.PROBABLY).values_list("other__object_id")


def same_among(found: Sequence[Hit], *, title: str, body: str, limit: int = 3) -> list[Same]:
    """The same of a question that is not in the index, among what was just found for it."""
    hit_of = {hit.object_id: hit for hit in found if hit.kind == "question" and hit.answers_count}
    entries = list(
        Entry.objects.filter(kind="question", object_id__in=hit_of).only("kind", "object_id", "title", "body")
    )
    alike = likeness.to_each(
        neighbours.worded("question", title, body), [neighbours.wording(entry) for entry in entries]
    )
    same = [
        Same(hit_of[entry.object_id], round(100 * value), likeness.sameness(value))
        for entry, value in zip(entries, alike, strict=True)
    ]
    return sorted((one for one in same if one.sameness), key=lambda one: -one.likeness)[:limit]


def asked_from(article_id: int, *, user: Reader, limit: int = 5) -> list[Hit]:
    """Questions asked from an article: first those where something helped, then answered ones, then the newest."""
    entries = Entry.objects.filter(kind="question", origin=article_id, **_open_to(user))
    return _listed(entries.order_by("-helped", "-answered", "-published_at", "-pk"), user, limit)


def most_asked_from(*, since: datetime, limit: int = 5) -> list[tuple[int, int]]:
    """Articles from which most questions were asked since then, and how many of these everybody may read."""
    asked = Entry.objects.filter(origin__isnull=False, kind="question", audience=Entry.Audience.ALL)
    counted = asked.filter(published_at__gte=since).values("origin").annotate(count=Count("pk"))
    return [(row["origin"], row["count"]) for row in counted.order_by("-count", "origin")[:limit] if row["origin"]]


def latest(topic_slug: str, *, user: Reader, limit: int = 5) -> list[Hit]:
    """The newest questions of a topic."""
    entries = Entry.objects.filter(kind="question", topic=topic_slug, **_open_to(user))
    return _listed(entries.order_by("-published_at", "-pk"), user, limit)


def these(kind: str, ids: Collection[int], *, user: Reader) -> list[Hit]:
    """Those of these documents that this person may find now, the newest first."""
    entries = Entry.objects.filter(kind=kind, object_id__in=ids, **_open_to(user))
    rows = list(entries.order_by("-published_at", "-pk").defer(*TEXTS))
    readable = _readable(rows, user)
    return [hits.plain(row) for row in rows if (row.kind, row.object_id) in readable]


def likeness_of(one: str, other: str) -> float:
    """How much two questions ask the same, from 0 to 1."""
    return likeness.between(clean(one[:LONGEST_TEXT]), clean(other[:LONGEST_TEXT]))


def name_of_topic(slug: str) -> str:
    """As documents of this topic call it; empty if there are none."""
    entries = Entry.objects.filter(kind__in=sources.registered(), topic=slug)
    return next(iter(entries.values_list("topic_name", flat=True)[:1]), "")


# What was asked


def _read(text: str) -> dict[str, str]:
    """The words to look for, each stem with how it was first written."""
    cleaned = clean(text[:LONGEST_TEXT])
    asked: dict[str, str] = {}
    for word in words.read(cleaned):
        asked.setdefault(word.stem, cleaned[word.start : word.end].lower())
    return asked


def _look_up(text: str, *, tried: Iterable[Pair] = ()) -> Lookup:
    return look_up(words.stems(clean(text[:LONGEST_TEXT])), tried=tried)


def _wording(text: str) -> str:
    return clean(text[:LONGEST_TEXT])


def _place(after: str) -> tuple[int, int] | None:
    score, dash, pk = after.partition("-")
    if dash and len(after) < 40 and all(part.isascii() and part.isdigit() for part in (score, pk)):
        return int(score), int(pk)
    return None


def _near(article_id: int | None) -> Near:
    if article_id is None:
        return Near()
    topic = Entry.objects.filter(kind="article", object_id=article_id).values_list("topic", flat=True).first()
    return Near(topic or "", article_id)


# What fits well enough


def _on_the_subject(ranked: Sequence[Match], lookup: Lookup) -> list[Match]:
    """Without those that share only words which everybody writes, if there are others to look for."""
    strong = lookup.strong.keys()
    return [
        match
        for match in ranked
        if not strong or match.stems & strong or match.synonyms or match.likeness >= likeness.ALIKE
    ]


def _as_wanted(found: Sequence[Match], wanting: Typed) -> list[Match]:
    """Those with the phrases that must be there and without the words that must not."""
    if wanting.without:
        others = held([match.entry.pk for match in found], wanting.without)
        found = [match for match in found if match.entry.pk not in others]
    if wanting.phrases:
        may_be = _with_texts([match for match in found if wanting.required <= match.stems])
        found = [match for match in may_be if wanting.has_phrases(hits.texts_of(match.entry))]
    return list(found)


def _corrected(wanting: Typed, lookup: Lookup, user: Reader) -> Corrected | None:
    """Nobody's quotation marks and dashes are corrected: who uses them knows what to look for."""
    if not wanting.is_plain:
        return None
    return spelling.correct(wanting.text, lookup, is_member=user.is_authenticated)


def _is_evident(match: Match, lookup: Lookup, near: Near) -> bool:
    """Whether the words in common are a reason to show it to somebody who is about to ask."""
    strong = lookup.strong
    # "Please help" is worded like much that asks for help with something.
    if match.likeness >= likeness.VERY_ALIKE and strong:
        return True
    here = named(match.entry)
    otherwise = {stem for other in match.synonyms if here.issuperset(other.stems) for stem in other.said}
    shared = (here | otherwise) & lookup.rarity.keys()
    if len(shared) == len(lookup.rarity):
        return True
    subject = shared & strong.keys()
    # None at all: no vector yet.
    is_worded_otherwise = match.likeness != 0 and match.likeness < likeness.UNLIKE
    if is_worded_otherwise or all(words.is_place(stem) for stem in subject):
        return False
    among = AMONG_NEARBY if near.is_near(match.entry) else AMONG
    return len(strong) <= among or len(subject) > 1 or match.likeness >= likeness.QUITE_ALIKE


# Who may see it


def _open_to(user: Reader) -> dict[str, Any]:
    return {} if user.is_authenticated else {"audience": Entry.Audience.ALL}


def _authorised(found: Sequence[Match], user: Reader) -> list[Match]:
    """Those that may be read now, whatever the index says."""
    readable = _readable([match.entry for match in found], user)
    return [match for match in found if (match.entry.kind, match.entry.object_id) in readable]


def _neighbours(kind: str, object_id: int, user: Reader) -> QuerySet[Neighbour]:
    near = Neighbour.objects.filter(entry__kind=kind, entry__object_id=object_id)
    near = near.filter(**{f"other__{name}": value for name, value in _open_to(user).items()})
    return near.select_related("other").defer(*(f"other__{name}" for name in TEXTS)).order_by("kind", "place")


def _welcome(entries: Sequence[Entry], user: Reader) -> list[Entry]:
    """Those that may come up unasked now, whatever the index says."""
    welcome = sources.welcome(_by_kind(entries), user)
    return [entry for entry in entries if (entry.kind, entry.object_id) in welcome]


def _of_each_kind(entries: Sequence[Entry], limit: int) -> list[Entry]:
    counts: Counter[str] = Counter()
    kept = []
    for entry in entries:
        counts[entry.kind] += 1
        if counts[entry.kind] <= limit:
            kept.append(entry)
    return kept


def _readable(entries: Sequence[Entry], user: Reader) -> set[tuple[str, int]]:
    return sources.readable(_by_kind(entries), user)


def _by_kind(entries: Sequence[Entry]) -> dict[str, list[int]]:
    ids: dict[str, list[int]] = {}
    for entry in entries:
        ids.setdefault(entry.kind, []).append(entry.object_id)
    return ids


# What is read of it


def _listed(entries: QuerySet[Entry], user: Reader, limit: int) -> list[Hit]:
    # More than wanted, in case that some may not be read any more.
    rows = list(entries.defer(*TEXTS)[: limit * 2])
    return [hits.plain(entry) for entry in _welcome(rows, user)[:limit]]


def _with_texts(found: Sequence[Match]) -> list[Match]:
    """The same, with the long texts that ranking leaves out; without what was removed a moment ago."""
    if not any(match.entry.get_deferred_fields() for match in found):
        return list(found)
    texts = Entry.objects.only(*TEXTS).in_bulk([match.entry.pk for match in found])
    still_there = [match for match in found if match.entry.pk in texts]
    for match in still_there:
        for name in TEXTS:
            setattr(match.entry, name, getattr(texts[match.entry.pk], name))
    return still_there


def _as_may_be_quoted(found: list[Match]) -> list[Match]:
    """The same, without the texts of which some may not be quoted now."""
    entries = [match.entry for match in found]
    for kind in {entry.kind for entry in entries}:
        of_kind = [entry for entry in entries if entry.kind == kind and entry.answer_ids]
        quotable = sources.quotable(kind, {pk for entry in of_kind for pk in entry.answer_ids})
        for entry in of_kind:
            first, *others = entry.answer_ids
            if first not in quotable:
                entry.answer = ""
            # The other answers stand in the body, among the words of the question.
            if not quotable.issuperset(others):
                entry.body = ""
    return found
