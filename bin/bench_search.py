"""`make bench-search DATA=DIR [QUICK=1]`: how well and how fast the site finds things, on SQLite and on PostgreSQL.

Runs `manage.py bench_search` once for each collection and database, each in a scratch database of its own. What is done
stays done when it is stopped: started again, it carries on. Writes docs/search-quality.md; fails if a bound is missed.
"""

import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import environment
import psycopg
from databases import postgresql
from environment import ROOT, VENV, stop

SIZES = ("10000", "100000", "1000000")
COLLECTIONS = ("mqp", "faq", "terms", "articles", "answers")
EMBEDDERS = {"words": "", "vectors": "search.bench.kept.Kept"}


def main() -> None:
    if not os.environ.get("DATA") or not Path(os.environ["DATA"], "docs").is_dir():
        stop("say where the collections are: make bench-search DATA=folder, with docs/ and dev/ in it.")
    data = Path(os.environ["DATA"]).resolve()
    environment.load()
    scratch = (ROOT / os.environ["DATA_DIR"] / "bench").resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    parts = [*COLLECTIONS, *(() if os.environ.get("QUICK") == "1" else SIZES)]
    with postgresql() as server:
        databases = {"sqlite": sqlite(scratch)} | ({"postgresql": on(server)} if server else {})
        for database, named in databases.items():
            for part in parts:
                with named(part) as url:
                    measure(data, scratch, database, part, url)
        if not server:
            print("Not measured: PostgreSQL. No server answers and no initdb was found; see TEST_DATABASE_URL.")
    done = subprocess.run([VENV / "python", "manage.py", "report_search", scratch, *parts], cwd=ROOT)
    for file in scratch.glob("*.json"):
        file.unlink()
    sys.exit(done.returncode)


def measure(data: Path, scratch: Path, database: str, part: str, url: str) -> None:
    """Write what is measured of `part` into a file; nothing if that is there already."""
    for name, embedder in EMBEDDERS.items():
        into = scratch / f"{database}-{part}-{name}.json"
        if into.exists():
            continue
        print(f"\n--- {part} on {database}, {name}", flush=True)
        settings = {
            "DATABASE_URL": url,
            "DATA_DIR": str(scratch / f"{database}-{part}"),
            "SEARCH_EMBEDDER": embedder,
        }
        command = [VENV / "python", "manage.py", "bench_search", data, part, into]
        subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True)


def sqlite(scratch: Path):
    @contextmanager
    def named(part: str) -> Iterator[str]:
        folder = scratch / f"sqlite-{part}"
        folder.mkdir(exist_ok=True)
        yield f"sqlite:///{folder}/bench.sqlite3"
        shutil.rmtree(folder)

    return named


def on(server: str):
    address = server.rpartition("/")[0]
    administration = f"{address}/postgres"

    @contextmanager
    def named(part: str) -> Iterator[str]:
        name = f"askwell_bench_{zlib.crc32(bytes(ROOT)):08x}_{part}"
        with psycopg.connect(administration, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' TEMPLATE template0")
        yield f"{address}/{name}"
        with psycopg.connect(administration, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    return named


if __name__ == "__main__":
    main()
