"""How what people write becomes HTML. The only place that marks HTML safe; the preview uses the same functions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import nh3
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from core import addresses
from core.text import clean

# Raise it when the same text gives other HTML: `rerender` then finds what was rendered before.
RENDERER_VERSION = 2
# In characters. What is longer is refused by the forms; the time that hostile text takes grows with its square.
LIMIT = 60_000
# In all tables of a text together. Two characters can stand for a row of any number of cells that nobody typed.
CELLS = 3_000


class TooLong(ValueError):
    """The text has more than `LIMIT` characters."""


@dataclass(frozen=True)
class Heading:
    id: str
    text: str
    level: int


@dataclass(frozen=True)
class Rendered:
    html: SafeString
    contents: list[Heading]


@dataclass(frozen=True)
class Picture:
    path: str
    alt: str


def render(text: str, *, sources: int = 0, top: int | None = 2, people: Mapping[str, str] | None = None) -> SafeString:
    """The HTML of a post. Its uppermost headings become `h{top}`, with None all paragraphs; every line break a `<br>`.

    `[^n]` leads to `#source-n` for n up to `sources`, `@handle` to what `people` has for it. Raises TooLong.
    """
    tokens = _shift_headings(_parse(text), top)
    for token in _inline(tokens):
        if token.type == "softbreak":
            token.type = "hardbreak"
    return _html(tokens, sources, people)


def render_article(text: str, *, sources: int = 0) -> Rendered:
    """The HTML of an article, its headings (from h2) with ids, and these headings in order. Raises TooLong."""
    tokens = _shift_headings(_parse(text), 2)
    contents = _name_headings(tokens)
    return Rendered(_html(tokens, sources), contents)


def stored(html: str) -> SafeString:
    """HTML that `render` or `render_article` made when its text was written, out of the column that kept it."""
    return mark_safe(html)


def with_places(html: str, places: dict[int, list[str]]) -> SafeString:
    """HTML out of such a column with an id on each reference to a source, which is added to `places` of that source."""

    def name(found: re.Match[str]) -> str:
        of_it = places.setdefault(int(found[1]), [])
        of_it.append(f"cited-{found[1]}-{len(of_it) + 1}")
        return f'<sup id="{of_it[-1]}">{found[0].removeprefix("<sup>")}'

    return mark_safe(_REFERENCE.sub(name, html))


def plain(text: str) -> str:
    """The words of a Markdown text without its marks, a line for each block: for search, excerpts and mails."""
    return "\n".join(block for block in (_words(token).strip() for token in _parse(text)) if block)


def handles(text: str) -> list[str]:
    """The handles that a text names with an `@`, in order, each once. Whose they are is not looked up."""
    named = (token.content[1:].lower() for token in _inline(_parse(text)) if token.type == "mention")
    return list(dict.fromkeys(named))


def pictures(text: str) -> list[Picture]:
    """The pictures of our own that a text shows, in order, with what describes them."""
    return [
        Picture(str(token.attrs["src"]), _words(token).strip())
        for token in _inline(_parse(text))
        if token.type == "image" and _OWN_PICTURE.fullmatch(str(token.attrs["src"]))
    ]


# Reading

_OWN_PICTURE = re.compile(
    r"/media/(?:[\w-]+/)*[\w-]+?(?:-(?P<width>\d{1,4})x(?P<height>\d{1,4}))?\.(?:webp|png|jpe?g|gif)", re.ASCII
)
_REFERENCE = re.compile(r'<sup><a href="#source-([0-9]+)"')
_SOURCE = re.compile(r"\[\^([1-9][0-9]?)\]")
# What follows the handle would make it an address.
_MENTION = re.compile(r"@[a-z0-9][a-z0-9-]{2,29}(?![\w@-])", re.ASCII | re.IGNORECASE)


class _Markdown(MarkdownIt):
    """CommonMark with tables, struck-out text and bare addresses. Raw HTML is shown as it was typed.

    Without indented code: here an indented paragraph is a paragraph. Without reference links: one long address,
    defined once, could be repeated with every three characters.
    """

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "xhtmlOut": False}, renderer_cls=_Renderer)
        self.enable(["table", "strikethrough"]).disable(["code", "reference"])
        self.block.ruler.at("table", _read_table, {"alt": ["paragraph", "reference"]})
        self.inline.ruler.before("link", "source", _read_source)
        self.inline.ruler.after("text", "address", _read_address)
        self.inline.ruler.after("address", "mention", _read_mention)

    def normalizeLink(self, url: str) -> str:
        return super().normalizeLink(f"https://{url}" if url.lower().startswith("www.") else url)

    def validateLink(self, url: str) -> bool:
        return addresses.is_safe(url)


def _read_table(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A table, unless it brings the text over `CELLS`: then it stays text."""
    if state.env.get("cells", 0) >= CELLS or not table(state, first, end, True):
        return False
    columns = state.src.count("|", state.bMarks[first], state.eMarks[first]) + 1
    spent = state.env.get("cells", 0) + columns * _lines(state, first, end, CELLS // columns + 1)
    if spent > CELLS:
        state.env["cells"] = CELLS
        return False
    if silent:
        return True
    state.env["cells"] = spent
    return table(state, first, end, False)


def _lines(state: StateBlock, first: int, end: int, most: int) -> int:
    """How many lines there are from `first` to the next empty one, counted up to `most`."""
    end = min(end, first + most)
    return next((line for line in range(first, end) if state.isEmpty(line)), end) - first


def _read_address(state: StateInline, silent: bool) -> bool:
    """A bare address, read before its signs are taken for emphasis; `state.pending` ends with its scheme."""
    # Looking ahead, `pending` is not what stands before the position.
    scheme = "" if silent or state.linkLevel else addresses.scheme_before(state.pending)
    rest = addresses.after_scheme(state.src, state.pos, state.posMax) if scheme else ""
    url = state.md.normalizeLink(scheme + rest)
    if not rest or not state.md.validateLink(url):
        return False
    state.pending = state.pending[: -len(scheme)]
    state.push("link_open", "a", 1).attrs = {"href": url}
    state.push("text", "", 0).content = state.md.normalizeLinkText(scheme + rest)
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _read_source(state: StateInline, silent: bool) -> bool:
    found = _SOURCE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("source", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _read_mention(state: StateInline, silent: bool) -> bool:
    """A handle, where no word, address or link is around it."""
    found = _MENTION.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1 : state.pos] if state.pos else ""
    if not found or state.linkLevel or before.isalnum() or before in tuple("._-+@/"):
        return False
    if not silent:
        state.push("mention", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _parse(text: str) -> list[Token]:
    if len(text) > LIMIT:
        raise TooLong
    return _MARKDOWN.parse(clean(text))


def _inline(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


def _words(token: Token) -> str:
    """What a token says, without marks."""
    if token.type in ("text", "code_inline", "fence", "mention"):
        return token.content
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "".join(map(_words, token.children or ()))


# Headings


def _shift_headings(tokens: list[Token], top: int | None) -> list[Token]:
    """Without empty headings; the others by their place in the outline, whose top is `h{top}`: none skips a level."""
    empty = {
        id(token)
        for opening, text, closing in _headings(tokens)
        if not _words(text).strip()
        for token in (opening, text, closing)
    }
    kept = [token for token in tokens if id(token) not in empty]
    above: list[str] = []
    for opening, _text, closing in _headings(kept):
        while above and above[-1] >= opening.tag:
            above.pop()
        above.append(opening.tag)
        opening.tag = closing.tag = f"h{min(top - 1 + len(above), 6)}" if top else "p"
    return kept


def _name_headings(tokens: list[Token]) -> list[Heading]:
    contents: list[Heading] = []
    taken: Counter[str] = Counter()
    for opening, text, _closing in _headings(tokens):
        words = _words(text).strip()
        # With a prefix, so that no heading takes the id of something else on the page.
        name = first = f"section-{slugify(words)[:60].strip('-') or len(contents) + 1}"
        while taken[name]:
            taken[first] += 1
            name = f"{first}-{taken[first]}"
        taken[name] = 1
        opening.attrs["id"] = name
        contents.append(Heading(name, words, int(opening.tag[1])))
    return contents


def _headings(tokens: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[index + 1], tokens[index + 2]


# Links


def _settle_links(children: list[Token]) -> Iterator[Token]:
    """Links to other sites marked as such, and naming where they lead when they say otherwise; none inside another."""
    opening: Token | None = None
    said = ""
    for token in _with_bare_sites(_without_foreign_pictures(children)):
        if token.type == "link_open":
            opening, said = token, ""
            if addresses.is_outside(str(token.attrs["href"])):
                token.attrs["rel"] = "nofollow ugc noopener"
        elif token.type == "link_close" and opening:
            yield _text(addresses.true_name(str(opening.attrs["href"]), said))
            opening = None
        elif opening:
            said += _words(token)
        yield token


def _with_bare_sites(children: Iterable[Token]) -> Iterator[Token]:
    inside = False
    for token in children:
        inside = token.type == "link_open" or (inside and token.type != "link_close")
        if inside or token.type != "text":
            yield token
            continue
        done = 0
        for start, site in addresses.bare_sites(token.content):
            yield _text(token.content[done:start])
            yield from _link(_MARKDOWN.normalizeLink(site), site)
            done = start + len(site)
        yield _text(token.content[done:])


def _without_foreign_pictures(children: Iterable[Token]) -> Iterator[Token]:
    """Pictures from elsewhere would tell that site who reads what: a link instead, or their words inside a link."""
    inside = False
    for token in children:
        inside = token.type == "link_open" or (inside and token.type != "link_close")
        if token.type != "image" or _OWN_PICTURE.fullmatch(str(token.attrs["src"])):
            yield token
        elif inside or not addresses.host(str(token.attrs["src"])):
            yield _text(_words(token))
        else:
            yield from _link(str(token.attrs["src"]), _words(token))


def _link(url: str, words: str) -> Iterator[Token]:
    yield Token("link_open", "a", 1, attrs={"href": url})
    yield _text(words)
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


# Writing


class _Renderer(RendererHTML):
    def fence(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        # Wide things scroll in a box of their own, which a keyboard can reach. A group, since regions are landmarks.
        return format_html(
            '<pre tabindex="0" role="group" aria-label="{}"><code>{}</code></pre>\n',
            _("Text as it was typed"),
            tokens[index].content,
        )

    def table_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return format_html('<div class="table-scroll" tabindex="0" role="group" aria-label="{}"><table>\n', _("Table"))

    def table_close(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def th_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f'<th scope="col"{_alignment(tokens[index])}>'

    def td_open(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        return f"<td{_alignment(tokens[index])}>"

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        src = str(tokens[index].attrs["src"])
        found = _OWN_PICTURE.fullmatch(src)
        size = found and found["width"] and format_html(' width="{}" height="{}"', found["width"], found["height"])
        return format_html(
            '<img src="{}" alt="{}" loading="lazy" decoding="async"{}>', src, _words(tokens[index]), size or ""
        )

    def source(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        number = int(tokens[index].content)
        if number > env["sources"]:
            return f"[^{number}]"
        return format_html(
            '<sup><a href="#source-{}" aria-label="{}">{}</a></sup>', number, _("Source %d") % number, number
        )

    def mention(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        typed = tokens[index].content
        url = env["people"].get(typed[1:].lower())
        return format_html('<a href="{}">{}</a>', url, typed) if url else escape(typed)


def _alignment(cell: Token) -> str:
    """markdown-it aligns cells with inline style, which our policy forbids."""
    side = str(cell.attrs.get("style", "")).removeprefix("text-align:")
    return {"right": ' class="align-end"', "center": ' class="align-center"'}.get(side, "")


# What else would come through, were there a mistake above, ends here.
_CLEANER = nh3.Cleaner(
    tags={
        *"p br strong em s sup a img h2 h3 h4 h5 h6 ul ol li blockquote code pre hr".split(),
        *"div table thead tbody tr th td".split(),
    },
    attributes={
        "a": {"href", "rel", "aria-label"},
        "img": {"src", "alt", "loading", "decoding", "width", "height"},
        "ol": {"start"},
        "th": {"scope"},
        "div": {"tabindex", "role", "aria-label"},
        "pre": {"tabindex", "role", "aria-label"},
        **{f"h{level}": {"id"} for level in range(2, 7)},
        "*": set(),
    },
    allowed_classes={
        "div": {"table-scroll"},
        "th": {"align-end", "align-center"},
        "td": {"align-end", "align-center"},
    },
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
)
_MARKDOWN = _Markdown()


def _html(tokens: list[Token], sources: int, people: Mapping[str, str] | None = None) -> SafeString:
    for token in tokens:
        if token.children:
            token.children = list(_settle_links(token.children))
    env = {"sources": sources, "people": people or {}}
    return mark_safe(_CLEANER.clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, env)))
