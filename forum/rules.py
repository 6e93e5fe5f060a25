"""Who may do what in the forum. Pure functions: no queries, the same for views and templates."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.rulings import ALLOWED, Ruling, refused
from forum.models import Answer, Comment, Post, Question

Person = User | AnonymousUser

# Filled-in forms that one network address may park in an hour.
PARKED_AN_HOUR = 30
POSTS_A_DAY = {User.Trust.NEW: 10, User.Trust.BASIC: 30, User.Trust.TRUSTED: 100}


def may_post(user: Person) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in first; what you wrote is kept."))
    if user.is_silenced():
        return refused(_("You cannot post at the moment. The reason and the date it ends are in your notifications."))
    return ALLOWED


def may_answer(user: Person, question: Question) -> Ruling:
    if question.status != Post.Status.PUBLISHED:
        return refused(_("This question is not published, so it cannot be answered."))
    return may_post(user)


def may_comment(user: Person, post: Question | Answer) -> Ruling:
    if post.status != Post.Status.PUBLISHED:
        return refused(_("This post is not published, so it cannot be commented on."))
    return may_answer(user, post.question)


def may_answer_as_clinician(user: Person) -> Ruling:
    if not (user.is_authenticated and user.is_clinician):
        return refused(_("Only verified clinicians answer as clinicians."))
    return ALLOWED


def may_edit(user: Person, post: Post) -> Ruling:
    if not user.is_authenticated or post.author_id != user.pk:
        return refused(_("Only its author can change this."))
    if post.status in (Post.Status.HIDDEN, Post.Status.REMOVED):
        return refused(_("This was taken down, so it cannot be changed."))
    return may_post(user)


def may_take_back(user: Person, post: Post, *, others_wrote: bool) -> Ruling:
    """`others_wrote`: whether something by somebody else is published below it."""
    if not user.is_authenticated or post.author_id != user.pk:
        return refused(_("Only its author can take this back."))
    if not (post.is_held or post.status == Post.Status.PUBLISHED):
        return refused(_("This was taken down before."))
    return may_be_taken_down(others_wrote=others_wrote)


def may_be_taken_down(*, others_wrote: bool) -> Ruling:
    if others_wrote:
        return refused(_("Others have written below it, and their work stays. Please ask us if it must go."))
    return ALLOWED


def may_mark_same(user: Person, question: Question) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to say that you have this too."))
    if question.author_id == user.pk:
        return refused(_("This is your own question."))
    return _shown(question)


def may_mark_helpful(user: Person, answer: Answer) -> Ruling:
    if not user.is_authenticated:
        return refused(_("Please sign in to say that this helped you."))
    if answer.author_id == user.pk:
        return refused(_("This is your own answer."))
    return _markable(answer)


def may_mark_helped(user: Person, answer: Answer) -> Ruling:
    if not user.is_authenticated or answer.question.author_id != user.pk:
        return refused(_("Only the person who asked can say what helped them."))
    if answer.author_id == user.pk:
        return refused(_("This is your own answer."))
    return _markable(answer)


def _markable(answer: Answer) -> Ruling:
    if not answer.counts:
        return refused(_("Kind words are not counted."))
    return _shown(answer)


def _shown(post: Question | Answer | Comment) -> Ruling:
    if not post.shown_to_members:
        return refused(_("This is not published."))
    return ALLOWED
