# Askwell. `make run` starts the site with demo content, `make test` tests it. Each first sets up what it needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
MAKEFLAGS += --no-print-directory
BIN := .venv/bin

.PHONY: run test lint format manage lock setup setup-dev

## make run [PORT=8001]: the site and its worker, with demo content, on this computer only
run: setup
	@$(BIN)/python bin/serve.py

## make test [FAST=1] [ARGS="tests/forum -k helped"]: every test, on SQLite and on PostgreSQL where there is one
test: setup-dev
	@$(BIN)/python bin/test.py $(ARGS)

## make lint: style, types, who imports whom, migrations, and the settings of a real site
lint: setup-dev
	@$(BIN)/python bin/lint.py

## make format: put the code into shape
format: setup-dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

## make manage COMMAND="shell": a command of manage.py, on the site of `make run`
manage: setup
	@$(BIN)/python bin/manage.py $(COMMAND)

## make lock: choose the newest versions that requirements*.in allow, with their hashes
lock: setup-dev
	@$(BIN)/pip install --quiet uv
	@$(LOCK) requirements.in --output-file requirements.txt
	@$(LOCK) requirements-dev.in --output-file requirements-dev.txt

LOCK := $(BIN)/uv pip compile --upgrade --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --no-header

setup:
	@$(PYTHON) bin/setup.py

setup-dev:
	@$(PYTHON) bin/setup.py --dev
