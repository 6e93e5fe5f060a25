"""What happens when an editor or a reviewer does something with an article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import slugify

import search.index
from accounts.models import Credential, User
from articles import documents, publishing, rules
from articles.models import Article, Citation, Revision, SignOff, Source, Step, Text, Topic
from articles.rendering import html_of
from core.rulings import require

TEXT_COLUMNS = [field.attname for field in Text._meta.local_fields]


class NotReady(Exception):
    """An article cannot go on yet; `missing` holds a sentence for each thing that it lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(*missing)
        self.missing = missing


# Writing


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
    revision = _snapshot(article)
    if latest is not None and not changes_between(latest, revision):
        return latest
    revision.number = latest.number + 1 if latest else 1
    revision.author = editor
    revision.note = note
    revision.save()
    if article.state == Article.State.IN_REVIEW:
        article.state = Article.State.DRAFT
    article.submitted = None
    article.save(update_fields=["state", "submitted"])
    return revision


def changes_between(before: Revision | None, after: Revision) -> list[str]:
    """The names of the columns in which two revisions differ; all of them where there is none before."""
    columns = [*TEXT_COLUMNS, "sources"]
    if before is None:
        return columns
    return [name for name in columns if getattr(before, name) != getattr(after, name)]


# Review


@transaction.atomic
def submit_for_review(*, article: Article, editor: User) -> Revision:
    """Ask for a reviewer's eyes on the current text. Raises NotReady if nobody could sign it as it stands."""
    revision = _latest(article)
    if missing := rules.missing_in_text(revision):
        raise NotReady(missing)
    if article.state == Article.State.DRAFT:
        article.state = Article.State.IN_REVIEW
    article.submitted = revision
    article.save(update_fields=["state", "submitted"])
    _record(Step.Kind.SUBMITTED, revision, editor)
    return revision


@transaction.atomic
def sign_off(*, revision: Revision, reviewer: User) -> SignOff:
    """The reviewer's yes to this text, once and for ever. Raises Refused if it is not theirs to give."""
    latest = _latest(revision.article)
    credential = credential_of(reviewer)
    require(
        rules.may_sign_off(
            reviewer, revision, latest=latest.number, credential=credential, author_ids=author_ids_since_live(revision)
        )
    )
    assert credential is not None
    return SignOff.objects.get_or_create(
        revision=revision,
        defaults={
            "reviewer": reviewer,
            "revision_author": revision.author,
            "line": line_of(reviewer, credential),
        },
    )[0]


def credential_of(reviewer: User) -> Credential | None:
    return Credential.objects.current().filter(user=reviewer).order_by("-expires_at").first()


def line_of(reviewer: User, credential: Credential) -> str:
    """What readers are told of who reviewed a text."""
    return f"{reviewer.name}, {credential.line}"


def author_ids_since_live(revision: Revision) -> set[int]:
    """Who wrote what readers do not have yet, up to `revision`."""
    live = revision.article.live
    written = Revision.objects.filter(article=revision.article_id, number__lte=revision.number)
    authors = written.filter(number__gt=live.number if live else 0).values_list("author_id", flat=True)
    return {author_id for author_id in authors if author_id is not None}


# Readers


@transaction.atomic
def publish(*, article: Article, editor: User, next_review_on: date | None) -> None:
    """Give readers the current text. Raises NotReady with all that is missing. Doing it twice does nothing more."""
    revision = _latest(article)
    signed = SignOff.objects.filter(revision=revision).first()
    checked_on = timezone.localdate(signed.signed_at if signed else None)
    if missing := rules.missing_for_publication(revision, signed, checked_on=checked_on, next_review_on=next_review_on):
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
    )
    article.refresh_from_db()
    _record(Step.Kind.PUBLISHED, revision, editor)
    search.index.put(documents.document(article))
    publishing.announce(article, changes)


@transaction.atomic
def archive(*, article: Article, editor: User) -> None:
    """Take an article from readers. Its texts stay, and it can be published again. Doing it twice does nothing."""
    revision = _latest(article)
    if article.state == Article.State.ARCHIVED:
        return
    article.state = Article.State.ARCHIVED
    article.submitted = None
    article.save(update_fields=["state", "submitted"])
    _record(Step.Kind.ARCHIVED, revision, editor)
    search.index.remove("article", article.pk)


# Topics


@transaction.atomic
def save_topic(*, topic: Topic) -> None:
    topic.save()
    search.index.rename_topic(topic.slug, topic.name)


# Parts


def _keep_working_copy(article: Article) -> Revision | None:
    """Write the words of `article` and nothing of where it stands. Its newest revision, None for a new article."""
    article.slug = article.slug or _free_slug(article)
    if article.pk is None:
        article.save()
        return None
    _lock(article)
    if article.published_at:
        # Readers and search engines know the address.
        article.refresh_from_db(fields=["slug"])
    article.save(update_fields=[*TEXT_COLUMNS, "slug"])
    return article.latest_revision()


def _snapshot(article: Article) -> Revision:
    """A revision of all that the working copy says, not saved yet."""
    sources: list[Citation] = [
        {"title": source.title, "publisher": source.publisher, "url": source.url} for source in article.sources.all()
    ]
    words = {name: getattr(article, name) for name in TEXT_COLUMNS}
    return Revision(article=article, sources=sources, **words, **html_of(article, sources=len(sources)))


def _latest(article: Article) -> Revision:
    """The current text of `article`, which nobody else changes until the end of the transaction."""
    _lock(article)
    return article.revisions.select_related("author").latest("number")


def _lock(article: Article) -> None:
    """Learn where `article` stands, and keep others from moving it; the words on it stay as they are."""
    article.refresh_from_db(
        fields=["state", "live", "submitted", "published_at"], from_queryset=Article.objects.select_for_update()
    )


def _record(kind: Step.Kind, revision: Revision, editor: User) -> None:
    Step.objects.create(kind=kind, revision=revision, editor=editor)


def _free_slug(article: Article) -> str:
    """A slug out of the title that no other article has."""
    slug = first = slugify(article.title)[:76].strip("-") or "article"
    number = 1
    while Article.objects.filter(slug=slug).exclude(pk=article.pk).exists():
        number += 1
        slug = f"{first}-{number}"
    return slug
