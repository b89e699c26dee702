# The two commands most people need: `make run` and `make test`. Both install what they need into .venv first.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help install run test test-postgresql check bench audit format lock i18n

help:  ## What can be made here
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 17

.venv/.installed: pyproject.toml requirements/dev.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

install: .venv/.installed  ## Install everything into .venv, and the files the pages are dressed in
	$(BIN)/python -m wizard.assets

run: install  ## Serve the guide on 127.0.0.1:8000 (PORT=… for another port)
	$(BIN)/wizard serve --port $(PORT)

test: install  ## Run the tests (browser tests need apt-get install chromium firefox-esr)
	$(BIN)/python -m pytest

test-postgresql: install  ## All but the browser tests, in a PostgreSQL of their own (needs apt-get install postgresql)
	$(BIN)/python -m pytest --database postgresql -m "not browser"

check: install  ## Lint, types, import contracts, templates and the guide
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint
	$(BIN)/wizard check

bench: install  ## Race the rules against other engines, and write docs/benchmarks.md (minutes)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	$(BIN)/python -m bench --write docs/benchmarks.md

audit: install  ## Judge the code and its parts: bandit, own rules, secrets, known holes; writes the SBOM to build/
	test -x .venv/audit/bin/semgrep || $(PYTHON) -m venv .venv/audit
	.venv/audit/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/audit.txt
	$(BIN)/python -m audit

format: install  ## Put code and templates in the common form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djlint templates --reformat --quiet

lock: .venv/.installed  ## Lock the versions anew
	$(BIN)/uv pip compile pyproject.toml --upgrade --extra deploy --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/app.txt
	$(BIN)/uv pip compile pyproject.toml --upgrade --extra dev --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --upgrade --extra bench --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/bench.txt
	$(BIN)/uv pip compile requirements/audit.in --upgrade --universal --generate-hashes --no-emit-index-url --no-header --quiet -o requirements/audit.txt

i18n: .venv/.installed  ## Bring every catalogue of translations up to date with its texts
	$(BIN)/python -m wizard.i18n
