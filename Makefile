# Everything runs in the project's own environment, .venv, made on the first call. uv is used where it is installed.
PYTHON ?= python3
BIN = .venv/bin

.PHONY: help report test lint types check format bench snapshot clean

help:  ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

.venv/.ready: pyproject.toml uv.lock
	@if command -v uv >/dev/null 2>&1; then \
	  uv sync --quiet --frozen; \
	else \
	  test -x $(BIN)/python || $(PYTHON) -m venv .venv; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev; \
	fi
	@touch $@

report: .venv/.ready  ## the main job, from the snapshot: no data, no network
	@$(BIN)/pliktgraf report

test: .venv/.ready  ## the tests; those on real law skip where ../shared is missing
	$(BIN)/python -m pytest -q

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ready
	$(BIN)/mypy

check: lint types test  ## every check

format: .venv/.ready  ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.ready  ## the figures of docs/performance.md (needs ../shared)
	for file in tests/benchmarks/bench_*.py; do echo "== $$file"; PYTHONPATH=. $(BIN)/python $$file; done

snapshot: .venv/.ready  ## compute data/snapshot anew (needs ../shared or PLIKTGRAF_LOVDATA)
	$(BIN)/pliktgraf snapshot --source $(or $(PLIKTGRAF_LOVDATA),../shared/lovdata/gjeldende-lover.tar.bz2) --to data/snapshot

clean:
	rm -rf .venv dist
