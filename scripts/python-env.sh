#!/usr/bin/env bash
# Makes the project's Python environment, .venv, from scripts/requirements.txt and, without what those
# packages ask for, scripts/requirements-alone.txt. Does nothing when it is up to date.
# With the argument metric-learning it makes .venv-metric-learning instead, from requirements-metric-learning.txt and
# what the interpreter has already.
# PYTHON chooses the interpreter (default python3, 3.11 or newer).
set -euo pipefail

scripts=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
python=${PYTHON:-python3}

fail() {
  echo "python-env: $1" >&2
  exit 1
}

case ${1-} in
  '')
    venv=$(dirname "$scripts")/.venv
    options=(--clear)
    requirements=$scripts/requirements.txt
    alone=$scripts/requirements-alone.txt
    ;;
  metric-learning)
    venv=$(dirname "$scripts")/.venv-metric-learning
    options=(--clear --system-site-packages)
    requirements=$scripts/requirements-metric-learning.txt
    alone=/dev/null
    ;;
  *) fail "expected no argument or metric-learning, found '$1'" ;;
esac
installed=$venv/installed-requirements.txt # written last, so a broken installation is never taken for complete

if [[ -x $venv/bin/python ]] && cat "$requirements" "$alone" | cmp -s - "$installed"; then
  exit 0
fi

command -v "$python" >/dev/null || fail "expected Python 3.11 or newer, found no '$python' (set PYTHON)"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
  || fail "expected Python 3.11 or newer, found $("$python" --version 2>&1) (set PYTHON)"
"$python" -c 'import ensurepip, venv' 2>/dev/null \
  || fail "expected Python's venv module, found none in '$python' (on Debian and Ubuntu: apt install python3-venv)"

"$python" -m venv "${options[@]}" "$venv"
pip() { "$venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
pip --requirement "$requirements" || fail "pip could not install $requirements"
if [[ -s $alone ]]; then
  pip --no-deps --requirement "$alone" || fail "pip could not install $alone"
fi
cat "$requirements" "$alone" >"$installed"
