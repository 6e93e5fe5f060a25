"""The log is never changed: the database itself refuses. Made again after every migration, which may drop triggers."""

from __future__ import annotations

from typing import Any

from django.db import connections

from moderation.models import Decision, Reveal

TABLES = [model._meta.db_table for model in (Decision, Reveal)]
REFUSAL = "The log of decisions is never changed."


def sqlite(table: str) -> list[str]:
    return [
        statement
        for act in ("UPDATE", "DELETE")
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{act.lower()}",
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        )
    ]


def postgresql(table: str) -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}",
        f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
    ]


def guard_the_log(*, using: str, **kwargs: Any) -> None:
    """On `post_migrate`. Leaves out a table that is not there."""
    connection = connections[using]
    guards = {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in guards(table) if table in there else ():
                cursor.execute(statement)
