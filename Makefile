# Two commands do all set-up on a machine that has Python 3.11 or newer and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: run test pytest exhaustive campaign bench check dist versions docs schemas photos clean

run: $(VENV)/.serve-ready  ## venv, install, serve, open the browser (options: make run ARGS="--port 5000")
	$(BIN)/remo-mock serve --open $(ARGS)

test: check pytest  ## venv, install, everything that CI runs

# One process more than CI has cores, since tests wait a fifth of their time; tests/conftest.py has the order of their files.
pytest: $(VENV)/.test-ready  ## the tests alone (options: make pytest ARGS="-k bands")
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder --durations 15 $(ARGS)

exhaustive: $(VENV)/.test-ready  ## all combinations where `make test` tries those that matter, minutes more
	$(BIN)/pytest --numprocesses 2 -m exhaustive $(ARGS)

campaign: $(VENV)/.test-ready  ## kills, cut connections, hostile requests, pictures and endpoints for ten minutes; prints figures
	PYTHONPATH=.:scripts $(BIN)/python -m campaign $(ARGS)

bench: $(VENV)/.test-ready  ## measure everything in 17 minutes, 30 at most, write benchmarks/RESULTS.md (options: make bench ARGS="--only photos")
	PYTHONPATH=.:benchmarks $(BIN)/python -m bench $(ARGS)

check: $(VENV)/.test-ready  ## style, types, the import rule, and whether generated files are fresh
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python scripts/derive_contract.py --check
	$(BIN)/remo-mock contract build schemas --check

dist: $(VENV)/.test-ready  ## sdist, wheel and remo-mock.pyz, checked and tried; REMO_MOCK_REPOSITORY=https://... puts links into them
	$(BIN)/python scripts/build_dist.py

versions:  ## all tests with the lowest versions that pyproject.toml declares, and with the newest; long
	$(PYTHON) scripts/check_versions.py lowest $(ARGS)
	$(PYTHON) scripts/check_versions.py newest $(ARGS)

docs: $(VENV)/.test-ready  ## README and docs/ as pages below build/docs, which open from disk
	$(BIN)/mkdocs build --strict $(ARGS)

schemas: $(VENV)/.test-ready  ## remake schemas/*/endpoint.json from facts and overrides, and what is generated from it
	$(BIN)/python scripts/derive_contract.py
	$(BIN)/remo-mock contract build schemas

photos: $(VENV)/.test-ready  ## draw fixtures/photos and the example replies again
	$(BIN)/python scripts/draw_photos.py
	$(BIN)/python scripts/build_examples.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

$(VENV)/.serve-ready: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/.test-ready: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@ $(VENV)/.serve-ready

clean:
	rm -rf $(VENV) .wheels build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
