"""The pages of the review queue: who gets in, what they see, and that looking changes nothing."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import forum.actions
from accounts.models import User
from moderation import actions
from moderation.models import Decision, ReviewItem
from tests import factories
from tests.factories import item_of
from tests.moderation.conftest import decide, sign_in

pytestmark = pytest.mark.django_db

WORDS = "Please leave out the name of your doctor."
MOST_STATEMENTS = 25


def report(thing, reason="advertising", **fields):
    fields = {"reporter": None, "note": "", "contact": ""} | fields
    return actions.report(thing=thing, reason=reason, submission_key=uuid.uuid4(), **fields)


@pytest.fixture
def desk(mia):
    return sign_in(mia)


# Who gets in


def pages(item) -> list[tuple[str, str]]:
    item = f"/review/{item.pk}/"
    return [
        ("get", "/review/"),
        ("get", item),
        ("get", f"{item}reject/"),
        ("post", f"{item}approve/"),
        ("post", f"{item}take/"),
        ("post", f"{item}pass/"),
    ]


@pytest.mark.parametrize("number", range(6))
def test_only_moderators_get_in(client, held, eve, ed, newt, number):
    method, path = pages(item_of(held))[number]
    answer = getattr(client, method)(path)
    assert (answer.status_code, answer["Location"].startswith("/accounts/login/")) == (303, True)
    for other in (eve, ed, newt):
        answer = getattr(sign_in(other), method)(path)
        assert answer.status_code == 403
        assert "This page is for the moderators." in answer.text
    assert not Decision.objects.exists()


def test_what_does_not_exist_is_not_found(desk, held):
    for path in ("/review/0/", "/review/999999/", f"/review/{item_of(held).pk}/burn/"):
        assert desk.get(path).status_code == 404
    assert desk.post(f"/review/{item_of(held).pk}/hide/", {"version": item_of(held).version}).status_code == 404


def test_looking_changes_nothing(desk, held):
    before = ReviewItem.objects.values().get()
    for method, path in pages(item_of(held))[:3]:
        assert getattr(desk, method)(path).status_code == 200
    assert ReviewItem.objects.values().get() == before
    for path in ("take", "pass"):
        assert desk.get(f"/review/{item_of(held).pk}/{path}/").status_code == 405


# One's own


def own_items(mia, newt) -> list[ReviewItem]:
    """About a post of mia's, about one in her thread, about a comment on her answer, and about herself."""
    mine = factories.make_question(mia)
    in_it = factories.make_answer(newt, mine)
    another = factories.make_question(factories.make_user())
    my_answer = factories.make_answer(mia, another)
    on_it = factories.make_comment(newt, my_answer)
    report(mine)
    report(mia)
    return [*map(item_of, (mine, in_it, on_it)), ReviewItem.objects.about(mia).get()]


def test_nobody_sees_or_decides_what_is_about_themselves_or_in_their_thread(mia, mo, newt):
    items = own_items(mia, newt)
    assert sign_in(mia).get("/review/").context["lines"] == []
    for item in items:
        for answer in (sign_in(mia).get(f"/review/{item.pk}/"), decide(sign_in(mia), item, "approve")):
            assert answer.status_code == 403
            assert "another moderator decides it" in answer.text
        assert sign_in(mo).get(f"/review/{item.pk}/").status_code == 200
    assert len(sign_in(mo).get("/review/").context["lines"]) == len(items)


# The list


def test_an_empty_queue_says_so(desk):
    assert "Nothing waits" in desk.get("/review/").text


def test_what_has_just_come_has_not_waited_zero_minutes(desk, held):
    page = desk.get("/review/").text
    assert "waiting less than a minute" in page
    assert "0\xa0minutes" not in page


def test_reports_are_counted_in_one_chip(desk, question):
    for reason in ("unkind", "unkind", "dangerous"):
        report(question, reason)
    assert "3 reports: unkind, dangerous advice" in desk.get("/review/").text
    assert ReviewItem.objects.count() == 1


