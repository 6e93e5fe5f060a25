"""Whatever is typed, pasted, forged or left out: a clear sentence, what was typed still there, never a breakdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import product
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from xml.etree.ElementTree import Element

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.html import strip_tags
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.text import clean
from tests import pages
from tests.markup import Markup
from tests.pages import SIGHTS
from tests.stage import GUEST, Stage

pytestmark = pytest.mark.django_db

HOSTILE = {
    "nothing": "",
    "code": "<script>alert(1)</script><img src=x onerror=alert(1)> \"'> {{ request }}{% debug %} '; DROP TABLE",
    # Control signs, other directions, and what is beyond the alphabet.
    "signs": "one\x00two \x07three\r\nfour\rfive\u2028six \u202eevil\u202c \u2066hidden\u2069 "
    "\u200bin\u200dvi\ufeffsible\u00ad \U0001f600\U0010fffd e\u0301",
    "nothing that is seen": " \t\u200b\u200b\u2060\n",
    "one long word": "Rindfleischetikettierungsüberwachungsaufgaben" * 40,
    "far beyond the alphabet": "\U0001f600\U0010fffd e\u0301" * 20,
    "brackets": "[" * 3_000 + "](" * 500,
}
MEGABYTE = "many words " * 95_000
# What stands in fields that people do not type into, when a browser or a program sends nonsense.
GARBAGE = ("garbage", "-1", "9" * 40, "\x00")
ANSWERS = {200, 302, 303, 403, 404, 409, 410, 413, 422, 429}
# Where people type; what is secret, or not theirs to keep, is not shown again.
TYPED_INTO = ("text", "textarea", "email", "url", "search")
SENTENCE = "I have had this for three days now, and it does not go away: https://www.nih.gov/x"


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page: where it goes, what it holds, and which of it is typed."""

    to: str
    held: dict[str, str]
    typed: tuple[str, ...]

    def filled(self, text: str) -> dict[str, str]:
        return self.held | dict.fromkeys(self.typed, text)

    def heavy(self) -> dict[str, str]:
        """A megabyte where most is written."""
        return self.sensible() | {self.typed[-1]: MEGABYTE}

    def sensible(self) -> dict[str, str]:
        return (
            self.filled(SENTENCE)
            | {name: "a@example.org" for name in self.typed if "mail" in name}
            | {name: "sleep, coffee" for name in self.typed if name == "tags"}
        )

    def garbled(self, garbage: str) -> dict[str, str]:
        """Sensible words, and nonsense in all the rest."""
        kept = {*self.typed, "csrfmiddlewaretoken"}
        return self.sensible() | {name: garbage for name in self.held if name not in kept}


def forms_of(response: HttpResponse, path: str) -> Iterator[Form]:
    page = Markup(response.content.decode())
    places = {one.attrib["id"]: one for one in page.all() if one.attrib.get("id") in ("main", "content")}
    for form in (places.get("main") or places["content"]).iter("form"):
        if page.is_post(form):
            held = {one.attrib["name"]: value_of(one) for one in fields_of(form) if is_sent(one)}
            typed = [one.attrib["name"] for one in fields_of(form) if is_typed(one)]
            yield Form(form.attrib.get("action") or path, held, tuple(dict.fromkeys(typed)))


def sent_to(response: HttpResponse) -> list[str]:
    """The same forms' addresses, empty where one is sent to the page it stands on, without reading all of the page."""
    _, _, main = re.split(r' id="(main|content)"', response.content.decode().partition("</main>")[0], maxsplit=1)
    forms = [form for form in re.findall(r"<form\b[^>]*>", main) if re.search(r'\bmethod="post"', form)]
    return [unescape(to[1]) if (to := re.search(r'\baction="([^"]*)"', form)) else "" for form in forms]


def fields_of(form: Element) -> list[Element]:
    return [one for one in form.iter() if one.tag in ("input", "textarea", "select") and "name" in one.attrib]


