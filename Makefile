# Two commands for a fresh machine: `make serve` and `make test`. Each sets up what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Byte code is kept whatever is set outside: the tests start hundreds of programs, which would each compile everything.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: serve test laws lint manual bench bench-scale clean

$(VENV)/.base: setup.cfg pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Anjoman needs Python 3.11 or newer: make PYTHON=python3.11 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.base
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@

serve: $(VENV)/.base
	$(BIN)/anjoman serve --open

test: $(VENV)/.test lint
	@sh tests/browser/chromium.sh
	$(BIN)/python -m pytest

# A thousand scripts of edits, 500 kills, and axe on every page in every way; for less LAWS="--scripts 50", KILLS="--kills 20", for one LAWS="--seed 7 --shrink".
laws: $(VENV)/.test
	$(BIN)/python -m tests.laws.long $(LAWS)
	$(BIN)/python -m tests.laws.kills $(KILLS)
	$(BIN)/python -m tests.browser.axe

lint: $(VENV)/.test
	$(BIN)/ruff check generator tests
	$(BIN)/mypy

# The reference of templates and the pictures of the themes, in content/manual.
manual: $(VENV)/.test
	@sh tests/browser/chromium.sh
	$(BIN)/python -m tests.browser.manual

# Without BENCH it measures everything, for hours, and puts the figures into the manual.
BENCH ?= --publish

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench $(BENCH)

bench-scale: $(VENV)/.test
	$(BIN)/python -m tests.bench.scale $(BENCH)

clean:
	rm -rf $(VENV) output .anjoman build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .bench
