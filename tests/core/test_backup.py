import io
import json
import shutil
import stat
import tarfile

import pytest
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection

from core import backup
from core.models import Limit

pytestmark = pytest.mark.django_db(transaction=True)
NEEDED = ("pg_dump", "pg_restore", "psql")


@pytest.fixture(autouse=True)
def a_site(settings, tmp_path):
    """One row and one picture, in a folder of the test's own."""
    if connection.vendor == "postgresql" and not all(map(shutil.which, NEEDED)):
        pytest.fail(f"Backups of PostgreSQL need its client programs: {', '.join(NEEDED)}.")
    settings.DATA_DIR = tmp_path / "data"
    settings.MEDIA_ROOT = settings.DATA_DIR / "media"
    (settings.MEDIA_ROOT / "2026").mkdir(parents=True)
    (settings.MEDIA_ROOT / "2026" / "hand.webp").write_bytes(b"a picture")
    remember("before")


def remember(name: str) -> None:
    Limit.objects.create(name=name, key="k", window="2026-11-22T00:00Z")


def remembered() -> list[str]:
    return sorted(Limit.objects.values_list("name", flat=True))


@pytest.fixture
def taken(tmp_path):
    file = tmp_path / "askwell.tar.gz"
    call_command("backup", str(file))
    return file


def test_what_was_backed_up_comes_back_and_nothing_else(taken):
    remember("after")
    (site.MEDIA_ROOT / "later.webp").write_bytes(b"later")
    (site.MEDIA_ROOT / "2026" / "hand.webp").write_bytes(b"spoilt")
    call_command("restore", str(taken), "--yes")
    assert remembered() == ["before"]
    assert (site.MEDIA_ROOT / "2026" / "hand.webp").read_bytes() == b"a picture"
    assert not (site.MEDIA_ROOT / "later.webp").exists()


def test_tables_of_a_later_version_do_not_stand_in_the_way(taken):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE core_later (id integer PRIMARY KEY, limit_id bigint REFERENCES core_limit (id))")
    call_command("restore", str(taken), "--yes")
    assert remembered() == ["before"]
    assert "core_later" not in connection.introspection.table_names()


def test_only_its_owner_may_read_a_backup(taken):
    assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    assert [path.name for path in taken.parent.iterdir() if path.name.startswith(".")] == []


def test_a_site_is_not_replaced_without_a_yes(taken):
    remember("after")
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", str(taken))
    assert remembered() == ["after", "before"]


def damaged(file):
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def unknown(file):
    file.write_bytes(b"not an archive")


def newer(file):
    written(file, {"format": backup.FORMAT + 1, "database": connection.vendor, "made_at": ""})


def without_a_database(file):
    written(file, {"format": backup.FORMAT, "database": connection.vendor, "made_at": ""})


def written(file, about, **members):
    with tarfile.open(file, "w:gz") as tar:
        for name, content in {"askwell.json": json.dumps(about).encode(), **members}.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize("spoil", [damaged, unknown, newer, without_a_database])
def test_a_file_that_is_no_whole_backup_changes_nothing(taken, spoil):
    spoil(taken)
    remember("after")
    with pytest.raises(CommandError):
        call_command("restore", str(taken), "--yes")
    assert remembered() == ["after", "before"]
    assert (site.MEDIA_ROOT / "2026" / "hand.webp").exists()


def test_a_missing_file_gets_one_clear_sentence(tmp_path):
    with pytest.raises(CommandError, match="no-such-file"):
        call_command("restore", str(tmp_path / "no-such-file"), "--yes")
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", str(tmp_path / "no" / "such" / "folder.tar.gz"))


def test_a_backup_writes_nothing_outside_the_site(taken, tmp_path):
    with tarfile.open(taken) as tar:
        files = {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}
    about = json.loads(files.pop("askwell.json"))
    written(taken, about, **files, **{"media/../../../escaped": b"x", "/tmp/escaped": b"x", "escaped": b"x"})
    call_command("restore", str(taken), "--yes")
    assert list(tmp_path.rglob("escaped")) == []
