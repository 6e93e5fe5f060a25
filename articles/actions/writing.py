"""An editor writes: the working copy is kept, and all of it as a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

import search.index
from accounts.models import User
from articles import documents
from articles.actions.steps import NO_SCHEDULE, lock
from articles.models import Article, ArticleAddress, Citation, Revision, Source, Text
from articles.rendering import html_of

TEXT_COLUMNS = [field.attname for field in Text._meta.local_fields]


@transaction.atomic
def create(*, editor: User, slug: str = "", sources: Sequence[Citation] = (), note: str = "", **fields: Any) -> Article:
    """A draft with its first revision. `fields`: the columns of `Text`; the slug comes from the title if not given."""
    article = Article(slug=slug, **fields)
    save(article=article, editor=editor, sources=sources, note=note)
    return article


@transaction.atomic
def save(*, article: Article, editor: User, sources: Sequence[Citation] | None = None, note: str = "") -> Revision:
    """Keep the working copy as it is on `article`, and all of it as a revision; the last one if nothing changed.

    `sources` replaces the numbered list; None leaves it. Readers see none of this. Raises markdown.TooLong.
    """
    latest = _keep_working_copy(article)
    if sources is not None:
        article.sources.all().delete()
        Source.objects.bulk_create(
            Source(article=article, position=place, **source) for place, source in enumerate(sources, start=1)
        )
    revision = snapshot(article, words_of(article), _citations(article))
    if latest is not None and not changes_between(latest, revision):
        return latest
    keep(revision, author=editor, note=note)
    if article.state in (Article.State.IN_REVIEW, Article.State.SCHEDULED):
        article.state = Article.State.DRAFT
    # Both are about the text as it was.
    standing: dict[str, Any] = {"submitted": None, **NO_SCHEDULE}
    for name, value in standing.items():
        setattr(article, name, value)
    article.save(update_fields=["state", *standing])
    return revision


class AddressTaken(Exception):
    """Another article has this address, or had it."""


@transaction.atomic
def lead_here(*, article: Article, slug: str) -> None:
    """Let an address that `article` had elsewhere lead to it. Raises AddressTaken."""
    if ArticleAddress.objects.get_or_create(slug=slug, defaults={"article": article})[0].article_id != article.pk:
        raise AddressTaken


def changes_between(before: Revision | None, after: Revision) -> list[str]:
    """The names of the columns in which two revisions differ; all of them where there is none before."""
    columns = [*TEXT_COLUMNS, "sources"]
    if before is None:
        return columns
    return [name for name in columns if getattr(before, name) != getattr(after, name)]


def _keep_working_copy(article: Article) -> Revision | None:
    """Write the words of `article` and nothing of where it stands. Its newest revision, None for a new article."""
    article.slug = article.slug or _free_slug(article)
    if article.pk is None:
        article.save()
        article.addresses.create(slug=article.slug)
        return None
    lock(article)
    _move(article)
    article.save(update_fields=[*TEXT_COLUMNS, "slug"])
    return article.latest_revision()


def _move(article: Article) -> None:
    """Let the address that it has until now lead to the one that it gets."""
    before = Article.objects.values_list("slug", flat=True).get(pk=article.pk)
    if article.slug == before:
        return
    if not article.published_at:
        # Nobody was ever led there.
        article.addresses.filter(slug=before).delete()
    article.addresses.get_or_create(slug=article.slug)
    search.index.mark(documents.KIND, article.pk, url=article.get_absolute_url())


def words_of(text: Text) -> dict[str, Any]:
    """What an article, or a revision of one, says: the columns of `Text`."""
    return {name: getattr(text, name) for name in TEXT_COLUMNS}


def snapshot(article: Article, words: Mapping[str, Any], sources: list[Citation]) -> Revision:
    """A revision that says this, not saved yet."""
    text = Revision(article=article, sources=sources, **words)
    for name, value in html_of(text, sources=len(sources)).items():
        setattr(text, name, value)
    return text


def keep(revision: Revision, *, author: User | None, note: str) -> None:
    """Save a new revision as the newest of its article, which is locked."""
    latest = revision.article.latest_revision()
    revision.number = latest.number + 1 if latest else 1
    revision.author = author
    revision.note = note
    revision.save()


def _citations(article: Article) -> list[Citation]:
    return [
        {"title": source.title, "publisher": source.publisher, "url": source.url} for source in article.sources.all()
    ]


def _free_slug(article: Article) -> str:
    """A slug out of the title that no other article has or had."""
    slug = first = slugify(article.title)[:76].strip("-") or "article"
    number = 1
    while ArticleAddress.objects.filter(slug=slug).exclude(article=article.pk).exists():
        number += 1
        slug = f"{first}-{number}"
    return slug
