#!/usr/bin/env bash
# Resolves the .in files into locked requirements with hashes; no address of a registry is written.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links)
export CUSTOM_COMPILE_COMMAND="make lock"
.venv/bin/python -m piptools compile "${options[@]}" "$@" -o requirements.txt requirements.in
.venv/bin/python -m piptools compile "${options[@]}" "$@" -o requirements-dev.txt requirements-dev.in
