"""Every page, as everybody sees it: valid HTML, well built, its links lead somewhere, private where it should be."""

import re
from urllib.parse import parse_qs

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import resolve

from tests import pages
from tests.markup import Markup
from tests.pages import KIND, SIGHTS, Kind
from tests.stage import GUEST, SHARED

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# What a guest fills in: only these may set a cookie and hold a token.
GUESTS_FILL_IN = {
    "articles:helpful",
    "for_review:approve",
    "for_review:read",
    "forum:ask",
    "forum:answer",
    "forum:comment_question",
    "forum:comment_answer",
    "moderation:report",
    "standing:suspended",
    "standing:suspended_letter",
} | {name for name in KIND if name.startswith(("account_", "mfa_"))}
# Whoever has the signed link from a mail needs no token.
WITHOUT_TOKEN = {"notifications:unsubscribe"}
ERRORS = ["400", "403", "403_csrf", "404", "410", "413", "429", "500"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)


def test_every_address_is_listed():
    assert pages.names() - {pages.STOCK_ADMIN} == set(KIND)


def test_there_is_a_sight_of_every_page(stage):
    seen = {pages.name_of(sight.path(stage)) for sight in SIGHTS.values() if "no-such" not in sight.path(stage)}
    assert {name for name, kind in KIND.items() if kind == Kind.PAGE} <= seen
    assert pages.STOCK_ADMIN in seen


@pytest.fixture
def look(stage, demo_mails):
    """`look(sight)`: the answer, and its markup."""

    def look_at(sight):
        client, response = sight.open(stage)
        assert response.status_code == sight.status, response.headers.get("Location", response.content.decode()[-3000:])
        return client, response, Markup(response.content.decode())

    return look_at


@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_a_page_is_well_built_and_leads_somewhere(look, stage, sight):
    client, response, page = look(sight)
    path = sight.path(stage)
    name = pages.name_of(path) if "no-such" not in path else ""
    # How Django builds its own pages is Django's.
    faults = [] if name == pages.STOCK_ADMIN else [*page.faults(), *forms(page, sight, name)]
    faults += [*page.inline(), *answer(client, response, sight, name)]
    faults += nowhere(client, page, sight, path, name)
    faults += [f"Nothing takes what is sent to {to}" for to in page.posts_to(path) if not takes_posts(to)]
    assert not faults, "\n".join(faults)


@pytest.mark.soak
@pytest.mark.parametrize("sight", SIGHTS.values(), ids=SIGHTS)
def test_every_link_leads_somewhere(look, stage, sight):
    client, _, page = look(sight)
    assert [to for to in sorted(page.addresses(sight.path(stage))) if not leads_somewhere(client, to)] == []


_followed: set[tuple[object, ...]] = set()
# Who is shown more than members are.
AT_WORK = {GUEST, "mia", "mo", "ed", "rae", "boss"}


def nowhere(client, page: Markup, sight, path: str, name: str):
    """Of each kind of page the links that lead nowhere, one of those that lead to the same kind of place and ask the
    same of it. Where a link names nothing, one for all pages."""
    for address in sorted(page.addresses(path)):
        if not address.startswith("/static/"):
            to, _, query = address.partition("?")
            match = resolve(to)
            kind = (match.view_name, *sorted(parse_qs(query)), name if match.kwargs else "")
            key = sight.who if sight.who in AT_WORK else "member", *kind
            if key in _followed:
                continue
            _followed.add(key)
        if not leads_somewhere(client, address):
            yield f"A link to {address} leads nowhere"


def leads_somewhere(client, address: str) -> bool:
    """Whether whoever looks at the page may go there."""
    if address.startswith("/static/"):
        return finders.find(address.removeprefix("/static/")) is not None
    return "/accounts/logout/" in address or client.get(address).status_code in (200, 301, 302, 303)


def takes_posts(path: str) -> bool:
    return bool(resolve(path))


def forms(page: Markup, sight, name: str):
    """A form that is sent has a token, and a page that is only read has neither."""
    sent = [one for one in page.all("form") if page.is_post(one)]
    tokens = [one for one in page.all("input") if one.attrib.get("name") == "csrfmiddlewaretoken"]
    if name not in WITHOUT_TOKEN:
        bare = [one for one in sent if not any(token in one.iter() for token in tokens)]
        yield from (f"The form to {one.attrib.get('action')} has no token" for one in bare)
    if sight.who == GUEST and sight.status < 400 and name not in GUESTS_FILL_IN | WITHOUT_TOKEN and (sent or tokens):
        yield "A page that guests only read has a form or a token"
    pressed = {one.attrib.get("form") for one in page.all("button")}
    for one in sent:
        buttons = [inner for inner in one.iter() if inner.tag == "button" or inner.attrib.get("type") == "submit"]
        if not buttons and one.attrib.get("id", "") not in pressed:
            yield f"The form to {one.attrib.get('action')} has no button"


