# The commands of the README and of CONTRIBUTING. Each installs what it needs, once; the second time it is quick and
# needs no network.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test screens prove bench start-profile bench-fleet truth truth-long truth-breaks lint lock calendars gallery wheel-test packages test-packages packages-arm64 test-packages-arm64

help:  ## this list
	@sed -n 's/^\([a-z0-9-]*\):.*##/\1\t/p' $(MAKEFILE_LIST)

run: $(VENV)/.ready-run  ## the demonstration: recorded levels through the real fetch path
	@$(BIN)/threat-level-kiosk run --demo

test: $(VENV)/.ready-test  ## the whole suite
	@$(BIN)/pytest --numprocesses 3 --dist loadgroup

screens: $(VENV)/.ready-test  ## 600 combined screens before the judges, 150 of them read by tesseract
	@KIOSK_SCREENS=all $(BIN)/pytest tests/ui/test_screens.py --numprocesses 2

prove: $(VENV)/.ready-test  ## 200,000 steps of random history against the ten rules of truth (SEED=1 for the same ones)
	@KIOSK_RULE_STEPS=200000 $(BIN)/pytest tests/core/test_rules.py $(if $(SEED),-p no:randomly --hypothesis-seed=$(SEED))

bench: $(VENV)/.ready-bench  ## beside a bare window of Qt and Chromium: 15 minutes (BENCH="--only start,push --rounds 3")
	@$(BIN)/python -m tests.bench --python .venv-bench/bin/python $(BENCH)

start-profile: $(VENV)/.ready-bench  ## where the time of a start goes
	@$(BIN)/python -m tests.bench.start_profile --python .venv-bench/bin/python

bench-fleet: $(VENV)/.ready-test  ## 500 presences at one broker, 20 kiosks before one Prometheus (five minutes)
	@$(BIN)/python -m tests.bench.fleet --json fleet.json

truth: $(VENV)/.ready-test  ## the promise under fire, in full; writes tests/TRUTH.md (25 minutes)
	@tests/fire/truth full $(BIN)/python

truth-long: $(VENV)/.ready-test  ## the same with a million documents made by a fuzzer
	@tests/fire/truth long $(BIN)/python

truth-breaks: $(VENV)/.ready-test  ## a dozen deliberate breaks of the promise, each caught by a test
	@$(BIN)/python -m tests.fire.breaks

lint: $(VENV)/.ready-test  ## style, types, and who may import whom
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel-test: $(VENV)/.ready-test  ## the built wheel in an environment of its own
	@packaging/test-wheel $(PYTHON) $(BIN)/python

calendars: $(VENV)/.ready-test  ## how each language writes dates and ages, anew from CLDR
	@$(BIN)/python packaging/make-calendars assets/words assets/calendars

gallery: $(VENV)/.ready-test  ## the pictures of the README and of the gallery
	@QT_QPA_PLATFORM=offscreen $(BIN)/python packaging/draw-gallery assets/pictures

packages: $(VENV)/.ready-test  ## every package for Linux, built in a clean Debian 12 (as root), in dist/
	@packaging/system-packages packages
	@packaging/linux/build $(BIN)/python dist

test-packages: packages  ## installs, runs, breaks, upgrades and removes them in fresh Debian 12 and 13 (as root)
	@packaging/system-packages proof
	@$(BIN)/pytest tests/packages --numprocesses 0 -p no:randomly

packages-arm64: $(VENV)/.ready-test  ## the same packages for arm64, in an emulated Debian 13 (as root; an hour)
	@packaging/system-packages emulation
	@packaging/linux/build $(BIN)/python dist arm64

test-packages-arm64: packages-arm64  ## installs, runs, upgrades and removes the arm64 package in an emulated Debian 13
	@packaging/system-packages proof
	@KIOSK_ARCHITECTURE=arm64 $(BIN)/pytest tests/packages/test_installed.py --numprocesses 0 -p no:randomly

lock: $(VENV)/.ready-test  ## the lock files anew, from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --group build --quiet --upgrade --generate-hashes --universal \
	    --python-version 3.11 --custom-compile-command "make lock" --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group freeze --quiet --upgrade --generate-hashes --universal \
	    --python-version 3.11 --custom-compile-command "make lock" --constraint requirements.lock \
	    --output-file packaging/requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --quiet --upgrade --generate-hashes --universal \
	    --python-version 3.11 --custom-compile-command "make lock" --output-file requirements-dev.lock

# Stamps: an environment is made anew when what it was made from has changed.
$(VENV)/.ready-run: requirements.lock pyproject.toml packaging/system-packages
	@packaging/system-packages run
	@packaging/environment $(PYTHON) $(VENV) requirements.lock
	@touch $@

$(VENV)/.ready-test: requirements-dev.lock pyproject.toml packaging/system-packages
	@packaging/system-packages test
	@packaging/environment $(PYTHON) $(VENV) requirements-dev.lock
	@touch $@ $(VENV)/.ready-run

# The kiosk as it is installed, without the checkout: what a start takes depends on how a package lies on the disk.
$(VENV)/.ready-bench: $(VENV)/.ready-test requirements.lock $(shell find kiosk assets -type f -not -name "*.pyc")
	@packaging/system-packages bench
	@packaging/install-wheel $(PYTHON) $(BIN)/python .venv-bench
	@touch $@
