# One command for each chore; `make` alone lists them.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
export PYTHONPATH := src
export DJANGO_SETTINGS_MODULE := soket.settings
PORT ?= 8000
DATA ?= data

.PHONY: help demo test check bench docs journey papers faults
help:
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/\t/'
