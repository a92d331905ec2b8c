#!/usr/bin/env bash
# Resolves the .in files into locked requirements with hashes, for the oldest Python that we support (Debian 12's);
# no address of a registry is written. Arguments go to pip-compile (--upgrade, --upgrade-package NAME).
set -euo pipefail
cd "$(dirname "$0")/.."
python=${PYTHON:-/usr/bin/python3}; command -v "$python" >/dev/null || python=python3
tool=.cache/lock-$("$python" -c 'import platform; print(platform.python_version())')
[[ -x $tool/bin/pip-compile ]] || { "$python" -m venv "$tool"; "$tool/bin/pip" install -q pip-tools; }
options=(--quiet --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links)
export CUSTOM_COMPILE_COMMAND="make lock"
"$tool/bin/pip-compile" "${options[@]}" "$@" -o requirements.txt requirements.in
"$tool/bin/pip-compile" "${options[@]}" "$@" -o requirements-dev.txt requirements-dev.in
