"""The hazard log names real tests, rates by its own matrix, and leaves nothing out."""

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOG = (ROOT / "docs" / "hazard-log.md").read_text(encoding="utf-8")
HAZARDS = {block.split(" ", 1)[0]: block for block in re.split(r"^## (?=H\d)", LOG, flags=re.MULTILINE)[1:]}
FIELDS = ("Causes", "Effect", "Harm", "Initial risk", "Controls", "Residual risk")
SEVERITIES = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
MATRIX = {
    row[0]: [int(cell) for cell in row[1:]]
    for row in re.findall(r"^\| ([A-Z]\w+(?: \w+)?) \| (\d) \| (\d) \| (\d) \| (\d) \| (\d) \|$", LOG, re.MULTILINE)
}
CONTROL = re.compile(r"^  - (.+?) `(tests/[\w/]+\.py)::(\w+)`$", re.MULTILINE)
UNACCEPTED = 4
"""The rating from which somebody has still to do something."""


@lru_cache
def functions(path: str) -> set[str]:
    """Names of the functions of a file of tests."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def risk(block: str, which: str) -> tuple[str, str, int]:
    """(severity, likelihood, rating) as the log has it."""
    found = re.search(rf"^- {which} risk: severity (\w+), likelihood ([\w ]+): (\d)$", block, re.MULTILINE)
    assert found, f"{which} risk"
    return found[1], found[2], int(found[3])


def test_hazard_log_has_at_least_twenty_hazards_numbered_in_order():
    assert list(HAZARDS) == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)] and len(HAZARDS) >= 20


@pytest.mark.parametrize("hazard", HAZARDS)
def test_hazard_has_every_field(hazard):
    assert [field for field in FIELDS if not re.search(rf"^- {field}:", HAZARDS[hazard], re.MULTILINE)] == []


@pytest.mark.parametrize("hazard", HAZARDS)
@pytest.mark.parametrize("which", ["Initial", "Residual"])
def test_hazard_is_rated_by_the_matrix(hazard, which):
    severity, likelihood, rating = risk(HAZARDS[hazard], which)
    assert rating == MATRIX[likelihood][SEVERITIES.index(severity)]


@pytest.mark.parametrize("hazard", HAZARDS)
def test_hazard_is_not_made_worse_by_its_controls_and_says_what_is_left(hazard):
    initial, residual = risk(HAZARDS[hazard], "Initial")[2], risk(HAZARDS[hazard], "Residual")[2]
    assert residual <= initial
    assert ("- Still to do: " in HAZARDS[hazard]) == (residual >= UNACCEPTED)


@pytest.mark.parametrize("hazard", HAZARDS)
def test_hazard_names_a_test_that_exists_for_every_control(hazard):
    block = HAZARDS[hazard]
    controls = CONTROL.findall(block)
    assert len(controls) == block.count("\n  - ") > 0
    assert [(path, name) for _, path, name in controls if name not in functions(path)] == []
