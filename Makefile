# Two commands for a fresh machine: `make demo` and `make test`. Windows without make: see README.md.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test quick lint long docs templates clean

$(BIN)/.installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed (make PYTHON=python3.12 …)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade-strategy only-if-needed -c constraints.txt -e .
	@touch $@

$(BIN)/.installed-dev: $(BIN)/.installed
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(BIN)/.installed
	rm -rf demo
	$(BIN)/qms demo demo

test: $(BIN)/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadscope

# What is run at each step: rules, reading, words, the house itself. No night, no LibreOffice.
QUICK := achievement architecture cli docs ledger measurability parsing rules second_reader settings vietnamese
quick: $(BIN)/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadscope $(QUICK:%=tests/%)

lint: $(BIN)/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The long forms of kill, fuzz and scale tests.
long: $(BIN)/.installed-dev
	$(BIN)/python -m pytest -m long

# What is generated from the code: templates and the pages of codes and forms.
templates: $(BIN)/.installed
	$(BIN)/qms templates

docs: $(BIN)/.installed-dev
	$(BIN)/python -m docs.generate

clean:
	rm -rf $(VENV) demo .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .coverage
