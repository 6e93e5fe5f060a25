"""`make test`: the tests on SQLite, then on PostgreSQL where one is found. Says what was not run, and why.

`make soak`, with SOAK=1: what takes too long for every change, on both, and everything on PostgreSQL.
"""

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

# The first is Chromium without windows, which is what a test looks through: it takes a third less time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SERVERS = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres")
NO_TESTS_CHOSEN = 5  # pytest's exit code


def main() -> int:
    arguments = sys.argv[1:]
    if os.environ.get("FAST") == "1":
        failed = run_tests("SQLite", "-m", "not browser and not slow and not soak", *arguments)
        say("Not run, because FAST=1: the browser tests, the slow ones, everything on PostgreSQL.")
        return failed
    if not find_chromium():
        say("Chromium is missing, and the browser tests need it: install the package chromium, or set CHROMIUM.")
        return 1
    is_soak = os.environ.get("SOAK") == "1"
    failed = run_tests("SQLite", "-m", "soak" if is_soak else "not soak", *arguments)
    with postgresql() as url:
        if not url:
            say("Not run: the tests on PostgreSQL. No server answers and no initdb was found; see TEST_DATABASE_URL.")
            return failed
        chosen = "database and not browser" if is_soak else "differs and not browser and not slow and not soak"
        failed = run_tests("PostgreSQL", "-m", chosen, *arguments, TEST_DATABASE_URL=url) or failed
        if is_soak:
            say("Not run on PostgreSQL: the browser tests.")
        else:
            say("Not run: killed servers and workers; on PostgreSQL what is the same on both. They are in make soak.")
        return failed


def run_tests(database: str, *arguments: str, **environment: str) -> int:
    say(f"Tests on {database}")
    began = time.monotonic()
    done = subprocess.run([VENV / "pytest", *arguments], cwd=ROOT, env=os.environ | environment)
    say(f"Tests on {database} {'failed' if done.returncode else 'passed'} after {time.monotonic() - began:.0f} s")
    return done.returncode


def say(sentence: str) -> None:
    print(f"\n--- {sentence}", flush=True)


def find_chromium() -> str | None:
    """The program the browser tests use: the one named, or the lightest there is, installed where that is allowed."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    lightest = BROWSERS[0]
    if not shutil.which(lightest) and os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium, which the browser tests need (half a minute)")
        subprocess.run(["apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
        for package in (lightest, "chromium"):
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
            if subprocess.run(install, stdout=subprocess.DEVNULL).returncode == 0:
                break
    return next(filter(None, map(shutil.which, BROWSERS)), None)


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
