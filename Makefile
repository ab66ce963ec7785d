# Every target sets up what it needs; `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= $(or $(ARKWRIGHT_BENCH_DATA),../shared/data)
SHELL := /bin/bash

.DEFAULT_GOAL := help
.PHONY: help setup system run test check format lint types imports bench docs

help:  ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: .venv/ready  ## Create .venv with the arkwright command in .venv/bin

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "Python >= 3.11 with the venv module is needed; on Debian or Ubuntu: sudo apt install python3-venv"; exit 2; }
	@test -x $(BIN)/arkwright || echo "setting up .venv, once"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/dev: .venv/ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	@touch $@

system:  ## Install the system packages that boxes use (Debian, Ubuntu; asks for root)
	@SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); $$SUDO apt-get update -qq && \
	  $$SUDO apt-get install -y -qq --no-install-recommends bubblewrap chromium fonts-dejavu-core libatomic1 >/dev/null

run: setup  ## Do the README's request over the example data
	@$(BIN)/arkwright run "Read examples/sales.csv, total the revenue by region and month, chart it, and write a two-page PDF report with the table, the chart and the three largest changes"

test: .venv/dev  ## Run the tests
	@$(BIN)/arkwright doctor --build
	@$(BIN)/python -m pytest -n 2 --dist loadfile

check: lint types imports test  ## Everything CI checks

format: .venv/dev  ## Rewrite the code in the house style
	@$(BIN)/ruff check --fix-only . && $(BIN)/ruff format .

lint: .venv/dev  ## Style and common mistakes
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: .venv/dev  ## Types, strictly
	@$(BIN)/pyright

imports: .venv/dev  ## The import contracts
	@$(BIN)/lint-imports

bench: .venv/dev  ## Run benchmarks/NAME.py
	@ARKWRIGHT_BENCH_DATA=$(DATA) $(BIN)/python benchmarks/$(NAME).py

docs: .venv/dev  ## Run every code block in the docs
	@$(BIN)/python -m pytest tests/docs
