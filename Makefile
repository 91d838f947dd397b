# What can be done here: `make` alone lists it. The first run installs into .venv what a target
# needs; after that a stamp newer than the lock file tells make that nothing is to be set up.

PYTHON ?= python3
RUN := .venv/bin/python
BUILD := .venv/.installed-requirements
TEST := .venv/.installed-requirements-test
GIVEN := FROM EVENT PRODUCT ZONE TO FOR NAME AUTHOR SITEURL LANGUAGE KIND TITLE

# Compiled code is kept in .venv, also where the environment says to keep none: to compile it again at
# every start takes longer than a build after an edit.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPYCACHEPREFIX := $(CURDIR)/.venv/pycache

MAKEFLAGS += --no-builtin-rules --no-print-directory
.PHONY: help html serve devserver publish plan rollback verify-output adopt-feed check verify import import-release new-site new test lint schema sbom audit golden screenshots profile bench crash clean FORCE

# What is given on the command line goes on by the environment, as it was typed: neither make nor a
# shell expands it.
GIVEN := $(foreach name,$(GIVEN),$(if $(findstring command,$(origin $(name))),$(name)))
$(foreach name,$(GIVEN),$(eval export HALLWAY_$(name) = $$(value $(name))))
unexport $(GIVEN)

help: ## list what can be done (also `make` alone)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

html: $(BUILD) ## build content/ into output/, drafts and future posts included
	@$(RUN) -m plugins.engine content -o output -s pelicanconf.py

serve: $(BUILD) ## show output/ in the browser as it is (PORT=8000)
	@$(RUN) -m plugins.serve output $(addprefix --port=,$(PORT))

devserver: $(BUILD) ## build, show, and build again at every change (PORT=8000)
	@$(RUN) -m plugins.serve --watch content -o output -s pelicanconf.py $(addprefix --port=,$(PORT))

publish: $(BUILD) ## build what goes online, with publishconf.py: no drafts, nothing early
	@$(RUN) -m plugins.engine content -o output -s publishconf.py $(if $(filter back,$(CLOCK)),-e CLOCK_MAY_GO_BACK=true)

plan: $(BUILD) ## tell what readers will notice of a publish (JSON=1 for programs)
	@$(RUN) -m plugins.engine content -o output -s publishconf.py --plan $(if $(JSON),--json) $(if $(filter back,$(CLOCK)),-e CLOCK_MAY_GO_BACK=true)

rollback: $(BUILD) ## bring the publish before this one back into output/
	@$(RUN) -m plugins.engine content -o output -s publishconf.py --rollback

verify-output: $(BUILD) ## compare output/ with the hashes of what was published
	@$(RUN) -m plugins.engine content -o output -s publishconf.py --verify-output

adopt-feed: $(BUILD) ## take over the ids of an old site's feed (FROM=old.xml)
	@$(RUN) -m plugins.engine content -o output -s publishconf.py --adopt-feed

check: $(BUILD) ## tell every problem in content/ and write nothing
	@$(RUN) -m plugins.engine content -o output -s pelicanconf.py --check

verify: $(BUILD) ## run the guides' commands marked run, and record the result
	@$(RUN) -m plugins.command.verify content -s pelicanconf.py

import: $(BUILD) ## take a programme into an event (FROM=schedule.xml EVENT=my-conf-2026)
	@$(RUN) -m plugins.schedule.imports content

import-release: $(BUILD) ## take a changelog's releases (FROM=CHANGELOG.md PRODUCT=tea NAME=Tea)
	@$(RUN) -m plugins.release.imports content

new-site: $(BUILD) ## begin a site of your own (TO=../my-site FOR=blog, conference or both)
	@$(RUN) -m plugins new-site

new: $(BUILD) ## begin a text (KIND=guide TITLE="Moving to Alembic")
	@$(RUN) -m plugins new

test: lint ## lint, then run every test
	@$(RUN) -m tests.chromium >/dev/null
	@$(RUN) -m pytest -n auto --dist loadfile

lint: $(TEST) ## check format, style and types
	@$(RUN) -m ruff format --check --quiet
	@$(RUN) -m ruff check --quiet
	@$(RUN) -m mypy

schema: $(BUILD) ## write the front matter's JSON Schema, which editors read
	@$(RUN) -m plugins.engine.schema content -s pelicanconf.py

sbom: $(BUILD) ## write the bill of materials of what is installed (CycloneDX) to hallway.cdx.json
	@$(RUN) -m plugins.setup.sbom requirements.txt > hallway.cdx.json

audit: $(TEST) ## look up whether a locked version is known to be unsafe (needs the network)
	@$(RUN) -m plugins.setup.audit requirements-test.txt

golden: $(TEST) ## write the tests' expected outputs anew; read the difference before a commit
	@$(RUN) -m pytest --golden

screenshots: $(TEST) ## take pictures of every page type into screenshots/ (takes minutes)
	@$(RUN) -m plugins.setup.chromium >/dev/null
	@$(RUN) -m tests.screenshots

profile: $(TEST) ## the ten functions that a cold build of 200 posts spends most time in
	@$(RUN) -m tests.bench.profile

# BENCH="--only builds --posts 1000 10000 --json bench.json" chooses; 10,000 take a quarter hour.
bench: $(TEST) ## measure builds and pages against Hugo, Pelican and bounds (takes minutes)
	@$(RUN) -m tests.chromium >/dev/null
	@$(RUN) -m tests.bench $(BENCH)

crash: $(TEST) ## disturb builds at every step and tell what was survived (takes long)
	@$(RUN) -m tests.faults

clean: ## remove output/, stages and caches (.venv and the publishes that are kept stay)
	@rm -rf screenshots hallway.cdx.json output output.* $(filter-out .output.publishes,$(wildcard .output*))
	@rm -rf .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# A PYTHON that was named, not ours by default, is always compared with the one in .venv.
.venv/.installed-%: %.txt .venv/bin/python $(if $(filter file,$(origin PYTHON)),,FORCE)
	@$(PYTHON) -m plugins.setup $<

# No recipe: an interpreter that is gone counts as changed, and the set-up above makes it anew.
.venv/bin/python:
FORCE:
