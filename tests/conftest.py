"""The stage and the cast: what every test starts from, and the people who appear in them."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseOperations

# The stage


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Limits and sessions of one test are not those of the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def sqlite_can_be_emptied() -> Iterator[None]:
    """
    Between tests that commit, Django empties every table. On SQLite it overlooks virtual tables, and the triggers that
    guard the log refuse it; these are dropped here, and `post_migrate`, which the flush sends, makes them again.
    """
    flush = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            triggers = [name for (name,) in cursor]
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
            virtual = [name for (name,) in cursor]
        return [
            *(f"DROP TRIGGER {self.quote_name(name)}" for name in triggers),
            *(f"DELETE FROM {self.quote_name(name)}" for name in virtual),
            *flush(self, style, tables, **kwargs),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def on_postgresql() -> bool:
    return connections["default"].vendor == "postgresql"


# The cast
