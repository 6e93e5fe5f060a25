"""Who wrote something without their name: shown to a senior moderator for a listed reason, and written down."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.privacy import rooms
from moderation import figures, revealing
from moderation.models import Decision, Note, Reveal
from notifications.models import Notification
from tests import factories
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db

ASKED = {"reason": "danger", "is_sure": "on"}
NAME = "zqnoraqz"


@pytest.fixture
def nora(db):
    return factories.make_user(NAME)


@pytest.fixture
def nameless(nora, question):
    return factories.make_answer(nora, question, anonymous=True)


@pytest.fixture
def sen(db):
    return factories.make_user("sen", is_moderator=True, is_senior_moderator=True)


def path(post) -> str:
    return f"/review/reveal/{post.kind}/{post.pk}/"


def test_a_senior_moderator_finds_the_way_beside_each_post_without_a_name_but_not_in_their_own_thread(
    nora, nameless, question, sen, boss, mia, ana
):
    factories.make_comment(nora, question, anonymous=True)
    for who, ways in ((sen, 2), (boss, 2), (mia, 0), (nora, 0), (ana, 0)):
        assert sign_in(who).get(question.get_absolute_url()).text.count("/review/reveal/") == ways
    mine = factories.make_question(sen)
    factories.make_answer(nora, mine, anonymous=True)
    assert "/review/reveal/" not in sign_in(sen).get(mine.get_absolute_url()).text


def test_who_asks_for_a_listed_reason_is_shown_it_alone_for_a_day_and_it_is_written_down(
    nameless, nora, sen, boss, mia, ben, client, monkeypatch, mailoutbox
):
    desk = sign_in(sen)
    assert NAME not in desk.get(path(nameless)).text
    answer = desk.post(path(nameless), ASKED, follow=True)
    assert NAME in answer.text and f"/review/members/{NAME}/" in answer.text
    made = Reveal.objects.get()
    logged = made.decision
    assert (made.reason, logged.code, logged.moderator, logged.target_kind, logged.target_id) == (
        "danger", "revealed", sen, "answer", nameless.pk,
    )  # fmt: skip
    # The others read that it happened and why, not who it is.
    for who in (boss, mia):
        log = sign_in(who).get("/review/log/?code=revealed").text
        assert "Looked up who wrote it" in log and "Someone is in danger" in log and "sen" in log
        assert NAME not in log
        assert NAME not in sign_in(who).get(f"/review/{logged.item_id}/").text
        assert NAME not in sign_in(who).get(path(nameless)).text
    table = sign_in(boss).get("/review/log/csv/").getvalue().decode()
    assert ",revealed,danger,answer," in table and NAME not in table
    for who in (client, sign_in(ben), desk):
        assert NAME not in who.get(nameless.get_absolute_url(), follow=True).text
    assert (Notification.objects.filter(subject_kind="answer").count(), mailoutbox, Note.objects.count()) == (1, [], 0)
    assert figures.count(figures.today()).many("decided", "revealed") == 1
    # Sent again while it is shown, it is the same; a day later it takes another.
    desk.post(path(nameless), ASKED | {"reason": "law"})
    assert Reveal.objects.count() == 1
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + revealing.SHOWN_FOR + timedelta(minutes=1))
    assert NAME not in desk.get(path(nameless)).text
    desk.post(path(nameless), ASKED | {"reason": "law"})
    assert [one.reason for one in Reveal.objects.order_by("pk")] == ["danger", "law"]
    # Nothing that the author is told or that waits about the post changes; their own data says that it happened.
    assert not sign_in(nora).get("/settings/decisions/").context["lines"]
    mine = next(room for room in rooms() if room.name == "moderation").export(nora)["decisions_about_my_posts"]
    assert [(one["code"], "moderator" in one) for one in mine] == [("revealed", False)] * 2


@pytest.mark.parametrize(
    "typed", [{}, {"reason": "danger"}, {"is_sure": "on"}, {"reason": "curious", "is_sure": "on"}], ids=str
)
def test_without_a_listed_reason_and_being_sure_nothing_is_shown(nameless, sen, typed):
    answer = sign_in(sen).post(path(nameless), typed)
    assert (answer.status_code, NAME in answer.text, Decision.objects.exists()) == (422, False, False)


def test_only_senior_moderators_are_shown_it_and_not_in_their_own_threads(nameless, mia, sen, ben, ana, nora):
    for who in (mia, ben, nora):
        assert sign_in(who).post(path(nameless), ASKED).status_code == 403
    named = factories.make_answer(ben, nameless.question)
    assert "not written without a name" in sign_in(sen).post(path(named), ASKED).text
    below = factories.make_answer(nora, factories.make_question(sen), anonymous=True)
    assert "in your own thread" in sign_in(sen).post(path(below), ASKED).text
    type(nameless).objects.filter(pk=nameless.pk).update(author=None)
    assert "has left" in sign_in(sen).post(path(nameless), ASKED).text
    assert not Reveal.objects.exists()


def test_who_is_no_senior_moderator_any_more_is_shown_it_no_longer(nameless, sen):
    revealing.reveal(post=nameless, reason="danger", moderator=sen)
    sen.is_senior_moderator = False
    sen.save()
    answer = sign_in(sen).get(path(nameless))
    assert (answer.status_code, NAME in answer.text) == (403, False)


def test_an_item_leads_senior_moderators_there(newt, nora, sen, mia, question):
    waiting = factories.make_answer(nora, question, "Ask https://somewhere.example/ about it.", anonymous=True)
    item = f"/review/{factories.item_of(waiting).pk}/"
    assert path(waiting) in sign_in(sen).get(item).text
    assert path(waiting) not in sign_in(mia).get(item).text
    named = factories.make_answer(newt, question)
    assert "/review/reveal/" not in sign_in(sen).get(f"/review/{factories.item_of(named).pk}/").text


def test_what_is_written_down_stays_and_has_a_listed_reason(nameless, sen):
    made = revealing.reveal(post=nameless, reason="danger", moderator=sen)
    for change in (
        lambda: Reveal.objects.filter(pk=made.pk).update(reason="law"),
        lambda: Reveal.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reveal.objects.create(decision_id=999, reason="curious")
