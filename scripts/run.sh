#!/usr/bin/env bash
# The demo on one machine. Arguments: port.
set -euo pipefail
cd "$(dirname "$0")/.."
export DJANGO_SETTINGS_MODULE=${DJANGO_SETTINGS_MODULE:-config.settings.dev} DEBUG=${DEBUG:-0} LOG_LEVEL=${LOG_LEVEL:-WARNING}
exec .venv/bin/python manage.py serve --host "${HOST:-127.0.0.1}" --port "${1:-8000}" --prepare --demo
