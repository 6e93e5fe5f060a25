"""What the environment says. A missing or malformed variable ends the program with one clear line."""

import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

T = TypeVar("T")


def stop(sentence: str) -> NoReturn:
    sys.exit(f"askwell: {sentence}")


def read(name: str, default: str | None, parse: Callable[[str], T]) -> T:
    value = os.environ.get(name, "").strip() or default
    if value is None:
        stop(f"{name} is not set; see .env.example for what it means.")
    try:
        return parse(value)
    except (ValueError, KeyError) as problem:
        stop(f"{name} cannot be read: {problem}.")


def text(name: str, default: str | None = None) -> str:
    return read(name, default, str)


def may_be_empty(name: str, default: str) -> str:
    """As it is said, also when nothing is: only what is not set at all has the default."""
    return os.environ.get(name, default).strip()


def number(name: str, default: int) -> int:
    return read(name, str(default), int)


def words(name: str, default: str) -> list[str]:
    return read(name, default, lambda value: [word.strip() for word in value.split(",") if word.strip()])


def flag(name: str, *, default: bool) -> bool:
    return read(name, "1" if default else "0", _flag)


def _flag(value: str) -> bool:
    known = {"1": True, "on": True, "true": True, "yes": True, "0": False, "off": False, "false": False, "no": False}
    if value.lower() not in known:
        raise ValueError(f"write 1 or 0, not {value!r}")
    return known[value.lower()]


def mail(name: str, default: str) -> dict[str, Any]:
    """Django's EMAIL_* settings out of `smtp://user:password@host:587/?tls=1`, `console:` or `file:///folder`."""
    return read(name, default, _mail)


def _mail(value: str) -> dict[str, Any]:
    url = urlsplit(value)
    backends = {"smtp": "smtp", "smtps": "smtp", "console": "console", "file": "filebased"}
    if url.scheme not in backends:
        raise ValueError("it begins with smtp:, smtps:, console: or file:")
    settings: dict[str, Any] = {"EMAIL_BACKEND": f"django.core.mail.backends.{backends[url.scheme]}.EmailBackend"}
    if url.scheme == "file":
        settings["EMAIL_FILE_PATH"] = unquote(url.path)
    elif url.scheme in ("smtp", "smtps"):
        settings |= {
            "EMAIL_HOST": url.hostname or "localhost",
            "EMAIL_PORT": url.port or (465 if url.scheme == "smtps" else 25),
            "EMAIL_HOST_USER": unquote(url.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
            "EMAIL_USE_SSL": url.scheme == "smtps",
            "EMAIL_USE_TLS": parse_qs(url.query).get("tls") == ["1"],
            "EMAIL_TIMEOUT": 15,
        }
    return settings
