"""A held text goes up, goes back to its author, or is taken from view. Called when posting and by the moderators."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

import notifications.actions
from accounts.models import User
from forum import documents
from forum.actions.counting import count_published
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
    if waiting is not None:
        Edit.objects.about(post).filter(state=Edit.State.LIVE).update(state=Edit.State.SUPERSEDED)
        Edit.objects.filter(pk=waiting.pk).update(state=Edit.State.LIVE)
        set_text(post, title=waiting.title, body=waiting.body)
    if not is_new:
        documents.index(post)
        return
    now = timezone.now()
    post.status = Post.Status.PUBLISHED
    post.published_at = post.published_at or now
    post.save(update_fields=["status", "published_at"])
    reveal(post)
    count_published(post, 1)
    Question.objects.filter(pk=post.question_id).update(active_at=now)
    documents.index(post)
    _tell(post)


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


def take_down(post: Post, *, status: str, removed_by: str = Post.Remover.NOBODY) -> None:
    """A public post is not any more: nor is it in lists, counts, the index and inboxes."""
    post.status, post.removed_by = status, removed_by
    post.shown_to_members = post.shown_to_all = False
    post.save(update_fields=["status", "removed_by", "shown_to_members", "shown_to_all"])
    reveal(post)
    count_published(post, -1)
    documents.index(post)
    notifications.actions.withdraw((post.kind, post.pk))


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


def lock(post: Post) -> None:
    """Lock the thread of `post` and the people whose counters it moves, then read where the post stands now.

    Whatever changes a thread begins with this: in one order, so that no two of these wait for each other.
    """
    Question.objects.select_for_update(no_key=True).get(pk=post.question_id)
    people = sorted({member for member in (post.author_id, _listener(post)) if member is not None})
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    fresh = ["status", "published_at", "version", *(["helped_at"] if isinstance(post, Answer) else [])]
    post.refresh_from_db(fields=fresh)


def _listener(post: Post) -> int | None:
    """Whom a new post is of concern to."""
    if isinstance(post, Comment) and post.answer is not None:
        return post.answer.author_id
    return post.question.author_id if isinstance(post, Answer | Comment) else None


def _tell(post: Post) -> None:
    notifications.actions.notify(
        [_listener(post)], kind=post.kind, subject=(post.kind, post.pk), actor_id=post.author_id
    )
