"""What the worker clears away in this room."""

from datetime import timedelta

from core import drafts, limits


def forget_the_expired() -> int:
    """Parked forms after their week, counted limits after two days. Returns how many rows went."""
    return drafts.forget_expired() + limits.forget(before=timedelta(days=2))