def kind_of(field: Element) -> str:
    return field.attrib.get("type", "text") if field.tag == "input" else field.tag


def is_sent(field: Element) -> bool:
    """Whether it goes along with the form. Of radio buttons the first will do."""
    is_pattern = "__prefix__" in field.attrib["name"]
    return not is_pattern and "disabled" not in field.attrib and kind_of(field) not in ("file", "submit", "button")


def is_typed(field: Element) -> bool:
    # One of them is there for programs only.
    return is_sent(field) and kind_of(field) in TYPED_INTO and field.attrib["name"] != "website"


def value_of(field: Element) -> str:
    if field.tag == "textarea":
        return "".join(field.itertext()).removeprefix("\n")
    if field.tag == "select":
        options = [one for one in field.iter("option") if one.attrib["value"]]
        chosen = [one for one in options if "selected" in one.attrib] or options
        return chosen[0].attrib["value"] if chosen else ""
    return field.attrib.get("value", "on" if kind_of(field) in ("checkbox", "radio") else "")


def shown_again(text: str, name: str) -> str | None:
    """What a field holds on the page that came back; None if it is not there. A megabyte is too much to parse."""
    if found := re.search(rf'<textarea[^>]* ?name="{name}"[^>]*>(.*?)</textarea>', text, re.DOTALL):
        return unescape(found[1])
    if found := re.search(rf'<input[^>]* name="{name}"[^>]*>', text):
        value = re.search(r' value="([^"]*)"', found[0])
        return unescape(value[1]) if value else ""
    return None


def is_same(shown: str, typed: str, *, part: bool = False) -> bool:
    """Whether what is shown is what was typed, or has it in it, but for marks that nobody sees and how lines end."""
    shown, typed, cleaned = (re.sub(r"[\s\x00-\x1f\ufffd]+", "", text) for text in (shown, typed, clean(typed)))
    return cleaned in shown if part else shown in (typed, cleaned)


# One sight of each form, as guests and as members have it.
FORMS = """
    question, to be asked later | how it went | my questions, taken back | question, taken back
    ask | ask, member | ask with a draft | question, member | question, asker | question, held | answer | answer, member
    comments on a question | comments on a question, member | comments on an answer, member | my drafts
    name off | edit question | edit question, returned | edit answer | edit comment | inbox | unsubscribe
    warning | pause | quarantine | suspended | file of a member | appeal
    item | item, mine | decide: edit | decide: changes | decide: reject | decide: hide | report | report, member
    reveal | several | spared | a break | undo | redact | duty | admin: night | support line | support line, new
    saved reply | saved reply, new | letter | write to the author | my letter | my letter, suspended
    ask the moderators
    thread | thread, closed | thread, chosen | follow | following | distance | kept at a distance
    settings: profile | settings: notifications | sign up | sign in | ask for a code | type the code | sign out
    address | change password | first password | is it you? | forgotten password | forgotten password, code
    forgotten password, new one | second step | second step, again | authenticator app | authenticator app, off
    recovery codes, new | sign-ins | admin: articles | admin: new article | admin: article | admin: topic
    admin: people | admin: person | admin: new credential | admin: submit | admin: sign off | admin: publish
    helpful | helpful, member | helpful, said | admin: standing page | admin: standing page, publish
    admin: start an article | admin: questions behind | admin: second looks
    admin: archive | admin: new watched term | admin: try watched terms | admin: new synonym | admin: try synonyms
    admin: picture | admin: review | admin: still right | admin: urgent correction | text for review
"""
# Where readers write most, members, moderators and editors.
MOST_IS_WRITTEN = ["ask, member", "answer, member", "report", "settings: profile", "decide: edit", "admin: article"]
MUCH = ("one long word", "brackets", "a megabyte")
LABELS = [label.strip() for line in FORMS.strip().splitlines() for label in line.split("|")]


