"""Whatever is sent, at whatever question: no exception, a turn that can travel, and an open question or an ending."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.crisis.assessment import Level
from bot.intake import arbitration, dialogue, introduction, questions
from bot.intake.turn import Inbound
from tests.intake.play import NOW, NUMBER, REFERENCE, Conversation, at

SCHEMA = json.loads((Path(__file__).parents[2] / "spa" / "introduction.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
PATH = [question.ask for question in questions.load().phase("path") if not question.when]
PIECES = [
    *(
        "yes",
        "no",
        "skip",
        "that's all",
        "07700 900123",
        "3/4/91",
        "SW9 8LF",
        "/restart",
        "/intent{}",
        "call me",
        "{spa:phone}",
        "{needs}",
    ),
    *(
        "I can't pay my rent",
        "no, it's 07700 900124",
        "change 3",
        "\u0000",
        "\U0001f62d",
        "العربية",
        "Grace Mensah",
        "1",
        "?",
        "my phone is wrong",
    ),
]
texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join))
intents = st.one_of(st.none(), st.sampled_from(sorted(arbitration.INTENTS)), st.just("answer"))
choices = st.one_of(
    st.none(), st.none(), st.sampled_from(["yes", "no", "more", "skip", "human", "me", "housing,money", "nonsense", ""])
)
levels = st.sampled_from([*(["none"] * 8), *(level.value for level in Level)])
messages = st.tuples(texts, choices, intents, st.floats(0, 1), levels)


@cache
def reached(ask: str, channel: str) -> Conversation:
    return at(ask, channel=channel)


def flag_of(level: str) -> str:
    if level in ("none", "negated", "historical"):
        return "none"
    return "amber" if level in ("passive_low", "third_party", "screen_failed") else "red"


@settings(max_examples=150, deadline=None)
@given(
    ask=st.sampled_from(PATH),
    channel=st.sampled_from(questions.CHANNELS),
    sent=st.lists(messages, min_size=1, max_size=6),
)
def test_any_messages_at_any_question(
    ask: str, channel: str, sent: list[tuple[str, str | None, str | None, float, str]]
) -> None:
    if channel not in questions.load()[ask].channels:
        channel = "web"
    start = reached(ask, channel)
    draft, open_ask = start.draft, start.ask
    for text, choice, intent, confidence, level in sent:
        inbound = Inbound(
            text=text,
            channel=channel,
            now=NOW,
            ask=open_ask,
            choice=choice,
            intent=intent,
            confidence=confidence,
            level=level,
            flag=flag_of(level),
            reference=REFERENCE,
            address=NUMBER if channel == "sms" else None,
        )
        assert arbitration.is_detour(inbound) in (True, False)
        turn = dialogue.take_turn(draft, inbound)
        assert json.loads(json.dumps(turn.as_dict()))["draft"] == turn.draft
        assert turn.ask is None or turn.ask in questions.load()
        # Silence only where somebody said that it is not a good time: another may be reading.
        assert turn.replies or level != "none" or draft["carded"] == "safe_at_home"
        assert all(reply.text.strip() for reply in turn.replies)
        draft, open_ask = turn.draft, turn.ask
    made = introduction.document(draft, reference=REFERENCE, channel=channel, started_at=NOW, submitted_at=NOW)
    VALIDATOR.validate(made)


@settings(max_examples=60, deadline=None)
@given(ask=st.sampled_from([*questions.load().asks, "no_such_ask", None]), sent=messages)
def test_any_question_of_any_name_with_an_empty_draft(
    ask: str | None, sent: tuple[str, str | None, str | None, float, str]
) -> None:
    text, choice, intent, confidence, level = sent
    inbound = Inbound(
        text=text, channel="web", now=NOW, ask=ask, choice=choice, intent=intent, confidence=confidence, level=level
    )
    assert dialogue.take_turn(None, inbound).replies or ask is None


def test_a_long_text_is_taken_in_time() -> None:
    talk = at("full_name")
    talk.say("x " * 10_000)
    assert talk.turn.replies
