# `make brief` and `make test` do all the set-up on a machine with Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.run-stamp
DEV := $(VENV)/.dev-stamp

.PHONY: brief test check format bench docs lock clean

brief: $(STAMP)
	$(BIN)/beholden check --out build/brief

test: $(DEV)
	$(BIN)/python -m pytest

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# With LIBRARY=DIR also what needs the data sets, side by side with peers (pandas and pyarrow).
bench: $(DEV)
	$(BIN)/python benchmarks/main_job.py
	$(if $(LIBRARY),$(BIN)/python benchmarks/agreement.py $(LIBRARY))
	$(if $(LIBRARY),$(BIN)/python benchmarks/panels.py --library $(LIBRARY))

# The reference pages, from what the program itself says.
docs: $(DEV)
	$(BIN)/python docs/reference/make.py

# Versions and hashes of everything; run after changing the dependencies in pyproject.toml.
lock: $(DEV)
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" \
	  --group dev pyproject.toml -o requirements/dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" \
	  --constraint requirements/dev.txt pyproject.toml requirements/build.in -o requirements/run.txt

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("beholden needs Python 3.11 or newer; set PYTHON=...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements/run.txt pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV): requirements/dev.txt $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

clean:
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
