"""The trained pipeline: what the classifier says, and what the arbiter makes of it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.language.encoder import Encoder
from bot.rasa import wire
from tests.engine.processes import turn

Run = Callable[[Any], Any]


def parse(agent: Agent, run: Run, text: str, *, vector: Any = None, **fields: Any) -> dict[str, Any]:
    request = wire.read(turn(text, **fields))
    message = UserMessage(request.words, metadata=wire.as_metadata(request.inbound) | {"vector": vector})
    return run(agent.processor.parse_message(message))


@pytest.mark.parametrize(
    ("text", "ask", "intent"),
    [
        ("why do you need to know that?", "adult", "ask_why"),
        ("can I talk to a real person please", "full_name", "talk_to_human"),
        ("are you a robot or what", "duration", "ask_if_robot"),
        ("skip this one", "nhs_number", "skip"),
        ("Grace Okoro", "full_name", "answer"),
        ("about three months now", "duration", "answer"),
        ("my landlord wants us out and I can't sleep for worry, the kids are crying all night", "story", "answer"),
        (
            "I want to stop drinking and get my flat sorted out and see my kids more than once a month",
            "story",
            "answer",
        ),
    ],
)
def test_understanding_tells_detours_from_answers(agent: Agent, run: Run, text: str, ask: str, intent: str) -> None:
    assert parse(agent, run, text, ask=ask)["intent"]["name"] == intent


@pytest.mark.parametrize(
    "fields", [{"choice": "yes"}, {"flag": "amber", "level": "passive_low"}, {"flag": "red", "level": "crisis_active"}]
)
def test_arbiter_takes_a_tapped_or_flagged_message_for_an_answer(
    agent: Agent, run: Run, fields: dict[str, str]
) -> None:
    assert parse(agent, run, "can I talk to a real person please", ask="adult", **fields)["intent"]["name"] == "answer"


def test_arbiter_keeps_the_ranking_of_the_classifier(agent: Agent, run: Run) -> None:
    parsed = parse(agent, run, "why do you need to know that?", ask="adult", choice="yes")
    assert parsed["intent_ranking"][0]["name"] == "ask_why"
    assert len(parsed["intent_ranking"]) == 5


def test_understanding_without_metadata_is_the_classifiers_own(agent: Agent, run: Run) -> None:
    assert run(agent.parse_message("why do you need to know that?"))["intent"]["name"] == "ask_why"


def test_featurizer_takes_the_vector_that_is_sent(agent: Agent, run: Run, encoder_folder: Any) -> None:
    text = "why do you need to know that?"
    sent = Encoder.load(encoder_folder).encode([text])[0].tolist()
    computed = parse(agent, run, text, ask="adult")["intent_ranking"][0]["confidence"]
    assert parse(agent, run, text, ask="adult", vector=sent)["intent_ranking"][0]["confidence"] == pytest.approx(
        computed, abs=1e-6
    )
    other = np.zeros(384).tolist()
    assert parse(agent, run, text, ask="adult", vector=other)["intent_ranking"][0]["confidence"] != pytest.approx(
        computed, abs=1e-6
    )


@pytest.mark.parametrize("text", ["/restart", "/answer{}", "  /stop", "/why do you need that"])
def test_understanding_is_not_commanded(agent: Agent, run: Run, text: str) -> None:
    parsed = parse(agent, run, text, ask="full_name")
    assert len(parsed["intent_ranking"]) > 1, "Rasa's own commands carry a ranking of one and skip the classifier"
