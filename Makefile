# Everything runs in .venv, set up from requirements.lock; `make help` lists the commands.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PEERS := build/bench/.ready
CONC := build/conc/.ready
QUICK := tests/report tests/sentiment $(addprefix tests/test_,documented.py errors.py notebooks.py parameters.py schema.py structure.py)
CORPUS ?=
ROOM ?=
GOLD ?=
ALL ?=

help:  ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(READY)  ## make .venv with exactly what requirements.lock names

$(READY): requirements.lock
	@command -v $(PYTHON) >/dev/null || { echo "Broadsheet needs Python 3.11 or newer, and there is no $(PYTHON). Install it, or name another: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Broadsheet needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks venv or ensurepip. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "[1/3] Making .venv ..."
	@$(PYTHON) -m venv --clear .venv
	@echo "[2/3] Downloading and installing what requirements.lock names: two to four minutes ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock & \
	pip=$$!; seconds=0; while kill -0 $$pip 2>/dev/null; do sleep 1; seconds=$$((seconds + 1)); \
	  [ $$((seconds % 20)) != 0 ] || echo "      still downloading and installing after $$seconds seconds ..."; \
	done; wait $$pip
	@echo "[3/3] Installing Broadsheet ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Done: $$($(BIN)/python --version) in .venv"

reports: $(READY)  ## make the site in reports/site; CORPUS=PATH reads another folder
	@$(BIN)/broadsheet run $(if $(CORPUS),--corpus "$(CORPUS)")

test: $(READY)  ## run all tests
	@$(BIN)/python -m pytest

quick: $(READY)  ## run the tests that take seconds; ROOM=tables adds those of a room
	@$(BIN)/python -m pytest $(QUICK) $(if $(ROOM),tests/$(ROOM) lib/broadsheet/$(ROOM))

faults: $(READY)  ## run the slow tests that kill builds and fill disks
	@$(BIN)/python -m pytest -m faults tests/store

lab: $(READY)  ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab --notebook-dir=. notebooks/term_frequencies.ipynb

bench: $(PEERS) $(CONC)  ## measure speed and memory beside other tools; CORPUS=PATH reads another folder
	@build/bench/bin/python tests/benchmarks/run.py $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(ALL),--all)

$(PEERS): requirements.lock tests/benchmarks/peers.txt
	@echo "Setting up build/bench with the tools to measure beside ..."
	@$(PYTHON) -m venv --clear build/bench
	@build/bench/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock -r tests/benchmarks/peers.txt
	@build/bench/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(CONC): tests/benchmarks/peers_conc.txt
	@echo "Setting up build/conc with Conc, which wants another Polars ..."
	@$(PYTHON) -m venv --clear build/conc
	@build/conc/bin/python -m pip install --quiet --disable-pip-version-check -r tests/benchmarks/peers_conc.txt
	@touch $@

evaluate: $(READY)  ## measure quality against gold standards in GOLD=DIR
	@$(BIN)/python tests/evaluation/scores.py --gold "$(GOLD)"

lint: $(READY)  ## check form: ruff, and notebooks without outputs
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/nbstripout --keep-id --verify notebooks/*.ipynb tests/golden/notebooks/*.ipynb

lock: pyproject.toml  ## write requirements.lock anew, with the newest versions
	@$(PYTHON) -m venv --clear build/lock && build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@{ echo "# Exact versions of everything Broadsheet runs, tests and lints with, for Python 3.11 and newer."; \
	   echo "# Made from pyproject.toml by: make lock"; \
	   build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --extra develop --no-header --no-emit-index-url pyproject.toml; \
	 } > build/requirements.lock && mv build/requirements.lock requirements.lock

clean:  ## remove .venv and the reports made
	@rm -rf .venv build reports/site

.PHONY: help setup reports test quick faults lab bench evaluate lint lock clean
