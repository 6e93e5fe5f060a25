"""What is known of an author and of other texts: repeats, pace, and pictures that nobody has looked at."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import forum.actions
from accounts.models import User
from forum.desk import Submission
from forum.models import Answer, Edit, Question
from moderation import prints, privacy, sweeps
from moderation.models import Mark, Print
from moderation.screeners import images, pace, repeats
from tests import factories
from tests.moderation.growth import is_even

ALL = ["moderation.screeners.repeats.screen", "moderation.screeners.pace.screen", "moderation.screeners.images.screen"]
TEXT = (
    "I had the same for about three weeks after a stomach bug, mostly in the evening when I sat down, and what helped "
    "me was to drink enough, to sleep a little longer than I usually do and to stop looking for it every minute."
)
NEARLY = TEXT.replace("three weeks", "4 weeks").replace("I had", "i HAD,").replace("usually ", "")
OTHER = (
    "My doctor sent me to somebody who measures how quickly the nerves lead, which took half an hour and hardly hurt "
    "at all, and a week later I was told that everything was as it should be in both of my legs."
)


def submission(author: User, body: str = TEXT, *, title: str = "", is_edit: bool = False) -> Submission:
    return Submission("answer", author, title, body, is_edit=is_edit)


def rules_of(findings) -> list[str]:
    return [finding.rule for finding in findings]


# What makes two texts nearly the same


def shared(one: str, other: str) -> float:
    marks, others = prints.marks_of(one), prints.marks_of(other)
    return len(marks & others) / len(marks)


def test_texts_with_few_changes_share_their_marks_and_others_none():
    assert shared(TEXT, TEXT.upper().replace(",", " –")) == 1
    assert shared(TEXT, NEARLY) >= prints.SHARED
    assert shared(TEXT, OTHER) == 0


def test_short_texts_and_quotations_have_no_marks():
    assert not prints.marks_of("Thank you so much, that helped me a lot!")
    assert not prints.marks_of(f"> {TEXT}\n\nThank you, that is it.")


def test_marks_are_keyed_with_the_sites_secret(settings):
    before = prints.marks_of(TEXT)
    settings.SECRET_KEY = "another"
    assert not before & prints.marks_of(TEXT)


@pytest.mark.parametrize("piece", ["a ", "a", "> ", "1", "ab cd ", "ﷺ"])
def test_hostile_text_takes_its_length_in_time(piece):
    assert is_even(prints.marks_of, piece)


# Repeats


def test_nearly_the_same_text_by_the_same_author_is_looked_at(ben, question):
    factories.make_answer(ben, question, TEXT)
    (finding,) = repeats.screen(submission(ben, NEARLY))
    assert (finding.rule, finding.level, finding.for_moderator) == ("repeat", 2, "Nearly the same text again")
    assert not repeats.screen(submission(ben, OTHER))


def test_the_same_text_by_others_is_looked_at_and_nobody_is_told_whose(ben, eve, question):
    factories.make_answer(ben, question, TEXT, anonymous=True)
    (finding,) = repeats.screen(submission(eve))
    assert finding.for_moderator == "Nearly the same text from several accounts"
    assert "ben" not in f"{finding.for_author} {finding.for_moderator}"


def test_a_change_of_ones_own_text_is_no_repeat_but_one_into_anothers_is(ben, eve, question):
    factories.make_answer(ben, question, TEXT)
    assert not repeats.screen(submission(ben, NEARLY, is_edit=True))
    assert repeats.screen(submission(eve, is_edit=True))


def test_what_was_taken_back_may_be_sent_elsewhere(ben, question):
    answer = factories.make_answer(ben, question, TEXT)
    forum.actions.take_back(post=answer)
    assert not repeats.screen(submission(ben))


def test_after_some_days_a_text_is_not_known_any_more(ben, question):
    factories.make_answer(ben, question, TEXT)
    Print.objects.update(made_at=timezone.now() - prints.KEPT - timedelta(minutes=1))
    assert not repeats.screen(submission(ben))
    assert sweeps.forget_prints() > 0
    assert not Print.objects.exists() and not Mark.objects.exists()


def test_whoever_is_not_stored_and_moderators_repeat_nothing(mia, ben, question):
    factories.make_answer(ben, question, TEXT)
    assert not repeats.screen(submission(User()))
    assert not repeats.screen(submission(mia))


def test_looking_for_repeats_is_one_query_and_keeps_no_word(ben, question):
    factories.make_answer(ben, question, TEXT)
    with CaptureQueriesContext(connection) as queries:
        repeats.screen(submission(ben))
    assert len(queries) == 1
    assert {field.get_internal_type() for field in Mark._meta.fields} <= {
        "BigAutoField",
        "ForeignKey",
        "BigIntegerField",
    }
    assert not any("Text" in f.get_internal_type() or "Char" in f.get_internal_type() for f in Print._meta.fields)


def test_a_mark_stands_once_in_a_print(ben, question):
    factories.make_answer(ben, question, TEXT)
    mark = Mark.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Mark.objects.create(of=mark.of, value=mark.value)


def test_prints_go_with_their_author(ben, question):
    factories.make_answer(ben, question, TEXT)
    assert Print.objects.filter(author=ben).exists()
    privacy.erase(ben)
    assert not Print.objects.filter(author=ben).exists()


# Pace


def send(author: User, question: Question, count: int, **fields) -> None:
    for _ in range(count):
        factories.make_answer(author, question, **fields)


def test_more_posts_in_a_minute_than_anybody_writes_are_looked_at(ben, question):
    send(ben, question, pace.IN_A_MINUTE - 1)
    assert not pace.screen(submission(ben))
    send(ben, question, 1)
    (finding,) = pace.screen(submission(ben))
    assert (finding.rule, finding.level) == ("pace", 1)
    assert not pace.screen(submission(ben, is_edit=True))
    Answer.objects.update(created_at=timezone.now() - pace.MINUTE * 2)
    assert not pace.screen(submission(ben))


def test_when_many_of_somebody_wait_the_next_one_waits_too(newt, question):
    send(newt, question, pace.WAITING)
    Answer.objects.update(created_at=timezone.now() - pace.MINUTE * 2)
    assert rules_of(pace.screen(submission(newt))) == ["many_waiting"]


def test_pace_is_two_queries_however_many_there_are(ben, question):
    send(ben, question, 6)
    with CaptureQueriesContext(connection) as queries:
        pace.screen(submission(ben))
    assert len(queries) == 2


def test_whoever_is_not_stored_and_moderators_have_no_pace(mia, question):
    send(mia, question, 6)
    assert not pace.screen(submission(mia))
    assert not pace.screen(submission(User()))


# Pictures

ONE, TWO = "/media/2026/11/aaaa-10x10.webp", "/media/2026/11/bbbb-10x10.webp"


def picture(path: str) -> str:
    return f"This is how it looks today, in good light: ![my hand]({path})"


@pytest.mark.parametrize("trust", User.Trust.values)
def test_the_first_picture_of_anybody_is_looked_at(trust):
    (finding,) = images.screen(submission(User(trust=trust), picture(ONE)))
    assert (finding.rule, finding.level) == ("picture", 1)
    assert not images.screen(
        submission(User(trust=trust), "No picture, but /media/ as a word and `![x](/media/x.webp)`")
    )
    assert not images.screen(submission(User(trust=trust, is_moderator=True), picture(ONE)))


def test_below_trusted_every_new_picture_is_looked_at(ben, mia, question, settings):
    settings.POST_SCREENERS = ALL
    answer = factories.make_answer(ben, question, picture(ONE))
    assert answer.is_held
    assert images.screen(submission(ben, picture(ONE)))
    factories.approve(answer, mia)
    assert not images.screen(submission(ben, picture(ONE)))
    assert images.screen(submission(ben, picture(TWO)))


def test_trusted_members_need_one_picture_that_was_looked_at(ben, mia, question, settings):
    settings.POST_SCREENERS = ALL
    ben.trust = User.Trust.TRUSTED
    assert images.screen(submission(ben, picture(TWO)))
    factories.approve(factories.make_answer(ben, question, picture(ONE)), mia)
    assert not images.screen(submission(ben, picture(TWO)))


# All together


def test_a_text_that_is_sent_again_waits(ben, question, settings):
    settings.POST_SCREENERS = ALL
    assert not factories.make_answer(ben, question, TEXT).is_held
    assert factories.make_answer(ben, question, NEARLY).is_held
    assert Edit.objects.filter(state=Edit.State.HELD).count() == 1


def test_what_is_sent_costs_two_more_statements_to_know_it_again(ben, question):
    short, long = "Mine went away.", TEXT
    counts = []
    for body in (short, long):
        with CaptureQueriesContext(connection) as queries:
            factories.make_answer(ben, question, body)
        counts.append(len(queries))
    assert counts[1] - counts[0] <= 3
