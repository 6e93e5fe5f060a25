"""The port to moderation: what may stand in a profile, which all read at once. Named in `settings.ACCOUNTS_DESK`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from core.rulings import Ruling


class Desk(Protocol):
    def may_be_public(self, text: str) -> Ruling:
        """Whether a text may be read by everybody without a moderator having seen it. No effects."""


def desk() -> Desk:
    return cast(Desk, import_module(settings.ACCOUNTS_DESK))