@pytest.mark.slow
def test_every_form_is_tried(stage, demo_mails):
    tried, seen = set(), set()
    for label, sight in SIGHTS.items():
        if sight.status == 200 and sight.typed is None:
            with transaction.atomic():
                _, response = sight.open(stage)
                transaction.set_rollback(True)
            found = {pages.name_of(urlsplit(to).path or sight.path(stage)) for to in sent_to(response)}
            seen |= found
            tried |= found if label in LABELS else set()
    assert seen == tried


def faults_of(response: HttpResponse, form: Form, sent: dict[str, str]) -> Iterator[str]:
    """What is wrong with how a form was answered."""
    if response.status_code not in ANSWERS:
        yield f"answered {response.status_code}"
    if not response.headers["Content-Type"].startswith("text/html") or response.status_code in (302, 303):
        return
    text = response.content.decode()
    if "<script>alert(1)" in text or "<img src=x" in text:
        yield "a script of theirs stands in the page"
    if response.status_code == 422 and not re.search(r'class="[^"]*\berror', text):
        yield "it does not say what is wrong"
    if response.status_code in (422, 429, 409):
        for name in form.typed:
            shown = shown_again(text, name)
            if not is_same(shown if shown is not None else unescape(strip_tags(text)), sent[name], part=shown is None):
                yield f"{name} is gone or changed: {shown and shown[:80]!r}"


def everything(form: Form) -> dict[str, dict[str, str]]:
    """What is sent with a form, by what it is."""
    sent = {kind: form.filled(text) for kind, text in HOSTILE.items()} if form.typed else {}
    sent |= {f"garbage {garbage!r}": form.garbled(garbage) for garbage in GARBAGE}
    return sent | ({"a megabyte": form.heavy()} if form.typed else {}) | {"no field": {}}


def some(form: Form, number: int) -> dict[str, dict[str, str]]:
    """Of everything what tells most: short enough to be taken, and one of what is nonsense."""
    sent = everything(form)
    kinds = ("nothing", "code", "signs", f"garbage {GARBAGE[number % len(GARBAGE)]!r}", "no field")
    return {kind: sent[kind] for kind in kinds if kind in sent}


def faults_when_sent(client: Client, form: Form, sent: dict[str, dict[str, str]]) -> Iterator[str]:
    # What has nothing to garble is sent once.
    once = {tuple(sorted(data.items())): kind for kind, data in sent.items()}
    for kind, data in ((kind, dict(items)) for items, kind in once.items()):
        with transaction.atomic():
            answered = client.post(form.to, data)
            transaction.set_rollback(True)
        cache.clear()
        if data:
            yield from (f"{form.to}, {kind}: {fault}" for fault in faults_of(answered, form, data))


_tried: set[tuple[object, ...]] = set()


@pytest.mark.slow
@pytest.mark.parametrize("label", LABELS)
def test_a_form_answers_whatever_is_sent(stage, label):
    """Each form once, wherever it stands. `make soak` sends everything, with each."""
    sight = SIGHTS[label]
    client, response = sight.open(stage)
    faults = []
    for form in forms_of(response, sight.path(stage)):
        key = sight.who == GUEST, pages.name_of(urlsplit(form.to).path), *form.held
        if key not in _tried:
            _tried.add(key)
            faults += faults_when_sent(client, form, some(form, len(_tried)))
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("label", MOST_IS_WRITTEN)
def test_a_form_answers_however_much_is_sent(stage, label):
    sight = SIGHTS[label]
    client, response = sight.open(stage)
    form = max(forms_of(response, sight.path(stage)), key=lambda form: len(form.typed))
    faults = [*faults_when_sent(client, form, {kind: everything(form)[kind] for kind in MUCH})]
    assert not faults, "\n".join(faults)


