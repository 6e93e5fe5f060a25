"""The environment that `make` gives to the site: what is already set, then .env, then what suits a demo."""

import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv" / "bin"


def load() -> None:
    """Fill os.environ. Ends the program with one line if .env cannot be read or nothing can be written."""
    sys.path.insert(0, str(ROOT))
    for name, value in read_env_file(ROOT / ".env"):
        os.environ.setdefault(name, value)
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("HOST", "127.0.0.1")
    os.environ.setdefault("PORT", "8000")
    os.environ.setdefault("BASE_URL", f"http://localhost:{os.environ['PORT']}")
    os.environ.setdefault("DATA_DIR", "var")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    data = ROOT / os.environ["DATA_DIR"]
    need_writable(data)
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = secret_key(data / "secret-key")


def read_env_file(path: Path) -> list[tuple[str, str]]:
    """The NAME=value lines of a file as systemd reads it: # begins a comment line, quotes may surround a value."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except OSError as problem:
        stop(f"{path} cannot be read ({problem.strerror}).")
    pairs = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not name.isidentifier():
            stop(f"{path.name}, line {number}: write NAME=value.")
        if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
            value = value[1:-1]
        pairs.append((name, value))
    return pairs


def need_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        stop(f"{folder} cannot be written to ({problem.strerror}). Name another folder with DATA_DIR.")


def secret_key(path: Path) -> str:
    """The key of this installation, made at its first start and readable only by who made it."""
    if not path.exists():
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text().strip()


def stop(sentence: str) -> NoReturn:
    sys.exit(f"askwell: {sentence}")
