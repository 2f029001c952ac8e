"""`frontdoor screen --jsonl`: lines in, lines out, and what is said of a wrong line."""

from __future__ import annotations

import json

import pytest

from bot.crisis import jsonl
from bot.crisis.jsonl import MalformedLine
from bot.crisis.screen import Screen


def run(screen: Screen, *lines: str) -> list[dict[str, object]]:
    written: list[str] = []
    jsonl.run(lines, written.append, screen)
    return [json.loads(line) for line in written]


def test_jsonl_answers_in_order_with_the_fields_of_the_contract(screen: Screen) -> None:
    found = run(
        screen,
        '{"id": "a", "messages": ["i want to die"], "asked": null}\n',
        '{"id": "b", "messages": ["no"], "asked": "suicidal_thoughts"}\n',
        '{"id": "c", "messages": ["hello", "there"]}\n',
    )
    assert [list(line) for line in found] == [["id", "level", "flag", "reasons", "ms"]] * 3
    assert [(line["id"], line["level"], line["flag"]) for line in found] == [
        ("a", "crisis_active", "red"),
        ("b", "negated", "none"),
        ("c", "none", "none"),
    ]


def test_jsonl_explains_with_rule_words_and_score(screen: Screen) -> None:
    [found] = run(screen, '{"id": "a", "messages": ["i want to die"], "asked": null}')
    assert found["reasons"][0].keys() == {"rule", "words", "score"}  # type: ignore[index]


@pytest.mark.parametrize(
    "line",
    [
        "not json", "[]", '"text"', '{"id": 1, "messages": ["a"]}', '{"messages": ["a"]}', '{"id": "a"}',
        '{"id": "a", "messages": []}', '{"id": "a", "messages": [1]}', '{"id": "a", "messages": "text"}',
        '{"id": "a", "messages": ["a"], "asked": 1}', '{"id": "a", "messages": ["a"], "extra": 1}',
    ],
)  # fmt: skip
def test_jsonl_names_the_malformed_line(screen: Screen, line: str) -> None:
    good = '{"id": "a", "messages": ["hello"], "asked": null}'
    with pytest.raises(MalformedLine, match="line 2"):
        run(screen, good, line)


def test_jsonl_never_repeats_what_stands_in_a_malformed_line(screen: Screen) -> None:
    with pytest.raises(MalformedLine) as raised:
        run(screen, '{"id": "a", "messages": ["secret words", 1]}')
    assert "secret" not in str(raised.value)