@pytest.mark.soak
@pytest.mark.parametrize("label", LABELS)
def test_a_form_answers_everything(stage, label):
    sight = SIGHTS[label]
    client, response = sight.open(stage)
    forms = forms_of(response, sight.path(stage))
    faults = [fault for form in forms for fault in faults_when_sent(client, form, everything(form))]
    assert not faults, "\n".join(faults)


def test_more_than_a_form_may_hold_is_answered_with_what_to_do(stage):
    """Before it is read as a form: the browser still has what was typed."""
    client = stage.client("eve")
    many = {f"field{number}": "x" for number in range(2_000)}
    for data in (many, {"title": "x" * 3_000_000}, {"title": "x", "body": "word " * 600_000}):
        response = client.post("/ask/", data)
        assert response.status_code == 400
        assert "your browser has kept what you typed" in response.content.decode()


# Forged and late


WITH_A_TOKEN = ["ask", "ask, member", "answer", "answer, member", "comments on a question, member", "edit question"]
WITH_A_TOKEN += ["report", "report, member", "settings: profile", "decide: changes"]


@pytest.mark.parametrize("label", WITH_A_TOKEN)
def test_a_form_with_a_token_that_ran_out_comes_back_with_what_was_typed(stage, label):
    sight = SIGHTS[label]
    _, response = sight.open(stage)
    form = next(form for form in forms_of(response, sight.path(stage)) if form.typed)
    client = stage.client(sight.who, enforce_csrf_checks=True)
    sent = form.sensible() | {"csrfmiddlewaretoken": "ran-out"}
    for headers, is_ours in (({"Origin": "http://testserver"}, True), ({"Origin": "http://elsewhere.example"}, False)):
        refused = client.post(form.to, sent, headers=headers)
        assert refused.status_code == 403
        assert (SENTENCE in unescape(refused.content.decode())) == is_ours
    refused = client.post(form.to, sent, headers={"Origin": "http://testserver"})
    (again,) = forms_of(refused, form.to)
    assert {name: again.held[name] for name in form.typed} == {name: sent[name] for name in form.typed}
    accepted = client.post(again.to, again.held, headers={"Origin": "http://testserver"})
    assert accepted.status_code in (303, 422)


# What somebody who is signed out in the meantime was writing, and where they find it again.
SIGNED_OUT_MEANWHILE = ["ask, member", "answer, member", "comments on a question, member", "edit question"]


@pytest.mark.parametrize("label", SIGNED_OUT_MEANWHILE)
def test_a_form_of_somebody_whose_session_ended_is_kept_until_they_are_back(stage, label):
    sight = SIGHTS[label]
    client, response = sight.open(stage)
    form = next(form for form in forms_of(response, sight.path(stage)) if form.typed)
    client.cookies.pop("sessionid")
    gone = client.post(form.to, form.sensible())
    assert gone.status_code == 303 and gone["Location"].startswith(("/accounts/login/", "/accounts/signup/"))
    back = parse_qs(urlsplit(gone["Location"]).query)["next"][0]
    client.force_login(stage.people[sight.who])
    page = client.get(back).content.decode()
    assert SENTENCE in unescape(page)


# Addresses


PARAMETERS = """
    about after answered article at claimed code country from handle item kind last_report next o p page popup q rule
    show since sort tag title to topic version waiting
""".split()
LISTS = """
    home | topic | member | ask | questions | my questions | question | question, member | answer, member
    comments on a question | articles | article | search | search, member | inbox | review queue
    help now | support lines | support line, new | report | sign up
    letters | letters, all | my letters | ask the moderators
    sign in | admin: articles | admin: history | admin: differences | admin: people
"""
ASKED = [label.strip() for line in LISTS.strip().splitlines() for label in line.split("|")]
ODD = [
    *(
        "",
        "-",
        "0",
        "1",
        "-1",
        "1-1",
        "a-b",
        "nan",
        "1e309",
        "null",
        "²",
        "१",
        "9" * 40,
        "1-" + "9" * 30,
        "9" * 16 + "-1",
    ),
    *("\x00", "a\x00", "\u202e\u200b", "\U0001f600" * 50, "x" * 5_000, "//evil.example"),
    "'\"><script>alert(1)</script>",
]


