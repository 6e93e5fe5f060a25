"""Whoever writes of distress is told at once whom to call, wherever they write it; and it waits for a person."""

import re
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.html import strip_tags

import accounts.actions
import forum.actions
from core import drafts
from core.models import Draft, Limit
from forum.models import Post
from moderation import actions, distress, lines, support
from moderation.models import SupportLine
from notifications.models import Notification
from notifications.sweeps import send_mails
from search.models import Entry
from tests import factories
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

SAID = {
    "emergency": "my baby is blue and floppy",
    "crisis": "I want to die.",
    "hurt": "he locks me in and takes my phone",
    "harm": "I keep thinking about stabbing my neighbour",
}
NOTHING = "Why does my eyelid twitch when I am tired?"
NEVER_SAID = ("detected", "flagged", "callout--urgent", "callout--note", "message--warning")


@pytest.fixture(autouse=True)
def some_lines(mo):
    """In Iceland, one of each; the ones to talk to are checked."""
    SupportLine.objects.all().delete()
    for kind, number in (("emergency", "112"), ("crisis", "1717"), ("abuse", "1718"), ("child", "1719")):
        words = {"country": "IS", "kind": kind, "name": f"For {kind}", "number": number}
        lines.add(moderator=mo, words=words, is_checked=kind in ("crisis", "abuse"))


def fields(**said) -> dict[str, str]:
    return {"topic": "muscles-and-nerves", "audience": "usual", "submission_key": str(uuid.uuid4())} | said


def shown(response) -> list[str]:
    """The panels on a page, in their order."""
    page = response.content.decode()
    said = " ".join(re.findall(r"<details class=.support.*?</details>", page, re.DOTALL))
    assert not [words for words in NEVER_SAID if words in said]
    return sorted((kind for kind in SAID if f'id="support-{kind}"' in page), key=lambda kind: page.index(f"-{kind}"))


GUEST = {"Accept-Language": "is"}


@pytest.mark.parametrize(("kind", "text"), SAID.items())
def test_each_kind_has_its_panel_wherever_it_is_typed(article, kind, text):
    guest = Client(headers=GUEST)
    answers = [
        guest.get("/search/", {"q": text}),
        guest.get("/ask/", {"title": text, "article": article.slug}),
        guest.post("/ask/suggestions/", {"title": text}, headers={"HX-Request": "true"}),
        guest.post("/ask/suggestions/", {"title": "Tonight", "body": text}),
        guest.post("/ask/", fields(title=text, step="suggestions")),
        guest.post("/ask/", fields(title="Tonight", body=text)),
    ]
    for response in answers:
        assert shown(response) == [kind]
        assert "no-store" in response["Cache-Control"]
        assert 'href="tel:112"' in response.content.decode()
        assert "This is not about me, or not happening now" in response.content.decode()
    assert "Below your title stands whom you can call now." in answers[2].content.decode()
    assert not Limit.objects.exists() and not Draft.objects.exists()


def test_a_title_that_is_too_short_has_it_too(eve):
    client = sign_in(eve)
    response = client.post("/ask/", fields(title="Can't breathe", body=""))
    assert response.status_code == 422
    assert shown(response) == ["emergency"]


def test_where_nothing_is_said_there_is_no_panel(article):
    guest = Client(headers=GUEST)
    assert shown(guest.get("/search/", {"q": NOTHING})) == []
    assert shown(guest.post("/ask/suggestions/", {"title": NOTHING})) == []
    page = guest.get(article.get_absolute_url())
    assert shown(page) == []
    assert 'hx-post="/ask/suggestions/"' in page.content.decode()


def test_what_is_not_checked_stands_below_the_emergency_number():
    page = Client(headers=GUEST).get("/search/", {"q": SAID["hurt"]}).content.decode()
    checked, emergency, unchecked = (page.index(f"tel:{number}") for number in (1718, 112, 1719))
    assert checked < emergency < page.index("We have not checked the numbers lately") < unchecked


def test_without_a_country_there_is_a_number_and_a_way_to_others():
    page = Client().get("/search/", {"q": SAID["crisis"]}).content.decode()
    assert "is in danger now, call 112 or your local emergency number" in page
    assert "Numbers of your country" in page
    page = Client(headers=GUEST).get("/search/", {"q": SAID["crisis"]}).content.decode()
    assert "These are numbers of Iceland, which we took from the language of your browser." in page


def test_whoever_is_in_despair_is_not_called_a_danger_to_others():
    both = f"{SAID['crisis']}. {SAID['harm']}."
    assert shown(Client(headers=GUEST).get("/search/", {"q": both})) == ["crisis"]


