"""`make test`: the tests on SQLite, then on PostgreSQL where one is found. Says what was not run, and why."""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from environment import ROOT, VENV

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVERS = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres")
# Where constraints, locks, plans or text meet the database in a way that differs from one to the other.
DATABASE_DEPENDENT = (
    "tests/core",
    "tests/forum",
    "tests/moderation",
    "tests/notifications",
    "tests/search",
    "tests/articles/test_publishing.py",
    "tests/articles/test_revisions.py",
    "tests/accounts/test_handles.py",
    "tests/accounts/test_people.py",
    "tests/accounts/test_sweeps.py",
)
NO_TESTS_CHOSEN = 5  # pytest's exit code


def main() -> int:
    arguments = sys.argv[1:]
    if os.environ.get("FAST") == "1":
        failed = run_tests("SQLite", "-m", "not browser and not slow", *arguments)
        say("Not run, because FAST=1: the browser tests, the slow ones, everything on PostgreSQL.")
        return failed
    if not find_chromium():
        say("Chromium is missing, and the browser tests need it: install the package chromium, or set CHROMIUM.")
        return 1
    failed = run_tests("SQLite", *arguments)
    with postgresql() as url:
        if not url:
            say("Not run: the tests on PostgreSQL. No server answers and no initdb was found; see TEST_DATABASE_URL.")
            return failed
        dependent = ("-m", "database and not browser and not slow", *(arguments or DATABASE_DEPENDENT))
        failed = run_tests("PostgreSQL", *dependent, TEST_DATABASE_URL=url) or failed
        say("Not run on PostgreSQL: the browser tests, the slow ones, and pages whose statements are like any other's.")
        return failed


def run_tests(database: str, *arguments: str, **environment: str) -> int:
    say(f"Tests on {database}")
    began = time.monotonic()
    done = subprocess.run([VENV / "pytest", *arguments], cwd=ROOT, env=os.environ | environment)
    say(f"Tests on {database} {'failed' if done.returncode else 'passed'} after {time.monotonic() - began:.0f} s")
    return done.returncode


def say(sentence: str) -> None:
    print(f"\n--- {sentence}", flush=True)


def find_chromium() -> bool:
    if any(shutil.which(name) for name in (os.environ.get("CHROMIUM"), *BROWSERS) if name):
        return True
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    say("Installing Chromium, which the browser tests need (about a minute)")
    subprocess.run(["apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return subprocess.run(install, stdout=subprocess.DEVNULL).returncode == 0


@contextlib.contextmanager
def postgresql() -> Iterator[str | None]:
    """The URL of a database server that may be tested on: the one named, one that answers here, or one of our own."""
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
    elif server := next(filter(lets_us_create, SERVERS), None):
        # A name of this checkout's own, so that two of them do not meet.
        yield server.removesuffix("postgres") + f"askwell_{zlib.crc32(bytes(ROOT)):08x}"
    elif initdb := find_initdb():
        with temporary_server(initdb.parent) as url:
            yield url
    else:
        yield None


def lets_us_create(url: str) -> bool:
    with contextlib.suppress(psycopg.Error), psycopg.connect(url, connect_timeout=3) as connection:
        may = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        return bool(connection.execute(may).fetchone()[0])
    return False


def find_initdb() -> Path | None:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return installed[-1] if installed else shutil.which("initdb") and Path(shutil.which("initdb"))


@contextlib.contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """A server in a folder of its own that listens on a socket there only, gone afterwards."""
    # PostgreSQL refuses to run as root.
    owner = {"user": next(user.pw_name for user in pwd.getpwall() if user.pw_name in ("postgres", "nobody"))}
    with tempfile.TemporaryDirectory(prefix="askwell-postgresql-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, **owner)
        else:
            owner = {}
        quiet = {"stdout": subprocess.DEVNULL, "cwd": folder, "check": True} | owner
        data = f"{folder}/data"
        subprocess.run([programs / "initdb", "-D", data, "-U", "askwell", "-A", "trust", "-E", "UTF8", "-N"], **quiet)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-l", f"{folder}/log", "-o", options, "start"], **quiet)
        try:
            yield f"postgresql://askwell@{quote(folder, safe='')}/askwell"
        finally:
            subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)


if __name__ == "__main__":
    sys.exit(main())
