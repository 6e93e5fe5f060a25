"""What happens to the support lines: each correction is there at once, and what a line said before is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from moderation import support
from moderation.models import LineRecord, SupportLine


@transaction.atomic
def add(*, moderator: User, words: Mapping[str, str], is_checked: bool) -> SupportLine:
    """Put a number on the pages. Raises IntegrityError when it is there already."""
    line = SupportLine(**words)
    return _save(line, moderator, before={}, is_checked=is_checked)


@transaction.atomic
def correct(
    *, line: SupportLine, moderator: User, words: Mapping[str, str], is_checked: bool, is_shown: bool
) -> SupportLine:
    """Change what a line says. Whoever `is_checked` it vouches for it from today; what is changed and not checked,
    nobody does. Raises IntegrityError when another line has that number."""
    line = SupportLine.objects.select_for_update().get(pk=line.pk)
    before = line.words | {"checked_on": line.checked_on.isoformat() if line.checked_on else ""}
    is_changed = line.words != {**line.words, **words}
    for name, value in words.items():
        setattr(line, name, value)
    if is_changed:
        line.checked_on = line.checked_by = None
    if is_shown == (line.withdrawn_at is not None):
        line.withdrawn_at = None if is_shown else timezone.now()
    return _save(line, moderator, before=before, is_checked=is_checked)


def _save(line: SupportLine, moderator: User, *, before: Mapping[str, str], is_checked: bool) -> SupportLine:
    if is_checked:
        line.checked_on, line.checked_by = timezone.localdate(), moderator
    line.save()
    LineRecord.objects.create(line=line, moderator=moderator, before=dict(before))
    transaction.on_commit(support.forget)
    return line
