#!/usr/bin/env bash
# Set up everything in .venv, from nothing but bash and some Python >= 3.12. Run again it does only what is missing.
#   tools/setup.sh run         what running needs
#   tools/setup.sh dev         what tests and checks need as well
#   tools/setup.sh pdf-check   and veraPDF with a Java runtime, 130 MB (docs/decisions/0018)
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}

# Debian packages: WeasyPrint draws with Pango, in Open Sans; the tests drive Chromium and start PostgreSQL, Redis and nginx.
packages=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-open-sans)
[ "$kind" = dev ] && packages+=(chromium postgresql redis-server nginx-light)

missing_packages() {
  command -v dpkg-query >/dev/null || return 0
  local package
  for package in "${packages[@]}"; do
    case $package in
      postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && continue ;;
      chromium | redis-server) command -v "$package" >/dev/null && continue ;;
      nginx-light) command -v nginx >/dev/null && continue ;;
    esac
    dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || echo "$package"
  done
}

install_packages() {
  local missing
  missing=$(missing_packages | tr '\n' ' ')
  [ -n "${missing// /}" ] || return 0
  local line="apt-get install -y --no-install-recommends $missing"
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "These Debian packages are missing. Ask an administrator to run:" >&2
    echo "  sudo $line" >&2
    [ "$kind" = run ] && return 0 # the pages work without; only PDFs do not
    return 1
  fi
  echo "Installing: $missing"
  # The tests start servers of their own; Debian need not start others (RUNLEVEL).
  if [[ $missing == *postgresql* ]]; then
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" > /etc/postgresql-common/createcluster.conf
  fi
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  # shellcheck disable=SC2086
  apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 || {
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends $missing >/dev/null
  }
}

find_python() {
  local candidate home
  local candidates=("${PYTHON:-}" python3.14 python3.13 python3.12 python3 /usr/local/bin/python3* /opt/*/bin/python3)
  # pyenv keeps its versions in a home, and HOME may be an empty one.
  for home in "${HOME:-}" $(cut -d: -f6 /etc/passwd | sort -u); do
    # The newest first.
    candidates+=("$home"/.pyenv/versions/3.1[4-9]*/bin/python "$home"/.pyenv/versions/3.13*/bin/python "$home"/.pyenv/versions/3.12*/bin/python)
  done
  for candidate in "${candidates[@]}"; do
    [ -n "$candidate" ] || continue
    # A name can be there and not work (pyenv's shims), so each is tried.
    "$candidate" -c 'import sys, venv, ensurepip; raise SystemExit(sys.version_info < (3, 12))' >/dev/null 2>&1 || continue
    echo "$candidate"
    return 0
  done
  return 1
}

make_venv() {
  if [ ! -x .venv/bin/python ] || ! .venv/bin/python -c '' 2>/dev/null; then
    local python
    python=$(find_python) || {
      echo "Leerscan needs Python 3.12 or newer, and none was found. On Debian 13 or Ubuntu 24.04:" >&2
      echo "  sudo apt-get install python3 python3-venv" >&2
      echo "or say where it is: PYTHON=/path/to/python3.12 make setup" >&2
      exit 1
    }
    rm -rf .venv
    "$python" -m venv .venv
  fi
  [ -x .venv/bin/uv ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check uv
}

sync() {
  local groups=(--no-dev)
  [ "$kind" = dev ] && groups=(--group dev)
  [ "$kind" = pdf-check ] && groups=(--group dev --group pdf-check)
  # --inexact: uv itself lives in there, and a developer's tools stay when only running is asked for.
  # The system's own certificates: behind a company's proxy uv's built-in ones would not do.
  UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never .venv/bin/uv sync --quiet --frozen --python .venv/bin/python --inexact "${groups[@]}"
}

# Nothing of this changes unless one of these files does.
stamp=.venv/.setup-$kind
fingerprint() {
  cat uv.lock pyproject.toml tools/setup.sh reports/packaged_files.py config/settings.py locale/*/LC_MESSAGES/*.po $(find static -type f | sort) | sha256sum
}

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ] && .venv/bin/python -c '' 2>/dev/null; then
  exit 0
fi
install_packages
make_venv
sync
.venv/bin/python -m tools.messages compile
LEERSCAN_HOME=build/home .venv/bin/python manage.py collectstatic --noinput --verbosity 0
fingerprint > "$stamp"
