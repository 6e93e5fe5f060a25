"""Editors are told that a text has to be checked soon."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.actions.publishing import SUBJECT, editor_ids
from articles.models import Article, Step
from notifications.actions import notify
from notifications.kinds import Kind

# By how many days before the check somebody is told of it.
WARNINGS = {90: Kind.CHECK_IN_90_DAYS, 30: Kind.CHECK_IN_30_DAYS}


def to_be_warned_of() -> Q:
    """What comes nearer to its check than anybody was told."""
    today = timezone.localdate()
    which = Q(pk=None)
    for days in WARNINGS:
        not_yet = Q(warned_days=None) | Q(warned_days__gt=days)
        which |= not_yet & Q(next_review_on__lte=today + timedelta(days=days))
    return which & Q(state=Article.State.PUBLISHED)


@transaction.atomic
def warn_of_check(*, article_id: int) -> bool:
    """Tell whoever last gave the text to readers, else all editors. False if another has done it meanwhile."""
    article = Article.objects.filter(to_be_warned_of(), pk=article_id).first()
    if article is None or article.next_review_on is None:
        return False
    left = (article.next_review_on - timezone.localdate()).days
    days = min(days for days in WARNINGS if left <= days)
    as_it_was = {"warned_days": article.warned_days, "next_review_on": article.next_review_on}
    # Told in the same transaction: a process that is killed in between has told nobody.
    if not Article.objects.filter(pk=article_id, **as_it_was).update(warned_days=days):
        return False
    given = Step.objects.filter(revision__article=article_id, kind=Step.Kind.PUBLISHED, editor__is_editor=True)
    last = given.filter(editor__is_active=True).order_by("-taken_at", "-pk").values_list("editor", flat=True)[:1]
    notify(list(last) or editor_ids(), kind=WARNINGS[days], subject=(SUBJECT, article_id))
    return True
