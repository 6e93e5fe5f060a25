"""An author changes what they wrote, or takes back what is not published yet."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.differences import Piece, compare
from core.rulings import require
from forum import rules
from forum.actions.publishing import lock, publish, set_text, take_down
from forum.desk import Submission, desk
from forum.models import Answer, Edit, Post, Question


class ChangedMeanwhile(Exception):
    """The post has a newer text than the one that was changed."""


def edit(*, post: Post, editor: User, title: str, body: str, of: int | None = None) -> None:
    """Change the text of a post. A held change leaves what is up; a changed text of a held post waits anew.

    `of` is the id of the Edit that was changed: raises ChangedMeanwhile if that is not the last one any more. Does
    nothing to what was taken down in the meantime.
    """
    verdict = desk().screen(Submission(kind=post.kind, author=editor, title=title, body=body, is_edit=True))
    with transaction.atomic():
        lock(post)
        if post.status in (Post.Status.HIDDEN, Post.Status.REMOVED):
            return
        if of is not None and of != last_text(post).pk:
            raise ChangedMeanwhile
        _replace_waiting(post, title=title, body=body, editor=editor)
        if post.status != Post.Status.PUBLISHED:
            set_text(post, title=title, body=body)
            type(post).objects.filter(pk=post.pk).update(status=Post.Status.PENDING)
            post.status = Post.Status.PENDING
        if verdict.holds or post.status != Post.Status.PUBLISHED:
            desk().opened(post, verdict.findings)
        else:
            publish(post=post)
            desk().changed(post)


@transaction.atomic
def revise(*, post: Post, editor: User, title: str, body: str) -> None:
    """A moderator changes the waiting text before putting it up; the author sees the difference."""
    _replace_waiting(post, title=title, body=body, editor=editor, by_moderator=True)


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
    Edit.objects.about(post).filter(state=Edit.State.HELD).update(state=Edit.State.SUPERSEDED)
    if post.status == Post.Status.PUBLISHED:
        take_down(post, status=Post.Status.REMOVED, removed_by=Post.Remover.AUTHOR)
        return
    post.status, post.removed_by = Post.Status.REMOVED, Post.Remover.AUTHOR
    post.save(update_fields=["status", "removed_by"])


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
    return compare(*("\n\n".join(filter(None, (text.title, text.body))) for text in (before, live)))


def _replace_waiting(post: Post, *, title: str, body: str, editor: User, by_moderator: bool = False) -> None:
    waiting = Edit.objects.about(post).filter(state=Edit.State.HELD)
    waiting.update(state=Edit.State.SUPERSEDED)
    Edit.objects.create(
        **{post.kind: post},
        state=Edit.State.HELD,
        title=title if isinstance(post, Question) else "",
        body=body,
        editor=editor,
        by_moderator=by_moderator,
    )
