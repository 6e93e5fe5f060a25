"""A text is given to readers, and taken from them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

import search.index
from accounts.models import User
from articles import documents, links, publishing, rules
from articles.actions.steps import NotReady, current_text, record
from articles.actions.writing import changes_between
from articles.models import Article, SignOff, Step


@transaction.atomic
def publish(*, article: Article, editor: User, next_review_on: date | None, together: Collection[str] = ()) -> None:
    """Give readers the current text. Raises NotReady with all that is missing. Doing it twice does nothing more.

    `together`: slugs of articles that are published with it, to which it may link.
    """
    revision = current_text(article)
    signed = SignOff.objects.filter(revision=revision).first()
    checked_on = timezone.localdate(signed.signed_at if signed else None)
    missing = rules.missing_for_publication(revision, signed, checked_on=checked_on, next_review_on=next_review_on)
    if missing := [*missing, *links.broken(revision, together=together)]:
        raise NotReady(missing)
    changes = changes_between(article.live, revision)
    Article.objects.filter(pk=article.pk).update(
        state=Article.State.PUBLISHED,
        live=revision,
        live_sign_off=signed,
        submitted=None,
        published_at=Coalesce("published_at", timezone.now()),
        checked_on=checked_on,
        next_review_on=next_review_on,
        successor=None,
    )
    article.refresh_from_db()
    record(Step.Kind.PUBLISHED, revision, editor)
    search.index.put(documents.document(article))
    publishing.announce(article, changes)


@transaction.atomic
def archive(*, article: Article, editor: User, successor: Article | None = None) -> None:
    """Take an article from readers. Its texts stay, and it can be published again. Doing it twice does nothing.

    Who comes for it is led to `successor`, also when it is named later.
    """
    revision = current_text(article)
    if successor:
        Article.objects.filter(pk=article.pk).update(successor=successor)
    if article.state == Article.State.ARCHIVED:
        return
    article.state = Article.State.ARCHIVED
    article.submitted = None
    article.save(update_fields=["state", "submitted"])
    record(Step.Kind.ARCHIVED, revision, editor)
    search.index.remove("article", article.pk)
