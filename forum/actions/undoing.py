"""A moderator takes back a decision about a text: the post is again what it was before. Called by the desk."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from core.rulings import Refused
from forum import documents, tags
from forum.actions.publishing import lock, put_up_again, set_text, take_down
from forum.actions.tagging import tag
from forum.models import Edit, Post, Question


@transaction.atomic
def unpublish(*, post: Post, published_after: datetime) -> None:
    """The text that was put up since then waits again, as its author wrote it, and what was up before is up again.

    Raises Refused where the two cannot be told apart any more.
    """
    lock(post)
    texts = Edit.objects.about(post)
    live = texts.filter(state=Edit.State.LIVE).get()
    is_first = post.published_at is not None and post.published_at >= published_after
    before = None
    if not is_first:
        before = texts.listed().filter(pk__lt=live.pk, state=Edit.State.SUPERSEDED).last()
        if before is None or live.listed_at is None or live.listed_at < published_after:
            raise Refused(_("It took the place of a text that is not kept apart from it. Ask its author for a change."))
    own: Edit = texts.filter(pk__lt=live.pk, by_moderator=False).latest("id") if live.by_moderator else live
    texts.filter(pk=live.pk).update(state=Edit.State.SUPERSEDED, listed_at=None)
    if before is not None:
        texts.filter(pk=before.pk).update(state=Edit.State.LIVE)
    texts.filter(pk=own.pk).update(state=Edit.State.HELD, listed_at=None)
    if before is not None:
        set_text(post, title=before.title, body=before.body)
        if isinstance(post, Question):
            tag(post.pk, tags.split(before.tags))
        documents.index(post)
        return
    take_down(post, status=Post.Status.PENDING)
    # It is published anew when it is approved again, and nobody waited for it meanwhile.
    type(post)._default_manager.filter(pk=post.pk).update(published_at=None)
    post.published_at = None
    set_text(post, title=own.title, body=own.body)


@transaction.atomic
def wait_again(*, post: Post) -> None:
    """The text that went back to its author waits for a moderator again."""
    lock(post)
    last = Edit.objects.about(post).filter(state=Edit.State.RETURNED).latest("id")
    Edit.objects.filter(pk=last.pk).update(state=Edit.State.HELD)
    if post.status == Post.Status.RETURNED:
        post.status = Post.Status.PENDING
        post.save(update_fields=["status"])


@transaction.atomic
def show_again(*, post: Post, with_change: bool) -> None:
    """A hidden post is up again; `with_change`, so does what was to take the place of its text wait again."""
    lock(post)
    if post.status == Post.Status.HIDDEN:
        put_up_again(post, status=Post.Status.PUBLISHED)
    if with_change:
        wait_again(post=post)
