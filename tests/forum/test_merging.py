"""Two threads become one: nothing is lost, nobody is found out, and every old address leads to what is there now."""

import pytest
from django.test import Client

from core.rulings import Refused
from forum import actions
from forum.models import Answer, Comment, Edit, Follow, Question, SameQuestion, Saved, Visit
from forum.models.posts import Post
from forum.subjects import finder
from notifications.models import Notification
from search.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db

MEMBERS, UNLISTED = Question.Audience.MEMBERS, Question.Audience.UNLISTED


def merge(source: Question, into: Question) -> Question:
    source = Question.objects.get(pk=source.pk)
    actions.merge(source=source, into=into, as_seen=source.standing)
    assert actions.recount(check=True) == []
    return Question.objects.get(pk=into.pk)


@pytest.fixture
def other(ben, topic) -> Question:
    return factories.make_question(
        ben, "What did the twitching in your belly turn out to be?", topic=topic, tags="sleep"
    )


def test_everything_moves_and_is_counted_once(question, other, ana, ben, cleo, eve):
    factories.make_answer(cleo, question, basis="clinician", credential=cleo.credentials.get())
    helped = factories.make_answer(eve, question)
    factories.make_answer(eve, question, "Hang in there.", basis="support")
    under = factories.make_comment(ana, helped, "Thank you.")
    beside = factories.make_comment(eve, question, "How are you now?")
    actions.mark_helped(answer=helped)
    actions.mark_helpful(answer=helped, member=ben)
    actions.retag(question=question, names=["coffee", "sleep"])
    for member in (ben, cleo, eve):
        actions.mark_same(question=question, member=member)
        actions.save(question=question, member=member)
    for one in (question, other):
        Follow.objects.create(member=eve, question=one)
        actions.visit(question=one, member=eve, until=one.active_at)
    actions.mark_same(question=other, member=eve)
    actions.save(question=other, member=eve)
    published = type(ana).objects.get(pk=ana.pk).published_count
    into = merge(question, other)
    assert (into.answers_count, into.helped_count, into.clinician_replied) == (2, 1, True)
    assert into.solved_at is not None
    # Once each, and not the person who asked the other one.
    assert into.same_count == SameQuestion.objects.filter(question=into).count() == 2
    assert Saved.objects.filter(question=into).count() == 3
    assert Follow.objects.get(member=eve).question_id == into.pk
    assert Visit.objects.get(member=eve).question_id == into.pk
    assert [tag.name for tag in into.tags.all()] == ["coffee", "sleep"]
    moved = Answer.objects.get(pk=helped.pk)
    assert (moved.question_id, moved.helpful_count, moved.helped_at is not None) == (into.pk, 1, True)
    assert Comment.objects.get(pk=under.pk).answer_id == helped.pk
    page = Client().get(other.get_absolute_url()).text
    for words in (question.title, question.body, beside.body, under.body, moved.body, "Hang in there."):
        assert words in page, words
    assert type(ana).objects.get(pk=ana.pk).published_count == published
    told = Notification.objects.get(recipient=ana, kind="merged")
    assert told.subject == ("question", into.pk)


def test_old_addresses_lead_on_and_what_is_written_there_arrives(question, other, eve, browser_of):
    answer = factories.make_answer(eve, question)
    old, feed = question.get_absolute_url(), f"/feeds/questions/{question.pk}/answers/"
    first = merge(question, other)
    last = merge(first, factories.make_question(eve, "Which of you had this for longer than a month?"))
    guest = Client()
    for path in (old, f"/questions/{question.pk}/", f"{other.get_absolute_url()}"):
        response = guest.get(path + "?at=3")
        assert (response.status_code, response["Location"]) == (301, f"{last.get_absolute_url()}?at=3")
    assert guest.get(feed)["Location"] == f"/feeds/questions/{last.pk}/answers/"
    assert guest.get(f"/answers/{answer.pk}/", follow=True).status_code == 200
    assert guest.get("/search/", {"q": question.title}).text.count(old) == 0
    member = browser_of(eve)
    assert browser_of(question.author).get("/questions/mine/").text.count("Joined with another question") == 1
    typed = {"basis": "own", "body": "Typed before they were joined."}
    for path, replies in (("answer", last.answers), ("comment", last.comments)):
        assert member.post(f"/questions/{question.pk}/{path}/", typed).status_code == 303
        assert replies.filter(body=typed["body"]).count() == 1
    assert finder(Question)([question.pk, last.pk], eve)[question.pk].url == last.get_absolute_url()


def test_a_reply_from_a_page_that_was_open_goes_where_the_thread_is_now(question, other, eve, ana, answer):
    held = factories.make_answer(factories.make_user(trust="new"), question)
    stale, waiting = Question.objects.get(pk=question.pk), Answer.objects.select_related("question").get(pk=held.pk)
    open_answer = Answer.objects.select_related("question").get(pk=answer.pk)
    merge(question, other)
    factories.make_answer(eve, stale)
    factories.make_comment(eve, open_answer)
    actions.publish(post=waiting)
    actions.mark_helped(answer=open_answer)
    assert not stale.answers.exists()
    assert not stale.comments.exists()
    assert actions.recount(check=True) == []
    assert Question.objects.get(pk=other.pk).answers_count == 3


