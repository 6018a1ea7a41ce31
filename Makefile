# One command for each chore; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
DATA ?= data
NAME ?=
export PYTHONPATH := $(CURDIR)/src:$(CURDIR)
export DJANGO_SETTINGS_MODULE := soket.settings

.PHONY: help install install-test demo public test check bench docs journey papers
help:
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/'

$(VENV)/.base: requirements/base.lock
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV) || { echo "Debian's Python needs its venv package: apt-get install python3-venv"; exit 1; }
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.lock
	@$(PY) -m soket compile_texts
	@touch $@

$(VENV)/.test: requirements/test.lock $(VENV)/.base
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@

install: $(VENV)/.base
install-test: $(VENV)/.test

demo: install ## build the demonstration world (once) and serve it on 127.0.0.1:8000
	@SOKET_DEMO=1 SOKET_DATA=$(DATA) SOKET_BASE_URL=http://127.0.0.1:$(PORT) $(PY) -m soket demo --port $(PORT)

public: install ## serve the newspaper alone, without the inside: make public PORT=8080
	@SOKET_DATA=$(DATA) $(PY) -m soket public --port $(PORT)

test: install-test ## the checks, then every test on SQLite and on PostgreSQL, then the browser
	@PY=$(PY) bash scripts/test.sh

check: install-test ## style, types, contracts
	@PY=$(PY) bash scripts/check.sh

bench: install-test ## list the benches, or run one: make bench NAME=rollup
	@$(PY) -m bench $(NAME)

docs: install-test ## what the documents name exists, and their worked numbers are computed again
	@$(PY) scripts/licences.py --check
	@SOKET_DATA=$$(mktemp -d) $(PY) -m pytest -q tests/architecture/test_docs.py tests/rollup/test_core_docs.py tests/audit/test_core.py \
		tests/audit/test_verifier.py tests/reviews/test_core.py tests/documents/test_prose.py

journey: install-test ## one browser journey: make journey NAME=tree
	@$(PY) -m pytest -q tests/journeys -k "$(or $(NAME),test)"

papers: install-test ## one of each official paper from the demonstration world, with page images, in build/papers/
	@SOKET_DEMO=1 SOKET_DATA=$(DATA) SOKET_LOG_LEVEL=WARNING $(PY) -m soket demo --build-only
	@SOKET_DEMO=1 SOKET_DATA=$(DATA) SOKET_LOG_LEVEL=WARNING $(PY) scripts/papers.py
