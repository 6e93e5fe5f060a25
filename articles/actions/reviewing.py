"""A text is handed to the reviewers, and one of them says yes to it, or that it still holds."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import Credential, User
from articles import rules
from articles.actions.publishing import give
from articles.actions.steps import NO_SCHEDULE, NotReady, current_text, lock, record
from articles.models import Article, Correction, ReviewLink, Revision, SignOff, Step
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
    article = revision.article
    lock(article)
    credential = credential_of(reviewer)
    require(
        rules.may_sign_off(
            reviewer,
            is_current=is_to_be_signed(revision),
            credential=credential,
            author_ids=author_ids_since_sign_off(revision),
        )
    )
    assert credential is not None
    signed, is_new = SignOff.objects.get_or_create(
        revision=revision,
        defaults={
            "reviewer": reviewer,
            "revision_author": revision.author,
            "line": line_of(reviewer, credential),
        },
    )
    if is_new:
        _settle(article, signed)
    return signed


@transaction.atomic
def sign_off_by_link(
    *, link: ReviewLink, name: str, role: str, registration: str, visitor: User | None = None
) -> SignOff:
    """The yes of the person whom a link was made for. `visitor`: who is signed in meanwhile. Raises Refused."""
    revision = link.revision
    article = revision.article
    lock(article)
    link.refresh_from_db(fields=["revoked_at", "expires_at"])
    require(
        rules.may_sign_by_link(
            link,
            is_current=is_to_be_signed(revision),
            names=(name, link.name),
            visitor=visitor,
            authors=User.objects.filter(pk__in=author_ids_since_sign_off(revision)),
        )
    )
    signed, is_new = SignOff.objects.get_or_create(
        revision=revision,
        defaults={
            "link": link,
            "registration": registration,
            "revision_author": revision.author,
            "line": rules.line_by_link(name, role, registration),
        },
    )
    if is_new:
        _settle(article, signed)
    return signed


@transaction.atomic
def find_still_right(*, article: Article, reviewer: User, next_review_on: date) -> None:
    """A reviewer has read what readers have, and it holds: its dates move on. Raises Refused."""
    lock(article)
    credential = credential_of(reviewer)
    require(
        rules.may_find_still_right(reviewer, article, credential=credential, author_ids=author_ids_of_live(article))
    )
    assert credential is not None and article.live is not None
    article.checked_on = timezone.localdate()
    article.checked_by = line_of(reviewer, credential)
    article.next_review_on = next_review_on
    article.warned_days = None
    article.save(update_fields=["checked_on", "checked_by", "next_review_on", "warned_days"])
    record(Step.Kind.CHECKED, article.live, reviewer, article.checked_by)


def credential_of(reviewer: User) -> Credential | None:
    return Credential.objects.current().filter(user=reviewer).order_by("-expires_at").first()


def line_of(reviewer: User, credential: Credential) -> str:
    """What readers are told of who reviewed a text."""
    return f"{reviewer.name}, {credential.line}"


def is_to_be_signed(revision: Revision) -> bool:
    """Whether this is the current text, or an urgent correction that readers have and nobody has signed."""
    article = revision.article
    if article.is_published and article.withdrawn_on and article.live_id == revision.pk:
        return True
    return not article.revisions.filter(number__gt=revision.number).exists()


def author_ids_since_sign_off(revision: Revision) -> set[int]:
    """Who wrote what no reviewer has signed yet, up to `revision`."""
    signed = SignOff.objects.filter(revision__article=revision.article_id, revision__number__lt=revision.number)
    # Beside an urgent correction goes on what others had not finished: its signature says nothing about theirs.
    signed = signed.exclude(revision__correction__kind=Correction.Kind.URGENT)
    since = signed.order_by("-revision__number").values_list("revision__number", flat=True).first() or 0
    written = Revision.objects.filter(article=revision.article_id, number__gt=since, number__lte=revision.number)
    return {author_id for author_id in written.values_list("author_id", flat=True) if author_id is not None}


def author_ids_of_live(article: Article) -> set[int]:
    """Who wrote what readers have, as far as the sign-off before."""
    if article.live is None or article.live_sign_off is None:
        return set()
    return author_ids_since_sign_off(article.live) | author_ids_since_sign_off(article.live_sign_off.revision)


def read_before(revision: Revision) -> Revision | None:
    """The text that a reviewer compares `revision` with: the last signed one, or the urgent correction since then."""
    earlier = Revision.objects.to_read().filter(article=revision.article_id, number__lt=revision.number)
    live_id = revision.article.live_id
    urgent = earlier.filter(pk=live_id).first() if live_id and revision.article.withdrawn_on else None
    return urgent or earlier.filter(sign_off__isnull=False).order_by("-number").first()


def _settle(article: Article, signed: SignOff) -> None:
    """Where readers have this very text as a correction, nothing else is to be done with it."""
    if article.live_id != signed.revision_id or not article.is_published:
        return
    today = timezone.localdate(signed.signed_at)
    # What else is on its way to readers goes on.
    others = {name: getattr(article, name) for name in NO_SCHEDULE}
    if article.submitted_id != signed.revision_id:
        others["submitted"] = article.submitted
    give(
        article,
        signed.revision,
        sign_off=signed,
        checked_on=today,
        checked_by=signed.line,
        next_review_on=rules.next_check_after(today, signed.revision),
        changes=(),
        **others,
    )
    record(Step.Kind.CHECKED, signed.revision, signed.reviewer, signed.line)
