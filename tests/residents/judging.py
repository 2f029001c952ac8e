"""Holds an introduction against the persona who gave it, field by field."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema

from tests.residents.personas import Persona
from tests.residents.plain_answers import expected

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "spa" / "introduction.schema.json").read_text(encoding="utf-8"))


def wrong(persona: Persona, document: Mapping[str, Any], *, asked: set[str]) -> dict[str, str]:
    """Places that do not hold what the persona said, each with what was wanted and what is there; {} where all is right."""
    found = {
        place: f"wanted {wanted!r}, got {held!r}"
        for place, wanted in expected(persona, asked).items()
        if not _holds(held := at(document, place), wanted, place)
    }
    check = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())
    return found | {f"schema {error.json_path}": error.message for error in check.iter_errors(document)}


def fields(persona: Persona, *, asked: set[str]) -> int:
    """How many places are looked at."""
    return len(expected(persona, asked))


def at(document: Mapping[str, Any], place: str) -> Any:
    """What stands at a dotted place; needs and goals as plain lists of their domains and outcomes."""
    if place == "needs":
        return [need["domain"] for need in document["needs"]]
    if place == "goals":
        return [outcome for goal in document["goals"] for outcome in goal["outcomes"]]
    if place == "goals.words":
        return " ".join(goal["own_words"] for goal in document["goals"])
    if place == "not_needs":
        return [need["domain"] for need in document["needs"]]
    value: Any = document
    for name in place.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _holds(held: Any, wanted: Any, place: str) -> bool:
    if place == "not_needs":
        return not set(wanted) & set(held)
    if wanted is None:
        return held is None
    if place in (
        "story.own_words",
        "goals.words",
        "access.notes",
        "support.current",
        "safety.dependants",
        "priority.why",
        "story.duration",
    ):
        told = " ".join(held) if isinstance(held, list) else str(held)
        return all(one.lower() in told.lower() for one in (wanted if isinstance(wanted, list) else [wanted]))
    if isinstance(wanted, list):
        return set(wanted) <= set(held or []) and (bool(wanted) or not held)
    return bool(held == wanted) and type(held) is type(wanted)
