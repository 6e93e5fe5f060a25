"""Who is meant by the handles in a text."""

from __future__ import annotations

from accounts.models import Distance, User
from core import markdown

# Whoever names more people than this in one text is not talking to them.
MOST = 10


def mentioned(text: str, *, author_id: int | None = None, is_nameless: bool = False) -> dict[str, User]:
    """The members whom `@handle` in a Markdown text means, by handle: the first `MOST` of them.

    Somebody who has blocked the author is not meant. A text without a name means them all the same: an exception
    would tell whose text it is.
    """
    handles = markdown.handles(text)[:MOST]
    if not handles:
        return {}
    people = User.objects.filter(handle__in=handles, is_active=True)
    if author_id is not None and not is_nameless:
        blocked_by = Distance.objects.blocks().filter(other=author_id)
        people = people.exclude(pk__in=blocked_by.values("member"))
    return {user.handle: user for user in people}


def addresses(people: dict[str, User]) -> dict[str, str]:
    """Where the names of these people lead: what `core.markdown.render` takes as `people`."""
    return {handle: user.get_absolute_url() for handle, user in people.items()}