def test_the_queue_opens_on_what_this_moderator_took_up(desk, mia, mo, held, question):
    report(question, "dangerous")
    assert desk.post(f"/review/{item_of(held).pk}/take/").status_code == 303
    assert desk.get("/review/").context["case"].item == item_of(held)
    other = sign_in(mo).get("/review/")
    assert other.context["case"].item == item_of(question)
    assert "mia is reading it" in other.text


def test_what_another_took_up_can_be_read_but_not_taken(desk, mo, held):
    actions.claim(item=item_of(held), moderator=mo)
    page = desk.get(f"/review/{item_of(held).pk}/")
    assert "mo is reading this now" in page.text
    assert f"/review/{item_of(held).pk}/take/" not in page.text
    assert desk.post(f"/review/{item_of(held).pk}/take/")["Location"] == "/review/"
    assert desk.get(f"/review/{item_of(held).pk}/reject/").status_code == 303
    assert "All of these are being read" in desk.get("/review/").text


def test_a_decision_leads_to_the_next_item_and_takes_it_up(desk, mia, held, question):
    report(question, "dangerous")
    answer = decide(desk, item_of(question), "keep")
    assert answer["Location"] == f"/review/{item_of(held).pk}/"
    assert item_of(held).claimed_by == mia
    assert "Kept as it is." in desk.get(answer["Location"]).text
    assert decide(desk, item_of(held), "approve")["Location"] == "/review/"


def test_what_was_passed_on_does_not_come_back_at_once(desk, mia, held, question, ana):
    report(question, "dangerous")
    desk.post(f"/review/{item_of(question).pk}/take/")
    assert desk.post(f"/review/{item_of(question).pk}/pass/")["Location"] == f"/review/{item_of(held).pk}/"
    assert item_of(question).claimed_by is None
    decide(desk, item_of(held), "approve")
    assert desk.get("/review/").context["case"].item == item_of(question)


