"""An editor writes a standing page and gives readers a text of it."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from articles import links, standing
from articles.actions.steps import NotReady
from articles.models import StandingPage, StandingPublication, StandingRevision
from articles.standing import Words


@transaction.atomic
def save_standing_page(*, page: StandingPage, editor: User, words: Words, note: str = "") -> StandingRevision:
    """Keep a text of a page; the last one if it says the same. Readers see none of this."""
    StandingPage.objects.select_for_update().get(pk=page.pk)
    latest = page.latest()
    if latest is not None and standing.out_of(latest) == words:
        return latest
    number = latest.number + 1 if latest else 1
    return StandingRevision.objects.create(page=page, number=number, author=editor, note=note, **asdict(words))


@transaction.atomic
def publish_standing_page(*, revision: StandingRevision, editor: User, why: str) -> None:
    """Give readers this text. Raises NotReady with all that is missing. Doing it twice does nothing."""
    page = StandingPage.objects.select_for_update().get(pk=revision.page_id)
    if page.live_id == revision.pk:
        return
    if missing := missing_on_standing_page(standing.out_of(revision), why):
        raise NotReady(missing)
    StandingPage.objects.filter(pk=page.pk).update(live=revision, live_since=timezone.now())
    StandingPublication.objects.create(revision=revision, editor=editor, why=why)


def missing_on_standing_page(words: Words, why: str) -> list[str]:
    missing = [
        _("“{%(name)s}” stands for nothing that this site knows.") % {"name": name}
        for name in standing.unknown_placeholders(words)
    ]
    missing += links.broken_on_page(standing.shown(words))
    if not why:
        missing.append(_("Say why."))
    return missing
