"""Everything that must survive the machine, in one file: a copy of the database as of one moment, and the media."""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

FORMAT = 1
COPY = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}

DROP_ALL_TABLES = """
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() LOOP
        EXECUTE format('DROP TABLE %I CASCADE', name);
    END LOOP;
END $$"""


class BackupError(Exception):
    """A sentence for whoever runs the command."""


# Taking


def take(target: Path) -> None:
    """Write the backup; `target` appears only when it is whole, and only its owner may read it."""
    with tempfile.TemporaryDirectory(prefix=".askwell-backup-", dir=target.parent) as folder:
        copy, whole = Path(folder) / COPY[connection.vendor], Path(folder) / "whole.tar.gz"
        # The database first: a picture that comes later is too many in the file, never missing from it.
        copy_database(copy)
        with tarfile.open(whole, "w:gz", compresslevel=3) as tar:
            tar.add(_described(Path(folder)), "askwell.json")
            tar.add(copy, copy.name)
            for path in _files(settings.MEDIA_ROOT):
                with suppress(FileNotFoundError):  # removed by somebody in this moment
                    tar.add(path, f"media/{path.relative_to(settings.MEDIA_ROOT)}")
        with whole.open("rb") as file:
            os.fsync(file.fileno())
        whole.chmod(0o600)
        whole.replace(target)


def copy_database(copy: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(copy)) as there:
            connection.connection.backup(there)
    else:
        _postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={copy}")


def _described(folder: Path) -> Path:
    about = {"format": FORMAT, "database": connection.vendor, "made_at": timezone.now().isoformat(timespec="seconds")}
    path = folder / "askwell.json"
    path.write_text(json.dumps(about) + "\n")
    return path


# Putting back


def is_empty() -> bool:
    """Whether there is nothing here yet that putting back would destroy."""
    return not connection.introspection.table_names() and not any(_files(settings.MEDIA_ROOT))


def put_back(source: Path) -> str:
    """Replace database and media by those of the backup. Returns when it was made."""
    with opened(source) as (tar, about), tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        copy, media = Path(folder) / COPY[connection.vendor], Path(folder) / "media"
        media.mkdir()
        # Everything is read and looked at before anything here is touched.
        for member, name in _members(tar):
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                shutil.copyfileobj(_content(tar, member), file)
        if not copy.exists():
            raise EOFError
        restore_database(copy)
        if settings.MEDIA_ROOT.exists():
            settings.MEDIA_ROOT.rename(Path(folder) / "media-before")
        media.rename(settings.MEDIA_ROOT)
        return str(about["made_at"])


def restore_database(copy: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copy)) as there:
            if there.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError
            connection.ensure_connection()
            there.backup(connection.connection)
    else:
        # In one transaction, and without a trace of tables that a later version has added.
        script = copy.with_suffix(".sql")
        _postgresql("pg_restore", "--clean", "--if-exists", "--no-owner", f"--file={script}", str(copy))
        _postgresql(
            "psql",
            *"--no-psqlrc --quiet --single-transaction --set=ON_ERROR_STOP=1".split(),
            f"--command={DROP_ALL_TABLES}",
            f"--file={script}",
        )
    connection.close()


@contextmanager
def opened(source: Path) -> Iterator[tuple[tarfile.TarFile, dict[str, Any]]]:
    try:
        with tarfile.open(source, "r:*") as tar:
            about = json.loads(_content(tar, tar.getmember("askwell.json")).read())
            if about["format"] != FORMAT:
                raise BackupError(f"{source} was made by a newer Askwell.")
            if about["database"] != connection.vendor:
                raise BackupError(
                    f"{source} holds a {about['database']} database, and this site has {connection.vendor}."
                )
            yield tar, about
    except (tarfile.TarError, sqlite3.DatabaseError, zlib.error, KeyError, ValueError, EOFError) as problem:
        raise BackupError(f"{source} is no whole backup of Askwell. Nothing was changed.") from problem


def _members(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, str]]:
    """The files that a backup may hold; links, devices and ways out of the folder are not among them."""
    for member in tar:
        parts = PurePosixPath(member.name).parts
        if member.isfile() and ".." not in parts and (parts[0] == "media" or member.name in COPY.values()):
            yield member, member.name


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member)
    if content is None:
        raise BackupError(f"{member.name} in this backup is no file. Nothing was changed.")
    return content


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _postgresql(*command: str) -> None:
    """Run a program of PostgreSQL's, told through its environment, which other users cannot see, where the data is."""
    where = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {name: str(where[key]) for name, key in names.items() if where.get(key)}
    environment |= {f"PG{key.upper()}": value for key, value in where["OPTIONS"].items() if isinstance(value, str)}
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"{command[0]} is missing: install PostgreSQL's client programs.")
    done = subprocess.run([program, *command[1:]], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise BackupError(f"{command[0]}: {done.stderr.strip()}")
