"""What Markdown becomes."""

import pytest
from django.utils.safestring import SafeString

from core import markdown
from core.markdown import Heading, Picture, handles, pictures, plain, render, render_article

OUTSIDE = 'rel="nofollow ugc noopener"'


@pytest.fixture(autouse=True)
def our_address(settings):
    settings.BASE_URL = "https://askwell.example"


def test_a_post_keeps_its_line_breaks():
    assert render("one\ntwo") == "<p>one<br>\ntwo</p>\n"
    assert isinstance(render("one"), SafeString)


def test_an_article_flows():
    assert render_article("one\ntwo").html == "<p>one\ntwo</p>\n"


def test_marks():
    assert render("**b** *i* ~~s~~ `c`") == ("<p><strong>b</strong> <em>i</em> <s>s</s> <code>c</code></p>\n")


def test_raw_html_is_shown_as_it_was_typed():
    assert render("<b>x</b> & <script>") == "<p>&lt;b&gt;x&lt;/b&gt; &amp; &lt;script&gt;</p>\n"


def test_an_indented_paragraph_is_a_paragraph():
    assert render("    My doctor said so.") == "<p>My doctor said so.</p>\n"


def test_nothing_becomes_nothing():
    assert render("") == ""
    assert render(" \n\0") == ""


def test_the_page_owns_the_first_heading():
    assert render("# A\n## B\n# C") == "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"
    assert render("# A\n## B", top=3) == "<h3>A</h3>\n<h4>B</h4>\n"


def test_no_heading_skips_a_level_or_is_empty():
    assert render("### A\n###### B\n#\n# ![](/nowhere)\n## C") == "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"


def test_headings_that_are_written_alike_stay_alike():
    assert render("## A\n### B\n## C") == "<h2>A</h2>\n<h3>B</h3>\n<h2>C</h2>\n"


def test_headings_end_at_the_sixth():
    assert render("# a\n## b\n### c", top=5) == "<h5>a</h5>\n<h6>b</h6>\n<h6>c</h6>\n"


def test_where_there_is_no_room_for_headings_they_are_paragraphs():
    assert render("# a\n## b", top=None) == "<p>a</p>\n<p>b</p>\n"


def test_headings_of_an_article_have_names_of_their_own():
    rendered = render_article("# Common *causes*\n## Why?\n# Common causes\n# 痛み\n# Common causes 2")
    assert rendered.contents == [
        Heading("section-common-causes", "Common causes", 2),
        Heading("section-why", "Why?", 3),
        Heading("section-common-causes-2", "Common causes", 2),
        Heading("section-4", "痛み", 2),
        Heading("section-common-causes-2-2", "Common causes 2", 2),
    ]
    assert all(f'id="{heading.id}"' in rendered.html for heading in rendered.contents)


def test_headings_of_a_post_have_no_names():
    assert "id=" not in render("# main")


@pytest.mark.parametrize(
    "address", ["https://nhs.uk/a", "http://nhs.uk", "HTTPS://NHS.UK/", "https://askwell.example.org/", "www.nhs.uk"]
)
def test_links_to_other_sites_are_marked(address):
    assert OUTSIDE in render(f"[here]({address})")


@pytest.mark.parametrize("address", ["/articles/x/", "#section-a", "https://askwell.example/ask/", "mailto:a@nhs.uk"])
def test_links_within_the_site_are_not_marked(address):
    assert render(f"[here]({address})") == f'<p><a href="{address}">here</a></p>\n'


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example",
     "/\\evil.example", "ftp://x.y", "tel:123", "nowhere", "?x", "http://", "https:x", "http://[", "&#106;avascript:x"],
)  # fmt: skip
def test_other_addresses_do_not_become_links(address):
    assert "<a" not in render(f"[here]({address}) <{address}> ![x]({address})").replace('<a href="/%5C', "")


def test_addresses_in_the_text_become_links():
    assert render("see https://nhs.uk/a_b.") == (
        f'<p>see <a href="https://nhs.uk/a_b" {OUTSIDE}>https://nhs.uk/a_b</a>.</p>\n'
    )
    assert render("(www.nhs.uk)") == f'<p>(<a href="https://www.nhs.uk" {OUTSIDE}>www.nhs.uk</a>)</p>\n'


