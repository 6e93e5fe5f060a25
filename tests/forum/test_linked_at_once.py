"""Questions are linked while the article is published, and several workers tell of it: everybody hears of it once."""

from datetime import date

import pytest

import articles.actions
from forum import actions
from forum.models import Prompt, Telling
from forum.sweeps import tell_followers
from notifications.models import Notification
from tests.factories import make_draft, make_question, make_user
from tests.forum.test_marks_at_once import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_whoever_asked_is_told_once_whenever_the_question_is_linked(ed, rae):
    questions = [make_question(make_user(), f"Is this twitching something, number {n}?") for n in range(8)]
    follower = make_user()
    article = make_draft(ed, "What twitching muscles mean", topic=questions[0].topic)
    for question in questions:
        actions.follow(thing=question, member=follower)
    actions.link_question(article=article, question=questions[0])
    articles.actions.sign_off(revision=article.latest_revision(), reviewer=rae)
    link = [lambda one=one: actions.link_question(article=article, question=one) for one in questions * 2]
    publish = {"article": article, "editor": ed, "next_review_on": date(2099, 1, 1)}
    at_once([lambda: articles.actions.publish(**publish), *link, tell_followers, tell_followers])
    at_once([tell_followers] * 4)
    while tell_followers():
        pass
    assert not Prompt.objects.filter(announced_at=None).exists() and not Telling.objects.exists()
    for question in questions:
        assert Notification.objects.filter(recipient=question.author, kind="written").count() == 1
    assert Notification.objects.filter(recipient=follower, kind="followed", subject_kind="prompt").count() == 8
