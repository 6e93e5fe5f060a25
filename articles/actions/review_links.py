"""An editor asks one person without an account to read one revision; what reviewers remark on it is dealt with."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.models import Remark, ReviewLink, Revision
from articles.models.review_links import digest, new_token


@transaction.atomic
def make_review_link(
    *, revision: Revision, editor: User, name: str, role: str, email: str = ""
) -> tuple[ReviewLink, str]:
    """The link and its token, which is told only now."""
    token = new_token()
    link = ReviewLink.objects.create(
        revision=revision, made_by=editor, name=name, role=role, email=email.lower(), token_digest=digest(token)
    )
    return link, token


def revoke_review_link(*, link: ReviewLink) -> None:
    """From now on it opens nothing. Doing it twice does nothing."""
    ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


@transaction.atomic
def remark(
    *, revision: Revision, body: str, passage: str = "", link: ReviewLink | None = None, reviewer: User | None = None
) -> Remark:
    """A reviewer says something about a paragraph, or without `passage` about the whole text."""
    return Remark.objects.create(revision=revision, body=body, passage=passage, link=link, reviewer=reviewer)


def deal_with(*, remark: Remark, editor: User) -> None:
    """An editor has dealt with what a reviewer said. Doing it twice does nothing."""
    Remark.objects.filter(pk=remark.pk, dealt_with_at=None).update(dealt_with_at=timezone.now(), dealt_with_by=editor)
