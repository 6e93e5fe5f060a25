# Askwell. `make run` starts the site with demo content, `make test` tests it. Each first sets up what it needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
BIN := .venv/bin
MAKEFLAGS += --no-print-directory

.PHONY: help run test soak lint format shots manage lock setup setup-dev bench-search

help:
	@sed -n 's/^## //p' Makefile

## make run [PORT=8001]                 the site and its worker, with demo content, for this computer only
run: setup
	@$(BIN)/python bin/serve.py

## make test [FAST=1] [ARGS="-k feeds"] the tests, on SQLite and on PostgreSQL where there is one
test: setup-dev
	@$(BIN)/python bin/test.py $(ARGS)

## make soak                            kills, 25 simulated days, what is alike or seldom seen, all on PostgreSQL: by hand
soak: setup-dev
	@SOAK=1 $(BIN)/python bin/test.py $(ARGS)

## make lint                            style, types, who imports whom, migrations, settings of a real site
lint: export SECRET_KEY := no-secret-but-long-enough-for-the-check-of-a-real-site-0123456789
lint: export BASE_URL := https://askwell.example
lint: export ALLOWED_HOSTS := askwell.example
lint: export DATABASE_URL := sqlite:///:memory:
lint: export EMAIL_URL := smtp://localhost:25
lint: export DEFAULT_FROM_EMAIL := Askwell <askwell@askwell.example>
lint: export TRUSTED_PROXIES := 1
lint: export DEBUG := 0
lint: export DEMO := 0
lint: setup-dev
	@mkdir -p var
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	find templates -name '*.html' | xargs $(BIN)/djade --check --target-version 5.2
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --deploy --fail-level WARNING

## make format                          put code and templates into shape
format: setup-dev
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .
	@find templates -name '*.html' | xargs $(BIN)/djade --target-version 5.2

## make shots [ARGS="home review"]      pictures of the main pages into docs/screenshots, from a demo of their own
shots: setup-dev
	@$(BIN)/python bin/shots.py $(ARGS)

## make bench-search DATA=DIR [QUICK=1]  how well and how fast things are found, on both databases; QUICK=1: only how well
bench-search: export DATA := $(DATA)
bench-search: setup-dev
	@$(BIN)/python bin/bench_search.py

## make manage COMMAND="recount --check" a command of manage.py, on the site of `make run`
manage: setup
	@$(BIN)/python bin/manage.py $(COMMAND)

## make lock                            choose the newest versions that requirements*.in allow
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
