"""What readers said of an article: numbers for each text that they had, and their words to the editors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import rules
from articles.actions.reactions import REMARKS_KEPT
from articles.editing.pages import article_of, page_about
from articles.models import REASONS, Article, ReactionDay, Said
from core.pagination import keyset, place
from core.rulings import require

PERIOD = timedelta(days=28)
REMARKS_SIZE = 30


@dataclass
class Numbers:
    """How often each thing was said of a revision, ever and in the last `PERIOD`."""

    revision: int
    ever: Counter[str] = field(default_factory=Counter)
    lately: Counter[str] = field(default_factory=Counter)

    @property
    def yes(self) -> tuple[int, int]:
        return self.ever[Said.YES], self.lately[Said.YES]

    @property
    def no(self) -> tuple[int, int]:
        return tuple(count.total() - count[Said.YES] for count in (self.ever, self.lately))

    @property
    def reasons(self) -> list[tuple[str, int]]:
        return [(said.label, self.ever[said]) for said in REASONS if self.ever[said]]


@require_safe
def readers(request: HttpRequest, article_id: int) -> HttpResponse:
    require(rules.may_edit(request.user))
    article = article_of(article_id)
    remarks = article.reader_remarks.annotate(number=F("revision__number"))
    return page_about(
        request,
        article,
        "readers",
        _("What readers said"),
        numbers=numbers_of(article),
        page=keyset(remarks, **place(request.GET), by="written_at", size=REMARKS_SIZE),
        days=PERIOD.days,
        kept=REMARKS_KEPT.days,
    )


def numbers_of(article: Article) -> list[Numbers]:
    """Of each revision of which something was said, the newest first."""
    recent = Q(day__gt=timezone.now().date() - PERIOD)
    said = ReactionDay.objects.filter(revision__article=article, count__gt=0).values("revision__number", "says")
    found: dict[int, Numbers] = {}
    for one in said.annotate(ever=Sum("count"), lately=Sum("count", filter=recent, default=0)):
        numbers = found.setdefault(one["revision__number"], Numbers(one["revision__number"]))
        numbers.ever[one["says"]], numbers.lately[one["says"]] = one["ever"], one["lately"]
    return sorted(found.values(), key=lambda numbers: -numbers.revision)
