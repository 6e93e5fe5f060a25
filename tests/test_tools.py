"""What `make` starts: the environment it gives, what it refuses, and how it ends."""

import json
import logging
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from core.logs import WithoutQueries
from demo import people

ROOT = Path(settings.BASE_DIR)
sys.path.insert(0, str(ROOT / "bin"))

import environment  # noqa: E402
import serve  # noqa: E402

FINE = {"PATH": os.environ["PATH"], "SECRET_KEY": "x" * 60, "DATABASE_URL": "sqlite:///:memory:", "LANG": "C.UTF-8"}


@pytest.fixture
def a_free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(autouse=True)
def signals_as_they_were():
    before = {number: signal.getsignal(number) for number in serve.REQUESTS_TO_STOP}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def run(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=FINE | variables, capture_output=True, text=True)


# The environment


def test_an_environment_file_is_read_as_systemd_reads_it(tmp_path):
    file = tmp_path / ".env"
    file.write_text(
        "# a remark\n\nPORT=8001\nDEFAULT_FROM_EMAIL=\"Askwell <a@b.c>\"\nSECRET_KEY='a#b=c$d'\nTIME_ZONE=\n"
    )
    assert environment.read_env_file(file) == [
        ("PORT", "8001"),
        ("DEFAULT_FROM_EMAIL", "Askwell <a@b.c>"),
        ("SECRET_KEY", "a#b=c$d"),
        ("TIME_ZONE", ""),
    ]


def test_a_line_of_it_that_means_nothing_is_named(tmp_path):
    (tmp_path / ".env").write_text("PORT=8001\nexport HOST=x\n")
    with pytest.raises(SystemExit, match=r"askwell: \.env, line 2: write NAME=value\."):
        environment.read_env_file(tmp_path / ".env")


def test_the_secret_key_is_made_once_and_kept_private(tmp_path):
    path = tmp_path / "secret-key"
    key = environment.secret_key(path)
    assert len(key) > 50
    assert environment.secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("DEBUG", "perhaps"),
        ("MINIMUM_AGE", "sixteen"),
        ("BASE_URL", "askwell.example"),
        ("EMAIL_URL", "pigeon://post"),
        ("DATABASE_URL", "mysql://localhost/askwell"),
        ("DATABASE_URL", "askwell"),
    ],
)
def test_a_variable_that_is_missing_or_malformed_ends_start_up_with_one_line(name, value):
    done = run("manage.py", "check", **{name: value})
    assert done.returncode == 1
    assert re.fullmatch(rf"askwell: {name} .+\n", done.stderr)


def test_the_example_names_what_the_settings_read_and_nothing_else():
    read = re.compile(r"""env\.(?:read|text|number|words|flag|mail|may_be_empty)\(\s*["']([A-Z_]+)["']""")
    sources = [(ROOT / "config" / name).read_text() for name in ("settings.py", "gunicorn.py")]
    known = {name for source in sources for name in read.findall(source)}
    assert set(re.findall(r"(?m)^#([A-Z_]+)=", (ROOT / ".env.example").read_text())) == known


# What is refused


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(SystemExit, match=r"file/var cannot be written to \(.+\)\. Name another folder with DATA_DIR\."):
        environment.need_writable(tmp_path / "file" / "var")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "askwell.example"])
def test_a_demo_is_open_to_this_computer_only(monkeypatch, host):
    monkeypatch.setenv("DEMO", "1")
    with pytest.raises(SystemExit, match="lets others in"):
        serve.refuse_open_demo(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_a_demo_may_listen_on_this_computer(monkeypatch, host):
    monkeypatch.setenv("DEMO", "1")
    serve.refuse_open_demo(host)


def test_a_taken_port_is_named_together_with_a_way_out():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(SystemExit, match=rf"port {port} is taken\. .*make run PORT={port + 1}"):
            serve.refuse_taken_port("127.0.0.1", str(port))


@pytest.mark.parametrize("port", ["", "http", "0", "-1", "65536", "8000 "])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(SystemExit, match="is no port"):
        serve.refuse_taken_port("127.0.0.1", port)


def test_the_accounts_that_are_announced_are_those_of_the_demo():
    assert set(re.findall(r"(\S+)@demo\.test", serve.ACCOUNTS)) == set(people.ACCOUNTS)
    assert people.PASSWORD in serve.ACCOUNTS


# Two programs kept together

PATIENT = [sys.executable, "-c", "import time; time.sleep(60)"]
HASTY = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


def test_when_one_dies_the_other_is_stopped_too(a_free_port):
    began = time.monotonic()
    with pytest.raises(SystemExit, match="the worker ended by itself"):
        serve.keep_running({"web server": PATIENT, "worker": HASTY}, "127.0.0.1", a_free_port)
    assert time.monotonic() - began < 10


def test_one_that_does_not_listen_is_ended_all_the_same(monkeypatch):
    monkeypatch.setattr(serve, "PATIENCE", 0.5)
    deaf = subprocess.Popen(DEAF, start_new_session=True, stdout=subprocess.PIPE, text=True)
    assert deaf.stdout.readline() == "deaf\n"
    serve.stop_all({"worker": deaf})
    assert deaf.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_the_whole_site_starts_twice_and_stops_when_asked(tmp_path, a_free_port):
    variables = {"PORT": str(a_free_port), "DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    variables = {name: value for name, value in FINE.items() if name != "DATABASE_URL"} | variables
    for patience in (120, 20):
        began = time.monotonic()
        site = subprocess.Popen(
            [sys.executable, "bin/serve.py"], cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True
        )
        try:
            address = f"Askwell is at http://localhost:{a_free_port} (Ctrl-C stops it)\n"
            assert address in iter(site.stdout.readline, "")
            assert time.monotonic() - began < patience
            with urlopen(f"http://localhost:{a_free_port}/", timeout=10) as answer:
                assert answer.status == 200
        finally:
            site.send_signal(signal.SIGINT)
            rest = site.stdout.read()
            site.wait(timeout=30)
        assert site.returncode == 0
        assert rest.endswith("Askwell has stopped.\n")
        assert "member@demo.test" in rest
        with pytest.raises(OSError), urlopen(f"http://localhost:{a_free_port}/healthz", timeout=5):
            pass


# The log


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("GET /ask/?title=Why+me&article=x HTTP/1.1", "GET /ask/?… HTTP/1.1"),
        ("Referer https://askwell.example/search/?q=lump refused", "Referer https://askwell.example/search/?… refused"),
        ("Is it ready? Yes.", "Is it ready? Yes."),
        ("<WSGIRequest: GET '/search/?q=lump'>", "<WSGIRequest: GET '/search/?…'>"),
        ("Unprocessable Entity: /for-review/Ab_3-x/approve/", "Unprocessable Entity: /for-review/…/approve/"),
    ],
)
def test_what_was_asked_for_and_what_opens_a_text_stay_out_of_the_log(message, kept):
    for record in (logging.makeLogRecord({"msg": message}), logging.makeLogRecord({"msg": "%s", "args": (message,)})):
        assert WithoutQueries().filter(record)
        assert record.getMessage() == kept


def test_gunicorn_writes_no_line_for_each_visit():
    done = run("-c", "import json, config.gunicorn as g; print(json.dumps([g.accesslog, g.workers, g.worker_class]))")
    assert json.loads(done.stdout) == [None, 1, "gthread"]


# Make


def test_make_alone_says_what_it_can_do():
    if not shutil.which("make"):
        pytest.fail("make is missing")
    done = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True)
    for target in ("run", "test", "lint", "lock"):
        assert f"make {target}" in done.stdout
