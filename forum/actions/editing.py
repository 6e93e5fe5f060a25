"""An author changes what they wrote, takes it back, puts it back; earlier texts are taken out for ever."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

import notifications.actions
from accounts.models import User
from core.differences import Piece, compare
from core.rulings import require
from forum import rules
from forum.actions.publishing import lock, publish, put_up_again, set_text, take_down
from forum.desk import Submission, desk, with_more
from forum.models import Answer, Comment, Edit, Post, Question


class ChangedMeanwhile(Exception):
    """The post has a newer text than the one that was changed."""


def edit(
    *,
    post: Post,
    editor: User,
    title: str,
    body: str,
    tags: str | None = None,
    reason: str = "",
    of: int | None = None,
) -> None:
    """Change the text of a post. A held change leaves what is up; a changed text of a held post waits anew.

    `of` is the id of the Edit that was changed: raises ChangedMeanwhile if that is not the last one any more. Does
    nothing to what was taken down in the meantime, and nothing where a text that is up stays as it is. Without `tags`
    those stay that the text had.
    """
    tags = last_text(post).tags if tags is None else tags
    verdict = desk().screen(
        Submission(kind=post.kind, author=editor, title=title, body=with_more(body, tags, reason), is_edit=True)
    )
    with transaction.atomic():
        lock(post)
        if post.status in (Post.Status.HIDDEN, Post.Status.REMOVED):
            return
        if of is not None and of != last_text(post).pk:
            raise ChangedMeanwhile
        if _is_up(post, title=title, body=body, tags=tags):
            return
        sent = _replace_waiting(post, title=title, body=body, tags=tags, reason=reason, editor=editor)
        desk().received(sent)
        if post.status != Post.Status.PUBLISHED:
            set_text(post, title=title, body=body)
            type(post).objects.filter(pk=post.pk).update(status=Post.Status.PENDING)
            post.status = Post.Status.PENDING
        if verdict.holds or post.status != Post.Status.PUBLISHED:
            desk().opened(post, verdict.findings)
        else:
            publish(post=post)
            desk().changed(post)
    post.warning = verdict.warning


@transaction.atomic
def revise(*, post: Post, editor: User, title: str, body: str, tags: str | None = None, reason: str = "") -> None:
    """A moderator changes the waiting text before putting it up; the author sees the difference."""
    tags = last_text(post).tags if tags is None else tags
    _replace_waiting(post, title=title, body=body, tags=tags, reason=reason, editor=editor, by_moderator=True)


@transaction.atomic
def take_back(*, post: Post) -> None:
    """The author takes down what they wrote. The row stays; doing it twice does nothing.

    Raises Refused if somebody has just answered.
    """
    lock(post)
    if post.status not in (*Post.HELD, Post.Status.PUBLISHED):
        return
    require(rules.may_be_taken_down(others_wrote=others_wrote(post)))
    desk().withdrawn(post)
    # The newest text is superseded by none: by that it is known, if the post is put back, that it waited.
    Edit.objects.about(post).filter(state=Edit.State.HELD).update(state=Edit.State.SUPERSEDED)
    if post.status == Post.Status.PUBLISHED:
        take_down(post, status=Post.Status.REMOVED, removed_by=Post.Remover.AUTHOR)
        return
    post.status, post.removed_by, post.removed_at = Post.Status.REMOVED, Post.Remover.AUTHOR, timezone.now()
    post.save(update_fields=["status", "removed_by", "removed_at"])
    notifications.actions.withdraw((post.kind, post.pk))


def put_back(*, post: Post) -> None:
    """The author puts back what they took back: published again where it was, and what waited waits again.

    Doing it twice does nothing. Raises Refused if something else has taken its place.
    """
    author, text = post.author, last_text(post)
    if author is None:
        return
    verdict = desk().screen(
        Submission(
            kind=post.kind,
            author=author,
            title=text.title,
            body=with_more(text.body, text.tags, text.reason),
            is_edit=Edit.objects.about(post).filter(pk__lt=text.pk).exists(),
        )
    )
    with transaction.atomic():
        lock(post)
        if post.put_back_until is None:
            return
        if isinstance(post, Comment) and post.is_outcome:
            require(rules.may_stand_on_top(is_told=post.question.comments.outcomes().exists()))
        was_public = Edit.objects.about(post).filter(state=Edit.State.LIVE).exists()
        waited = text.state == Edit.State.SUPERSEDED
        if waited:
            Edit.objects.filter(pk=text.pk).update(state=Edit.State.HELD)
        held_as = Post.Status.PENDING if waited else Post.Status.RETURNED
        put_up_again(post, status=Post.Status.PUBLISHED if was_public else held_as)
        if waited:
            desk().opened(post, verdict.findings)
        desk().put_back(post)


@transaction.atomic
def redact(*, text: Edit) -> bool:
    """Take the words of an earlier text out for ever; also those it had before its author put them right, and before
    the moderators changed them. False if that was done before."""
    post = text.thing
    lock(post)
    texts = Edit.objects.about(post)
    if not texts.listed().filter(pk=text.pk, state=Edit.State.SUPERSEDED).exists():
        return False
    step = texts.filter(pk__lte=text.pk, state=Edit.State.SUPERSEDED)
    if earlier := texts.listed().filter(pk__lt=text.pk).last():
        step = step.filter(pk__gt=earlier.pk)
    step.update(state=Edit.State.REDACTED, title="", body="", tags="", reason="")
    return True


def last_text(post: Post) -> Edit:
    """What was last written of a post: the text that waits or came back, else the one that is up."""
    newest: Edit = Edit.objects.about(post).latest("id")
    return newest


def others_wrote(post: Post) -> bool:
    """Whether something by somebody else is published below a post and would go with it."""
    below = [post.answers, post.comments] if isinstance(post, Question) else []
    below += [post.comments] if isinstance(post, Answer) else []
    published = (posts.filter(status=Post.Status.PUBLISHED).exclude(author=post.author_id) for posts in below)
    return any(posts.exists() for posts in published)


def change_by_moderators(post: Post) -> list[Piece]:
    """What the moderators changed in the text that is up before they published it, for its author; empty if nothing."""
    texts = Edit.objects.about(post)
    live = texts.filter(state=Edit.State.LIVE, by_moderator=True).first()
    before = texts.filter(pk__lt=live.pk).last() if live else None
    if live is None or before is None or before.state == Edit.State.REDACTED:
        return []
    return compare(before.words, live.words)


def _is_up(post: Post, *, title: str, body: str, tags: str) -> bool:
    """Whether these are the words that are shown now, with nothing waiting to take their place."""
    last = last_text(post)
    if not isinstance(post, Question):
        title = tags = ""
    return last.state == Edit.State.LIVE and (last.title, last.body, last.tags) == (title, body, tags)


def _replace_waiting(
    post: Post, *, title: str, body: str, tags: str, reason: str, editor: User, by_moderator: bool = False
) -> Edit:
    waiting = Edit.objects.about(post).filter(state=Edit.State.HELD)
    waiting.update(state=Edit.State.SUPERSEDED)
    return Edit.objects.create(
        **{post.kind: post},
        state=Edit.State.HELD,
        title=title if isinstance(post, Question) else "",
        body=body,
        tags=tags if isinstance(post, Question) else "",
        reason=reason,
        editor=editor,
        by_moderator=by_moderator,
    )
