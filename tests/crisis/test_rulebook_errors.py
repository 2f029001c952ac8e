"""A wrong rule file stops the loading with its name and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.crisis.datafile import FOLDER, RuleError
from bot.crisis.rulebook import Rulebook

RULE = '- id: {id}\n  level: {level}\n  patterns: ["{pattern}"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "crisis"
    target.mkdir()
    (target / "rules").mkdir()
    for name in ("normalise.yml", "lexicon.yml", "context.yml", "answers.yml"):
        shutil.copy(FOLDER / name, target / name)
    return target


def rule(**changed: str) -> str:
    return RULE.format(**({"id": "one", "level": "passive_low", "pattern": "help me"} | changed))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (rule() + "  surprise: 1\n", r"own\.yml:1.*surprise"),
        (rule() + rule(id="two") + "  surprise: 1\n", r"own\.yml:4.*surprise"),
        (rule(level="very_bad"), r"own\.yml:1.*very_bad"),
        (rule(pattern="(help"), r"own\.yml:1.*not closed"),
        (rule(pattern="help)"), r"own\.yml:1.*not expected"),
        (rule(pattern="{nowhere}"), r"own\.yml:1.*nowhere"),
        (rule() + "  heeds: [weather]\n", r"own\.yml:1.*weather"),
        (rule() + rule(), "twice.*one"),
        (rule() + "  level: none\n", r"own\.yml:4.*twice"),
        ("id: one\n", r"own\.yml.*list"),
        ("- id: one\n", r"own\.yml:1.*missing"),
        ("- [", r"own\.yml.*YAML"),
        (rule().replace('["help me"]', "[yes]"), r"own\.yml.*quotes"),
    ],
)
def test_rulebook_names_file_and_line_of_an_error(folder: Path, text: str, named: str) -> None:
    (folder / "rules" / "own.yml").write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=named):
        Rulebook.load(folder)


@pytest.mark.parametrize("name", ["context.yml", "normalise.yml"])
def test_rulebook_refuses_unknown_keys_in_its_other_files(folder: Path, name: str) -> None:
    path = folder / name
    path.write_text(path.read_text(encoding="utf-8") + "\nsurprise: [x]\n", encoding="utf-8")
    with pytest.raises(RuleError, match=f"{name}:.*surprise"):
        Rulebook.load(folder)


def test_rulebook_compiles_every_pattern(screen: object) -> None:
    book = Rulebook.load()
    patterns = [pattern for rule in book.rules for pattern in (*rule.patterns, *rule.unless, *rule.needs)]
    patterns += [pattern for cue in book.cues.patterns.values() for pattern in cue]
    assert all(pattern.regex.pattern for pattern in patterns)
