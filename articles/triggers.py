"""What readers have is signed, or a correction that stands on what is: the database itself holds to it.

Made again after every migration, which may drop triggers.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from articles.models import Article, Correction, Revision, SignOff

TABLE = Article._meta.db_table
NAME = f"{TABLE}_stands_on_a_sign_off"
REFUSAL = "Readers only get what is signed, or a correction of it."
IS_BASELESS = f"""
NEW.state = 'published' AND NOT (
    EXISTS (SELECT 1 FROM {Revision._meta.db_table} r WHERE r.id = NEW.live_id AND r.article_id = NEW.id)
    AND (
        (
            NEW.live_correction_id IS NULL AND NEW.withdrawn_on IS NULL AND EXISTS (
                SELECT 1 FROM {SignOff._meta.db_table} s
                WHERE s.id = NEW.live_sign_off_id AND s.revision_id = NEW.live_id
            )
        ) OR EXISTS (
            SELECT 1 FROM {Correction._meta.db_table} c
            WHERE c.id = NEW.live_correction_id AND c.revision_id = NEW.live_id
            AND c.sign_off_id = NEW.live_sign_off_id
            AND COALESCE(c.withdrawn_on, '9999-12-31') = COALESCE(NEW.withdrawn_on, '9999-12-31')
        )
    )
)
"""

STATEMENTS = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {NAME}",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} WHEN {IS_BASELESS} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ],
    "postgresql": [
        f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {IS_BASELESS} THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'check_violation'; "
        f"END IF; RETURN NEW; END $$",
        f"DROP TRIGGER IF EXISTS {NAME} ON {TABLE}",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    ],
}


def guard_what_readers_have(*, using: str, **kwargs: Any) -> None:
    """On `post_migrate`. Nothing is guarded while a table or a column of these is not there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if Correction._meta.db_table in connection.introspection.table_names(cursor):
            for statement in STATEMENTS[connection.vendor]:
                cursor.execute(statement)
