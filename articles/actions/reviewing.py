"""A text is handed to the reviewers, and one of them says yes to it."""

from __future__ import annotations

from django.db import transaction

from accounts.models import Credential, User
from articles import rules
from articles.actions.steps import NotReady, current_text, record
from articles.models import Article, Revision, SignOff, Step
from core.rulings import require


@transaction.atomic
def submit_for_review(*, article: Article, editor: User) -> Revision:
    """Ask for a reviewer's eyes on the current text. Raises NotReady if nobody could sign it as it stands."""
    revision = current_text(article)
    if missing := rules.missing_in_text(revision):
        raise NotReady(missing)
    if article.state == Article.State.DRAFT:
        article.state = Article.State.IN_REVIEW
    article.submitted = revision
    article.save(update_fields=["state", "submitted"])
    record(Step.Kind.SUBMITTED, revision, editor)
    return revision


@transaction.atomic
def sign_off(*, revision: Revision, reviewer: User) -> SignOff:
    """The reviewer's yes to this text, once and for ever. Raises Refused if it is not theirs to give."""
    latest = current_text(revision.article)
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
