"""The settings under test: the site's own, with a fast hasher, plain static files and nothing from the environment."""

import atexit
import os
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="askwell-tests-"))
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
(DATA / "static").mkdir()

for name in ("BASE_URL", "CACHE_URL", "EMAIL_URL", "DEFAULT_FROM_EMAIL", "STORAGE_URL", "MINIMUM_AGE", "TIME_ZONE"):
    os.environ.pop(name, None)
os.environ |= {
    "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{DATA / 'askwell.sqlite3'}",
    "DATA_DIR": str(DATA),
    "DEBUG": "0",
    "DEMO": "0",
    "SEARCH_EMBEDDER": "",
    "SECRET_KEY": "only-for-tests",
    # The browser tests keep an event loop running beside Django.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, POST_SCREENERS, STORAGES  # noqa: E402

# A file: in memory, the live server's threads and the test would share one connection.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
else:
    # Where a plan must do without sorting, PostgreSQL takes it for so dear that it compiles each statement first.
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c jit=off -c synchronous_commit=off"
MAILS_WAIT = timedelta(0)
# Tests write faster than people, and the same again; those of these two screeners name them.
POST_SCREENERS = [path for path in POST_SCREENERS if ".pace." not in path and ".repeats." not in path]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ROOT_URLCONF = "tests.urls"