def test_the_queue_costs_the_same_however_long_it_is(desk, newt, question, ben, article):
    for number in range(60):
        asked = factories.make_question(newt, f"A question that waits, number {number}", article=article)
    factories.make_comment(newt, factories.make_answer(ben, question))
    for _ in range(5):
        report(question, "dangerous", note="It is wrong.")
    item = item_of(asked)
    actions.ask_for_changes(
        item=item, version=item.version, moderator=factories.make_user(is_moderator=True), words=WORDS
    )
    forum.actions.edit(post=asked, editor=newt, title=asked.title, body="See www.example.net for what I mean by it.")
    for path in ("/review/", f"/review/{item_of(asked).pk}/", f"/review/{item_of(asked).pk}/reject/"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = desk.get(path)
        statements = [q["sql"] for q in queries if q["sql"].split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE")]
        assert page.status_code == 200
        assert len(page.context["lines"]) == 50
        assert len(statements) <= MOST_STATEMENTS, "\n".join(statements)
    assert "more than 50 waiting" in page.text


# The item


def test_an_author_without_their_name_is_named_nowhere(desk, mia, topic):
    newt = factories.make_user("newt", trust="new", display_name="Newton Newcomer")
    asked = factories.make_question(newt, anonymous=True)
    reply = factories.make_answer(newt, factories.make_question(factories.make_user()), anonymous=True)
    for post in (asked, reply):
        for decision in ("", "reject/", "edit/"):
            page = desk.get(f"/review/{item_of(post).pk}/{decision}").text
            assert "Anonymous" in page
            for trace in ("newt", "Newton", newt.get_absolute_url()):
                assert trace not in page
    item = item_of(asked)
    actions.edit_and_approve(
        item=item, version=item.version, moderator=mia, title=asked.title, body="It began.", words=WORDS
    )
    report(asked)
    assert "newt" not in desk.get("/review/").text.lower()


def test_of_an_author_numbers_are_known_and_of_a_nameless_one_steps_too_coarse_to_tell_who_it_is(desk, held, newt, ben):
    said = "0 published, 1 waiting or sent back, 0 rejected or hidden."
    assert said in desk.get("/review/").text
    decide(desk, item_of(held), "reject", rule="copied")
    factories.approve(factories.make_question(newt), ben)
    nameless = factories.make_question(newt, anonymous=True)
    User.objects.filter(pk=newt.pk).update(joined_at=timezone.now() - timedelta(days=40))
    named = item_of(factories.make_question(newt))
    said = "1 published, 2 waiting or sent back, 1 rejected or hidden."
    assert said in desk.get(f"/review/{named.pk}/").text
    page = desk.get(f"/review/{item_of(nameless).pk}/").text
    assert "A member for less than a year, one or two posts published, something rejected or hidden once." in page
    assert "waiting or sent back" not in page


def test_the_text_and_where_a_screener_stopped_are_shown_and_nothing_of_it_is_run(desk, newt):
    factories.make_question(newt, body="<script>alert(1)</script> **Buy** it at www.example.net/<b> now, please.")
    page = desk.get("/review/").text
    assert "<script>alert" not in page
    assert "<strong>Buy</strong>" in page
    assert "<mark>www.example.net/</mark>&lt;b&gt; now" in page


def test_the_article_that_it_was_asked_from_is_named(desk, newt, article):
    factories.make_question(newt, article=article)
    page = desk.get("/review/").text
    assert article.get_absolute_url() in page
    assert article.live.title in page


def test_a_text_that_comes_again_is_compared_with_what_was_sent_back(desk, held, newt, mia):
    forum.actions.edit(post=held, editor=newt, title=held.title, body="Dr Miller says that it is nothing at all.")
    item = item_of(held)
    actions.ask_for_changes(item=item, version=item.version, moderator=mia, words=WORDS)
    forum.actions.edit(post=held, editor=newt, title=held.title, body="My doctor says that it is nothing at all.")
    page = desk.get("/review/").text
    assert "Compared with what we sent back" in page
    assert "Miller</del>" in page
    assert "doctor</ins>" in page
    assert WORDS in page
    assert "Sent back for changes, by you" in page


def test_a_change_is_compared_with_what_is_published(desk, ana, question):
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    page = desk.get("/review/").text
    assert "Compared with what is published" in page
    assert "Change of what is published" in page
    assert "www.example.net" in page


def test_what_asks_the_same_is_fetched_beside_a_question_that_waits_and_one_that_is_published(
    desk, newt, ben, question
):
    again = factories.make_question(newt, "Is stomach twitching after a stomach bug normal for days?")
    twin = factories.make_question(ben, "Stomach twitching for weeks after a stomach bug")
    report(twin)
    factories.find_neighbours()
    for asked in (again, twin):
        fetched = f"/questions/{asked.pk}/similar/?scores=yes"
        assert f'hx-get="{fetched}"' in desk.get(f"/review/{item_of(asked).pk}/").text
        assert f'<a href="{question.get_absolute_url()}">' in desk.get(fetched, headers={"HX-Request": "true"}).text


def test_a_first_text_is_compared_with_nothing(desk, held):
    assert "Compared with" not in desk.get("/review/").text


def test_reports_are_shown_with_reason_and_note_but_not_by_whom(desk, question, ben):
    report(question, "unkind", note="He <laughs> at her.", reporter=ben)
    report(question, "copied", contact="reader@example.org")
    page = desk.get("/review/").text
    assert "It is unkind or attacks somebody" in page
    assert "He &lt;laughs&gt; at her." in page
    assert "by a member" in page
    assert "by somebody who was not signed in" in page
    assert "reader@example.org" in page
    assert "ben" not in page


def test_a_reported_member_is_shown_with_what_they_say_of_themselves(desk, eve):
    User.objects.filter(pk=eve.pk).update(about="I sell the best pills.")
    report(eve, "advertising")
    page = desk.get("/review/")
    assert "Member eve" in page.text
    assert "I sell the best pills." in page.text
    assert list(page.context["case"].decisions) == ["keep"]


def test_what_is_decided_can_be_read_again(desk, held):
    item = item_of(held)
    decide(desk, item, "reject", rule="copied", words=WORDS)
    page = desk.get(f"/review/{item.pk}/").text
    assert "Nothing is left to decide here." in page
    assert "Rejected with a reason, by you" in page
    assert WORDS in page


# The decisions


def test_which_decisions_are_offered(desk, held, question, ana):
    assert list(desk.get(f"/review/{item_of(held).pk}/").context["case"].decisions) == [
        "approve",
        "edit",
        "changes",
        "reject",
    ]
    report(question)
    assert list(desk.get(f"/review/{item_of(question).pk}/").context["case"].decisions) == ["keep", "hide"]
    forum.actions.edit(post=question, editor=ana, title=question.title, body="See www.example.net for what it was.")
    offered = desk.get(f"/review/{item_of(question).pk}/").context["case"].decisions
    assert list(offered) == ["approve", "edit", "changes", "reject", "hide"]


def test_what_is_not_offered_is_not_done(desk, held, question):
    report(question)
    assert decide(desk, item_of(question), "approve").status_code == 404
    assert decide(desk, item_of(held), "hide", rule="copied").status_code == 404
    assert desk.get(f"/review/{item_of(held).pk}/keep/").status_code == 303


@pytest.mark.parametrize("decision", ["edit", "changes"])
@pytest.mark.parametrize("words", ["", "   ", "Too short", "x" * 2001, "\u200b" * 20])
def test_the_author_is_always_told_something(desk, held, decision, words):
    fields = {"title": "Does magnesium help with cramps?", "body": "", "words": words}
    answer = decide(desk, item_of(held), decision, **fields)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"words"}
    assert not Decision.objects.exists()


def test_a_rejection_needs_a_rule_and_keeps_what_was_typed(desk, held):
    answer = decide(desk, item_of(held), "reject", words=WORDS)
    assert answer.status_code == 422
    assert "Please choose what fits best." in answer.text
    assert WORDS in answer.text


def test_a_rule_speaks_for_itself(desk, held):
    decide(desk, item_of(held), "reject", rule="unkind")
    assert Decision.objects.get().words.to_author == (
        "This goes against one of our rules: “Be kind. Disagree with what was said, not with who said it.” "
        "You can change it and send it again."
    )


def test_another_reason_needs_words(desk, held):
    answer = decide(desk, item_of(held), "reject", rule="other")
    assert answer.status_code == 422
    assert "Please tell the author why." in answer.text


def test_a_hidden_post_says_so_to_its_author(desk, question):
    report(question)
    decide(desk, item_of(question), "hide", rule="copied")
    assert Decision.objects.get().words.to_author.startswith("We have hidden this, because")


def test_a_moderator_takes_words_out_and_mends_the_title(desk, newt):
    asked = factories.make_question(newt, body="Call me on 0151 23456 or ask Dr Miller about it, please.")
    body = "Call me on [phone number] or ask […] about it, please."
    fields = {"title": "Twitching: whom could I ask?", "body": body, "words": WORDS}
    assert decide(desk, item_of(asked), "edit", **fields).status_code == 303
    asked.refresh_from_db()
    assert (asked.title, asked.body, asked.status) == (fields["title"], body, "published")


def test_a_moderator_puts_no_words_into_anybodys_mouth(desk, held):
    fields = {"title": held.title, "body": held.body + " It is fine to stop your tablets.", "words": WORDS}
    answer = decide(desk, item_of(held), "edit", **fields)
    assert answer.status_code == 422
    assert "Here you can only take words out" in answer.text
    assert "It is fine to stop your tablets." in answer.text


def test_an_edit_that_changes_nothing_is_none(desk, held):
    answer = decide(desk, item_of(held), "edit", title=held.title, body=held.body, words=WORDS)
    assert answer.status_code == 422
    assert "You have changed nothing." in answer.text


def test_nothing_is_left_of_an_answer_without_words(desk, newt, question):
    reply = factories.make_answer(newt, question)
    answer = decide(desk, item_of(reply), "edit", body="", words=WORDS)
    assert answer.status_code == 422
    assert "title" not in answer.context["form"].fields
    assert answer.context["form"].errors.keys() == {"body"}


def test_the_pages_are_kept_from_caches_and_search_engines(desk, held):
    page = desk.get("/review/")
    assert "no-store" in page["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in page.text
