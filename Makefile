# Everything a fresh machine with Python 3.11 or newer needs. `make demo` shows the product, `make test` proves it.
.DEFAULT_GOAL := help
VENV ?= .venv
BIN := $(VENV)/bin
export UV_SYSTEM_CERTS ?= 1

.PHONY: help setup text demo test pictures bench-pages bench-demo bench-capture bench-doors bench-understand bench-plan bench-verify lock clean

help: ## show this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 – /p' Makefile

setup: $(VENV)/.stamp ## make the virtual environment and install what running needs

text: $(VENV)/.stamp-text ## sentence vectors and languages: sorting learns faster, for 230 MB more

demo: $(VENV)/.stamp ## build the invented bank once, then serve it on http://localhost:8000
	@$(BIN)/coalface demo

test: $(VENV)/.stamp-dev ## style, types, contracts, all tests on SQLite and PostgreSQL, pages in a browser
	@sh scripts/test $(BIN)

pictures: $(VENV)/.stamp-dev ## photograph every page for docs/pictures
	@$(BIN)/python -m benchmarks.pictures

bench-pages: $(VENV)/.stamp-dev ## what a page costs beside a bare view of the same rows
	@$(BIN)/python -m benchmarks.pages

bench-demo: $(VENV)/.stamp-dev ## what building the demo year costs
	@$(BIN)/python -m benchmarks.demo

bench-capture: $(VENV)/.stamp-dev ## taps, bytes and seconds of noting something on a phone
	@$(BIN)/python -m benchmarks.capture

bench-doors: $(VENV)/.stamp-dev ## what imports, the public form and the API take and withstand
	@$(BIN)/python -m benchmarks.doors

bench-understand: $(VENV)/.stamp-dev ## how well words are sorted, grouped and masked, beside their peers
	@$(BIN)/python -m benchmarks.understand

bench-plan: $(VENV)/.stamp-dev ## how good, fair, quick and steady plans are, beside their peers
	@$(BIN)/python -m benchmarks.plan

bench-verify: $(VENV)/.stamp-dev ## how rightly fixes are judged, beside what people do today
	@$(BIN)/python -m benchmarks.verify

lock: $(VENV)/.stamp ## resolve the newest versions into the locks
	@sh scripts/lock $(BIN)

clean: ## remove the environment and what tools left behind (never your data in ./var)
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis var/test
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(VENV)/.stamp: requirements.lock pyproject.toml scripts/install
	@sh scripts/install $(VENV) requirements.lock
	@touch $@

$(VENV)/.stamp-text: requirements-text.lock $(VENV)/.stamp
	@sh scripts/install $(VENV) requirements-text.lock
	@touch $@

$(VENV)/.stamp-dev: requirements-dev.lock $(VENV)/.stamp
	@sh scripts/install $(VENV) requirements-dev.lock
	@touch $@
