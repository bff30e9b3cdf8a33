# Everything a newcomer needs: `make run`, `make demo`, `make test`, `make check`, `make bench`. `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
# uv takes the versions from constraints.txt and nothing else; its own version is pinned there too.
UV_INSTALL = $(BIN)/uv pip install --quiet --python $(BIN)/python --constraints constraints.txt --build-constraints constraints.txt

# Where this is set, each of the many processes that Airflow and the tests start would compile all it imports anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run demo test test-fast check format bench bench-million eval eval-topics picture pictures doctor constraints clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: .venv/installed ## Start everything, run the flow now, stay up on schedule
	@$(BIN)/silkwire up

demo: .venv/installed ## The same with our own small newsroom instead of the internet
	@$(BIN)/python -m tests.newsroom.demo $(DEMO)

test: .venv/installed-dev ## The whole test suite, two files at a time
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

test-fast: .venv/installed-dev ## The tests that take less than a few seconds each
	@$(BIN)/pytest -m "not slow"

check: .venv/installed-dev ## ruff, mypy, sqlfluff, layering
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/sqlfluff lint --disable-progress-bar sql
	@$(BIN)/lint-imports

format: .venv/installed-dev ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/sqlfluff fix --disable-progress-bar --quiet sql

bench: .venv/installed-dev ## Measure speed and print a table
	@$(BIN)/python -m benchmarks bench

bench-million: .venv/installed-dev ## The dashboards over 10,000 and a million articles, made in .bench (half an hour)
	@$(BIN)/python -m benchmarks dashboards .bench

eval: .venv/installed-dev ## Measure quality on the real data beside the checkout, where it is there
	@$(BIN)/python -m benchmarks eval

eval-topics: .venv/installed-dev ## Train the topics without each set in turn; fail below what was promised
	@$(BIN)/python -m benchmarks topic-floors

picture: .venv/installed ## Draw docs/img/report.png anew from the demo (needs chromium)
	@$(BIN)/python -m tests.newsroom.picture

pictures: .venv/installed-dev ## Draw each page of the dashboards into docs/img (needs chromium and a demo that has run)
	@$(BIN)/python -m tests.browser.screens

doctor: .venv/installed ## Look at what a run needs
	@$(BIN)/silkwire doctor

constraints: .venv/installed-dev ## Resolve the dependencies anew into constraints.txt
	@printf 'uv\nhatchling\neditables\n' | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --no-emit-index-url --group dev pyproject.toml - --output-file constraints.txt

clean: ## Remove the environment, the demo and what was measured; the installation in .silkwire stays
	rm -rf .venv .demo .bench

.venv/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Silkwire needs Python 3.11, 3.12 or 3.13; name one: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv

.venv/installed: pyproject.toml constraints.txt | .venv/bin/uv
	@echo "Installing (a minute the first time) …"
	@$(UV_INSTALL) --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	@$(UV_INSTALL) --group dev
	@touch $@
