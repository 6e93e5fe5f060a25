"""What holds a text before others see it, and what does not."""

import pytest

from accounts.models import User
from forum.desk import Submission
from moderation.screeners import first_posts, links

NEW, BASIC, TRUSTED = User.Trust.NEW, User.Trust.BASIC, User.Trust.TRUSTED


def submission(body, *, trust=BASIC, title="", **author) -> Submission:
    return Submission(kind="question", author=User(trust=trust, **author), title=title, body=body)


def spans(body, **fields) -> list[str]:
    text = f"{fields.get('title', '')}\n{body}"
    return [text[start:end] for finding in links.screen(submission(body, **fields)) for start, end in finding.spans]


# First posts


@pytest.mark.parametrize(("trust", "held"), [(NEW, True), (BASIC, False), (TRUSTED, False)])
def test_what_new_members_write_is_read_first(trust, held):
    assert bool(first_posts.screen(submission("It began three days ago.", trust=trust))) == held


def test_the_first_posts_of_moderators_need_nobody():
    assert not first_posts.screen(submission("Welcome.", trust=NEW, is_moderator=True))


# Links


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("See https://pills.example/twitch?a=1#b for it.", "https://pills.example/twitch?a=1#b"),
        ("See http://pills.example.", "http://pills.example"),
        ("HTTPS://PILLS.EXAMPLE", "HTTPS://PILLS.EXAMPLE"),
        ("(https://pills.example)", "https://pills.example"),
        ("<https://pills.example>", "https://pills.example"),
        ("[here](https://pills.example)", "https://pills.example"),
        ("![a picture](https://pills.example/x.png)", "https://pills.example/x.png"),
        ("www.pills.example", "www.pills.example"),
        ("go to pills.com now", "pills.com"),
        ("go to Pills.Com.", "Pills.Com"),
        ("_pills.com_ and", "pills.com"),
        ("**pills.co.uk**", "pills.co.uk"),
        ("pills.com:8080", "pills.com:8080"),
        ("bücher.de/pillen", "bücher.de/pillen"),
        ("таблетки.рф", "таблетки.рф"),
        ("xn--bcher-kva.example.com", "xn--bcher-kva.example.com"),
        ("x.xn--p1ai", "x.xn--p1ai"),
        ("write to wa.me/49151", "wa.me/49151"),
        ("t.me/pills", "t.me/pills"),
        ("bit.ly/2x", "bit.ly/2x"),
        ("https://nhs.uk.pills.example", "https://nhs.uk.pills.example"),
        ("https://notnhs.uk", "https://notnhs.uk"),
        ("https://nhs.uk@pills.example", "https://nhs.uk@pills.example"),
        (r"https://pills.example\@nhs.uk", r"https://pills.example\@nhs.uk"),
    ],
)
def test_a_link_to_an_unknown_site_is_looked_at(body, found):
    assert spans(body) == [found]


@pytest.mark.parametrize(
    "body",
    [
        "I took 2.5mg at 9.30 and 1.5ml/day later, e.g. with food, i.e. never alone.",
        "I was ill all night.it began at 3 a.m. and then I was sick.my doctor said so.",
        "It hurts.In the morning it does not.To me that is odd... is.it?",
        "Version 17.4.1 of the app; vitamin B.12; the file scan.pdf; either/or; Dr.Smith, M.Sc.",
        "Write to me at ann.b@example.com or <ann@example.com>.",
        "See https://www.nhs.uk/conditions/cramp and nih.gov/x, or (https://www.who.int).",
        "[the health service](https://www.nhs.uk/conditions), **https://medlineplus.gov**",
        "[another question](/questions/12/), [below](#answers)",
        "At http://localhost:8000/questions/12/ somebody asked the same.",
        "",
    ],
)
def test_trusted_sites_doses_addresses_and_missing_spaces_are_no_unknown_links(body):
    assert not links.screen(submission(body))


@pytest.mark.parametrize("body", ["[here](https&colon;//pills.example)", r"[here](https\://pills.example)"])
def test_a_disguised_link_is_found_by_where_it_leads(body):
    assert links.screen(submission(body))


def test_a_link_in_the_title_counts():
    assert spans("", title="Is pills.com any good for cramps?") == ["pills.com"]


def test_every_link_is_shown_to_the_moderator():
    assert spans("pills.com, https://www.nhs.uk and www.more.example") == ["pills.com", "www.more.example"]


@pytest.mark.parametrize("author", [{"trust": TRUSTED}, {"is_moderator": True}])
def test_people_whom_we_know_may_link(author):
    assert not links.screen(submission("See pills.com.", **author))


@pytest.mark.parametrize("piece", ["www.", "a.", "a-", "https://", "x@", "a_", ".", "é.", f"{'a' * 63}."])
def test_hostile_text_takes_no_time(piece):
    text = (piece * 20_000)[:20_000]
    list(links.written(text))
