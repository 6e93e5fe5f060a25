"""Makers of what tests are about. They go through the actions, so that nothing exists that the site could not make."""

import itertools
import uuid
from datetime import timedelta
from typing import Any

from django.utils import timezone

import articles.actions
import forum.actions
import moderation.actions
import search.sweeps
from accounts.actions import register
from accounts.models import Credential, User
from articles.models import Article, Topic
from forum.models import Answer, Comment, Question
from moderation.models import ReviewItem

PASSWORD = "a-long-enough-password"
_numbers = itertools.count(1)


def make_user(name: str = "", **fields: Any) -> User:
    name = name or f"person{next(_numbers)}"
    # The trust of most members, so that what they post is not held; `trust="new"` says otherwise.
    fields = {"handle": name, "trust": User.Trust.BASIC} | fields
    return register(email=f"{name}@example.org", password=PASSWORD, **fields)


def make_credential(user: User, line: str = "neurology, United Kingdom", **fields: Any) -> Credential:
    User.objects.filter(pk=user.pk).update(is_clinician=True)
    user.is_clinician = True
    fields = {"country": "GB", "expires_at": timezone.now() + timedelta(days=365)} | fields
    return Credential.objects.create(user=user, line=line, **fields)


def make_topic(name: str = "", **fields: Any) -> Topic:
    name = name or f"Topic {next(_numbers)}"
    slug = name.lower().replace(" ", "-")
    topic = Topic.objects.filter(slug=slug).first()
    if topic is None:
        topic = Topic(slug=slug, name=name, **fields)
        articles.actions.save_topic(topic=topic)
    return topic


def make_question(author: User, title: str = "", body: str = "", **fields: Any) -> Question:
    """A question as its author posts it: published, or held when the author is new."""
    number = next(_numbers)
    fields.setdefault("topic", make_topic("Muscles and nerves"))
    return forum.actions.ask(
        author=author,
        title=title or f"Does anyone else have twitching number {number}?",
        body=body or f"It began {number} days ago, mostly when I lie down. It does not hurt.",
        submission_key=uuid.uuid4(),
        **fields,
    )


def make_answer(author: User, question: Question, body: str = "", **fields: Any) -> Answer:
    fields.setdefault("basis", Answer.Basis.OWN)
    return forum.actions.answer(
        author=author,
        question=question,
        body=body or "Mine went away after a week of sleeping more.",
        submission_key=uuid.uuid4(),
        **fields,
    )


def make_comment(author: User, post: Question | Answer, body: str = "How long did it last?", **fields: Any) -> Comment:
    return forum.actions.comment(author=author, post=post, body=body, submission_key=uuid.uuid4(), **fields)


def item_of(post: Question | Answer | Comment) -> ReviewItem:
    return ReviewItem.objects.about(post).open().get()


def approve(post: Any, moderator: User) -> None:
    item = item_of(post)
    moderation.actions.approve(item=item, version=item.version, moderator=moderator)
    post.refresh_from_db()


def find_neighbours() -> None:
    """What the worker finds to stand beside each page, as it is now."""
    while search.sweeps.find_neighbours():
        pass


def make_article(
    editor: User, reviewer: User, title: str = "Why do my stomach muscles twitch?", **fields: Any
) -> Article:
    """A published article, signed off by `reviewer`."""
    article = make_draft(editor, title, **fields)
    revision = articles.actions.submit_for_review(article=article, editor=editor)
    articles.actions.sign_off(revision=revision, reviewer=reviewer)
    articles.actions.publish(article=article, editor=editor, next_review_on=timezone.localdate() + timedelta(days=365))
    article.refresh_from_db()
    return article


def make_draft(editor: User, title: str = "Why do my stomach muscles twitch?", **fields: Any) -> Article:
    fields = {
        "slug": title.lower().replace(" ", "-").replace("?", ""),
        "topic": make_topic("Muscles and nerves"),
        "standfirst": "A flutter under the skin is nearly always harmless.",
        "key_points": "Doctors call these twitches fasciculations.\nTiredness is a usual cause.",
        "body": "## What is happening\n\nA small bundle of muscle fibres fires without being asked to.[^1]",
        "help_emergency": "you have trouble breathing or swallowing.",
        "help_soon": "the twitching spreads and comes with weakness.",
        "help_visit": "none",
        "lay_words": "twitch\nflutter",
        "sources": [{"title": "Muscle twitches", "publisher": "A public health body", "url": "https://www.nih.gov/x"}],
    } | fields
    return articles.actions.create(editor=editor, title=title, **fields)
