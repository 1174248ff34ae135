# Needs Python 3.11 or newer and make. Everything else is put into .venv, or is Debian's and asked for by name.

PYTHON ?= python3
BIN := .venv/bin
# Compiled when it is first loaded, which most of it never is. The pip that a Python brings is years old: to read the
# lists of what is to be had takes it 25 seconds, today's ten.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-compile
APT := tests/apt-install

# Two for each of two cores: a third of the time a test waits, for a browser, a server or a clock. Each takes half a GB.
WORKERS ?= 4

BROWSER_SOURCES := $(shell find browser/src notegen/text/characters.json browser/build.mjs browser/package-lock.json browser/tsconfig.json -type f 2>/dev/null)

.PHONY: site test check format bench coverage browser static static-python static-browser test-browser test-python programs clean help

# Two things at once: Debian installs beside pip, and types are checked beside pytest, whose processes wait by turns.
MAKEFLAGS += --jobs=2

# What Python compiles is kept, whatever the shell says: every program that a test starts would compile all of notegen.
unexport PYTHONDONTWRITEBYTECODE

site: .venv/.runs  ## build notes/ into site/ and print the address to open
	@$(BIN)/notegen build notes -o site

# In this order: types are checked while npm installs and pytest collects, each of which keeps one core only.
test: static-python test-browser test-python static-browser  ## everything that must hold before a change is sent

check: static  ## the quick half of `test`: style, types, layers, documentation
	@$(BIN)/pytest tests/test_layers.py tests/test_browser_layers.py tests/test_names.py tests/test_wording.py tests/test_docstrings.py tests/test_documentation.py

format: .venv/.tests browser/node_modules/.tests  ## format Python and TypeScript, and mend what ruff and Biome can mend
	@$(BIN)/ruff check --fix-only --quiet
	@$(BIN)/ruff format --quiet
	@$(BIN)/python hatch_build.py run --silent format

bench: .venv/.tests  ## the figures that the README quotes
	@$(BIN)/python -m bench

coverage: .venv/.tests browser/dist.sha256  ## how much of the package runs in the tests without a browser
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -n 2 --dist worksteal --ignore=tests/browser
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report

browser: browser/dist.sha256  ## bundle browser/src again

static: static-python static-browser  ## style and types, in Python and in TypeScript

static-python: .venv/.tests  ## style and types in Python
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet || { echo "run \`make format\`" >&2; exit 1; }
	@$(BIN)/mypy --no-error-summary

static-browser: browser/node_modules/.tests  ## style and types in TypeScript
	@$(BIN)/python hatch_build.py run --silent check

test-browser: browser/node_modules/.tests browser/dist.sha256  ## the TypeScript unit tests
	@$(BIN)/python hatch_build.py run --silent test

test-python: programs .venv/.tests browser/dist.sha256  ## pytest: the package, the goldens and the pages in two browsers
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal

programs: .venv/pyvenv.cfg  ## what the tests need of Debian, where it is missing
	@missing=$$( \
	  $(BIN)/python -m tests.support.chromium || echo chromium chromium-headless-shell; \
	  $(BIN)/python -m tests.support.firefox || echo firefox-esr; \
	  command -v rsync >/dev/null || echo rsync; \
	  command -v ssh >/dev/null || echo openssh-client; \
	  PATH="$$PATH:/usr/sbin" command -v nginx >/dev/null || echo nginx); \
	[ -z "$$missing" ] || $(APT) $$missing

clean:  ## remove what these targets made, but for the sites
	rm -rf .venv browser/node_modules browser/dist browser/dist.sha256 browser/.tests

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Each file below says that what its name stands for was done with the files it depends on.

.venv/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "notegen needs Python 3.11 or newer: name one with \`make PYTHON=...\`" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(APT) python3-venv
	@$(PYTHON) -m venv .venv
	@$(PIP) --upgrade pip

.venv/.runs: .venv/pyvenv.cfg pyproject.toml hatch_build.py $(BROWSER_SOURCES)
	@echo "installing notegen into .venv"
	@$(PIP) --editable .
	@touch $@

.venv/.tests: .venv/pyvenv.cfg pyproject.toml hatch_build.py
	@echo "installing notegen and its test tools into .venv"
	@$(PIP) --editable '.[dev]'
	@touch .venv/.runs $@

browser/node_modules/.tests: .venv/.tests browser/package-lock.json
	@$(BIN)/python hatch_build.py ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

# In this order: both may have npm put its packages there.
browser/dist.sha256: .venv/.tests $(BROWSER_SOURCES) | browser/node_modules/.tests
	@$(BIN)/python hatch_build.py
	@touch $@
