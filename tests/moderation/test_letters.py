"""Letters: a narrow channel between the moderators and one member, which names no moderator and no nameless author."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

import forum.actions
import notifications.subjects
from accounts import suspension
from core.rulings import Refused
from forum.models import Question
from moderation import letters, privacy, sweeps
from moderation.actions import Overtaken
from moderation.models import Decision, Letter, LetterMessage
from notifications.models import Notification
from notifications.sweeps import send_mails
from tests import factories
from tests.moderation.conftest import sign_in
from tests.moderation.test_sanctions import impose

pytestmark = pytest.mark.django_db

WORDS = "Hello, how are you now?"
ANSWER = "Better, thank you for asking."


def write(post, moderator, words: str = WORDS) -> Letter:
    return letters.write(post=post, moderator=moderator, text=words, submission_key=uuid.uuid4())


def ask(author, text: str = "What is a tag for?", thing=None) -> Letter:
    return letters.ask(author=author, thing=thing or author, text=text, submission_key=uuid.uuid4())


def reply(letter: Letter, text: str = ANSWER) -> None:
    letters.reply(letter=letter, text=text, submission_key=uuid.uuid4())


def send(moderator, letter: Letter, words: str, **fields):
    """As from the page that shows the letter now, with a form that was not sent before."""
    last_read = letter.messages.last().pk
    typed = {"words": words, "last_read": last_read, "submission_key": uuid.uuid4()} | fields
    return sign_in(moderator).post(f"/review/letters/{letter.pk}/", typed)


def end(letter: Letter) -> None:
    """As if its 30 days were over."""
    begun = timezone.now() - timedelta(days=30, seconds=1)
    Letter.objects.filter(pk=letter.pk).update(opened_at=begun, ends_at=begun + Letter.OPEN_FOR)


# To an author, and back


def test_moderators_write_about_a_post_its_author_answers_and_learns_nobodys_name(held, newt, mia, mo, mailoutbox):
    item = f"/review/{factories.item_of(held).pk}/"
    form = f"/review/letters/about/question/{held.pk}/"
    assert form in sign_in(mia).get(item).text
    sent = {"words": WORDS, "last_read": 0, "submission_key": uuid.uuid4()}
    to = sign_in(mia).post(form, sent)["Location"]
    # The same button, pressed twice.
    assert sign_in(mia).post(form, sent)["Location"] == to
    letter = Letter.objects.get()
    assert letter.messages.count() == 1
    assert "The Askwell moderators wrote to you" in sign_in(newt).get("/notifications/").text
    page = sign_in(newt).get(f"/messages/{letter.pk}/").text
    assert WORDS in page and "The Askwell moderators" in page and "mia" not in page
    # Its words stand in no mail, and neither does what it is about.
    Notification.objects.update(mail_due_at=timezone.now())
    send_mails()
    (mail,) = mailoutbox
    assert mail.subject == "Askwell: the Askwell moderators wrote to you"
    assert [word for word in ("how are you", "magnesium", "mia") if word in mail.body] == []
    told = Notification.objects.get(recipient=newt)
    assert sign_in(newt).get(told.get_absolute_url())["Location"] == f"/messages/{letter.pk}/"
    # What they answer is before all moderators until one of them has answered.
    typed = {"text": ANSWER, "submission_key": uuid.uuid4()}
    for _ in range(2):
        assert sign_in(newt).post(f"/messages/{letter.pk}/", typed).status_code == 303
    assert "waiting for us" in sign_in(mo).get("/review/").text
    assert f"/review/letters/{letter.pk}/" in sign_in(mo).get("/review/letters/").text
    beside = sign_in(mo).get(item).text
    assert ANSWER in beside and "mia" in beside
    assert send(mo, letter, "Good to hear it.").status_code == 303
    assert "waiting for us" not in sign_in(mia).get("/review/").text
    assert [one.writer.handle for one in letter.messages.all()] == ["mia", "newt", "mo"]
    log = Decision.objects.filter(code="wrote")
    assert [(one.moderator_id, one.target_kind, one.target_id) for one in log.order_by("pk")] == [
        (mia.pk, "question", held.pk),
        (mo.pk, "question", held.pk),
    ]


def test_what_one_did_not_read_keeps_an_answer_back_and_no_word_is_lost(held, newt, mia, mo):
    letter = write(held, mia)
    reply(letter)
    last_read = letter.messages.last().pk
    assert send(mia, letter, "I am glad to hear it.", last_read=last_read).status_code == 303
    late = send(mo, letter, "And how did you sleep?", last_read=last_read)
    assert late.status_code == 409
    assert "Somebody wrote in this letter while you did." in late.text
    assert "I am glad to hear it." in late.text and "And how did you sleep?" in late.text
    assert letter.messages.count() == 3
    # Nor do two letters about one post begin.
    second = {"words": "Hello, are you well?", "last_read": 0, "submission_key": uuid.uuid4()}
    both = sign_in(mo).post(f"/review/letters/about/question/{held.pk}/", second)
    assert both.status_code == 409 and "Hello, are you well?" in both.text
    assert Letter.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_write_at_once_one_does_and_what_one_sends_twice_is_one(held, mia, mo):
    keys = [uuid.uuid4(), uuid.uuid4()]

    def begin(number: int) -> bool:
        moderator, key = (mia, mo)[number % 2], keys[number % 2]
        post = Question.objects.get(pk=held.pk)
        try:
            letters.write(post=post, moderator=moderator, text=WORDS, submission_key=key)
        except Overtaken:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(begin, range(16)))
    # Each of those who won sent the same letter again and again.
    assert won in ([True, False] * 8, [False, True] * 8)
    assert LetterMessage.objects.count() == 1


def test_a_letter_about_what_has_no_name_on_it_says_nobody_whose_it_is(question, eve, mia, mo):
    nameless = factories.make_answer(eve, question, anonymous=True, body="I have had the same for some years now.")
    letter = write(nameless, mia)
    reply(letter)
    for path in ("/review/letters/", f"/review/letters/{letter.pk}/"):
        page = sign_in(mo).get(path).text
        assert "Anonymous member 2" in page and "eve" not in page.replace("every", "").replace("never", "")
    assert ANSWER in sign_in(eve).get(f"/messages/{letter.pk}/").text


@pytest.mark.parametrize("how", ["by a moderator", "by its date"])
def test_in_a_letter_that_is_closed_nobody_writes(held, newt, mia, mo, how):
    letter = write(held, mia)
    reply(letter)
    if how == "by its date":
        end(letter)
    else:
        assert sign_in(mo).post(f"/review/letters/{letter.pk}/close/").status_code == 303
        assert Decision.objects.latest("pk").code == "ended"
    assert "waiting for us" not in sign_in(mia).get("/review/").text
    late = sign_in(newt).post(f"/messages/{letter.pk}/", {"text": "One more thing."})
    assert late.status_code == 422
    assert "This letter is closed, so nothing was sent." in late.text and "One more thing." in late.text
    late = send(mia, letter, "And one of mine, please.")
    assert late.status_code == 409 and "And one of mine, please." in late.text
    assert letter.messages.count() == 2
    assert ANSWER in sign_in(newt).get(f"/messages/{letter.pk}/").text


def test_nobody_else_reads_or_writes_and_no_moderator_in_their_own_thread(held, newt, eve, mia, mo):
    letter = write(held, mia)
    for who in (eve, mia):
        assert sign_in(who).get(f"/messages/{letter.pk}/").status_code == 404
        assert sign_in(who).post(f"/messages/{letter.pk}/", {"text": ANSWER}).status_code == 404
    assert sign_in(eve).get(f"/review/letters/{letter.pk}/").status_code == 403
    # In a thread of hers, about what she wrote, and from whoever keeps her at a distance.
    own = factories.make_question(mia)
    below = factories.make_answer(newt, own)
    about = [write(below, mo), ask(mia, thing=own), write(factories.make_question(eve), mo)]
    forum.actions.block(member=eve, other=mia)
    listed = sign_in(mia).get("/review/letters/?show=all").text
    for one in about:
        assert sign_in(mia).get(f"/review/letters/{one.pk}/").status_code == 403
        assert sign_in(mia).post(f"/review/letters/{one.pk}/close/").status_code == 403
        assert f"/review/letters/{one.pk}/" not in listed
    assert f"/review/letters/{letter.pk}/" in listed
    refused = sign_in(mia).get(f"/review/letters/about/answer/{below.pk}/")
    assert refused.status_code == 403 and "another moderator writes to its author" in refused.text


def test_who_may_not_post_or_sign_in_still_answers(question, ana, ben, mia):
    paused = write(question, mia)
    impose(ana, mia)
    assert sign_in(ana).post(f"/messages/{paused.pk}/", {"text": ANSWER}).status_code == 303
    answer = factories.make_answer(ben, question)
    letter = write(answer, mia)
    impose(ben, mia, kind="suspend")
    door = f"/suspended/{suspension.token(ben)}/"
    path = f"{door}{letter.pk}/"
    assert path in Client().get(door).text
    assert Client().post(path, {"text": ANSWER})["Location"] == path
    assert ANSWER in Client().get(path).text
    assert Client().get(f"{door}{paused.pk}/").status_code == 404


# Distress


def test_who_writes_of_distress_is_told_whom_to_call_and_read_first(held, newt, ana, mia):
    ask(ana)
    letter = write(held, mia)
    hard = "I do not want to live any more and I will end it tonight."
    assert sign_in(newt).post(f"/messages/{letter.pk}/", {"text": hard}).status_code == 303
    page = sign_in(newt).get(f"/messages/{letter.pk}/").text
    assert "We are glad you said it." in page and "Only the moderators read them." in page
    listed = sign_in(mia).get("/review/letters/").text
    first = listed[listed.index("Read these first") : listed.index("Oldest first")]
    assert f"/review/letters/{letter.pk}/" in first and "magnesium" not in first
    urgent = Notification.objects.get(recipient=mia, kind="urgent")
    assert sign_in(mia).get(urgent.get_absolute_url())["Location"] == f"/review/letters/{letter.pk}/"
    assert send(mia, letter, "We are here, and read this at once.").status_code == 303
    urgent.refresh_from_db()
    assert urgent.withdrawn_at is not None
    assert "We are glad you said it." not in sign_in(newt).get(f"/messages/{letter.pk}/").text


def test_whoever_is_being_hurt_gets_no_mail_about_a_letter(ana, mia):
    letter = ask(ana, "My husband hits me and I am afraid to go home.")
    key = ("letter", letter.pk)
    assert notifications.subjects.find([key], ana)[key].is_kept_off_mail()
    calm = ask(ana)
    key = ("letter", calm.pk)
    assert not notifications.subjects.find([key], ana)[key].is_kept_off_mail()


# Asking the moderators


def test_a_member_asks_about_a_post_of_theirs_or_something_else(held, newt, ana, mia):
    page = sign_in(newt).get(held.get_absolute_url()).text
    assert f"/messages/new/?about=question-{held.pk}" in page
    form = sign_in(newt).get(f"/messages/new/?about=question-{held.pk}")
    assert form.context["form"]["about"].value() == f"question-{held.pk}"
    typed = {"about": f"question-{held.pk}", "text": "Why does it wait?", "submission_key": uuid.uuid4()}
    to = sign_in(newt).post("/messages/new/", typed)["Location"]
    assert sign_in(newt).post("/messages/new/", typed)["Location"] == to
    letter = Letter.objects.get()
    assert letter.question == held
    assert to == f"/messages/{letter.pk}/" and to in sign_in(newt).get("/messages/").text
    for odd in ("question-x", f"question-{'9' * 30}", "cat-1", f"question-{held.pk}-1"):
        assert sign_in(newt).get(f"/messages/new/?about={odd}").status_code == 200
    # About what another wrote nobody asks.
    refused = sign_in(ana).post("/messages/new/", typed | {"submission_key": uuid.uuid4()})
    assert refused.status_code == 422 and "This is none of your posts." in refused.text
    assert sign_in(ana).post("/messages/new/", {"text": "Who are you?"}).status_code == 303
    assert "About something else" in sign_in(mia).get("/review/letters/").text


def test_one_has_three_letters_open_and_opens_five_a_day(ana, mia):
    client = sign_in(ana)
    key = uuid.uuid4()
    # The last one twice.
    for submission_key in (uuid.uuid4(), uuid.uuid4(), key, key):
        typed = {"text": "Who are you?", "submission_key": submission_key}
        assert client.post("/messages/new/", typed).status_code == 303
    assert Letter.objects.count() == 3
    refused = client.post("/messages/new/", {"text": "And what for?"})
    assert refused.status_code == 422 and "And what for?" in refused.text
    assert "You have 3 letters open with the moderators." in client.get("/messages/new/").text
    for letter in Letter.objects.all():
        letters.close(letter=letter, moderator=mia)
    sent = [client.post("/messages/new/", {"text": "And what for?"}).status_code for _ in range(3)]
    assert sent == [303, 303, 429]


@pytest.mark.django_db(transaction=True)
def test_also_of_many_letters_opened_at_once_three_are(ana):
    def open_one(number: int) -> bool:
        try:
            ask(ana, f"Who are you, number {number}?")
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        opened = list(threads.map(open_one, range(12)))
    assert opened.count(True) == Letter.objects.count() == 3


def test_letters_are_found_from_where_one_is(question, ana, mia, client):
    assert "/messages/new/" in sign_in(ana).get("/").text
    assert "/messages/new/" not in client.get("/").text
    path = f"/review/letters/about/question/{question.pk}/"
    assert path in sign_in(mia).get(f"/review/question/{question.pk}/").text


def test_what_waited_longest_is_first_and_the_list_leads_on(ana, ben, mia, monkeypatch):
    monkeypatch.setattr(letters, "SHOWN", 2)
    asked = [ask(ana), ask(ben), ask(ana)]
    Letter.objects.filter(pk=asked[2].pk).update(waiting_since=timezone.now() - timedelta(days=1))
    # Who writes again waits since they first did.
    reply(asked[0])
    first = sign_in(mia).get("/review/letters/").context["page"]
    assert list(first.items) == [asked[2], asked[0]]
    rest = sign_in(mia).get(f"/review/letters/?after={first.next_cursor}").context["page"]
    assert (list(rest.items), rest.next_cursor) == ([asked[1]], "")


# What is kept


def test_a_letter_is_deleted_180_days_after_it_ended(held, newt, mia):
    letter = write(held, mia)
    reply(letter)
    assert sweeps.forget_words() == 0
    ended = timezone.now() - timedelta(days=181)
    Letter.objects.update(opened_at=ended - Letter.OPEN_FOR, ends_at=ended)
    assert sweeps.forget_words() > 0
    assert not LetterMessage.objects.exists()
    assert Decision.objects.filter(code="wrote").exists()
    assert sign_in(newt).get(f"/messages/{letter.pk}/").status_code == 404


def test_letters_are_in_ones_data_without_any_moderator_and_go_with_one(held, newt, mia, mo):
    reply(write(held, mia))
    (mine,) = privacy.export(newt)["letters"]
    assert [one["text"] for one in mine["messages"]] == [WORDS, ANSWER]
    assert "mia" not in str(mine) and "writer" not in str(mine)
    assert privacy.export(mia)["letters_written_as_moderator"][0]["text"] == WORDS
    privacy.erase(mia)
    assert "A moderator who has left" in sign_in(mo).get(f"/review/letters/{Letter.objects.get().pk}/").text
    privacy.erase(newt)
    assert not Letter.objects.exists() and not LetterMessage.objects.exists()


def test_what_a_letter_can_never_be(held, ana, newt):
    now = timezone.now()
    for wrong in (
        {"author": ana, "member": newt},
        {"author": ana, "member": ana, "question": held},
        {"author": ana, "member": ana, "ends_at": now - timedelta(days=1)},
        {"author": ana, "member": ana, "is_urgent": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Letter.objects.create(**({"opened_at": now, "ends_at": now} | wrong))
    with pytest.raises(IntegrityError), transaction.atomic():
        ask(ana, "")


def test_a_letter_leaves_what_was_decided_as_it_is_to_be_undone(held, mia, mo):
    factories.approve(held, mia)
    write(held, mo)
    decision = Decision.objects.get(code="approved")
    assert "Take it back" in sign_in(mo).get(f"/review/{decision.item_id}/").text
