"""Rows that never change."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class Kept(models.Model):
    """A row that is written once: it is evidence of what was said, signed or done."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows never change.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{type(self).__name__} rows never go.")
