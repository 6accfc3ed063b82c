# Two commands do everything: `make run` and `make test`.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
# Only what the product uses is compiled: no vision tower, tools, server, tests or examples of llama.cpp.
LEAN := -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_CURL=OFF
export CMAKE_ARGS ?= $(LEAN)
export OMP_WAIT_POLICY ?= passive

.PHONY: run test lint format bench install install-dev lock clean

run: $(VENV)/.installed node_modules/.installed
	@$(BIN)/assistant serve

test: $(VENV)/.installed-dev node_modules/.installed-dev
	@$(BIN)/assistant setup --quiet
	@$(BIN)/pytest $(PYTEST_ARGS)

lint: $(VENV)/.installed-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(VENV)/.installed-dev
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

bench: $(VENV)/.installed-dev
	@$(BIN)/assistant setup --quiet
	@$(BIN)/python -m bench

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(UV):
	@echo "[1/3] Making the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check uv==0.13.8

$(VENV)/.installed: requirements.lock pyproject.toml | $(UV)
	@echo "[2/3] Installing the pinned packages. The first time llama.cpp is compiled here: 3 to 8 minutes."
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --no-deps --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(UV)
	@echo "[2/3] Installing the pinned packages and the test tools. The first time llama.cpp is compiled here: 3 to 8 minutes."
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --no-deps --require-hashes -r requirements-dev.lock
	@VIRTUAL_ENV=$(VENV) $(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.installed

node_modules/.installed: package.json package-lock.json | $(VENV)/.installed
	@echo "[3/3] Installing fonts and page components"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --omit=dev --ignore-scripts --no-audit --no-fund --silent
	@touch $@

node_modules/.installed-dev: package.json package-lock.json | $(VENV)/.installed-dev
	@echo "[3/3] Installing fonts, page components and the accessibility checker"
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@ node_modules/.installed

lock: | $(UV)
	@$(UV) pip compile --quiet pyproject.toml --generate-hashes --no-header --output-file requirements.lock
	@$(UV) pip compile --quiet pyproject.toml --extra dev --generate-hashes --no-header --constraint requirements.lock --output-file requirements-dev.lock

clean:
	@rm -rf $(VENV) node_modules var .mypy_cache .ruff_cache .pytest_cache .hypothesis
