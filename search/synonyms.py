"""Which words mean the same as others: what somebody says, and how it is called here."""

from __future__ import annotations

from collections.abc import Collection


def known(stems: Collection[str]) -> dict[str, str]:
    """For stems that somebody asked with: each other stem that means the same as one of them, and as which."""
    return {}
