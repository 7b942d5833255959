# Everything a reader needs; `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-fast test-slow mutate check fix bench docs browser pins

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml constraints.txt constraints-dev.txt
	@$(PYTHON) scripts/check_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r constraints-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

setup: $(STAMP) ## Virtual environment, dependencies, database and the practice `demo` with its staff
	$(BIN)/steadwell demo --no-server --staff-only

demo: $(STAMP) ## Everything, with a made-up practice, served on http://localhost:8000
	$(BIN)/steadwell demo

browser: $(STAMP)
	@$(BIN)/python scripts/find_browser.py

test: $(STAMP) browser ## All tests (about ten minutes on two cores)
	$(PYTEST) -n 2 --dist loadgroup

test-fast: $(STAMP) ## Without the browser and the tables walked whole (about two minutes)
	$(PYTEST) -n 2 --dist loadgroup -m "not slow and not browser and not exhaustive"

test-slow: $(STAMP) browser ## Large data, fuzzing, pooler: nobody is asked to
	$(PYTEST) -m slow

mutate: $(STAMP) ## Change the rules one thing at a time and see which case notices (an hour)
	$(BIN)/python -m scripts.mutate

check: $(STAMP) ## ruff, mypy, import contracts, missing migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

fix: $(STAMP) ## What a machine can repair
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(STAMP) ## Speed and memory, each beside a floor measured in the same run
	$(BIN)/python -m bench

docs: $(STAMP) ## Pages made from data, and screenshots
	$(BIN)/steadwell rules page --out docs/reference/rules.md
	$(BIN)/steadwell rules minutes --out docs/reference/minutes.md
	$(BIN)/python -m scripts.make_screenshots

pins: ## Make the pinned dependencies again
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o constraints.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-header --no-emit-options --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra dev -c constraints.txt -o constraints-dev.txt pyproject.toml