def asked_oddly(stage: Stage, label: str, query: dict[str, str]) -> str:
    """The fault in how a page answers to `query`; empty if there is none."""
    sight = SIGHTS[label]
    path = sight.path(stage).partition("?")[0]
    response = stage.client(sight.who).get(path, query)
    if response.status_code not in (200, 301, 302, 303, 400, 404):
        return f"{path}?{urlencode(query)[:200]} answered {response.status_code}"
    if "<script>alert(1)" in response.content.decode():
        return f"{path}?{urlencode(query)[:200]} repeats a script"
    if "evil.example" in response.headers.get("Location", "").partition("?")[0]:
        return f"{path}?{urlencode(query)[:200]} leads away"
    return ""


@pytest.mark.parametrize(
    ("label", "asked"),
    [
        *((label, ODD[number % 3 :: 3]) for number, label in enumerate(ASKED)),
        *(pytest.param(label, ODD, marks=pytest.mark.soak) for label in ASKED),
    ],
    ids=[*ASKED, *(f"{label}, everything" for label in ASKED)],
)
def test_whatever_an_address_asks_is_answered(stage, label, asked):
    faults = [asked_oddly(stage, label, dict.fromkeys(PARAMETERS, odd)) for odd in asked]
    assert [fault for fault in faults if fault] == []


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    label=st.sampled_from(ASKED),
    query=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=30) | st.sampled_from(ODD), max_size=4),
)
def test_whatever_else_an_address_asks_is_answered(stage, label, query):
    assert asked_oddly(stage, label, query) == ""


ENDS = {
    "int": ["0", "999999", "9" * 30],
    "slug": ["unknown", "-", "x" * 600],
    "str": ["unknown", "a\x00b", "\u202e", "x" * 600, "%", "<script>alert(1)</script>", "..", "\U0001f600"],
    "path": ["unknown", "a\x00b", "../../etc/passwd", "x" * 600, "2026/01/\u202e.webp", "//x"],
}


def odd_paths() -> Iterator[str]:
    """Every address that takes something, with something that is not there or cannot be."""
    for path in paths_of(get_resolver(), "/"):
        holes = re.findall(r"<(\w+):\w+>", path)
        for place, kind in enumerate(holes):
            for odd in ENDS[kind]:
                ends = ["1"] * len(holes)
                ends[place] = quote(odd, safe="/")
                yield re.sub(r"<\w+:\w+>", "{}", path).format(*ends)


def paths_of(resolver: URLResolver, path: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from paths_of(pattern, here)
        elif isinstance(pattern, URLPattern) and "<" in here and "(?P" not in here:
            yield here


# Who gets furthest at which addresses; everywhere else a member does.
FURTHEST = {"/review/": "mia", "/admin/": "ed"}


@pytest.mark.parametrize("who", [GUEST, "eve", *FURTHEST.values()])
def test_what_is_not_there_is_not_found(stage, demo_mails, who):
    client = stage.client(who)
    for path, method in product(odd_paths(), ("get", "post")):
        furthest = next((one for start, one in FURTHEST.items() if path.startswith(start)), "eve")
        if who in (GUEST, furthest):
            with transaction.atomic():
                response = getattr(client, method)(path)
                transaction.set_rollback(True)
            assert response.status_code in (200, 301, 302, 303, 400, 403, 404, 405, 410, 422), path
            assert "<script>alert(1)" not in response.content.decode(), path


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "//evil.example/",
        "/%00",
        "/%ff%fe",
        "/questions/%2e%2e/",
        "/search/?q=%ff",
        "/ask/?title=%c0%80",
    ],
)
def test_a_mangled_address_is_not_found(client, path):
    assert client.get(path).status_code in (200, 400, 404)
