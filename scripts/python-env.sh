#!/usr/bin/env bash
# Makes the project's Python environment, .venv, from scripts/requirements.txt and, without what those
# packages ask for, scripts/requirements-alone.txt. Does nothing when it is up to date.
# PYTHON chooses the interpreter (default python3, 3.11 or newer).
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
venv=$(dirname "$scripts")/.venv
requirements=$scripts/requirements.txt
alone=$scripts/requirements-alone.txt
installed=$venv/installed-requirements.txt # written last, so a broken installation is never taken for complete
python=${PYTHON:-python3}

fail() {
  echo "python-env: $1" >&2
  exit 1
}

if [[ -x $venv/bin/python ]] && cat "$requirements" "$alone" | cmp -s - "$installed"; then
  exit 0
fi

command -v "$python" >/dev/null || fail "expected Python 3.11 or newer, found no '$python' (set PYTHON)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || fail "expected Python 3.11 or newer, found $("$python" --version 2>&1) (set PYTHON)"
"$python" -c 'import ensurepip, venv' 2>/dev/null \
  || fail "expected Python's venv module, found none in '$python' (on Debian and Ubuntu: apt install python3-venv)"

"$python" -m venv --clear "$venv"
pip() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip --requirement "$requirements" || fail "pip could not install $requirements"
pip --no-deps --requirement "$alone" || fail "pip could not install $alone"
cat "$requirements" "$alone" >"$installed"
