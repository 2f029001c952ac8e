"""Logs hold ids and counts; what a resident wrote is withheld, also inside errors."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
import structlog

from frontdoor import logs

ROOT = Path(__file__).resolve().parents[2]
MARKER = "my secret story"


@pytest.fixture
def logged(capsys):
    """What was written, a JSON object a line."""
    logs.configure()
    yield lambda: [json.loads(line) for line in "".join(capsys.readouterr()).splitlines()]
    structlog.reset_defaults()
    logging.basicConfig(handlers=[logging.NullHandler()], force=True)


@pytest.mark.parametrize("key", ["text", "body", "words", "name", "phone", "address", "draft", "document"])
def test_logs_withhold_keys_that_may_hold_personal_data(logged, key):
    structlog.get_logger().info("stored", conversation="c1", **{key: MARKER})
    (line,) = logged()
    assert line["conversation"] == "c1"
    assert MARKER not in json.dumps(line)


def test_logs_keep_the_type_and_place_of_an_error_but_not_its_text(logged):
    try:
        raise ValueError(MARKER)
    except ValueError:
        structlog.get_logger().error("failed", exc_info=True)
    (line,) = logged()
    assert line["error"] == "ValueError"
    assert MARKER not in json.dumps(line)


def test_logs_of_libraries_keep_no_error_text_either():
    """In a process of its own: pytest's log capture would format the error before our handler sees it."""
    script = f"""
import logging
from frontdoor import logs
logs.configure()
try:
    raise ValueError({MARKER!r})
except ValueError:
    logging.getLogger("some.library").exception("it failed")
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stderr)["error"] == "ValueError"
    assert MARKER not in done.stdout + done.stderr
