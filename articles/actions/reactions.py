"""Readers say whether an article helped them: counted exactly, and without following anybody.

A member's answer is kept, so that they can change it and take it back. A guest gets no cookie: until the end of the day
they are known again by a hash of the article, their network address and their browser, salted with the day; then the
hash goes, and only the count stays.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from articles.models import Article, Reaction, ReactionDay, ReaderRemark, Said

REMARKS_KEPT = timedelta(days=90)


@transaction.atomic
def react(
    *, article: Article, says: Said, key: UUID, member: User | None = None, guest: str = "", text: str | None = None
) -> None:
    """Count what a member, or a guest known by `guest`, says of an article instead of what they said before.

    `text` is for the editors; None leaves what a member wrote. `key` is that of the form: sent twice, its text is there
    once.
    """
    live_id = _lock(article)
    reader: dict[str, Any] = {"member": member} if member else {"guest": guest}
    before = Reaction.objects.filter(article=article, **reader).first()
    if before is None or before.says != says:
        if before is not None:
            _count(before, -1)
        now = {"says": says, "revision_id": live_id, "day": today()}
        _count(Reaction.objects.update_or_create(article=article, **reader, defaults=now)[0], 1)
    words = {"says": says, "revision_id": live_id}
    if member is None and text:
        remark = ReaderRemark(article=article, submission_key=key, text=text, **words)
        ReaderRemark.objects.bulk_create([remark], ignore_conflicts=True)
    elif member is not None:
        _write(article, member, words, text, key)


@transaction.atomic
def take_back(*, article: Article, member: User) -> None:
    """Forget what `member` said of an article, and what they wrote about it. Doing it twice does nothing."""
    _lock(article)
    for said in Reaction.objects.filter(article=article, member=member):
        _count(said, -1)
        said.delete()
    ReaderRemark.objects.filter(article=article, member=member).delete()


def guest_key(article: Article, address: str, browser: str) -> str:
    """By which somebody who is not signed in is known again today, and with no other article."""
    said = "\n".join((str(article.pk), address, browser))
    return salted_hmac(f"reaction {today()}", said, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def _lock(article: Article) -> int:
    """Let nobody else say anything of it until the end of the transaction. The number of the text that readers have."""
    live = Article.objects.select_for_update(no_key=True).filter(pk=article.pk).values_list("live", flat=True)
    live_id: int = live.get()
    return live_id


def _write(article: Article, member: User, words: dict[str, Any], text: str | None, key: UUID) -> None:
    mine = ReaderRemark.objects.filter(article=article, member=member)
    if text is None:
        mine.update(**words)
    elif not text:
        mine.delete()
    elif not mine.update(text=text, written_at=timezone.now(), **words):
        remark = ReaderRemark(article=article, member=member, submission_key=key, text=text, **words)
        # They may have sent this form before they signed in.
        ReaderRemark.objects.bulk_create([remark], ignore_conflicts=True)


def _count(said: Reaction, step: int) -> None:
    row = {"revision_id": said.revision_id, "day": said.day, "says": said.says}
    ReactionDay.objects.bulk_create([ReactionDay(**row)], ignore_conflicts=True)
    ReactionDay.objects.filter(**row).update(count=F("count") + step)


def today() -> date:
    # The same for every reader, wherever they are.
    return timezone.now().date()
