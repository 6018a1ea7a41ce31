#!/usr/bin/env bash
# Style, types, contracts. Each line is one tool; any finding stops the run.
set -euo pipefail
PY=${PY:-.venv/bin/python}
bin=$(dirname "$PY")
"$bin/ruff" check src tests scripts bench
"$bin/lint-imports" --no-cache
"$bin/mypy"
"$PY" -m soket makemigrations --check --dry-run