@pytest.mark.parametrize(
    "words",
    ["I feel sick.my doctor", "ben@askwell.example", "e.g.this", "ftp://x.y/z", "//x.org", "www._", "www..", "http://"],
)
def test_other_words_do_not_become_links(words):
    assert render(words) == f"<p>{words}</p>\n"


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ("[www.nhs.uk](https://evil.example/)", "www.nhs.uk (evil.example)"),
        ("[see https://nhs.uk/help](https://evil.example)", "see https://nhs.uk/help (evil.example)"),
        ("https://nhs.uk@evil.example/", "https://nhs.uk@evil.example/ (evil.example)"),
        ("[bank](https://аpple.com)", "bank (xn--pple-43d.com)"),
        ("https://аpple.com", "https://аpple.com (xn--pple-43d.com)"),
        ("[](https://nhs.uk/a)", "nhs.uk"),
        ("[](/articles/)", "/articles/"),
        ("[www.nhs.uk](https://nhs.uk/a)", "www.nhs.uk"),
        ("[the NHS](https://nhs.uk/a)", "the NHS"),
        ("[askwell.example](/articles/)", "askwell.example"),
    ],
)
def test_a_link_says_where_it_leads(link, shown):
    assert f">{shown}</a>" in render(link)


def test_one_long_address_cannot_be_repeated_by_reference():
    assert "<a" not in render("[a]: /x\n\n[a][a]")


def test_pictures_of_our_own_are_shown_with_their_size():
    assert render("![A *red* rash](/media/2026/11/a_b-c-640x480.webp)") == (
        '<p><img src="/media/2026/11/a_b-c-640x480.webp" alt="A red rash" loading="lazy" decoding="async"'
        ' width="640" height="480"></p>\n'
    )


@pytest.mark.parametrize("path", ["/media/../admin/a.webp", "/static/a.webp", "/media/a.svg", "/media/a.webp?x", "/a"])
def test_no_other_path_is_a_picture(path):
    assert "<img" not in render(f"![words]({path})")
    assert "words" in render(f"![words]({path})")


def test_pictures_of_others_become_links():
    assert render("![A rash](https://evil.example/a.png)") == (
        f'<p><a href="https://evil.example/a.png" {OUTSIDE}>A rash</a></p>\n'
    )


def test_no_link_stands_within_a_link():
    assert render("[![A rash](https://x.example/a.png)](/b)", sources=1) == '<p><a href="/b">A rash</a></p>\n'
    assert render("[as said [^1]](/b)", sources=1).count("<a") == 1


def test_sources_are_numbered_links():
    assert render("So it is.[^2]", sources=2) == (
        '<p>So it is.<sup><a href="#source-2" aria-label="Source 2">2</a></sup></p>\n'
    )


@pytest.mark.parametrize("reference", ["[^3]", "[^0]", "[^01]", "[^x]", "[^100]"])
def test_a_source_that_is_not_there_stays_as_typed(reference):
    assert render(f"So it is.{reference}", sources=2) == f"<p>So it is.{reference}</p>\n"


def test_wide_things_scroll_in_a_box_that_a_keyboard_reaches():
    table = render("| dose | mg |\n| --- | --: |\n| one | 2 |")
    assert '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>' in table
    assert '<th scope="col" class="align-end">mg</th>' in table
    assert '<td class="align-end">2</td>' in table
    assert render("```\na < b\n```") == (
        '<pre tabindex="0" role="group" aria-label="Text as it was typed"><code>a &lt; b\n</code></pre>\n'
    )


def test_plain_words():
    text = (
        "# A *b*\n\none\ntwo [l](/u) ![alt](/media/a.webp)[^1] `c` &amp; <i>\n\n"
        "- x\n- y\n\n```\nz\n```\n\n|h|\n|-|\n|d|"
    )
    assert plain(text) == "A b\none two l alt c & <i>\nx\ny\nz\nh\nd"


def test_pictures_are_listed_with_what_describes_them():
    assert pictures("![a *b*](/media/x.webp) ![](https://x.example/y.png)\n\n![ ](/media/2026/y-1x2.webp)") == [
        Picture("/media/x.webp", "a b"),
        Picture("/media/2026/y-1x2.webp", ""),
    ]


@pytest.mark.parametrize("read", [render, render_article, plain, pictures])
def test_a_text_beyond_the_limit_is_refused(read):
    with pytest.raises(markdown.TooLong):
        read("x" * (markdown.LIMIT + 1))


def test_a_handle_leads_to_the_member_if_it_is_one():
    people = {"ben": "/members/ben/"}
    assert render("thanks @Ben, and @nobody", people=people) == (
        '<p>thanks <a href="/members/ben/">@Ben</a>, and @nobody</p>\n'
    )
    assert plain("thanks @Ben!") == "thanks @Ben!"


@pytest.mark.parametrize(
    "text",
    ["`@ben`", "a@ben", "@ben@example.org", "https://example.org/@ben", "[see @ben](/about/)", "```\n@ben\n```", "@be"],
)
def test_elsewhere_it_is_no_handle(text):
    assert handles(text) == []


def test_handles_are_listed_once_each():
    assert handles("@ben, **@member-7k3f2** and (@BEN)\n\n> @cleo's") == ["ben", "member-7k3f2", "cleo"]
