# Two commands are all a fresh machine needs: `make reports` and `make test`. Each installs first, once.

PYTHON ?= python3
STUDY  ?= demo
CORES  ?= $(shell nproc 2>/dev/null || echo 2)

# Without compiled bytecode every step is three to five times slower.
unexport PYTHONDONTWRITEBYTECODE

BIN     := .venv/bin
SMK     := PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/snakemake --cores $(CORES)
CONFIG  := $(if $(filter demo,$(STUDY)),,--configfile "studies/$(STUDY)/study.yaml")

.DEFAULT_GOAL := help
.PHONY: help environment reports test bench bench-scale bench-analyses bench-buyers recovery fuzz compared lint documentation lock clean clean-all

help:  ## say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

environment:  ## create .venv from the lock files (does nothing when it is up to date)
	@$(PYTHON) envs/install.py

reports: environment  ## build everything of a study: make reports, make reports STUDY=agora-2014
	@[ "$(STUDY)" = demo ] || [ -f "studies/$(STUDY)/study.yaml" ] || \
	  { echo "there is no study '$(STUDY)': studies/$(STUDY)/study.yaml does not exist; nothing was done" >&2; exit 2; }
	@$(BIN)/python -m cryptodrug.unlock
	@$(SMK) reports $(CONFIG)

test: environment  ## run the tests
	@$(BIN)/python -m pytest -n $(CORES) --dist loadfile $(TESTS)

bench: environment  ## measure speed as ratios and renew docs/performance.md; make bench SECTIONS="reading build"
	@$(BIN)/python benchmarks/run.py $(SECTIONS)

bench-scale: environment  ## read 240,000 pages: memory, and time of a page beside a small run
	@$(BIN)/python benchmarks/scale.py $(if $(PAGES),--pages $(PAGES))

bench-analyses: environment  ## time and memory of the analyses of vendors: the demo, and a market of a million offers
	@$(BIN)/python benchmarks/analyses.py $(if $(LISTINGS),--listings $(LISTINGS))

bench-buyers: environment  ## time of everything about buyers on the demo
	@$(BIN)/python benchmarks/buyers.py

recovery: environment  ## simulate studies with known truth and renew docs/recovery.md: does the method work?
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python benchmarks/recovery.py

fuzz: environment  ## read 200,000 broken pages with all market files: never an error, never slow, never large
	@nice -n 19 $(BIN)/python benchmarks/fuzz.py --write

compared: environment  ## compare real pages with what others read on them, and renew docs/compared-pages.md
	@$(BIN)/python -m pytest tests/real -p no:cacheprovider -rs --compared docs/compared-pages.md

lint: environment  ## check the style of code and workflow
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/snakefmt --check Snakefile workflow/rules
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/snakemake --lint

documentation: environment  ## renew the generated pages of docs/
	@$(BIN)/cryptodrug settings document
	@$(BIN)/cryptodrug database document
	@$(BIN)/cryptodrug market schema

lock: environment  ## remake the lock files from envs/*.in
	@UV=$(BIN)/uv sh envs/lock.sh

clean:  ## remove all results (inputs are kept)
	rm -rf results .snakemake

clean-all: clean  ## remove the environment too
	rm -rf .venv
