#!/usr/bin/env bash
# Everything in one command: checks; the suite on SQLite; the suite on PostgreSQL 15; the browser journeys.
# Under CI nothing is left out: a missing tool is installed by .ci/run or stops the run.
set -euo pipefail
PY=${PY:-.venv/bin/python}
command -v chromium >/dev/null || { echo "The browser tests need Chromium: apt-get install chromium"; exit 1; }
[ -x /usr/lib/postgresql/15/bin/initdb ] || { echo "The PostgreSQL tests need version 15: apt-get install postgresql"; exit 1; }
[ -e /usr/lib/nginx/modules/ngx_nchan_module.so ] || { echo "The live tests need Nchan: apt-get install nginx-light libnginx-mod-nchan"; exit 1; }
command -v janus >/dev/null || { echo "The video test needs Janus: apt-get install janus"; exit 1; }
command -v espeak-ng >/dev/null || { echo "The sound tests need espeak-ng: apt-get install espeak-ng"; exit 1; }
PY=$PY bash scripts/check.sh
"$PY" -m soket compile_texts
SOKET_DATA=$(mktemp -d) "$PY" -m pytest -q -n 2 --dist worksteal --ignore=tests/journeys tests
source scripts/postgres.sh
trap stop_postgres EXIT
start_postgres
SOKET_DATA=$(mktemp -d) DATABASE_URL="postgresql://soket@/soket?host=$PGSOCKETS" "$PY" -m pytest -q -n 2 --dist worksteal -m "not one_database" --ignore=tests/journeys tests
SOKET_DATA=$(mktemp -d) "$PY" -m pytest -q -n 2 --dist loadfile tests/journeys
