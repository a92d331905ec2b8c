#!/usr/bin/env bash
# Makes .venv hold exactly the locked requirements; quick when it does already. Argument: the lock file.
set -euo pipefail
cd "$(dirname "$0")/.."
lock=${1:-requirements.txt}
python=${PYTHON:-}
for candidate in $python /usr/bin/python3 python3; do
  if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then python=$candidate; break; fi
done
[[ -n $python ]] || { echo "Python 3.11 or newer is missing. Install it: sudo apt-get install -y python3 python3-venv" >&2; exit 1; }
stamp=.venv/.chuancheng-$(basename "$lock" .txt)
wanted=$(sha256sum <"$lock" | cut -c1-32)
[[ -f $stamp && $(<"$stamp") == "$wanted" && -x .venv/bin/python ]] && exit 0
# The development lock holds everything of the run-time lock.
if [[ $lock == requirements.txt && -f .venv/.chuancheng-requirements-dev && -f .venv/.chuancheng-runtime-in-dev \
      && $(<.venv/.chuancheng-runtime-in-dev) == "$wanted" ]]; then exit 0; fi
if [[ ! -x .venv/bin/python ]]; then
  "$python" -c 'import venv, ensurepip' 2>/dev/null || {
    echo "The module venv is missing. Install it: sudo apt-get install -y python3-venv" >&2; exit 1; }
  echo "Making .venv with $("$python" --version) …"
  rm -rf .venv
  "$python" -m venv .venv
fi
echo "Installing $lock into .venv (about a minute the first time) …"
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock" </dev/null
echo "$wanted" >"$stamp"
[[ $lock == requirements-dev.txt ]] && sha256sum <requirements.txt | cut -c1-32 >.venv/.chuancheng-runtime-in-dev
exit 0
