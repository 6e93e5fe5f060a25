"""A held text goes up, goes back to its author, or is taken from view. Called when posting and by the moderators."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

import notifications.actions
from accounts.models import User
from forum import documents, rules, subjects, tags
from forum.actions.counting import count_published
from forum.actions.history import put_up
from forum.actions.tagging import copy_to_tags, tag
from forum.actions.telling import tell_later, tell_nobody
from forum.actions.visibility import reveal
from forum.models import Answer, Comment, Edit, Post, Question
from forum.slugs import slug_of


@transaction.atomic
def publish(*, post: Post) -> None:
    """Put the waiting text of `post` up: the first time, or in place of the text that is there.

    What its author has taken back stays where it is. Doing it twice does nothing.
    """
    lock(post)
    if post.status == Post.Status.REMOVED:
        return
    is_new = post.status != Post.Status.PUBLISHED
    waiting = Edit.objects.about(post).filter(state=Edit.State.HELD).first()
    before = "" if is_new else post.body
    if waiting is not None:
        put_up(post, waiting)
        set_text(post, title=waiting.title, body=waiting.body)
    if not is_new:
        _tag(post, waiting)
        documents.index(post)
        _tell_mentioned(post, before)
        return
    now = timezone.now()
    if isinstance(post, Question) and post.published_at is None:
        # Not the time that it waited, but the time that it was there to be answered.
        wished = Question.objects.filter(pk=post.pk, ask_later_at__isnull=False)
        wished.update(ask_later_at=now + rules.ASKED_AFTER)
    post.status = Post.Status.PUBLISHED
    post.published_at = post.published_at or now
    post.save(update_fields=["status", "published_at"])
    reveal(post)
    count_published(post, 1)
    Question.objects.filter(pk=post.question_id).update(active_at=now)
    copy_to_tags(post.question_id)
    _tag(post, waiting)
    documents.index(post)
    _tell(post)
    _tell_mentioned(post, before)
    tell_later(post)


@transaction.atomic
def send_back(*, post: Post) -> None:
    """The waiting text goes back to its author, who may change it; a text that is already up stays."""
    lock(post)
    Edit.objects.about(post).filter(state=Edit.State.HELD).update(state=Edit.State.RETURNED)
    if post.status == Post.Status.PENDING:
        post.status = Post.Status.RETURNED
        post.save(update_fields=["status"])


@transaction.atomic
def hide(*, post: Post) -> None:
    """Take a published post from everybody's view. Doing it twice does nothing."""
    lock(post)
    if post.status != Post.Status.PUBLISHED:
        return
    take_down(post, status=Post.Status.HIDDEN)


@transaction.atomic
def restore(*, post: Post) -> None:
    """What moderators had hidden, or sent back, is up after all, as it was. What was taken back since stays away."""
    lock(post)
    if post.status == Post.Status.HIDDEN:
        put_up_again(post, status=Post.Status.PUBLISHED)
    elif post.status in (Post.Status.RETURNED, Post.Status.PUBLISHED):
        last = Edit.objects.about(post).order_by("-pk").first()
        if last is not None and last.state == Edit.State.RETURNED:
            Edit.objects.filter(pk=last.pk).update(state=Edit.State.HELD)
            publish(post=post)


def take_down(post: Post, *, status: str, removed_by: str = Post.Remover.NOBODY) -> None:
    """A public post is not any more: nor is it in lists, counts, the index and inboxes."""
    post.status, post.removed_by = status, removed_by
    post.removed_at = timezone.now() if removed_by else None
    post.shown_to_members = post.shown_to_all = False
    post.save(update_fields=["status", "removed_by", "removed_at", "shown_to_members", "shown_to_all"])
    reveal(post)
    count_published(post, -1)
    copy_to_tags(post.question_id)
    documents.index(post)
    tell_nobody(post)
    _withdraw(post)


