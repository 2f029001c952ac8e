#!/usr/bin/env bash
# Every test, in both environments; the quick ones first. Groups that could not run are named at the end of each part.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "== front environment, without Rasa"
.venv/bin/python -m pytest -q -n auto tests --ignore=tests/engine --ignore=tests/journeys --ignore=tests/residents --ignore=tests/crisis/published
echo "== engine environment"
.venv-engine/bin/python -m pytest -q tests/engine tests/language tests/intake
echo "== journeys through the real processes"
.venv/bin/python -m pytest -q tests/journeys tests/residents
echo "== published crisis tests through the real processes"
.venv/bin/python -m pytest -q tests/crisis/published
