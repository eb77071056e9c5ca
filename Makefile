# Two commands: `make site` builds the briefing, `make test` checks everything that CI checks.
# Needs Python 3.11 or later, make and git; all else goes into .venv, by hash.

PYTHON ?= python3
BIN := .venv/bin
VALIDATOR := tests/browser/node_modules/.package-lock.json
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install

.PHONY: site test soak bench profile serve shots weights lint eval series lock golden schema sbom audit load clean

site: .venv/site.stamp
	@$(BIN)/briefing build

serve: .venv/site.stamp
	@$(BIN)/briefing serve

test: lint $(if $(shell command -v npm),$(VALIDATOR))
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# The long profile of what `make test` tries briefly. The last line is fuzzing by coverage, which takes most of a day: RUNS=10000.
soak: .venv/test.stamp
	@CRASHES=1000 EXAMPLES=20000 EDITOR_SECONDS=60 $(BIN)/python -m pytest -n 2 tests/test_crash.py tests/test_merge.py tests/test_faults.py
	@LAWS=2000 $(BIN)/python -m pytest -n 2 -m hypothesis tests
	@ENOUGH=2 $(BIN)/python -m pytest -n 2 -k "time_grows or time_is_linear" tests
	@EVERY_PAGE=1 ALL_PAYLOADS=1 $(BIN)/python -m pytest -n 2 tests/browser tests/test_hostile.py
	@$(BIN)/python -m tests.fuzz.run all --runs $(or $(RUNS),1000000)

# Every kind of page at two widths, light and dark, in shots/index.html; SHOTS=--larger for that of the tests' larger briefing.
shots: .venv/test.stamp
	@$(BIN)/python tests/shots.py shots $(SHOTS)

# What pages weigh on the wire, of the shipped and the larger briefing.
weights: .venv/test.stamp
	@$(BIN)/python tests/shots.py --weights

lint: .venv/test.stamp
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

.venv/made.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed, this is " + sys.version.split()[0] + "; try: make PYTHON=python3.12")'
	@echo "Making .venv (once) …"
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/site.stamp: requirements.txt pyproject.toml | .venv/made.stamp
	@echo "Installing what the briefing needs …"
	@$(PIP) --require-hashes -r requirements.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test.stamp: requirements-dev.txt .venv/site.stamp
	@echo "Installing what the tests need …"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@touch $@

$(VALIDATOR): tests/browser/package-lock.json
	@echo "Installing what checks the HTML …"
	@npm --prefix tests/browser ci --no-progress --loglevel=error
	@touch $@

# New versions within the bounds of pyproject.toml. Hashes only: where packages come from is the machine's business.
LOCK := uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-annotate --no-header
lock:
	$(LOCK) --group build pyproject.toml -o requirements.txt
	$(LOCK) --group build --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt
	@! grep -nE '://|index' requirements.txt requirements-dev.txt

# What a user of the briefing installs, as a CycloneDX SBOM in dist/.
sbom: .venv/test.stamp
	@mkdir -p dist
	@$(BIN)/python tests/sbom.py > dist/sbom.cdx.json
	@echo dist/sbom.cdx.json

# Whether a locked package has a known weakness; 1 where one has, 3 where the advisories cannot be reached.
audit: .venv/test.stamp
	@$(BIN)/python tests/audit.py

# Every file of the larger site from a plain web server, as fast as it can; needs nginx and wrk.
load: .venv/test.stamp
	@$(BIN)/python -m tests.bench.load $(SITE)

# Every layer of extraction on the public sets in the folder EVAL, which are not part of this project.
eval: .venv/test.stamp
	@$(BIN)/python tests/evaluate.py $(EVAL)

# How well articles about one running story are read together: those of tests/series, or of the folder SERIES; MISSES=--misses names what is wrong.
series: .venv/test.stamp
	@$(BIN)/python tests/series_score.py $(MISSES) $(SERIES)

# What the product takes beside others, on invented articles (the whole takes an hour): ROWS="nothing one-more" SOURCES=1000,10000 PAGES=5000 TIMES=3,
# PEERS=FOLDER/bin of an environment with mkdocs-material and zensical, WRITE=--write for the method page.
bench: .venv/test.stamp
	@$(BIN)/python -m tests.bench.run $(if $(ROWS),--rows "$(ROWS)") $(if $(SOURCES),--sources $(SOURCES)) $(if $(PAGES),--pages $(PAGES)) $(if $(TIMES),--times $(TIMES)) $(if $(PEERS),--peers $(PEERS)) $(WRITE)

# Where the time goes of a cold build, of one source added, of nothing changed: SOURCES=1000; FOLDER keeps the briefing for the next time.
profile: .venv/test.stamp
	@$(BIN)/python -m tests.bench.profile $(or $(SOURCES),1000) $(FOLDER)

# The pages that tests/test_golden.py compares with.
golden: .venv/test.stamp
	@UPDATE_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_golden.py

# The JSON Schemas of the files of facts, names and topics.
schema: .venv/site.stamp
	@$(BIN)/python -c 'from generator.schema import source_schema; print(source_schema(), end="")' > site_src/schema/source.json
	@$(BIN)/python -c 'from generator.schema_names import *; print(printed(entities_file_schema()), end="")' > site_src/schema/entities.json
	@$(BIN)/python -c 'from generator.schema_names import *; print(printed(topics_file_schema()), end="")' > site_src/schema/topics.json

# What can be made again; facts, registry and pages stay.
clean:
	rm -rf .venv site dist shots tests/browser/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