def answer(client, response, sight, name: str):
    """The headers: who may keep it, and what the browser may do with it."""
    kept, headers = response.headers.get("Cache-Control", ""), response.headers
    if sight.who != GUEST and not {"private", "no-store"} <= set(re.split(r",\s*", kept)):
        yield f"Of somebody signed in, and may be kept: {kept!r}"
    reads = sight.who == GUEST and name not in GUESTS_FILL_IN and not sight.before
    if reads and response.cookies:
        yield f"A guest who only reads gets cookies: {list(response.cookies)}"
    if sorted(headers.get("Content-Security-Policy", "").split("; ")) != sorted(POLICY.split("; ")):
        yield f"Its policy is {headers.get('Content-Security-Policy')}"
    expected = {"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    yield from (f"{key} is {headers.get(key)}" for key, value in expected.items() if headers.get(key) != value)
    if headers.get("Content-Type") != "text/html; charset=utf-8":
        yield f"Its type is {headers.get('Content-Type')}"


PARTS = {
    "helpful": (GUEST, "get", f"/articles/why-does-{SHARED}-twitch/helpful/", {"helped": "no"}),
    "helpful, said": ("eve", "post", f"/articles/how-{SHARED}-goes-away/helpful/", {"helped": "no"}),
    "suggestions": (GUEST, "post", "/ask/suggestions/", {"title": "Is fasciculation in the stomach normal?"}),
    "suggestions, none": (GUEST, "post", "/ask/suggestions/", {"title": "Xylophone"}),
    "suggestions, empty": (GUEST, "post", "/ask/suggestions/", {}),
    "suggestions, in distress": (GUEST, "post", "/ask/suggestions/", {"title": "Can't breathe"}),
    "suggestions, answered": (GUEST, "post", "/ask/suggestions/told/", {"this_answers": "x"}),
    "suggestions, refused": (GUEST, "post", "/ask/suggestions/told/", {"none_of_these": "x"}),
    "tags": (GUEST, "get", "/tags/complete/", {"tags": "sleep, cof"}),
    "similar": (GUEST, "get", pages.of_question("similar"), {}),
    "similar, none": ("newt", "get", pages.of_question("similar", "masked"), {}),
    "comment on a question": ("eve", "get", pages.of_question("comment_question"), {}),
    "comment on an answer": ("eve", "get", pages.of_answer("comment_answer"), {}),
    "more comments on a question": (GUEST, "get", pages.of_question("comments_on_question"), {}),
    "more comments on an answer": ("eve", "get", pages.of_answer("comments_on_answer"), {}),
    "I have this too": ("eve", "post", pages.of_question("same"), {}),
    "I do not": ("cleo", "post", pages.of_question("same"), {"undo": "1"}),
    "follow": ("eve", "get", pages.of_follow("topic", "sleep"), {}),
    "followed": ("eve", "post", pages.of_follow("question"), {}),
    "muted": ("eve", "post", "/members/cleo/distance/", {"do": "mute"}),
    "saved": ("ana", "post", pages.of_question("save"), {}),
    "this helped me": ("eve", "post", pages.of_answer("helpful"), {}),
    "out of date": ("mia", "post", pages.of_answer("outdated"), {}),
    "waiting": ("mia", "get", "/review/waiting/?item=1&version=1&last_report=0", {}),
    "pictures": ("ed", "get", "/admin/articles/article/pictures/", {}),
    "others at an article": ("ed", "post", pages.article("present", "draft"), {"based_on": "1"}),
    "it did not": ("cleo", "post", pages.of_answer("helpful"), {"undo": "1"}),
}


def test_every_part_of_a_page_is_looked_at(stage):
    seen = {pages.name_of(path if isinstance(path, str) else path(stage)) for _, _, path, _ in PARTS.values()}
    assert {name for name, kind in KIND.items() if kind == Kind.FRAGMENT} | set(pages.IN_PARTS) == seen


@pytest.mark.parametrize("label", PARTS)
def test_a_part_of_a_page_is_one_element_with_an_id(stage, label):
    who, method, path, typed = PARTS[label]
    path = path if isinstance(path, str) else path(stage)
    response = getattr(stage.client(who), method)(path, typed, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert Markup(response.content.decode(), is_part=True).faults() == []
    if pages.KIND[pages.name_of(path)] == Kind.PAGE:
        assert "HX-Request" in response.headers["Vary"]


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_is_well_built_and_needs_nothing(name):
    context = {"typed": [("body", "what <was> typed")], "again": True, "path": "/ask/", "csrf_token": "token"}
    assert Markup(render_to_string(f"{name}.html", context)).faults() == []
