"""What everybody may read of how a post has changed, and what stays between its author and the moderators."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

import moderation.actions
from forum import actions
from forum.models import Edit
from moderation.case import case
from moderation.models import Decision
from tests import factories

LINK = "https://unknown-remedies.example/cure"
FIRST = "It began two weeks ago, mostly at night."
SECOND = "It began three weeks ago, mostly at night."

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(ben, question):
    return factories.make_answer(ben, question, FIRST)


def change(post, body, *, minutes=10, **how):
    """As if what is there now had been written `minutes` ago."""
    ago = timezone.now() - timedelta(minutes=minutes)
    Edit.objects.about(post).filter(state="live").update(listed_at=ago)
    title = how.pop("title", getattr(post, "title", ""))
    actions.edit(post=post, editor=post.author, title=title, body=body, **how)
    post.refresh_from_db()


def page_of(client, post, **query) -> str:
    return client.get(post.history_url, query).content.decode()


def test_a_change_is_shown_word_by_word_with_its_reason(client, post):
    change(post, SECOND, reason="I had counted wrongly.")
    page = page_of(client, post)
    assert "two</del>" in page
    assert "three</ins>" in page
    assert "I had counted wrongly." in page
    assert FIRST in page
    assert page.index("shown now") < page.index(FIRST)


def test_where_it_was_edited_leads_to_the_history(client, post):
    change(post, SECOND)
    assert f'href="{post.history_url}"' in client.get(post.question.get_absolute_url()).content.decode()


def test_title_and_tags_are_compared_too(client, question):
    title = "Is twitching of the stomach muscles anything bad?"
    change(question, question.body, title=title, tags="stomach")
    page = page_of(client, question)
    assert "stomach</ins>" in page
    assert client.get(question.history_url)["X-Robots-Tag"] == "noindex"


def test_what_is_put_right_within_five_minutes_is_no_step(client, post):
    change(post, SECOND, minutes=4, reason="A slip of the pen")
    page = page_of(client, post)
    assert FIRST not in page
    assert page.count('id="text-') == 1
    change(post, f"{SECOND} Still.", minutes=6)
    page = page_of(client, post)
    assert page.count("</ins>") == 1
    assert SECOND in page


def comment_on(post, eve):
    factories.make_comment(eve, post)


def mark(post, eve):
    actions.mark_helpful(answer=post, member=eve)


def let_it_help(post, eve):
    actions.mark_helped(answer=post)


def report(post, eve):
    said = {"reason": "unkind", "note": "", "contact": "", "submission_key": uuid.uuid4()}
    moderation.actions.report(thing=post, reporter=eve, **said)


@pytest.mark.parametrize("notice", [comment_on, mark, let_it_help, report])
def test_what_others_have_noticed_is_not_put_right_unseen(client, eve, post, notice):
    ago = timezone.now() - timedelta(minutes=1)
    Edit.objects.about(post).update(listed_at=ago)
    notice(post, eve)
    actions.edit(post=post, editor=post.author, title="", body=SECOND)
    assert FIRST in page_of(client, post)


def test_ones_own_comment_is_no_notice(client, ben, post):
    factories.make_comment(ben, post)
    actions.edit(post=post, editor=ben, title="", body=SECOND)
    assert FIRST not in page_of(client, post)


def test_an_answer_to_a_question_is_notice_of_it(client, ana, ben, question):
    factories.make_answer(ben, question)
    before = question.body
    actions.edit(post=question, editor=ana, title=question.title, body=FIRST)
    assert before in page_of(client, question)


def test_what_waits_came_back_or_was_replaced_while_it_waited_is_in_no_history(client, mia, post):
    change(post, f"{FIRST} {LINK}/one")
    change(post, f"{FIRST} {LINK}/two")
    client.force_login(mia)
    assert LINK not in page_of(client, post)
    item = factories.item_of(post)
    moderation.actions.ask_for_changes(item=item, version=item.version, moderator=mia, words="Please leave it out.")
    change(post, f"{FIRST} {LINK}/three", reason="Better so")
    factories.approve(post, mia)
    page = page_of(client, post)
    assert "/three" in page
    assert "Better so" in page
    assert "/one" not in page
    assert "/two" not in page


def test_a_reason_is_looked_at_like_any_text(client, mia, post):
    change(post, SECOND, reason=f"See {LINK}")
    post.refresh_from_db()
    assert post.body == FIRST
    item = factories.item_of(post)
    assert LINK in case(item).reason
    said = {"body": SECOND, "reason": "See […]", "words": "We took the link out of it."}
    moderation.actions.edit_and_approve(item=item, version=item.version, moderator=mia, **said)
    page = page_of(client, post)
    assert "See […]" in page
    assert LINK not in page
    assert "the Askwell moderators changed it" in page


def test_whoever_wrote_without_a_name_stays_without_one(client, eve, question):
    hidden = factories.make_answer(eve, question, FIRST, anonymous=True)
    change(hidden, SECOND)
    page = page_of(client, hidden)
    assert "Anonymous member 2" in page
    assert eve.handle not in page


def test_a_history_is_read_page_by_page(client, post, django_assert_max_num_queries):
    for number in range(21):
        change(post, f"It began {number} days ago, at night.", minutes=100 - number)
    with django_assert_max_num_queries(8):
        first = page_of(client, post)
    assert first.count('id="text-') == 20
    assert "1</del>" in first
    older = first.split('rel="next" href="?')[1].split('"')[0]
    last = client.get(f"{post.history_url}?{older}").content.decode()
    assert last.count('id="text-') == 2
    assert FIRST in last
    newer = last.split('rel="prev" href="?')[1].split('"')[0]
    assert page_of(client, post) == client.get(f"{post.history_url}?{newer}").content.decode()


def test_a_change_that_changes_nothing_is_none(client, post):
    change(post, FIRST, reason="Nothing")
    assert page_of(client, post).count('id="text-') == 1
    assert post.edited_at is None


def redact(text, moderator, client):
    client.force_login(moderator)
    return client.post(f"/review/text/{text.pk}/redact/")


def test_moderators_take_an_earlier_text_out_for_ever(client, settings, mia, post):
    settings.REQUIRE_STAFF_MFA = False
    change(post, f"{SECOND} Call 0199.", reason="0199 is mine")
    change(post, f"{SECOND} Call 0198.", minutes=1)
    change(post, f"{SECOND} Call me.")
    texts = Edit.objects.about(post)
    wrong = texts.listed().order_by("-id")[1]
    client.force_login(mia)
    assert f"/review/text/{wrong.pk}/redact/" in page_of(client, post)
    assert "0198" in client.get(f"/review/text/{wrong.pk}/redact/").content.decode()
    assert redact(wrong, mia, client).status_code == redact(wrong, mia, client).status_code == 303
    assert not [text for text in texts if "019" in f"{text.words} {text.reason}"]
    page = page_of(client, post)
    assert "The moderators removed this text for good." in page
    assert "</del>" not in page
    assert FIRST in page
    decision = Decision.objects.get()
    assert (decision.code, decision.target_kind, decision.target_id) == ("redacted", "answer", post.pk)


@pytest.mark.parametrize(
    ("name", "which"), [("ben", "earlier"), ("ana", "earlier"), ("eve", "earlier"), ("mia", "live")]
)
def test_nobody_takes_out_what_is_shown_or_what_is_in_their_own_thread(request, client, settings, post, name, which):
    settings.REQUIRE_STAFF_MFA = False
    change(post, SECOND)
    somebody = request.getfixturevalue(name)
    somebody.is_moderator = name != "eve"
    somebody.save()
    earlier, live = Edit.objects.about(post).order_by("id")
    assert redact(live if which == "live" else earlier, somebody, client).status_code == 403
    assert FIRST in page_of(client, post)
    assert "for good" not in page_of(client, post).split('id="text-')[1]
