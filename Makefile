# `make help` tells what there is. Everything happens in .venv; nothing else on the machine is touched.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PY := .venv/bin/python
PORT ?= 8000
export PYTHONUNBUFFERED = 1

.PHONY: help env env-dev run first-run test check bench lock messages clean

help: ## This list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

env:
	@bash scripts/venv.sh requirements.txt

env-dev:
	@bash scripts/venv.sh requirements-dev.txt

run: env ## Set everything up, load the demo where the site is empty, serve http://127.0.0.1:8000 (PORT=…)
	@bash scripts/run.sh $(PORT)

first-run: env ## Set up an empty site: database, first administrator, no demo
	@$(PY) manage.py first_run

test: env-dev ## All tests: SQLite + embedded search, PostgreSQL + Elasticsearch 8, contract suite on Elasticsearch 9
	@$(PY) scripts/test.py

check: env-dev ## Every lint: style, types, the line of packages, templates, migrations, Django's own checks
	@bash scripts/check.sh

bench: env-dev ## Speed and memory beside their baselines
	@$(PY) -m bench

lock: env-dev ## Resolve requirements*.in into locked files with hashes
	@bash scripts/lock.sh

messages: env-dev ## Collect and compile the catalogues of the interface
	@$(PY) scripts/messages.py

clean: ## Remove what was made here: .venv, the demo's database and files, caches
	@rm -rf .venv var .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
