"""Nobody decides about somebody who has blocked them, as far as that person's name is on it."""

import uuid

import pytest
from django.urls import reverse

import forum.actions
from forum.models import Edit
from moderation import actions
from moderation.models import ReviewItem
from tests import factories
from tests.moderation.conftest import sign_in

pytestmark = pytest.mark.django_db


def reported(thing) -> ReviewItem:
    words = {"reason": "unkind", "note": "", "contact": ""}
    actions.report(thing=thing, reporter=None, submission_key=uuid.uuid4(), **words)
    return ReviewItem.objects.about(thing).get()


def test_another_moderator_decides_about_whoever_blocked_one(ana, ben, mia, mo, topic):
    question = factories.make_question(ana, "Does anyone else feel this under the ribs?", topic=topic)
    of_ana = [reported(thing) for thing in (question, ana, factories.make_comment(ana, question))]
    of_ben = reported(factories.make_answer(ben, question))
    forum.actions.block(member=ana, other=mia)
    assert list(ReviewItem.objects.open().not_of(mia)) == [of_ben]
    assert set(ReviewItem.objects.open().not_of(mo)) == {of_ben, *of_ana}
    for address in (f"/review/question/{question.pk}/", *(f"/review/{item.pk}/" for item in of_ana)):
        assert sign_in(mia).get(address).status_code == 403
        assert sign_in(mo).get(address).status_code == 200
    assert sign_in(mia).get(f"/review/{of_ben.pk}/").status_code == 200


def test_nobody_joins_a_thread_with_one_by_whoever_blocked_them(ana, ben, mia, mo, topic):
    target = factories.make_question(ana, "Does anyone else feel this under the ribs?", topic=topic)
    source = factories.make_question(ben, "Is there anybody who feels this at night?", topic=topic)
    forum.actions.block(member=ana, other=mia)
    fields = {"way": "merge", "target": target.pk, "as_seen": source.standing}
    for moderator, joined in ((mia, None), (mo, target)):
        sign_in(moderator).post(f"/review/question/{source.pk}/", fields)
        source.refresh_from_db()
        assert source.merged_into == joined


def test_what_has_no_name_is_decided_by_anybody_as_a_refusal_would_tell_whose_it_is(ana, mia, topic):
    question = factories.make_question(ana, "What would you do about this, please?", topic=topic, anonymous=True)
    item = reported(question)
    forum.actions.block(member=ana, other=mia)
    assert list(ReviewItem.objects.open().not_of(mia)) == [item]
    for address in (f"/review/{item.pk}/", f"/review/question/{question.pk}/"):
        assert sign_in(mia).get(address).status_code == 200


def test_an_earlier_text_of_whoever_blocked_one_is_taken_out_by_another(ana, mia, mo, topic):
    for anonymous, status in ((False, 403), (True, 200)):
        question = factories.make_question(ana, "Does anyone else feel this?", topic=topic, anonymous=anonymous)
        text = Edit.objects.about(question).get()
        Edit.objects.filter(pk=text.pk).update(state=Edit.State.SUPERSEDED, listed_at=text.created_at)
        forum.actions.block(member=ana, other=mia)
        path = reverse("review:redact", args=[text.pk])
        assert sign_in(mia).get(path).status_code == status
        assert sign_in(mo).get(path).status_code == 200
