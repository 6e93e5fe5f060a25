"""What is wrong with the HTML of a page or of a part of one, a sentence for each thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from html5lib.constants import E as MESSAGES

INTERACTIVE = ("a", "button", "label", "select", "textarea", "summary")
# Attributes that name elements of the same page by their ids.
REFERENCES = (
    "for",
    "aria-describedby",
    "aria-labelledby",
    "aria-controls",
    "aria-details",
    "aria-owns",
    "list",
    "form",
)
PLACES = {"href": ("a", "link"), "src": ("img", "script"), "action": ("form",), "formaction": ("button",)}
FETCHES = ("hx-get", "hx-post")
DATA = ("application/ld+json", "application/json")


class Markup:
    """A parsed page, or with `is_part` a part of one."""

    def __init__(self, html: str, *, is_part: bool = False) -> None:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        self.html, self.is_part = html, is_part
        self.root: Element = parser.parseFragment(html) if is_part else parser.parse(html)
        self.errors = [f"line {place[0]}: {MESSAGES[code] % words}" for place, code, words in parser.errors]
        self.parents = {child: parent for parent in self.root.iter() for child in parent}

    def all(self, *tags: str) -> list[Element]:
        return [one for one in self.root.iter() if isinstance(one.tag, str) and (not tags or one.tag in tags)]

    def text(self, element: Element) -> str:
        return " ".join("".join(element.itertext()).split())

    @property
    def ids(self) -> Counter[str]:
        return Counter(one.attrib["id"] for one in self.all() if "id" in one.attrib)

    # Where it leads

    def addresses(self, path: str) -> set[str]:
        """The paths of this site that the page at `path` links to, shows or fetches, with their query."""
        found = set()
        for one in self.all():
            for name, tags in PLACES.items():
                if one.tag in tags and name in one.attrib and not self.is_post(one):
                    found.add(one.attrib[name])
            if "hx-get" in one.attrib:
                found.add(one.attrib["hx-get"])
        away = (urljoin(f"http://testserver{path}", place) for place in found if not place.startswith("#"))
        ours = map(urlsplit, away)
        return {url._replace(scheme="", netloc="", fragment="").geturl() for url in ours if url.netloc == "testserver"}

    def posts_to(self, path: str) -> set[str]:
        """The paths that forms and buttons of the page at `path` send a POST to."""
        found = {one.attrib.get("action") or path for one in self.all("form") if self.is_post(one)}
        found |= {one.attrib["hx-post"] for one in self.all() if "hx-post" in one.attrib}
        found |= {
            one.attrib["formaction"] for one in self.all("button") if "formaction" in one.attrib and self.is_post(one)
        }
        return {urlsplit(urljoin(path, place)).path for place in found}

    def is_post(self, element: Element) -> bool:
        """Whether it is a form that sends a POST, or a button in one."""
        form = (
            element if element.tag == "form" else next((one for one in self.above(element) if one.tag == "form"), None)
        )
        is_sent = element.tag in ("form", "button")
        return is_sent and form is not None and form.attrib.get("method", "get").lower() == "post"

    # What is wrong

    def faults(self) -> list[str]:
        checks = [self.unlike_html, self.ids_and_references, self.nesting, self.inline, self.pictures, self.blanks]
        checks.append(self.one_root if self.is_part else self.frame)
        return [fault for check in checks for fault in check()]

    def unlike_html(self) -> Iterator[str]:
        yield from self.errors
        if left := re.findall(r"{[%{#].{0,40}", self.html):
            yield f"Template code is shown: {left}"

    def ids_and_references(self) -> Iterator[str]:
        ids = self.ids
        yield from (f"The id {name!r} is there {count} times" for name, count in ids.items() if count > 1 or not name)
        if self.is_part:
            return
        for one in self.all():
            for name in REFERENCES:
                if one.tag == "form" and name == "form":
                    continue
                for target in one.attrib.get(name, "").split():
                    if target not in ids:
                        yield f"{name}={target!r} of <{one.tag}> names nothing on the page"
            for name in ("href", "hx-target"):
                target = one.attrib.get(name, "")
                if target.startswith("#") and target != "#" and target[1:] not in ids:
                    yield f"{name}={target!r} of <{one.tag}> leads nowhere"

    def nesting(self) -> Iterator[str]:
        for one in self.all(*INTERACTIVE, "input"):
            for above in self.above(one):
                inside_its_label = above.tag == "label" and one.tag in ("input", "select", "textarea")
                if above.tag in INTERACTIVE and not inside_its_label:
                    yield f"<{one.tag}> inside <{above.tag}>: {self.text(above)[:60]!r}"

    def above(self, element: Element) -> Iterator[Element]:
        while element in self.parents:
            element = self.parents[element]
            yield element

    def inline(self) -> Iterator[str]:
        for one in self.all():
            for name in one.attrib:
                if name == "style" or name.startswith(("on", "hx-on")):
                    yield f"<{one.tag}> has {name}={one.attrib[name]!r}"
            if one.attrib.get("href", "").lower().startswith("javascript:"):
                yield f"A script as a link: {one.attrib['href']}"
        if self.all("style"):
            yield "A style sheet is written into the page"
        for one in self.all("script"):
            if "src" not in one.attrib and one.attrib.get("type") not in DATA:
                yield "A script is written into the page"

    def pictures(self) -> Iterator[str]:
        for one in self.all("img"):
            missing = {"alt", "width", "height"} - one.attrib.keys()
            if missing and not one.attrib.get("src", "").startswith("data:"):
                yield f"The picture {one.attrib.get('src')} has no {', '.join(sorted(missing))}"

    def blanks(self) -> Iterator[str]:
        for one in self.all("a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "summary", "title"):
            if not self.text(one) and "aria-label" not in one.attrib and one.find(".//img") is None:
                yield f"<{one.tag}> says nothing: {one.attrib}"
        for one in self.all("a"):
            if not one.attrib.get("href"):
                yield f"A link that leads nowhere: {self.text(one)[:60]!r}"
        for one in self.all("a", "b", "span", "strong", "time"):
            if re.match(r"\s+[.,;:!?]", one.tail or ""):
                yield f"A blank before {(one.tail or '').strip()[:20]!r}"
        if re.search(r">\s*None\s*<|\bNone</|object at 0x", self.html):
            yield "It says None where somebody should read something"

    def one_root(self) -> Iterator[str]:
        roots = list(self.root)
        if len(roots) != 1 or "id" not in roots[0].attrib or (self.root.text or "").strip():
            yield f"Not one element with an id: {[(one.tag, one.attrib.get('id')) for one in roots]}"
        if re.search(r"<(!doctype|html|head|body)\b", self.html, re.IGNORECASE):
            yield "A whole page in place of a part"

    def frame(self) -> Iterator[str]:
        if not self.html.lstrip().lower().startswith("<!doctype html>"):
            yield "It does not begin as HTML"
        html = self.all("html")[0]
        if not html.attrib.get("lang"):
            yield "The language is not said"
        titles = [one for one in self.all("title") if self.parents[one].tag == "head"]
        if len(titles) != 1 or len(self.text(titles[0])) < 5:
            yield f"Its title is {[self.text(one) for one in titles]}"
        if not any(one.attrib.get("name") == "viewport" for one in self.all("meta")):
            yield "It does not say how it fits a phone"
        yield from self.headings()

    def headings(self) -> Iterator[str]:
        levels = [(int(one.tag[1]), self.text(one)) for one in self.all("h1", "h2", "h3", "h4", "h5", "h6")]
        if sum(level == 1 for level, _ in levels) != 1:
            yield f"Not one h1: {[words for level, words in levels if level == 1]}"
        last = 0
        for level, words in levels:
            if level > last + 1:
                yield f"h{level} follows h{last}: {words[:60]!r}"
            last = level
