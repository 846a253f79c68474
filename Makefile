# Two commands on a fresh machine: `make demo` runs the main job, `make test` runs every test.
PYTHON ?= python3
BIN := .venv/bin
DEMO ?= demo

.PHONY: help demo test lint benchmarks docs lock clean

help:
	@echo "make demo        install into .venv, load a sample case, ask the first questions, write a page"
	@echo "make test        install what the tests need and run all of them (a real Neo4j, a real browser)"
	@echo "make lint        ruff, mypy and the direction of imports"
	@echo "make benchmarks  speed and memory, as ratios against a peer in the same run"
	@echo "make docs        write the generated reference anew"

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "graphkit needs Python 3.11 or later")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable .
	@touch $@

.venv/installed-tests: .venv/installed
	$(BIN)/python -m pip install --quiet -c constraints.txt --editable '.[test]'
	@touch $@

demo: .venv/installed
	$(BIN)/graphkit demo $(DEMO)

test: .venv/installed-tests
	$(BIN)/python -m tests.prepare
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadgroup --max-worker-restart 0

lint: .venv/installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check graphkit tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports

benchmarks: .venv/installed-tests
	$(BIN)/python -m tests.neo4j.prepare
	$(BIN)/python -m benchmarks

docs: .venv/installed
	$(BIN)/python -m graphkit.documentation docs

lock:
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-emit-index-url --no-header --no-annotate -o constraints.txt

clean:
	rm -rf .venv $(DEMO) casebook
