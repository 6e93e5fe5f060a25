"""Whatever is typed, what comes out is harmless, valid, and does not take long."""

import re
import time

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core import markdown
from core.markdown import plain, render, render_article

ELEMENTS = set(
    "html head body p br strong em s sup a img h2 h3 h4 h5 h6 ul ol li blockquote code pre hr div "
    "table thead tbody tr th td".split()
)
ATTRIBUTES = {
    "a": {"href", "rel", "aria-label"},
    "img": {"src", "alt", "loading", "decoding", "width", "height"},
    "ol": {"start"},
    "th": {"scope", "class"},
    "td": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "pre": {"tabindex", "role", "aria-label"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
ADDRESS = re.compile(r"https?://[^/]|mailto:|/(?!/)|#", re.IGNORECASE)


def assert_harmless(html: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    page = parser.parse(f"<!doctype html><html><head><title>x</title></head><body>{html}</body></html>")
    assert parser.errors == []
    inside_link = 0
    for element in page.find("body").iter():
        assert element.tag in ELEMENTS, element.tag
        assert set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), element.attrib
        assert ADDRESS.match(element.get("href", "#")), element.get("href")
        assert element.get("src", "/media/").startswith("/media/"), element.get("src")
        inside_link += len(element.findall(".//a")) if element.tag == "a" else 0
    assert inside_link == 0


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>*{display:none}</style><iframe src=//evil.example>",
    "</div></main><h1>Askwell</h1>",
    "<!-- --><![CDATA[x]]><?php ?>",
    "[x](javascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](&#x6A;avascript:alert&#40;1&#41;)",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    '![x" onerror="alert(1)](/media/a.webp)',
    '![x](/media/a.webp" onerror="alert(1))',
    '![x](</media/a.webp" onerror="alert(1)>)',
    "![x](/media/a.webp 'title\" onload=alert(1)')",
    '[x](https://a.example/"onmouseover="alert(1))',
    '[x](<https://a.example/" style="position:fixed>)',
    "[x](https://a.example 'a\" style=\"x')",
    "<javascript:alert(1)>",
    "<https://a.example/'onclick='alert(1)>",
    "https://a.example/\"onclick=alert(1)",
    "www.a.example/<script>",
    "[a](https://a.example/[b](https://b.example))",
    "[![x](https://a.example)](https://b.example) [[x](/a)](/b)",
    "[x](//evil.example) [x](/\\evil.example) [x](\\\\evil.example)",
    "```html\n</code></pre><script>\n```",
    "```\" onload=\"x\n```",
    "|a|\n|:-:|\n|</td><script>|",
    "# <img src=x>\n## </h3>",
    "[^1]: <script>\n[^1](javascript:x)",
    "&lt;script&gt; &#60;script&#62;",
    "\u202e<script>\0",
    "* * *\n- [ ] <input>\n",
    "[x]: javascript:alert(1)\n[x]",
    "~~<b>~~ **<i>** `<u>`",
]  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_only_text(attack):
    for wrapped in (attack, f"> - {attack}", f"|{attack}|\n|-|\n|{attack}|", f"# {attack}", f"**{attack}**"):
        assert_harmless(render(wrapped, sources=3))
        assert_harmless(render_article(wrapped, sources=3).html)


# What Markdown is made of, in any order.
PIECES = st.sampled_from(
    [*"[]()!*_~`<>#|-+:\\/\"'&=^ \n\t.", "\n\n", "    ", "```\n", "1. ", "- ", "> ", "|-|\n", "[^1]", "](", "![",
     "www.", "https://a.example", "javascript:", "/media/a-1x2.webp", "<script>", "onerror=", "&#x6a;", "a", "é",
     "\u202e", "\0", "xn--a", "mailto:"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
@example("[a](https://a.example)[^1]![b](https://b.example)")
@example("www.https://a.example")
@example("x.www.[http://s.example://")
@example("www._")
def test_whatever_is_typed_is_harmless_and_valid(text):
    assert_harmless(render(text, sources=1))
    assert_harmless(render_article(text, sources=1).html)
    plain(text)


def filled(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


BOMBS = {
    **{
        piece: piece
        for piece in [
            "[", "![", "[a](", "![a](", "[a][", "[[]()]", "[^1]", "[a](b)", "![](/media/a.webp)", "[www.a.b](http://c.d)",
            "*", "**a ", "*a_b", "_*", "~~", "`", "`` `", "<", "<a@b", "\\", "&", "&#x", '"', "\u200d", "\u0301",
            ">", "> ", ">\n", "> - ", "- ", "- a\n\n  - b\n\n    - c\n\n", "1. ", "#\n", "# a\n", "a\n=\n", "-\n",
            "|", "|\n", "|-|\n", "|a|\n|-|\n", "a|b\n-|-\n", "```\n", "\n", " ", "a",
            "www.", "www.a.b/", "(www.a.b/", "https://", "a://", "https://a.b/(", "http://a.b ",
        ]
    },
    "a table of many columns": "|" + "a|" * 250 + "\n|" + "-|" * 250 + "\n" + "|\n" * 20_000,
    "many tables": ("|" + "a|" * 40 + "\n|" + "-|" * 40 + "\n" + "|\n" * 50 + "\n") * 100,
    "one address, many references": "[a]: https://a.b/" + "z" * 10_000 + "\n\n" + "[a]" * 4_000,
    "ever deeper lists": "".join(f"{'  ' * depth}- a\n" for depth in range(150)),
    "ever deeper quotes": "".join(">" * depth + "\n" for depth in range(200)),
    "ever longer code marks": "".join("`" * length + " " for length in range(200)),
    "brackets that never close": "[" * 10_000 + "a" + "](b)" * 2_000,
    "a long name": "[" + "a." * 9_000 + "](https://b.c)",
}  # fmt: skip


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_hostile_text_neither_swells_nor_hangs(bomb):
    text = filled(bomb, 20_000)
    began = time.process_time()
    html = render(text, sources=9)
    # It takes up to 0.5 s; the bound is generous, since a text that hangs takes minutes.
    assert time.process_time() - began < 8
    assert len(html) < 25 * len(text)


def test_the_cells_of_all_tables_together_are_bounded():
    table = "|a|b|\n|-|-|\n" + "|c|d|\n" * 100 + "\n"
    html = render(table * 40)
    assert 0 < html.count("<td") <= markdown.CELLS
    assert "|c|d|" in html
