"""A question is there only when all of its parts are: slot, copy, parser, field (docs/add-a-question.md)."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.intake import draft as drafts
from bot.intake import introduction, questions
from bot.intake.parsing import registry

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "spa" / "introduction.schema.json").read_text(encoding="utf-8"))
DOMAIN = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
GUIDE = (ROOT / "docs" / "add-a-question.md").read_text(encoding="utf-8")
NO_FIELD = {
    "adult": "the date of birth says it",
    "check": "the whole document is its answer",
    "equality_ok": "it leads to questions that have fields",
}
VALUES: dict[str, Any] = {
    "story": ["a word"],
    "needs": [{"domain": "money", "source": "chosen", "own_words": None}],
    "goals": [{"own_words": "sleep", "outcomes": ["recovery"]}],
    "access_needs": {"language": "pt", "interpreter": True, "needs": [], "notes": None},
    "date_of_birth": "1991-04-03",
    "phone": "+447700900123",
    "postcode": "SW9 8LF",
    "about_whom": "professional",
    "relationship": "friend",
}
"""Where an answer is more than a choice, a yes or a text."""
LASTING = [one.ask for one in questions.load().by_ask.values() if one.phase != "aside"]


def value_of(ask: str) -> Any:
    question = questions.load()[ask]
    if ask in VALUES:
        return VALUES[ask]
    choices = [choice.value for choice in question.own.choices["web"]]
    return True if question.kind == "yes_no" else choices[-1] if question.kind == "choice" and choices else "some words"


def made(answers: dict[str, Any]) -> dict[str, Any]:
    draft = drafts.empty()
    for ask, value in answers.items():
        draft = drafts.answer(draft, ask, value)
    now = datetime(2026, 11, 23, tzinfo=timezone.utc)
    document = introduction.document(draft, reference="LW-7K2F-9QX", channel="web", started_at=now, submitted_at=now)
    return {key: value for key, value in document.items() if key not in ("summary", "priority")}


@pytest.mark.parametrize("ask", questions.load().asks)
def test_question_has_its_line_in_the_domain(ask: str) -> None:
    assert ask in DOMAIN["slots"]
    assert ask in DOMAIN["forms"]["introduction_form"]["required_slots"]


@pytest.mark.parametrize("ask", [ask for ask in LASTING if ask != "other_contact"])  # any words are its answer
def test_question_has_a_parser(ask: str) -> None:
    assert ask in registry.ASKS


@pytest.mark.parametrize("ask", [ask for ask in LASTING if ask not in NO_FIELD])
def test_question_has_a_field_in_the_introduction(ask: str) -> None:
    base = {"about_whom": "professional"} if ask.startswith("introducer") or ask == "person_knows" else {}
    base = {"about_whom": "someone_i_know"} if ask == "relationship" else base
    assert made({**base, ask: value_of(ask)}) != made(base)


@pytest.mark.parametrize("ask", LASTING)
def test_question_fills_no_field_that_the_schema_does_not_know(ask: str) -> None:
    for part, held in made({"about_whom": "professional", ask: value_of(ask)}).items():
        known = SCHEMA["properties"][part].get("properties")
        assert not isinstance(held, dict) or set(held) <= set(known)


@pytest.mark.parametrize(
    "part",
    [
        "data/questions.yml",
        "domain.yml",
        "bot/intake/parsing/registry.py",
        "bot/intake/introduction.py",
        "spa/introduction.schema.json",
    ],
)
def test_guide_names_every_part(part: str) -> None:
    assert f"`{part}`" in GUIDE
    assert (ROOT / part).exists()
