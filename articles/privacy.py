"""What the library holds of a person. What was signed stays signed, and so does the line printed under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from articles.models import (
    Article,
    Correction,
    Presence,
    Reaction,
    ReaderRemark,
    Remark,
    ReviewLink,
    Revision,
    SignOff,
    StandingPublication,
    StandingRevision,
    Step,
)
from uploads.models import Upload


def export(user: User) -> Mapping[str, Any]:
    written = Revision.objects.filter(author=user).order_by("created_at")
    signed = SignOff.objects.filter(reviewer=user).order_by("signed_at")
    taken = Step.objects.filter(editor=user)
    remarks = Remark.objects.filter(reviewer=user)
    links = ReviewLink.objects.filter(made_by=user)
    pages = StandingRevision.objects.filter(author=user)
    given = StandingPublication.objects.filter(editor=user)
    return {
        "revisions": list(written.values("article__slug", "number", "title", "created_at", "note")),
        "sign_offs": list(signed.values("revision__article__slug", "revision__number", "line", "signed_at")),
        "steps": list(taken.values("revision__article__slug", "revision__number", "kind", "taken_at", "note")),
        "remarks": list(remarks.values("revision__article__slug", "revision__number", "passage", "body", "made_at")),
        "review_links": list(links.values("revision__article__slug", "revision__number", "name", "role", "made_at")),
        "said_of_articles": list(Reaction.objects.filter(member=user).values("article__slug", "says", "day")),
        "written_of_articles": list(
            ReaderRemark.objects.filter(member=user).values("article__slug", "text", "written_at")
        ),
        "standing_pages": list(pages.values("page__name", "number", "title", "created_at", "note")),
        "standing_pages_published": list(
            given.values("revision__page__name", "revision__number", "published_at", "why")
        ),
    }


@transaction.atomic
def erase(user: User) -> None:
    """Texts and the pictures in them belong to the library and stay, without saying whose they were. So do the numbers
    of those whom an article helped."""
    Revision.objects.filter(author=user).update(author=None)
    SignOff.objects.filter(revision_author=user).update(revision_author=None)
    Step.objects.filter(editor=user).update(editor=None)
    Correction.objects.filter(editor=user).update(editor=None)
    Article.objects.filter(scheduled_by=user).update(scheduled_by=None)
    ReviewLink.objects.filter(made_by=user).update(made_by=None)
    StandingRevision.objects.filter(author=user).update(author=None)
    StandingPublication.objects.filter(editor=user).update(editor=None)
    Remark.objects.filter(reviewer=user).update(reviewer=None)
    Remark.objects.filter(dealt_with_by=user).update(dealt_with_by=None)
    Presence.objects.filter(editor=user).delete()
    for said in (Reaction, ReaderRemark):
        said.objects.filter(member=user).delete()
    Upload.objects.filter(pk__in=[upload.pk for upload in user.uploads.all() if _is_in_the_library(upload)]).update(
        owner=None
    )


def _is_in_the_library(upload: Upload) -> bool:
    return Revision.objects.filter(Q(hero=upload) | Q(body__contains=upload.path)).exists()
