"""The rules of distress, read from text: what a sentence must have to tell of somebody in danger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum, auto

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation.phrases import Finder, Language, Part, Phrase, Refused
from moderation.reading import Sentence, sentences
from moderation.spelling import Speller

# How many words before what was found a word that takes it back may stand: "I do not have any plans to".
NEGATED_WITHIN = 5
# Over how many sentences signs are added up.
TOGETHER = 6
IDIOM = "idiom"
# Stands for the part that was learned from texts where a rule would be named.
LEARNED = "learned: reads like danger"
_LIST = re.compile(r"@(?P<name>[a-z_]+):(?P<phrase>.*)")
# In a reply: the words of somebody else, and examples.
_QUOTED = re.compile(r"^[ ]{0,3}>.*$|[\"“][^\"“”\n]*[\"”]", re.MULTILINE)


class Kind(models.TextChoices):
    SELF_HARM = "self_harm", gettext_lazy("Possible self-harm")
    ABUSE = "abuse", gettext_lazy("Possible abuse")
    CHILD = "child", gettext_lazy("A child may be in danger")
    HARM = "harm_to_others", gettext_lazy("Possible harm to others")
    EMERGENCY = "emergency", gettext_lazy("Emergency happening now")


class How(Enum):
    """By what it was found: a rule; signs together, or a mere name; a rule of the site; what was learned from texts."""

    RULE = auto()
    SIGN = auto()
    SITE = auto()
    LEARNED = auto()


@dataclass(frozen=True)
class Found:
    """A kind of distress, the phrase that found it, and where in the text."""

    kind: Kind
    phrase: str
    span: tuple[int, int]
    how: How = How.RULE


@dataclass(frozen=True, eq=False)
class Rule:
    """`weight` is None where the phrase alone is enough; else it is a sign, which counts so much, or against it.

    A topic is a phrase that only names a danger.
    """

    kind: Kind
    phrase: Phrase
    weight: int | None = None
    is_topic: bool = False
    is_of_site: bool = False

    @property
    def how(self) -> How:
        if self.is_of_site:
            return How.SITE
        return How.RULE if self.weight is None and not self.is_topic else How.SIGN


class RuleSet:
    """The rules of a file such as `rules_data/distress.txt`. A fault in it raises Refused.

    Lines that a site adds and that cannot be read are left out and named in `problems`.
    """

    def __init__(self, source: str) -> None:
        self.version = 0
        self.language = Language()
        self.rules: list[Rule] = []
        self.idioms: list[Part] = []
        self.enough: dict[Kind, int] = {}
        self.problems: list[str] = []
        self.has_learned = True
        self._known: list[str] = []
        self._section = self._unless = ""
        for number, line in _lines(source):
            try:
                self._read(line)
            except Refused as problem:
                raise Refused(f"{number}: {line}: {problem}") from problem
        self._speller = Speller(self._known)
        self._find()
        self._negation, self._no_negation, self._advice = self._lists("negation", "no_negation", "advice")
        self._reply, self._person, self._over, self._bygone, self._present, self._still = self._lists(
            "reply", "person", "over", "bygone", "present", "still"
        )

    def changed(self, *, added: str, switched_off: str) -> RuleSet:
        """These rules with what a site adds, and without what it switched off."""
        rules = copy(self)
        rules.language = replace(self.language, parts={**self.language.parts})
        rules.rules, rules.idioms, rules.problems = [*self.rules], [*self.idioms], []
        rules._switch_off(switched_off)
        rules._add(added)
        rules._find()
        return rules

    def _find(self) -> None:
        self._finder_of_idioms = Finder(self.idioms)
        self._finder_of_rules = Finder(rule.phrase.first for rule in self.rules)

    def _lists(self, *names: str) -> list[Part]:
        return [self.language.part(f"@{name}") for name in names]

    def _read(self, line: str) -> None:
        """One line of the file, in its section."""
        kind, _space, signs = self._section.partition(" ")
        if line.startswith("{"):
            self._section, self._unless = line.strip("{}"), ""
        elif line.startswith("version "):
            self.version = int(line.removeprefix("version "))
        elif line.startswith("enough "):
            self.enough[Kind(kind)] = int(line.removeprefix("enough "))
        elif named := _LIST.fullmatch(line):
            self.language.name_list(named["name"], named["phrase"])
        elif line.startswith("! "):
            self._unless = line
        elif kind == "words":
            self.language.read_as(*line.split(":"))
        elif kind == "spelling":
            self._known += line.split()
        elif kind == "idioms":
            self.idioms.append(self.language.part(line))
        elif signs == "signs":
            weight, _space, phrase = line.partition(" ")
            self.rules.append(Rule(Kind(kind), self.language.phrase(phrase, is_enough=False), int(weight)))
        else:
            whole = self.language.phrase(f"{line} {self._unless}")
            self.rules.append(Rule(Kind(kind), whole, is_topic=signs == "topics"))

    def _add(self, added: str) -> None:
        for number, line in _lines(added):
            kind, colon, phrase = map(str.strip, line.partition(":"))
            try:
                if kind == IDIOM:
                    self.idioms.append(self.language.part(phrase))
                elif colon and kind in Kind.values:
                    self.rules.append(Rule(Kind(kind), self.language.phrase(phrase), is_of_site=True))
                else:
                    names = ", ".join([*Kind.values, IDIOM])
                    raise Refused(_("It begins with one of these and a colon: %s.") % names)
            except Refused as problem:
                self.problems.append(_("Line %(number)d: %(problem)s") % {"number": number, "problem": problem})

    def _switch_off(self, switched_off: str) -> None:
        known = {rule.phrase.source for rule in self.rules} | {LEARNED}
        off = {" ".join(line.split()): number for number, line in _lines(switched_off)}
        self.rules = [rule for rule in self.rules if rule.phrase.source not in off]
        self.has_learned = LEARNED not in off
        self.problems += [
            _("Line %d: there is no such rule. Copy it as it is shown below a text that you try.") % number
            for line, number in off.items()
            if line not in known
        ]

    def found_in(self, text: str, *, is_reply: bool = False) -> list[Found]:
        if is_reply:
            text = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
        read = [self._without_idioms(sentence) for sentence in sentences(text, self._plain)]
        if is_reply:
            read = self._of_the_writer(read)
        found: list[Found] = []
        signs: list[dict[Rule, Found]] = []
        for number in range(len(read)):
            signs.append({})
            for rule, here in self._found_in(read, number):
                if rule.weight is None:
                    found.append(here)
                else:
                    signs[-1][rule] = here
        enough_alone = {here.kind for here in found}
        return found + [here for here in self._added_up(signs) if here.kind not in enough_alone]

    def _of_the_writer(self, read: Sequence[Sentence]) -> list[Sentence]:
        """What a reply tells of its writer and theirs: not what it says to the one who is helped or of people in
        general, and nothing at all if it tells how something ended well."""
        told = [
            part
            for sentence in read
            if self._present.found_in(sentence) or not self._bygone.found_in(sentence)
            for part in sentence.parts()
            if not self._reply.found_in(part)
        ]
        if any(map(self._over.found_in, read)):
            told = [part for part in told if self._still.found_in(part)]
        return told if any(map(self._person.found_in, told)) else []

    def _added_up(self, signs: Sequence[dict[Rule, Found]]) -> list[Found]:
        """The signs of neighbouring sentences, where they are enough together."""
        found: dict[Found, None] = {}
        for number in range(len(signs)):
            near: dict[Rule, Found] = {}
            for here in signs[number : number + TOGETHER]:
                near |= here
            for kind, enough in self.enough.items():
                weights = {rule: rule.weight or 0 for rule in near if rule.kind == kind}
                if sum(weights.values()) >= enough:
                    found |= {near[rule]: None for rule, weight in weights.items() if weight > 0}
        return list(found)

    def _plain(self, word: str) -> Sequence[str]:
        if word not in self.language.words:
            word = self._speller.corrected(word)
        return self.language.words.get(word, word).split()

    def _without_idioms(self, sentence: Sentence) -> Sentence:
        for number in self._finder_of_idioms.numbers(sentence):
            if idiom := self.idioms[number].regex.search(sentence.text):
                sentence = sentence.without(*idiom.span())
        return sentence

    def _found_in(self, read: Sequence[Sentence], number: int) -> list[tuple[Rule, Found]]:
        sentence = read[number]
        candidates = self._finder_of_rules.numbers(sentence)
        if not candidates:
            return []
        found = []
        for rule in map(self.rules.__getitem__, candidates):
            span = self._span(rule.phrase, sentence, read[max(0, number - 1) : number + 2])
            if span is not None:
                found.append((rule, Found(rule.kind, rule.phrase.source, sentence.place(*span), rule.how)))
        return found

    def _span(self, phrase: Phrase, sentence: Sentence, around: Sequence[Sentence]) -> tuple[int, int] | None:
        for first in phrase.first.regex.finditer(sentence.text):
            if (
                all(part.found_in(sentence) for part in phrase.beside)
                and all(any(map(part.found_in, around)) for part in phrase.near)
                and not any(part.found_in(sentence) for part in phrase.unless)
                and not self._is_taken_back(sentence, first.start())
            ):
                return first.span()
        return None

    def _is_taken_back(self, sentence: Sentence, start: int) -> bool:
        """Whether what begins there is negated in its clause, or is advice: "if you ever ..."."""
        before = sentence.before(start)
        if self._advice.regex.search(before):
            return True
        clause = sentence.clause_before(start, NEGATED_WITHIN)
        return any(
            not self._no_negation.regex.match(clause, found.start()) for found in self._negation.regex.finditer(clause)
        )


def _lines(source: str) -> list[tuple[int, str]]:
    """Numbered lines without comments; one that is indented goes on with the one before."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(source.splitlines(), 1):
        line = line.split("#", 1)[0].rstrip()
        if line.startswith(" ") and line.strip():
            lines[-1] = (lines[-1][0], f"{lines[-1][1]} {line.strip()}")
        elif line:
            lines.append((number, line))
    return lines
