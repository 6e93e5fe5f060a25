"""`make run`: prepares the site, then keeps its web server and its worker together until Ctrl-C."""

import contextlib
import errno
import hashlib
import io
import os
import signal
import socket
import subprocess
import time
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import django
import environment
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from environment import ROOT, VENV, stop

PATIENCE = 15  # seconds that the two have to finish what they are doing
REQUESTS_TO_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ACCOUNTS = """
  Demo accounts, all with the password askwell-demo:
    reader@demo.test      has just joined
    member@demo.test      asks and answers
    clinician@demo.test   answers as a verified clinician, reviews articles
    moderator@demo.test   reviews what members post; so does moderator2@demo.test
    editor@demo.test      writes articles in /admin/
    admin@demo.test       may do everything
  Its mails are not sent; read them at {url}/demo/mail/
"""


def main() -> None:
    environment.load()
    host, port = os.environ["HOST"], os.environ["PORT"]
    refuse_open_demo(host)
    refuse_taken_port(host, port)
    prepare()
    for request in REQUESTS_TO_STOP:
        signal.signal(request, interrupt)
    keep_running(
        {
            "web server": [VENV / "gunicorn", "--config", "config/gunicorn.py", "config.wsgi"],
            "worker": [VENV / "python", "manage.py", "worker"],
        },
        host,
        int(port),
    )


def refuse_open_demo(host: str) -> None:
    loopback = host == "localhost"
    with contextlib.suppress(ValueError):
        loopback = loopback or ip_address(host).is_loopback
    # The site reads "yes" and "on" as 1, too.
    if os.environ["DEMO"] != "0" and not loopback:
        stop(f"HOST={host} lets others in, and the demo's passwords are well known. Use 127.0.0.1, or set DEMO=0.")


def refuse_taken_port(host: str, port: str) -> None:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        stop(f"PORT={port} is no port; use a number up to 65535.")
    another = f"Choose another: make run PORT={int(port) + 1}"
    try:
        socket.create_server((host, int(port)), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as problem:
        taken = problem.errno == errno.EADDRINUSE
        stop(f"port {port} {'is taken' if taken else f'of {host} cannot be used: {problem.strerror}'}. {another}")
    # Browsers try this address first for "localhost": another program there would answer in our place.
    with socket.socket(socket.AF_INET6) as visitor:
        if visitor.connect_ex(("::1", int(port))) == 0:
            stop(f"port {port} is taken by another program on [::1]. {another}")


def prepare() -> None:
    """Bring the database, the style sheets and the demo content up to date; quick when they are."""
    try:
        django.setup()
        if not static_stamp().exists():
            print("Preparing the database, the style sheets and the demo content (once) …", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
        collect_static()
        if settings.DEMO:
            call_command("demo", stdout=io.StringIO())
    except (OperationalError, CommandError) as problem:
        stop(f"the site could not be prepared: {str(problem).strip()}")
    except OSError as problem:
        stop(f"{problem.filename or settings.DATA_DIR} cannot be written ({problem.strerror}).")
    connections.close_all()


def collect_static() -> None:
    """Run `collectstatic`, which takes seconds, only when a style sheet, script or picture changed."""
    seen = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            facts = os.stat(storage.path(path))
            seen.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    if static_stamp().exists() and static_stamp().read_text() == seen.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    static_stamp().write_text(seen.hexdigest())


def static_stamp() -> Path:
    return settings.DATA_DIR / "static.sha256"


def keep_running(programs: dict[str, list[Any]], host: str, port: int) -> None:
    """Start both, say so once the site answers, and end both when somebody asks for it or one of them dies."""
    # In sessions of their own, Ctrl-C reaches this program alone, which then asks them to stop.
    running = {name: subprocess.Popen(words, cwd=ROOT, start_new_session=True) for name, words in programs.items()}
    announced = False
    try:
        while not (ended := [name for name, program in running.items() if program.poll() is not None]):
            if not announced and (announced := answers(host, port)):
                announce()
            time.sleep(0.1)
    except KeyboardInterrupt:
        ended = []
    finally:
        stop_all(running)
    if ended:
        stop(f"the {ended[0]} ended by itself, so the whole site was stopped. The lines above say why.")
    print("\nAskwell has stopped.", flush=True)


def answers(host: str, port: int) -> bool:
    with contextlib.suppress(OSError, HTTPException):
        visitor = HTTPConnection(host, port, timeout=5)
        visitor.request("GET", "/healthz", headers={"Host": urlsplit(settings.BASE_URL).netloc})
        visitor.getresponse().read()
        return True
    return False


def announce() -> None:
    print(f"\nAskwell is at {settings.BASE_URL} (Ctrl-C stops it)", flush=True)
    if settings.DEMO:
        print(ACCOUNTS.format(url=settings.BASE_URL), flush=True)


def stop_all(running: dict[str, subprocess.Popen]) -> None:
    for request in REQUESTS_TO_STOP:
        signal.signal(request, signal.SIG_IGN)
    for program in running.values():
        program.terminate()
    deadline = time.monotonic() + PATIENCE
    for program in running.values():
        try:
            program.wait(timeout=max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()


def interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
