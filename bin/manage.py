"""`manage.py` in the environment of `make run`: `.venv/bin/python bin/manage.py shell`."""

import sys

import environment
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    environment.load()
    execute_from_command_line(sys.argv)
