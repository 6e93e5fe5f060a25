"""Where a PostgreSQL server is that may be tested on."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from environment import ROOT

SERVERS = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1:5432/postgres")


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