def _withdraw(post: Post) -> None:
    """What stands below a post goes out of sight with it, except what whoever wrote it may still open."""
    below: list[Answer | Comment] = []
    if isinstance(post, Question):
        below = [*post.answers.only("author_id"), *post.comments.only("author_id")]
    elif isinstance(post, Answer):
        below = [*post.comments.only("author_id")]
    # The page of a hidden question opens to who asked it, that of a removed one to nobody.
    asker_id = post.author_id if post.status == Post.Status.HIDDEN else None
    keeps = {
        ((one.kind, one.pk), one.author_id)
        for one in below
        if one.author_id is not None and (isinstance(post, Answer) or one.author_id == asker_id)
    }
    outcome = [(subjects.OUTCOME, post.pk)] if isinstance(post, Question) else []
    notifications.actions.withdraw(*((one.kind, one.pk) for one in (post, *below)), *outcome, but=keeps)


def put_up_again(post: Post, *, status: str) -> None:
    """What was taken down stands where it stood: nobody is told anew, and it is no newer than it was."""
    post.status, post.removed_by, post.removed_at = status, Post.Remover.NOBODY, None
    post.save(update_fields=["status", "removed_by", "removed_at"])
    if post.status != Post.Status.PUBLISHED:
        return
    reveal(post)
    count_published(post, 1)
    copy_to_tags(post.question_id)
    documents.index(post)


def set_text(post: Post, *, title: str, body: str) -> None:
    """Store what a post says and how it is shown. The first publication is no edit."""
    post.body = body
    post.render()
    post.version = F("version") + 1
    changed = ["body", "body_html", "rendered_with", "version"]
    if isinstance(post, Question):
        post.title, post.slug = title, slug_of(title)
        changed += ["title", "slug"]
    if post.status == Post.Status.PUBLISHED:
        post.edited_at = timezone.now()
        changed.append("edited_at")
    post.save(update_fields=changed)
    post.refresh_from_db(fields=["version"])


def _tag(post: Post, text: Edit | None) -> None:
    """The tags that came with the text of a question; not before it is published are they anywhere."""
    if isinstance(post, Question) and text is not None:
        tag(post.pk, tags.split(text.tags))


def lock(post: Post) -> None:
    """Lock the thread of `post` and the people whose counters it moves, then read where the post stands now.

    Whatever changes a thread begins with this: in one order, so that no two of these wait for each other.
    """
    thread_id = post.question_id
    Question.objects.select_for_update(no_key=True).get(pk=thread_id)
    _read_again(post)
    if post.question_id != thread_id:
        # Joined with another meanwhile.
        lock(post)
        return
    people = sorted({member for member in (post.author_id, _listener(post)) if member is not None})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))


def hold(question_id: int) -> Question:
    """The question, its thread locked; where it was joined with another meanwhile, that one."""
    question: Question = Question.objects.select_for_update(no_key=True).get(pk=question_id)
    return question if question.merged_into_id is None else hold(question.merged_into_id)


def _read_again(post: Post) -> None:
    """What others may have changed since `post` was fetched, and counters go by. What was fetched with it stays."""
    fresh = ["author_id", "alias", "status", "removed_by", "removed_at", "published_at", "version"]
    fresh += ["question_id"] if isinstance(post, Answer | Comment) else []
    fresh += ["helped_at", "collapsed_at"] if isinstance(post, Answer) else []
    for name, value in type(post)._default_manager.values(*fresh).get(pk=post.pk).items():
        setattr(post, name, value)


def _listener(post: Post) -> int | None:
    """Whom a new post is of concern to."""
    if isinstance(post, Comment) and post.answer is not None:
        return post.answer.author_id
    return post.question.author_id if isinstance(post, Answer | Comment) else None


def _tell(post: Post) -> None:
    notifications.actions.notify(
        [_listener(post)],
        kind=post.kind,
        subject=(post.kind, post.pk),
        actor_id=post.author_id,
        is_nameless=post.alias is not None,
    )


def _tell_mentioned(post: Post, before: str) -> None:
    """Tell those whom the text names and `before` did not, if they may read it and hear of it in no other way."""
    if not post.shown_to_members:
        return
    named = {user.pk for user in post.mentioned(post.body).values()} - {_listener(post)}
    named -= {user.pk for user in post.mentioned(before).values()}
    notifications.actions.notify(
        named,
        kind="mention",
        subject=(post.kind, post.pk),
        actor_id=post.author_id,
        is_nameless=post.alias is not None,
    )
