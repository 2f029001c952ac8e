"""domain.yml, the rules and the configuration against what they must agree with."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.intake import arbitration
from bot.rasa.stand_in import PACKAGES

ROOT = Path(__file__).resolve().parents[2]
FORM = "introduction_form"


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


DOMAIN = read("domain.yml")
ASKS = list(read("data/questions.yml")["questions"])
DETOURS = [intent for intent in DOMAIN["intents"] if intent != "answer"]
TRAINED = sorted(
    {
        entry["intent"]
        for path in (ROOT / "data" / "nlu").glob("*.yml")
        for entry in yaml.safe_load(path.read_text())["nlu"]
        if "intent" in entry
    }
)


@pytest.mark.parametrize("slot", [slot for slot in DOMAIN["slots"] if slot != "draft"])
def test_domain_slot_is_filled_by_its_own_question_alone(slot: str) -> None:
    assert DOMAIN["slots"][slot]["mappings"] == [
        {"type": "from_text", "conditions": [{"active_loop": FORM, "requested_slot": slot}]}
    ]


@pytest.mark.parametrize("slot", DOMAIN["slots"])
def test_domain_slot_does_not_steer_the_policies(slot: str) -> None:
    assert DOMAIN["slots"][slot]["influence_conversation"] is False


@pytest.mark.parametrize("ask", ASKS)
def test_domain_has_a_slot_for_every_ask(ask: str) -> None:
    assert ask in DOMAIN["slots"]
    assert ask in DOMAIN["forms"][FORM]["required_slots"]


def test_domain_has_no_slot_that_is_no_ask() -> None:
    assert set(DOMAIN["slots"]) - {"draft"} == set(ASKS)


@pytest.mark.parametrize("intent", TRAINED)
def test_domain_knows_every_trained_intent(intent: str) -> None:
    assert intent in DOMAIN["intents"]


@pytest.mark.parametrize("intent", DETOURS)
def test_domain_detour_is_trained(intent: str) -> None:
    assert intent in TRAINED


def test_domain_form_gives_way_to_every_detour() -> None:
    assert set(DOMAIN["forms"][FORM]["ignored_intents"]) == set(DETOURS) == set(arbitration.INTENTS)


def test_rules_send_every_detour_to_its_action() -> None:
    (rule,) = read("data/rules/detours.yml")["rules"]
    assert [step["intent"] for step in rule["steps"][0]["or"]] == DETOURS
    assert rule["steps"][1:] == [{"action": "action_detour"}]


def test_domain_lists_the_validation_of_the_form() -> None:
    assert set(DOMAIN["actions"]) == {f"validate_{FORM}", "action_detour"}


def test_domain_sessions_never_expire() -> None:
    assert DOMAIN["session_config"] == {"session_expiration_time": 0, "carry_over_slots_to_new_session": False}


def test_domain_says_nothing_itself() -> None:
    assert "responses" not in DOMAIN


def test_credentials_hold_the_loopback_channel_alone() -> None:
    assert read("credentials.yml") == {"bot.rasa.channel.LoopbackChannel": None}


def test_config_uses_no_component_that_needs_tensorflow() -> None:
    config = read("config.yml")
    names = {entry["name"].rpartition(".")[2] for entry in (*config["pipeline"], *config["policies"])}
    needing = {
        "DIETClassifier",
        "ResponseSelector",
        "TEDPolicy",
        "UnexpecTEDIntentPolicy",
        "ConveRTFeaturizer",
        "LanguageModelFeaturizer",
    }
    assert not names & needing
    assert "tensorflow" in PACKAGES


def test_action_server_does_not_load_rasa() -> None:
    script = (
        "import sys, actions.server; sys.exit(any(m.partition('.')[0] in ('rasa', 'tensorflow') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, timeout=60, check=False).returncode == 0


def test_config_names_the_assistant() -> None:
    assert read("config.yml")["assistant_id"] == "frontdoor"
