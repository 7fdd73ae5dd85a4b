# Two commands: `make serve` starts Wegwijs, `make test` proves it. Both prepare what is missing.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export RASA_TELEMETRY_ENABLED := false
export OMP_NUM_THREADS := 1
export PYTHONDONTWRITEBYTECODE := 1

UV_VERSION := 0.13.9
UV := .uv/bin/uv
PORT ?= 8000

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

.PHONY: serve
serve: setup ## Start Wegwijs: demo school, chat, coach console (PORT=8000)
	@exec .venv/bin/wegwijs serve --port $(PORT)

.PHONY: setup
setup: .venv/.ready .venv-bot/.ready ## Prepare both Python environments

.PHONY: train
train: setup ## Train the Rasa model if its inputs changed
	@.venv/bin/wegwijs train

.PHONY: test
test: setup-dev ## Run every test: both interpreters, both databases, a real browser
	@.venv/bin/python -m tests.run

.PHONY: lint
lint: setup-dev ## Style, types, import walls, templates, scripts, spelling, evaluation leaks
	@.venv/bin/python -m tests.lint

.PHONY: evaluate
evaluate: setup-dev train ## Measure understanding, signals, search and dialogues on the held-out sets
	@.venv/bin/wegwijs evaluate
	@.venv/bin/python -m tests.dialogues

.PHONY: compare-pipelines
compare-pipelines: setup-dev train ## Train Rasa's default and other pipelines on our data and compare them (hours)
	@.venv/bin/python -m tests.compare_pipelines

.PHONY: bench
bench: setup-dev train ## Compare a turn through the API with a bare Rasa turn, and time the search with 100,000 offers
	@.venv/bin/python -m tests.bench_search && .venv/bin/python -m tests.bench

.PHONY: setup-dev
setup-dev: .venv/.dev .venv-bot/.dev ## Prepare the environments with what tests and checks need

.PHONY: lock
lock: $(UV) ## Resolve the four hashed requirement files again
	@for kind in app dev; do group=$$([ $$kind = dev ] && echo --group\ dev); \
	  $(UV) pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	    --python-version 3.12 pyproject.toml $$group -o requirements/$$kind.txt; done
	@cd bot && for kind in bot bot-dev; do group=$$([ $$kind = bot-dev ] && echo --group\ dev); \
	  ../$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate --no-header \
	    --python-version 3.10 pyproject.toml $$group -o ../requirements/$$kind.txt; done

.PHONY: clean
clean: ## Remove environments, model and caches; conversations in var/ stay
	rm -rf .venv .venv-bot .uv models .rasa .mypy_cache .ruff_cache .pytest_cache node_modules

# uv brings the interpreters and installs from the hashed locks; it is fetched as a wheel.
$(UV):
	@command -v python3 >/dev/null || { echo "Python 3 is missing. Install it with your system's package manager."; exit 1; }
	@echo "→ Fetching uv $(UV_VERSION)"
	@python3 -m venv .uv 2>/dev/null || { rm -rf .uv; python3 -m pip install -q --target .uv/lib uv==$(UV_VERSION) && mkdir -p .uv/bin && ln -sf ../lib/bin/uv $(UV); }
	@[ -x $(UV) ] || .uv/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION) || { rm -rf .uv; echo "uv could not be fetched. Check the network, then run make again."; exit 1; }

# A developer's environment holds all that serving needs, so `make serve` never takes its tools away.
.venv/.ready: requirements/app.txt pyproject.toml | $(UV)
	@[ -e .venv/.dev ] && $(MAKE) -s .venv/.dev || $(call environment,.venv,3.12,requirements/app.txt)
	@$(call wegwijs-command)
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | $(UV)
	@$(call environment,.venv,3.12,requirements/dev.txt)
	@$(call wegwijs-command)
	@touch .venv/.ready $@

.venv-bot/.ready: requirements/bot.txt | $(UV)
	@[ -e .venv-bot/.dev ] && $(MAKE) -s .venv-bot/.dev || $(call environment,.venv-bot,3.10,requirements/bot.txt)
	@touch $@

.venv-bot/.dev: requirements/bot-dev.txt | $(UV)
	@$(call environment,.venv-bot,3.10,requirements/bot-dev.txt)
	@touch .venv-bot/.ready $@

define environment
{ [ -x $(1)/bin/python ] || { echo "→ Creating $(1) (Python $(2))"; $(UV) venv -q -p $(2) $(1) || { echo "Python $(2) is missing and could not be fetched. Install it (for example with pyenv), then run make again."; exit 1; }; }; } \
  && echo "→ Installing $(3)" && VIRTUAL_ENV=$(1) $(UV) pip sync -q --require-hashes $(3) \
  || { echo "Installing $(3) failed. Check the network and the disk (df -h .), then run make again."; exit 1; }
endef

define wegwijs-command
VIRTUAL_ENV=.venv $(UV) pip install -q --no-deps --no-build-isolation -e .
endef
