"""How an article is written down in a file: what is said about it in YAML between two lines of `---`, then its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

FENCE = "---"
TEXTS = (
    *("title", "slug", "topic", "standfirst"),
    *("byline", "interests", "correction", "picture", "picture_alt", "picture_focus"),
    *("state", "successor", "next_review"),
)
# Each holds lines: a list, or one text.
LISTS = ("key_points", "help_emergency", "help_soon", "help_visit", "lay_words")
# Slugs: of related articles, and those that the article had before.
SLUGS = ("related", "was")
SOURCE = ("title", "publisher", "url")
ORDER = (*TEXTS[:4], *LISTS, "sources", "related", *TEXTS[4:], "was")


@dataclass(frozen=True)
class Problem:
    """What keeps a file out, and the line of the file that it stands on."""

    line: int
    reason: str


class Unreadable(Exception):
    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


@dataclass
class Written:
    """What a file says: `said` by the names in `TEXTS`, `LISTS` and `SLUGS`, only what is there; `lines`, where each
    begins."""

    said: dict[str, str]
    sources: list[dict[str, str]] | None
    body: str
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, name: str) -> int:
        return self.lines.get(name, 1)


class _Loader(yaml.BaseLoader):
    """Every value is the text that stands there; nothing refers to something else."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark
            raise yaml.composer.ComposerError(None, None, _("Write it out; * refers to nothing here"), mark)
        return super().compose_node(parent, index)


def read(text: str) -> Written:
    """Raises Unreadable with all that is wrong with how it is written down."""
    front, body, body_line = _parts(text)
    node, loader = _front_matter(front)
    written = Written({}, None, body, {"body": body_line})
    problems = []
    for key, value in node.value:
        name, line = str(key.value), key.start_mark.line + 2
        if name in written.lines:
            problems.append(Problem(line, _("“%(name)s” stands here a second time.") % {"name": name}))
            continue
        written.lines[name] = line
        problems += _take(written, name, loader.construct_object(value, deep=True), value)
    if problems:
        raise Unreadable(*problems)
    return written


def write(said: dict[str, Any], body: str) -> str:
    """The file that `read` makes the same of. `said`: what is there, by name; lists are lists, sources mappings."""
    front = {name: said[name] for name in ORDER if said.get(name)}
    words = yaml.dump(front, Dumper=yaml.SafeDumper, sort_keys=False, allow_unicode=True, width=110)
    return f"{FENCE}\n{words}{FENCE}\n\n{body}\n"


def _parts(text: str) -> tuple[str, str, int]:
    """The YAML, the text, and the line of the file on which the text begins."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if not lines or lines[0].rstrip() != FENCE:
        raise Unreadable(Problem(1, _("The file has to begin with a line of three dashes: ---")))
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise Unreadable(Problem(1, _("A second line of three dashes has to stand before the text.")))
    rest = lines[end + 1 :]
    blank = next((place for place, line in enumerate(rest) if line.strip()), 0)
    return "\n".join(lines[1:end]), "\n".join(rest).strip(), end + 2 + blank


def _front_matter(front: str) -> tuple[yaml.MappingNode, _Loader]:
    try:
        loader = _Loader(front)
        node = loader.get_single_node()
    except yaml.reader.ReaderError as error:
        line = front.count("\n", 0, error.position) + 2
        raise Unreadable(Problem(line, _("There is a sign here that no text has."))) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Unreadable(Problem(line, _("This is not YAML: %(problem)s.") % {"problem": error.problem})) from None
    if not isinstance(node, yaml.MappingNode):
        raise Unreadable(Problem(2, _("Here belong lines such as “title: Sleeping badly”.")))
    return node, loader


def _take(written: Written, name: str, value: Any, node: yaml.Node) -> Iterator[Problem]:
    line = written.lines[name]
    if name == "sources":
        yield from _take_sources(written, value, node)
    elif name in TEXTS and isinstance(value, str):
        written.said[name] = value
    elif name in (*LISTS, *SLUGS) and isinstance(value, str):
        written.said[name] = value.strip()
    elif (
        name in (*LISTS, *SLUGS)
        and isinstance(value, list)
        and all(isinstance(one, str) and "\n" not in one for one in value)
    ):
        written.said[name] = "\n".join(value)
    elif name in ORDER:
        what = _("one text") if name in TEXTS else _("a list of lines, or the word none")
        yield Problem(line, _("“%(name)s” has to be %(what)s.") % {"name": name, "what": what})
    else:
        known = ", ".join(ORDER)
        yield Problem(line, _("“%(name)s” is not known here. What is: %(known)s.") % {"name": name, "known": known})


def _take_sources(written: Written, value: Any, node: yaml.Node) -> Iterator[Problem]:
    if not isinstance(node, yaml.SequenceNode):
        yield Problem(written.lines["sources"], _("“sources” has to be a list, each with title, publisher and url."))
        return
    written.sources = []
    for place, (one, its_node) in enumerate(zip(value, node.value, strict=True)):
        written.lines[f"sources {place}"] = line = its_node.start_mark.line + 2
        is_whole = isinstance(one, dict) and set(one) == set(SOURCE)
        if not is_whole or not all(isinstance(part, str) for part in one.values()):
            yield Problem(line, _("A source has a title, a publisher and a url, each one text, and nothing else."))
        else:
            written.sources.append(one)
