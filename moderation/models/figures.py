"""What happened at the desk, in numbers that stay."""

from django.db import models


class DayFigures(models.Model):
    """One finished day of the site, counted once; see moderation.figures for the names in `counts`, each with how many.

    No text, nobody, no case. A day is there also when nothing happened on it.
    """

    day = models.DateField(unique=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"figures of {self.day}"