def test_whoever_is_hurt_may_leave_quickly():
    page = Client(headers=GUEST).get("/search/", {"q": SAID["hurt"]}).content.decode()
    assert "data-leave" in page and "Leave this page quickly" in page
    assert "data-leave" not in Client(headers=GUEST).get("/search/", {"q": SAID["crisis"]}).content.decode()


def test_it_comes_again_on_drafts_on_what_waits_and_never_for_others(ana, ben, mia, topic, question):
    text = f"{SAID['crisis']} I do not know what else to say tonight."
    for path, typed in (("/ask/", {"title": text}), (f"/questions/{question.pk}/answer/", {"body": text})):
        drafts.save(owner_id=ben.pk, form=path, fields=typed | {"submission_key": str(uuid.uuid4())})
    accounts.actions.give_health_consent(user=ben)
    client = sign_in(ben)
    assert shown(client.get("/settings/drafts/")) == ["crisis"]
    assert shown(client.get("/ask/")) == ["crisis"]
    assert shown(client.get(f"/questions/{question.pk}/answer/")) == ["crisis"]
    response = client.post("/ask/", fields(title="I do not know what to do tonight", body=text), follow=True)
    assert shown(response) == ["crisis"]
    assert "Your words are kept. A moderator reads them before others do." in strip_tags(response.content.decode())
    held = ben.questions.get()
    assert held.status == Post.Status.PENDING
    assert shown(client.get(f"/questions/{held.pk}/edit/")) == ["crisis"]
    assert shown(sign_in(mia).get(held.get_absolute_url())) == []
    client.post(f"/questions/{question.pk}/answer/", fields(basis="own", body=text))
    assert shown(client.get(question.get_absolute_url())) == ["crisis"]
    assert shown(sign_in(ana).get(question.get_absolute_url())) == []
    assert shown(Client().get(question.get_absolute_url())) == []


@pytest.mark.parametrize(("kind", "text"), SAID.items())
def test_it_is_saved_and_nobody_is_led_to_it_until_a_moderator_decides(ana, ben, mia, topic, kind, text):
    forum.actions.follow(thing=topic, member=ben)
    forum.actions.follow(thing=ana, member=ben)
    question = factories.make_question(ana, "I do not know what to do tonight", f"{text} What now?", topic=topic)
    assert question.status == Post.Status.PENDING
    assert not Entry.objects.filter(kind="question", object_id=question.pk).exists()
    for path in (
        "/questions/?sort=newest",
        "/feeds/questions/newest/",
        "/sitemaps/questions/0.xml",
        topic.get_absolute_url(),
    ):
        assert f"/questions/{question.pk}/" not in Client().get(path).content.decode()
    assert not Notification.objects.filter(recipient=ben).exists()
    factories.approve(question, mia)
    assert Entry.objects.filter(kind="question", object_id=question.pk).exists()


@pytest.mark.parametrize(("kind", "is_mailed"), [("hurt", False), ("crisis", True)])
@pytest.mark.parametrize("decide", ["approve", "changes"])
def test_who_is_hurt_gets_no_mail_about_it(ana, ben, mia, topic, mailoutbox, kind, is_mailed, decide):
    text = f"{SAID[kind]} What now?"
    question = factories.make_question(ana, "I do not know what to do tonight", text, topic=topic)
    page = sign_in(ana).get(question.get_absolute_url()).content.decode()
    assert ("and not by e-mail" in page) != is_mailed
    item = factories.item_of(question)
    if decide == "approve":
        actions.approve(item=item, version=item.version, moderator=mia)
    else:
        actions.ask_for_changes(item=item, version=item.version, moderator=mia, words="Please leave the names out.")
    send_mails()
    assert bool(mailoutbox) == is_mailed
    assert ana.notifications.count() == 1
    if decide == "approve":
        question.refresh_from_db()
        factories.make_answer(ben, question)
        mailoutbox.clear()
        send_mails()
        assert bool([message for message in mailoutbox if message.to == [ana.email]]) == is_mailed
        assert ana.notifications.count() == 2


def test_numbers_are_looked_up_once_for_all_pages(django_assert_num_queries):
    guest = Client(headers=GUEST)
    guest.get("/search/", {"q": SAID["crisis"]})
    with django_assert_num_queries(0):
        assert support.panels(SAID["crisis"], country="IS", is_guessed=False, is_reply=False)
    cache.clear()
    distress.current()
    with django_assert_num_queries(0):
        assert not support.panels(NOTHING, country="IS", is_guessed=False, is_reply=False)