def test_numbers_do_not_collide_and_tell_nothing_of_names(topic, ana, ben, cleo, eve):
    source = factories.make_question(ana, "Does it come back for anybody in spring?", anonymous=True)
    into = factories.make_question(ben, "Does it ever come back in the cold season?", anonymous=True)
    factories.make_comment(ana, source, "I asked this.")
    numbered = factories.make_answer(eve, source, "Yes, for me.", anonymous=True)
    asks_there = factories.make_answer(ben, source, "I ask the same.", anonymous=True)
    named = factories.make_answer(cleo, source, "Under my name.")
    before = factories.make_answer(eve, into, "It did, twice.", anonymous=True)
    unnamed_here = factories.make_answer(cleo, into, "Without my name.", anonymous=True)
    under_name = factories.make_answer(ana, into, "Ana answers here.")
    merge(source, into)
    alias = dict(Answer.objects.values_list("pk", "alias"))
    assert alias[numbered.pk] == alias[before.pk] == 2
    assert alias[asks_there.pk] == 1
    assert (alias[named.pk], alias[unnamed_here.pk], alias[under_name.pk]) == (None, 3, None)
    # Ana asked without her name: she is a number that nobody has, in all she wrote there.
    assert list(Comment.objects.values_list("alias", flat=True)) == [4, 4]
    assert factories.make_comment(ana, Question.objects.get(pk=into.pk), "Still here.", anonymous=True).alias == 4


@pytest.mark.parametrize(("source", "into"), [(MEMBERS, "public"), (UNLISTED, "public"), (MEMBERS, UNLISTED)])
def test_nobodys_words_become_easier_to_find(ana, ben, source, into):
    narrow = factories.make_question(ana, audience=source)
    wide = factories.make_question(ben, audience=into)
    with pytest.raises(Refused, match="fewer readers"):
        merge(narrow, wide)
    answer = factories.make_answer(ana, wide)
    merge(wide, narrow)
    assert Answer.objects.get(pk=answer.pk).shown_to_all == (source != MEMBERS)
    status = Client().get(wide.get_absolute_url()).status_code
    assert status == (404 if source == MEMBERS else 301)


def test_what_cannot_be_joined(question, other, ana, newt):
    with pytest.raises(Refused, match="itself"):
        merge(question, question)
    waiting = factories.make_question(newt)
    with pytest.raises(Refused, match="published"):
        merge(question, waiting)
    actions.lock_thread(question=other, as_seen=other.standing)
    with pytest.raises(Refused, match="locked"):
        merge(question, other)
    actions.unlock_thread(question=other, as_seen=Question.objects.get(pk=other.pk).standing)
    type(ana).objects.filter(pk=ana.pk).update(trust="new")
    ana.refresh_from_db()
    actions.edit(post=question, editor=ana, title=question.title, body="A change that a moderator reads before others.")
    with pytest.raises(Refused, match="waits for a moderator"):
        merge(question, other)
    assert Question.objects.get(pk=question.pk).status == Post.Status.PUBLISHED


def test_what_led_to_it_leads_on(question, other, eve):
    duplicate = factories.make_question(eve)
    actions.close_as_duplicate(question=duplicate, target=question, as_seen=duplicate.standing)
    with pytest.raises(Refused, match="itself"):
        merge(question, duplicate)
    merge(question, other)
    assert Question.objects.get(pk=duplicate.pk).duplicate_of == other
    assert not Entry.objects.filter(kind="question", object_id=question.pk).exists()


def test_what_was_asked_keeps_its_history_and_its_author_may_change_it_however_long_it_is(
    question, other, ana, eve, browser_of
):
    first, long = question.body, "It began in the left eyelid, as far as I remember. " * 30
    factories.make_comment(eve, question, "What began it?")
    actions.edit(post=question, editor=ana, title=question.title, body=long, reason="I was asked.", tags="sleep")
    Edit.objects.filter(question=question, state="superseded").update(body="", title="", state="redacted", reason="")
    factories.make_comment(eve, question, "I see.")
    actions.edit(post=question, editor=ana, title="Why does my eyelid *twitch* all day?", body=long, tags="sleep")
    merge(question, other)
    kept = Comment.objects.get(author=ana)
    texts = list(Edit.objects.filter(comment=kept).listed().order_by("listed_at"))
    assert [text.state for text in texts] == ["redacted", "superseded", "live"]
    assert [text.reason for text in texts] == ["", "I was asked.", ""]
    assert texts[-1].body == kept.body
    assert not any(text.title or text.tags for text in texts)
    page = Client().get(kept.history_url).text
    assert page.count("<li") >= 3
    assert "I was asked." in page
    assert first not in page
    member = browser_of(ana)
    form = f"/comments/{kept.pk}/edit/"
    assert "eyelid" in member.get(form).text
    changed = kept.body.replace("left eyelid", "right eyelid", 1)
    assert len(changed) > 600
    sent = {"body": changed, "version": texts[-1].pk, "reason": "It was the other one."}
    assert member.post(form, sent).status_code == 303
    kept.refresh_from_db()
    assert "right eyelid" in kept.body_html
    # One that is as short as others are stays so.
    short = {"body": "It was the coffee.", "version": Edit.objects.get(comment=kept, state="live").pk, "reason": ""}
    assert member.post(form, short).status_code == 303
    too_long = {"body": changed, "version": Edit.objects.get(comment=kept, state="live").pk, "reason": ""}
    assert member.post(form, too_long).status_code == 422
