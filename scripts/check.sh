#!/usr/bin/env bash
# Every lint; goes on after a failure so that all is told at once.
set -uo pipefail
cd "$(dirname "$0")/.."
failed=()
step() { local name=$1; shift; printf '%-28s' "$name"; local out
  if out=$("$@" 2>&1); then echo ok; else echo FAILED; printf '%s\n' "$out" | tail -60; failed+=("$name"); fi; }
export DJANGO_SETTINGS_MODULE=config.settings.dev PYTHONPATH=.
B=.venv/bin
step "ruff"                $B/ruff check .
step "line of packages"    $B/lint-imports
step "mypy"                $B/mypy .
step "templates (djlint)"  $B/djlint templates --lint --quiet
step "house rules"         $B/python scripts/house_lint.py
step "django check"        $B/python manage.py check --fail-level WARNING
step "migrations"          $B/python manage.py makemigrations --check --dry-run
if ((${#failed[@]})); then echo "failed: ${failed[*]}"; exit 1; fi
