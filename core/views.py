"""Whether this process is alive and ready, for whoever watches over it."""

from collections.abc import Iterator

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

REMEMBERED = 5  # seconds; asking more often costs nothing


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    problems = cache.get_or_set("readyz", lambda: list(what_is_missing()), REMEMBERED)
    return HttpResponse(
        "\n".join(problems or ["ready"]) + "\n", status=503 if problems else 200, content_type="text/plain"
    )


def what_is_missing() -> Iterator[str]:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            yield "the database waits for: manage.py migrate"
    except DatabaseError:
        yield "the database does not answer"
