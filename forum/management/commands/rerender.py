from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Model

from articles.models import Revision
from articles.rendering import html_of
from core import markdown
from forum.models import Answer, Comment, Question

AT_ONCE = 200


class Command(BaseCommand):
    help = "Render anew what was rendered by an older version of the renderer. May be stopped and started again."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in (Question, Answer, Comment, Revision):
            done = rerender(model)
            self.stdout.write(f"{model._meta.verbose_name_plural}: {done}")


def rerender(model: type[Model]) -> int:
    """Bring the HTML of every row of `model` up to date. Returns how many rows were older."""
    done = 0
    older = model._default_manager.exclude(rendered_with=markdown.RENDERER_VERSION).order_by("pk")
    while rows := list(older[:AT_ONCE]):
        for row in rows:
            # Only if nobody wrote a newer text meanwhile.
            unchanged = model._default_manager.filter(pk=row.pk, body=row.body, rendered_with=row.rendered_with)
            unchanged.update(**html(row))
        done += len(rows)
    return done


def html(row: Any) -> dict[str, Any]:
    if isinstance(row, Revision):
        return html_of(row, sources=len(row.sources))
    row.render()
    return {"body_html": row.body_html, "rendered_with": row.rendered_with}
