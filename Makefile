# Two commands matter: `make run` serves the site, `make test` runs every test. Each sets everything up.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

# Development everywhere in this file; production is started by gunicorn (see Dockerfile), never by make.
export DEBUG ?= true

.PHONY: run test check bench torture guide install stop lock

install: .venv/installed

.venv/installed: requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.x")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

run: export SITE_URL ?= http://127.0.0.1:$(PORT)
run: install
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo_staff
	@$(BIN)/python manage.py seed_demo --if-empty
	@$(BIN)/python manage.py runserver 127.0.0.1:$(PORT)

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

bench: install
	$(BIN)/python -m tests.bench

# Kills the purge thirty times and stops its database five times, on a PostgreSQL of its own; once more with the keys
# in a database of their own. SEED=… repeats one that failed.
torture: install
	$(BIN)/python -m tests.torture $(if $(SEED),--seed $(SEED))
	$(BIN)/python -m tests.torture $(if $(SEED),--seed $(SEED)) --vault

# Takes the pictures of docs/運用手引き.md anew; needs Chromium.
guide: install
	$(BIN)/python -m tests.guide

# The embedded PostgreSQL goes on running between commands; this ends it. Its data stays.
stop: install
	@$(BIN)/python -m casetra.embedded stop

lock: install
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --extra dev \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements-dev.txt pyproject.toml
