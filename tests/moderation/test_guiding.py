"""What stands beside an item so that the next step is plain: what to do first, where the software stopped, who."""

import uuid

import pytest

from moderation import actions, appeals, figures, letters, lists
from moderation.case import excerpts
from moderation.models import Decision, ReviewItem
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in
from tests.moderation.test_claims import minutes_left, pass_time
from tests.moderation.test_queue import report

TITLE, CRISIS = "I cannot see a way out of this pain", "I want to kill myself tonight."


@pytest.fixture
def crisis(newt):
    return factories.make_question(newt, TITLE, CRISIS)


# What to do first


@pytest.mark.django_db
def test_where_somebody_may_be_in_danger_writing_to_them_is_the_first_step(crisis, mia):
    desk, item = sign_in(mia), item_of(crisis)
    desk.post(f"/review/{item.pk}/take/")
    page = desk.get(f"/review/{item.pk}/").text
    assert "What to do first:" in page and "names no way of doing it" in page
    assert f'class="button" href="/review/letters/about/question/{crisis.pk}/"' in page
    assert '<button class="button button--quiet">Approve' in page


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["abuse", "dangerous"])
def test_of_the_rest_nothing_is_said_but_how_to_decide(held, question, mia, reason):
    report(question, reason)
    for post in (held, question):
        actions.claim(item=item_of(post), moderator=mia)
        assert "What to do first:" not in sign_in(mia).get(f"/review/{item_of(post).pk}/").text


@pytest.mark.django_db
def test_whoever_writes_to_the_author_is_still_at_the_item_and_comes_back_to_it(crisis, mia):
    desk, item = sign_in(mia), item_of(crisis)
    actions.claim(item=item, moderator=mia)
    pass_time(item, 3)
    write = f"/review/letters/about/question/{crisis.pk}/"
    assert f'href="/review/{item.pk}/"' in desk.get(write).text
    assert minutes_left(item) == pytest.approx(5, abs=0.5)
    sent = desk.post(write, {"words": "How are you tonight?", "last_read": 0, "submission_key": uuid.uuid4()})
    assert sent["Location"] == f"/review/{item.pk}/"


@pytest.mark.django_db
def test_what_was_reported_of_a_member_leads_to_what_can_be_done_about_them(eve, mia):
    report(eve)
    item = ReviewItem.objects.about(eve).get()
    actions.claim(item=item, moderator=mia)
    assert 'href="/review/members/eve/#act"' in sign_in(mia).get(f"/review/{item.pk}/").text


@pytest.mark.django_db
def test_an_author_is_told_once_and_not_for_each_kind_of_distress(newt):
    post = factories.make_question(
        newt, "It is bad at home", "My husband slapped me again. He hits our little son too."
    )
    assert {"abuse", "child"} <= {reason["rule"] for reason in item_of(post).reasons}
    assert sign_in(newt).get("/settings/decisions/").text.count("Thank you for telling us.") == 1


# Announced everywhere


@pytest.mark.django_db
def test_the_page_of_a_member_announces_what_is_hard_to_read(crisis, newt, mia):
    page = sign_in(mia).get(f"/review/members/{newt.handle}/").text
    assert "possible self-harm" in page and f'href="/review/{item_of(crisis).pk}/"' in page
    assert TITLE not in page and "kill myself" not in page
    decide(sign_in(mia), item_of(crisis), "approve")
    assert TITLE in sign_in(mia).get(f"/review/members/{newt.handle}/").text


@pytest.mark.django_db
def test_an_appeal_about_what_is_hard_to_read_says_so_before_it_is_opened(crisis, newt, mia, mo):
    item = item_of(crisis)
    actions.reject(item=item, version=item.version, moderator=mia, rule="personal", words="Please leave out the name.")
    appeals.appeal(decision=Decision.objects.get(), member=newt, text="There is no name in it.")
    assert "possible self-harm" in sign_in(mo).get("/review/appeals/").text


# Where the software stopped


def stopped_at(text: str, *found: str) -> list[str]:
    """The excerpts, what was found in brackets."""
    spans = [[text.index(words), text.index(words) + len(words)] for words in found]
    item = ReviewItem(reasons=[{"rule": "abuse", "spans": spans}])
    return ["".join(f"[{words}]" if is_found else words for words, is_found in one) for one in excerpts(item, text)]


def test_what_stands_close_together_is_one_excerpt():
    assert stopped_at("I want to kill myself tonight.", "kill myself", "want to kill", "tonight") == [
        "I [want to kill myself] [tonight]."
    ]


def test_an_excerpt_is_whole_words_of_one_paragraph():
    far = "word " * 30
    assert stopped_at(f"A title\n{far}pills {far}\nThe end", "pills") == [f"{'word ' * 11}[pills]{' word' * 11}"]
    assert stopped_at("A title\nSome pills\nThe end", "title", "pills") == ["A [title]", "Some [pills]"]
    assert stopped_at(f"rope {far}{far}knife", "rope", "knife") == [f"[rope]{' word' * 11}", f"{'word ' * 11}[knife]"]


def test_where_nothing_was_marked_there_is_no_excerpt():
    assert stopped_at("Only words.") == []


# Letters


@pytest.mark.django_db
def test_a_letter_is_a_line_of_the_log_and_nothing_that_came_to_wait(held, mia, mo):
    before = figures.count(figures.today()).counts
    letter = letters.write(post=held, moderator=mia, text="How are you?", submission_key=uuid.uuid4())
    last = letter.messages.get().pk
    letters.answer(letter=letter, moderator=mo, text="We ask.", last_read=last, submission_key=uuid.uuid4())
    assert Decision.objects.filter(code="wrote").count() == 2
    assert [item.thing for item in lists.waiting(mo).items] == [held]
    assert figures.count(figures.today()).counts - before == {"decided:wrote:": 2}
