"""`data/copy.yml` and the code agree: every key that is said exists, every key that exists is said."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from bot import directory
from bot.intake import after, arbitration, asides, attended, detouring, questions, repair, wording
from bot.intake.parsing import needs

CODE = Path(wording.__file__).parent
ROOM = [path for path in CODE.glob("*.py")]


def literal_keys() -> set[str]:
    """Every text constant in the room's code; a key is one of these where it is not put together."""
    return {
        node.value
        for path in ROOM
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def composed_keys() -> set[str]:
    """Keys the code puts together."""
    choices = {
        f"acks.{one.ask}.{choice.value}"
        for one in questions.load().by_ask.values()
        for choice in one.own.choices["web"]
    }
    thoughts = {
        f"acks.suicidal_thoughts.{value}" for value in ("none", "past", "passive", "active", "plan", "attempt_recent")
    }
    return {
        *(f"acks.{ask}" for ask in questions.load().asks),
        *choices,
        *thoughts,
        *(f"acks.story.{name}" for name in ("first", "more", "safe", "also")),
        *(
            f"{family}.{domain}"
            for family in ("acks.heard", "needs.labels", "needs.labels_other")
            for domain in needs.DOMAINS
        ),
        *(f"detours.{intent}" for intent in arbitration.INTENTS),
        *(f"acks.{ask}.some" for ask in questions.load().asks),
        *(f"lines.{ask}" for ask in questions.load().asks),
        *(f"after.{intent}" for intent in after.OURS),
        *(f"attended.roles.{role}" for role in (*attended.ROLES, "team")),
        *(f"repair.choices.{value}" for value in repair.OFFERS),
        *(
            f"problems.date_of_birth.{name}"
            for name in ("future", "too_old", "no_such_date", "year_missing", "age_given")
        ),
        *(
            f"problems.{ask}.{name}"
            for ask in ("phone", "introducer_phone")
            for name in ("too_short", "too_long", "not_a_phone")
        ),
        *(f"problems.nhs_number.{name}" for name in ("wrong_length", "check_digit")),
        "problems.postcode.not_a_postcode",
        "problems.email.not_an_email",
        "endings.under_18",
        "endings.other_borough",
    }


def test_every_key_is_said() -> None:
    assert not set(wording.own().keys) - literal_keys() - composed_keys()


def test_every_key_that_looks_like_one_in_the_code_exists() -> None:
    sections = {key.split(".")[0] for key in wording.own().keys}
    named = {
        text
        for text in literal_keys()
        if re.fullmatch(r"[a-z_]+(\.[a-z_0-9]+)+", text) and text.split(".")[0] in sections
    }
    assert not named - set(wording.own().keys)


@pytest.mark.parametrize("intent", sorted(arbitration.INTENTS - set(detouring.HANDLERS)))
def test_every_detour_without_a_handler_has_words(intent: str) -> None:
    assert f"detours.{intent}" in wording.own()


@pytest.mark.parametrize("domain", needs.DOMAINS)
def test_every_need_has_a_label_and_words(domain: str) -> None:
    assert f"needs.labels.{domain}" in wording.own()
    assert f"acks.heard.{domain}" in wording.own()


def test_asides_and_questions_agree() -> None:
    assert set(asides.ASKS) <= {question.ask for question in questions.load().phase("aside")}


def test_reasons_of_endings_have_words() -> None:
    assert {"endings.under_18", "endings.other_borough", "endings.no_consent"} <= set(wording.own().keys)


def test_an_unknown_key_raises() -> None:
    with pytest.raises(wording.WordingError, match="no_such"):
        wording.say("detours.no_such", "web")


def test_a_slot_without_a_value_raises() -> None:
    with pytest.raises(wording.WordingError, match="reference"):
        wording.say("receipt", "web")


def test_an_unconfirmed_fact_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "copy.yml"
    file.write_text('opening: "Ring the SPA on {spa:phone}."\n', encoding="utf-8")
    with pytest.raises(directory.DirectoryError, match="unconfirmed"):
        wording.load(file)


def test_a_text_for_one_channel_only_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "copy.yml"
    file.write_text('opening:\n  web: "Hello."\n', encoding="utf-8")
    with pytest.raises(wording.WordingError, match="opening"):
        wording.load(file)
