"""The stage and the cast: what every test starts from, and the people who appear in them."""

import functools
import gc
import hashlib
import inspect
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import django.test.client
import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.backends.postgresql import base as postgresql
from django.db.backends.sqlite3 import base as sqlite
from django.db.models.signals import post_migrate
from django.test.utils import ContextList

from accounts.models import User
from articles.models import Article, Topic
from forum.models import Answer, Question
from tests import factories, known
from tests.stage import KeptStage, Stage, build

# Looking for garbage as often as Python does takes a twentieth of the time.
gc.set_threshold(100_000, 20, 20)

# The stage


# The signs of a test that meets the database where one differs from the other: in constraints, locks, plans and text.
DIFFERS = re.compile(r"IntegrityError|transaction=True|transactional_db|explain|plans_of|Thread|recount")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker or {"db", "transactional_db"} & set(item.fixturenames):
            item.add_marker("database")
            commits = "transactional_db" in item.fixturenames or (marker and marker.kwargs.get("transaction"))
            if commits or "search" in item.path.parts or differs(item.function):
                item.add_marker("differs")
    items[:] = in_halves(items)


# Fixtures of a module that take seconds to make: what asks for one stays with one worker.
MADE_ONCE = {"loaded", "long_thread"}


def in_halves(items: list[pytest.Item]) -> list[pytest.Item]:
    """Two workers begin with a half each: in both, what takes long comes first, so that what is left to share among
    them at the end is short."""
    together = [item for item in items if MADE_ONCE & set(item.fixturenames)]
    others = [item for item in items if not MADE_ONCE & set(item.fixturenames)]
    long_files = {item.path for item in others if item.get_closest_marker("slow") or "browser" in item.path.parts}
    long = [item for item in others if item.path in long_files]
    short = [item for item in others if item.path not in long_files]
    first, second = [*together, *long[::2]], long[1::2]
    rest = max(len(items) // 2 - len(first), 0)
    return [*first, *short[:rest], *second, *short[rest:]]


@functools.cache
def differs(function: Callable) -> bool:
    """Whether a test, or a helper beside it that it calls, has one of the signs in it."""
    beside = (getattr(function, "__globals__", {}).get(name) for name in function.__code__.co_names)
    helpers = (one for one in beside if inspect.isfunction(one) and one.__module__ == function.__module__)
    return any(map(has_a_sign, (function, *helpers)))


@functools.cache
def has_a_sign(function: Callable) -> bool:
    return DIFFERS.search(inspect.getsource(function)) is not None


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Limits and sessions of one test are not those of the next."""
    known.forget()
    yield
    cache.clear()


@pytest.fixture(scope="session", autouse=True)
def what_a_page_was_given_is_not_copied() -> Iterator[None]:
    """Django's test client copies it for each fragment of each page. What is asked of `response.context` here is what
    the page itself was given, which is the same afterwards."""

    def store(kept, signal, sender, template, context, **more):
        kept.setdefault("templates", []).append(template)
        kept.setdefault("context", ContextList()).append(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django.test.client, "store_rendered_templates", store)
        yield


@pytest.fixture(scope="session", autouse=True)
def what_is_always_the_same_is_found_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        known.keep(patch)
        yield


@pytest.fixture(scope="session", autouse=True)
def databases_can_be_emptied() -> Iterator[None]:
    """
    Between tests that commit, Django empties every table. On SQLite it overlooks virtual tables, and the triggers that
    guard the log refuse it; these are dropped here, and `post_migrate`, which the flush sends, makes them again. On
    PostgreSQL it truncates: that takes a new file for each table, where deleting the few rows takes none. The names of
    models and of permissions, which the same signal would write again each time, stay.
    """
    flush_sqlite = sqlite.DatabaseOperations.sql_flush

    def but_for_names(tables: list[str]) -> list[str]:
        post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
        post_migrate.disconnect(create_contenttypes)
        return [name for name in tables if name not in (ContentType._meta.db_table, Permission._meta.db_table)]

    def sqlite_flush(self, style, tables, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            triggers = [name for (name,) in cursor]
            cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'")
            virtual = [name for (name,) in cursor]
        return [
            *(f"DROP TRIGGER {self.quote_name(name)}" for name in triggers),
            *(f"DELETE FROM {self.quote_name(name)}" for name in virtual),
            *flush_sqlite(self, style, but_for_names(tables), **kwargs),
        ]

    def postgresql_flush(self, style, tables, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT event_object_table FROM information_schema.triggers WHERE event_manipulation='DELETE'"
            )
            guarded = [name for (name,) in cursor]
        return [
            # A trigger that refuses to delete a row does not see its table truncated.
            *(f"TRUNCATE {self.quote_name(name)}" for name in guarded),
            *(f"DELETE FROM {self.quote_name(name)}" for name in but_for_names(tables) if name not in guarded),
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite.DatabaseOperations, "sql_flush", sqlite_flush)
        patch.setattr(postgresql.DatabaseOperations, "sql_flush", postgresql_flush)
        yield


def migrated() -> Path:
    """Where the database is kept that the migrations there are now made, for the next run: making it takes long."""
    root = Path(__file__).parent.parent
    made_by = [root / "requirements.txt", *sorted(root.glob("*/migrations/*.py"))]
    digest = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in made_by))
    return root / "var" / "tests" / f"{digest.hexdigest()[:16]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings) -> bool:
    if connection.vendor != "sqlite" or not migrated().exists():
        return False
    shutil.copyfile(migrated(), connection.settings_dict["TEST"]["NAME"])
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker) -> None:
    if connection.vendor == "sqlite" and not django_db_keepdb:
        migrated().parent.mkdir(parents=True, exist_ok=True)
        # Two workers may do this at once.
        part = migrated().with_suffix(f".{os.getpid()}")
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(part)])
        part.replace(migrated())


@pytest.fixture(scope="session")
def kept_stage(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[KeptStage | None]:
    """On SQLite the stage is built once, into a file of its own, and copied from there; elsewhere it is built anew."""
    if connection.vendor != "sqlite":
        yield None
        return
    with django_db_blocker.unblock():
        yield KeptStage(migrated(), tmp_path_factory.mktemp("stage") / "stage.sqlite3")


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker, kept_stage) -> Iterator[Stage]:
    """One of everything, the same for a module; what a test changes on it is undone after the test."""
    with django_db_blocker.unblock(), kept_stage.at_hand() if kept_stage else nullcontext(), transaction.atomic():
        yield kept_stage.copy() if kept_stage else build()
        transaction.set_rollback(True)


@pytest.fixture
def stage_to_look_at(transactional_db, kept_stage) -> Stage:
    """The stage for a browser: it is there for every connection."""
    if kept_stage is None:
        return build()
    with kept_stage.at_hand(), transaction.atomic():
        return kept_stage.copy()


@pytest.fixture
def demo_mails(settings, tmp_path) -> None:
    """What the pages of the demo have to show: one mail."""
    message = EmailMessage("Your code", "Hello,\n\n1234-5678", "askwell@localhost", ["ana@example.org"]).message()
    (tmp_path / "newest.log").write_bytes(message.as_bytes() + b"\n" + b"-" * 79 + b"\n")
    settings.EMAIL_FILE_PATH = str(tmp_path)


# The cast: ana asks, ben answers, cleo is a clinician, mia and mo moderate, ed edits, rae reviews, eve must not


@pytest.fixture
def ana(db) -> User:
    return factories.make_user("ana")


@pytest.fixture
def ben(db) -> User:
    return factories.make_user("ben")


@pytest.fixture
def newt(db) -> User:
    """Somebody who joined today."""
    return factories.make_user("newt", trust=User.Trust.NEW)


@pytest.fixture
def cleo(db) -> User:
    cleo = factories.make_user("cleo")
    factories.make_credential(cleo)
    return cleo


@pytest.fixture
def mia(db) -> User:
    return factories.make_user("mia", is_moderator=True)


@pytest.fixture
def mo(db) -> User:
    return factories.make_user("mo", is_moderator=True)


@pytest.fixture
def ed(db) -> User:
    return factories.make_user("ed", is_staff=True, is_editor=True)


@pytest.fixture
def rae(db) -> User:
    rae = factories.make_user("rae", is_staff=True, is_reviewer=True)
    factories.make_credential(rae, "neurology, United Kingdom")
    return rae


@pytest.fixture
def boss(db) -> User:
    return factories.make_user("boss", is_staff=True, is_superuser=True, is_moderator=True, is_editor=True)


@pytest.fixture
def eve(db) -> User:
    return factories.make_user("eve")


@pytest.fixture
def topic(db) -> Topic:
    return factories.make_topic("Muscles and nerves")


@pytest.fixture
def article(ed, rae) -> Article:
    return factories.make_article(ed, rae)


@pytest.fixture
def question(ana, topic) -> Question:
    return factories.make_question(ana, "Stomach twitching for three days after a stomach bug", topic=topic)


@pytest.fixture
def answer(ben, question) -> Answer:
    return factories.make_answer(ben, question)
