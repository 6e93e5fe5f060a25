"""`make test`: the tests on SQLite, then on PostgreSQL where one is found. Says what was not run, and why.

`make soak`, with SOAK=1: what takes too long for every change, on both, and everything on PostgreSQL.
"""

import os
import shutil
import subprocess
import sys
import time

from databases import postgresql
from environment import ROOT, VENV

# The first is Chromium without windows, which is what a test looks through: it takes a third less time.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
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
            say(
                "Not run: kills; the rest of what is alike; in Chromium the pages that are seldom seen; "
                "on PostgreSQL what is the same on both. See make soak."
            )
        return failed


def run_tests(database: str, *arguments: str, **environment: str) -> int:
    say(f"Tests on {database}")
    began = time.monotonic()
    variables = os.environ | environment
    # Each worker would compile all tests anew, which takes seconds: what one compiled is kept beside it for the others.
    variables.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([VENV / "pytest", *arguments], cwd=ROOT, env=variables)
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


if __name__ == "__main__":
    sys.exit(main())
