#!/usr/bin/env python3
"""Makes the virtual environment out of the locked requirements. Does nothing, fast, when it is there already."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# A virtual environment works only in the folder and with the Python that it was made for.
HERE = f"{sys.version}\n{VENV}\n"


def main() -> None:
    if sys.version_info < (3, 11):
        stop(
            f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}. Name another: make PYTHON=python3.11 …"
        )
    locks = ["requirements.txt", "requirements-dev.txt"] if "--dev" in sys.argv else ["requirements.txt"]
    if not says(VENV / "made-for", HERE):
        make_venv()
    for lock in locks:
        if not says(stamp(lock), fingerprint(lock)):
            install(lock)


def says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text() == text


def stamp(lock: str) -> Path:
    return VENV / f"{lock}.sha256"


def fingerprint(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def make_venv() -> None:
    try:
        VENV.mkdir(exist_ok=True)
    except OSError as problem:
        stop(f"{ROOT} cannot be written to ({problem.strerror}); set up Askwell in a folder of your own.")
    if subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True).returncode:
        stop("Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv")
    report([sys.executable, "-m", "venv", "--clear", VENV], "The virtual environment could not be made")
    (VENV / "made-for").write_text(HERE)


def install(lock: str) -> None:
    print(f"Installing what {lock} lists (once, about half a minute) …", flush=True)
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",
        "--disable-pip-version-check",
        "--no-input",
    ]
    report([*command, "--progress-bar=off", "-r", ROOT / lock], "Packages could not be installed")
    stamp(lock).write_text(fingerprint(lock))


def report(command: list, trouble: str) -> None:
    """Run `command` quietly. If it fails, its last error is the reason given, and the whole of it is kept in a file."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode == 0:
        return
    log = VENV / "setup.log"
    log.write_text(done.stdout)
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    if any("connection" in line.lower() for line in lines):
        stop(f"{trouble}: the package registry cannot be reached. Is this computer online? Details: {log}")
    errors = [line for line in lines if line.startswith("ERROR")] or lines or ["no reason given"]
    stop(f"{trouble}: {errors[-1].removeprefix('ERROR: ')} Details: {log}")


def stop(sentence: str) -> None:
    sys.exit(f"askwell: {sentence}")


if __name__ == "__main__":
    os.umask(0o022)
    try:
        main()
    except KeyboardInterrupt:
        stop("stopped before everything was installed; the next start carries on.")
    except OSError as problem:
        stop(f"{problem.filename}: {problem.strerror}.")
