"""Who writes that they are too young, and who writes about somebody who is."""

import pytest

from accounts.models import User
from forum.desk import Submission
from moderation.screeners import age
from tests.moderation.growth import is_even


def screen(body: str, *, title: str = "", **author):
    return age.screen(Submission(kind="question", author=User(**author), title=title, body=body))


@pytest.mark.parametrize(
    "body",
    [
        "I'm 14 and my stomach hurts",
        "I’m 14. It hurts",
        "im 13",
        "Hi, im 15 and scared",
        "i am 12 years old",
        "I am a 15 year old girl",
        "I'm a 13-year-old boy",
        "I am fourteen",
        "i'm only 12, is this normal?",
        "I'm 15f with bad cramps",
        "i am 14 yo",
        "im 14 y/o",
        "I'm almost 16",
        "i'm turning 15 next month",
        "I am under 16",
        "I'm not even 14",
        "As a 14 year old, what can I do?",
        "I (14F) have a rash",
        "Me, 15, tired all day",
        "14f here, help",
        "My age is 13",
        "I just turned 15",
        "im in year 8",
        "I'm in yr 9 and feel sick",
        "I am in 8th grade",
        "I'm a 7th grader",
        "i'm in grade 6",
        "I'm in middle school",
        "I am in year 10 of school",
    ],
)
def test_who_says_they_are_too_young_is_read_first(body):
    (finding,) = screen(body)
    assert (finding.rule, finding.level) == ("age", 1)
    text = f"\n{body}"
    ((start, end),) = finding.spans
    assert text[start:end].strip(" .\n") in body


@pytest.mark.parametrize(
    "body",
    [
        "My daughter is 14 and my son is 12.",
        "She's 14. He is 13 years old. Our 15 year old has a rash.",
        "I have a 14 year old daughter. As a mum of a 14 year old I worry.",
        "I'm 14 weeks pregnant; I am 14 days late; I'm 10 dpo.",
        "I'm 12 stone and 5 foot 2. I am 15 kg heavier. I'm 13.5 stone.",
        "I'm 9 out of 10 for pain. I am 10 months into it. I'm 10 and a half weeks gone.",
        "I'm 8 weeks post op, I'm 14, 15 weeks at most, I'm 12/15.",
        "When I was 14 I fainted. Since I was 12. I have had it from 15 on. I turned 14 in 1985.",
        "As a 14 year old I was told it would go away.",
        "I'm 16. I am 17 years old. I'm 34 and tired. I am forty. I just turned 18. I'm turning 17.",
        "I'm in year 12. I'm in year 2 of remission. I am in year 9 of this illness. I'm in 12th grade.",
        "I'm a year 8 teacher. I'm in high school.",
        "My son said “I'm 14, leave me alone”.",
        "I'm 3 years sober and 14 days without sugar. I am 15 minutes late. I'm 10 times better.",
        "I'm not 14 any more.",
        "I (45F) have a 14 year old.",
        "",
    ],
)
def test_who_is_old_enough_or_writes_about_a_child_is_not(body):
    assert not screen(body)


def test_the_age_is_the_operators(settings):
    settings.MINIMUM_AGE = 18
    (finding,) = screen("I'm 17 and tired")
    assert finding.for_moderator == "Seems to be younger than 18"
    settings.MINIMUM_AGE = 13
    assert not screen("I'm 14 and tired")


def test_the_words_are_kind_and_lead_to_the_guide():
    (finding,) = screen("", title="I'm 14 and nobody believes me")
    assert "You have done nothing wrong by asking." in finding.for_author
    assert "“If you are under 16” at the foot of every page" in finding.for_author


def test_moderators_are_known_to_us():
    assert not screen("I'm 14 and tired", is_moderator=True)


@pytest.mark.parametrize(
    "piece", ["i'm ", "im only ", "i am a ", "i'm 14", "1", "as a 14 year old ", "me (", "i just turned "]
)
def test_hostile_text_takes_its_length_in_time(piece):
    assert is_even(lambda text: list(age.ages_of_writer(text)), piece)
