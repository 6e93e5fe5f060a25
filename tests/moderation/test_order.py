"""In which order the queue is read, what of it a list shows, and that it is read along an index."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import forum.actions
from forum.models import Question
from moderation import actions, lists, order
from moderation.models import Handover, ReviewItem
from moderation.wording import place
from tests import factories
from tests.factories import item_of
from tests.forum.test_plans import sorts
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db


def report(thing, reason="advertising"):
    return actions.report(thing=thing, reporter=None, reason=reason, note="", contact="", submission_key=uuid.uuid4())


def found_in(item: ReviewItem, rule: str, level: int) -> ReviewItem:
    """As if a screener had stopped at it."""
    item.reasons = [{"rule": rule, "level": level, "words": rule, "author": "", "spans": []}]
    order.weigh(item)
    item.save()
    return item


def waiting(moderator, asked=None) -> list:
    return [item.thing for item in lists.waiting(moderator, asked).items]


def test_more_harm_comes_first_then_more_readers_then_who_has_waited_longest(mia, newt, ana, ben):
    late, early, spam, danger, inside = (factories.make_question(who) for who in (newt, newt, ana, ben, ana))
    ReviewItem.objects.about(early).update(opened_at=timezone.now() - timedelta(hours=1))
    Question.objects.filter(pk=inside.pk).update(shown_to_all=False)
    inside.refresh_from_db()
    report(inside)
    report(spam)
    report(danger, "dangerous")
    assert waiting(mia) == [danger, spam, inside, early, late]
    assert [one.urgency for one in lists.waiting(mia).items] == [42, 12, 11, 10, 10]


def test_a_busy_thread_reaches_more_people(mia, ana, ben):
    quiet, busy = factories.make_question(ana), factories.make_question(ben)
    Question.objects.filter(pk=busy.pk).update(same_count=order.MANY)
    for question in (quiet, busy):
        question.refresh_from_db()
        report(question)
    assert waiting(mia) == [busy, quiet]


def test_the_place_of_an_item_is_said_in_words(held, question, mia):
    item = found_in(item_of(held), "self_harm", 5)
    assert place(item) == "self_harm · read by nobody yet · waiting less than a minute"
    report(question, "dangerous")
    page = sign_in(mia).get("/review/").text
    assert "self_harm · read by nobody yet · waiting less than a minute" in page
    assert "1 report: dangerous advice · open to everybody · waiting less than a minute" in page


def test_harm_and_reach_end_where_the_formula_says(held):
    for wrong in ({"harm": 6}, {"reach": 4}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReviewItem.objects.about(held).update(**wrong)


def test_nobody_reads_what_is_closed(held, mia):
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.about(held).update(
            state="closed", closed_at=timezone.now(), claimed_by=mia, claimed_until=timezone.now()
        )


def test_page_after_page_shows_everything_once(mia, newt, monkeypatch):
    monkeypatch.setattr(lists, "SHOWN", 2)
    items = [item_of(factories.make_question(newt)) for _ in range(5)]
    found_in(items[3], "link", 2)
    ReviewItem.objects.filter(pk__in=[items[0].pk, items[1].pk]).update(opened_at=items[0].opened_at)
    seen, after = [], ""
    while True:
        page = lists.waiting(mia, after=after)
        seen += [item.pk for item in page.items]
        if not (after := page.next_cursor):
            break
    assert seen == [items[number].pk for number in (3, 0, 1, 2, 4)]
    assert f"after={lists.waiting(mia).next_cursor}" in sign_in(mia).get("/review/").text


@pytest.mark.parametrize("after", ["", "x", "1-2", "1-2-3-4", "9" * 18 + "-1-1", "1-" + "9" * 18 + "-1", "١-1-1"])
def test_a_cursor_of_nobodys_making_leads_to_the_first_page(held, mia, after):
    assert waiting(mia) == [held]
    assert lists.waiting(mia, after=after).is_first
    assert sign_in(mia).get("/review/", {"after": after}).status_code == 200


@pytest.mark.parametrize("is_senior", [False, True])
def test_the_queue_is_read_along_its_index(mia, newt, topic, is_senior):
    mia.is_senior_moderator = is_senior
    posts = Question.objects.bulk_create(
        Question(author=newt, topic=topic, title=f"Title {n}", slug="x", body="Body") for n in range(800)
    )
    closed = {"state": "closed", "closed_at": timezone.now()}
    ReviewItem.objects.bulk_create(
        ReviewItem(question=post, harm=n % 6, **(closed if n % 8 else {})) for n, post in enumerate(posts)
    )
    later = timezone.now() + actions.SENIORS_FIRST
    left = list(ReviewItem.objects.open().order_by("pk")[:20])
    ReviewItem.objects.filter(pk__in=[item.pk for item in left]).update(for_seniors_until=later)
    with connection.cursor() as db:
        db.execute("ANALYZE")
        if connection.vendor == "postgresql":
            for way in ("sort", "bitmapscan", "seqscan", "hashjoin", "mergejoin"):
                db.execute(f"SET LOCAL enable_{way} = off")
    items = lists.for_moderator(mia)
    middle = items.in_order()[60]
    rest = items.for_everybody()
    asked = [(rest, "review_queue"), (rest.after(middle.urgency, middle.opened_at, middle.pk), "review_queue")]
    if is_senior:
        asked.append((items.left_to_seniors(), "review_queue_of_seniors"))
    for part, index in asked:
        read = part.in_order().for_list()[:51].explain()
        assert re.search(rf"\b{index}\b", read), read
        assert not sorts(read), read


# What is asked for


def test_the_list_is_narrowed_down(mia, mo, newt, ana, held, question, topic):
    other = factories.make_topic("Mind")
    elsewhere = factories.make_question(newt, topic=other)
    reply = factories.make_answer(newt, question)
    report(ana)
    report(question)
    actions.claim(item=item_of(reply), moderator=mo)
    actions.claim(item=item_of(elsewhere), moderator=mia)
    every = {held, elsewhere, reply, question, ana}
    for asked, shown in [
        ({"kind": "question"}, {held, elsewhere, question}),
        ({"kind": "answer"}, {reply}),
        ({"kind": "member"}, {ana}),
        ({"rule": "first_post"}, {held, elsewhere, reply}),
        ({"rule": "report"}, {question, ana}),
        ({"rule": "repor"}, every),
        ({"topic": other.slug}, {elsewhere}),
        ({"claimed": "free"}, {held, question, ana}),
        ({"claimed": "taken"}, {reply}),
        ({"claimed": "mine"}, {elsewhere}),
        ({"kind": "question", "claimed": "mine"}, {elsewhere}),
        ({"kind": "burn", "topic": "nowhere", "claimed": "x"}, every),
    ]:
        page = sign_in(mia).get("/review/", asked)
        assert {line.item.thing for line in page.context["lines"]} == shown, asked


def test_items_are_found_by_words_number_and_handle_but_nobody_by_their_nameless_post(mia, newt, held, ana):
    nameless = factories.make_question(newt, "Is it something to tell at work, do you think?", anonymous=True)
    report(ana)
    desk = sign_in(mia)
    for words, shown in [
        ("magnesium", {held}),
        ("MAGNESIUM", {held}),
        (str(held.pk), {held}),
        (f"#{item_of(nameless).pk}", {nameless}),
        ("newt", {held}),
        ("@newt", {held}),
        ("@ana", {ana}),
        ("tell at work", {nameless}),
        ("xylophone", set()),
        ("9" * 30, set()),
    ]:
        found = {line.item.thing for line in desk.get("/review/", {"q": words}).context["lines"]}
        if words.lstrip("#").isdigit() and shown:
            assert shown <= found, words
        else:
            assert found == shown, words


def test_a_change_that_waits_is_found_by_its_own_words(mia, ana, question):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    assert waiting(mia, {"q": "example.net"}) == [question]


# Who reads what


def test_whoever_takes_one_thing_up_lets_go_of_the_other(mia, newt, held):
    other = factories.make_question(newt)
    for post in (held, other):
        assert actions.claim(item=item_of(post), moderator=mia)
    assert (item_of(held).claimed_by, item_of(other).claimed_by) == (None, mia)


@pytest.mark.parametrize(("level", "minutes"), [(3, 15), (4, 5), (5, 5)])
def test_what_is_urgent_is_left_alone_for_less_time(mia, held, level, minutes):
    item = found_in(item_of(held), "link", level)
    before = timezone.now()
    actions.claim(item=item, moderator=mia)
    item.refresh_from_db()
    assert timedelta(0) <= item.claimed_until - before - timedelta(minutes=minutes) < timedelta(seconds=30)


def test_what_was_passed_on_comes_with_a_word_and_last_to_whoever_passed_it(mia, mo, newt, held):
    other = factories.make_question(newt)
    desk = sign_in(mia)
    desk.post(f"/review/{item_of(held).pk}/take/")
    answer = desk.post(f"/review/{item_of(held).pk}/pass/", {"note": "I know this family."})
    assert answer["Location"] == f"/review/{item_of(other).pk}/"
    assert "Passed on: the others have it." in desk.get(answer["Location"]).text
    page = sign_in(mo).get("/review/")
    assert page.context["case"].item == item_of(held)
    assert "I know this family." in page.text
    ReviewItem.objects.about(other).update(state="closed", closed_at=timezone.now(), claimed_by=None)
    assert lists.next_for(mia) == item_of(held)
    assert lists.next_unread(mia) is None
    Handover.objects.update(made_at=timezone.now() - Handover.RESTS_FOR - timedelta(minutes=1))
    assert lists.next_unread(mia) == item_of(held)


def test_a_word_that_is_too_long_is_kept_and_said(mia, held):
    answer = sign_in(mia).post(f"/review/{item_of(held).pk}/pass/", {"note": "x" * 501})
    assert (answer.status_code, "x" * 501 in answer.text) == (422, True)
    assert not Handover.objects.exists()
