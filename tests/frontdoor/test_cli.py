"""The command line against a private installation: JSON to the contract, one clear line for what is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
FRONTDOOR = Path(sys.executable).parent / "frontdoor"
SCHEMA = json.loads((ROOT / "spa" / "introduction.schema.json").read_text())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cli")


def frontdoor(folder, *arguments, given=None, **settings):
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FRONTDOOR_") and k != "DATABASE_URL"}
    environment = kept | {"FRONTDOOR_VAR": str(folder / "var")} | settings
    return subprocess.run(
        [FRONTDOOR, *arguments], input=given, capture_output=True, text=True, timeout=90, env=environment, cwd=ROOT
    )


@pytest.fixture(scope="module")
def with_demo(folder):
    """The demonstration's thirty residents in the queue."""
    done = frontdoor(folder, "demo")
    assert done.returncode == 0, done.stderr
    assert "30 fictional introductions" in done.stdout
    return folder


def test_cli_demo_makes_thirty_introductions_that_are_all_valid(with_demo):
    rows = json.loads(frontdoor(with_demo, "queue", "list", "--json").stdout)
    assert len(rows) == 30
    assert {row["channel"] for row in rows} == {"web", "sms"}
    for row in (rows[0], rows[-1]):
        document = json.loads(frontdoor(with_demo, "queue", "show", row["reference"], "--json").stdout)
        jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())


def test_cli_queue_lists_the_most_urgent_first(with_demo):
    order = [1, 4, 2, 3]  # MHSDS: emergency, very urgent, urgent, routine
    codes = [row["priority"] for row in json.loads(frontdoor(with_demo, "queue", "list", "--json").stdout)]
    assert codes == sorted(codes, key=order.index)
    assert len(set(codes)) > 1


def test_cli_escalations_list_has_the_fields_of_the_contract(with_demo):
    rows = json.loads(frontdoor(with_demo, "escalations", "list", "--json").stdout)
    assert rows
    assert set(rows[0]) >= {"id", "level", "flag", "state", "opened_at", "conversation", "channel", "steps"}


def test_cli_queue_show_of_an_unknown_reference_is_one_clear_line(with_demo):
    done = frontdoor(with_demo, "queue", "show", "LW-2222-222")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "frontdoor: no introduction has the reference LW-2222-222\n"


def test_cli_screen_answers_line_by_line_in_order(folder):
    lines = [
        {"id": "a", "messages": ["I am going to kill myself tonight"], "asked": None},
        {"id": "b", "messages": ["what time do you open"], "asked": None},
    ]
    done = frontdoor(folder, "screen", "--jsonl", given="".join(json.dumps(line) + "\n" for line in lines))
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(a["id"], a["flag"]) for a in answers] == [("a", "red"), ("b", "none")]
    assert set(answers[0]) == {"id", "level", "flag", "reasons", "ms"}


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x"}', '{"id": "x", "messages": "one"}'])
def test_cli_screen_names_the_malformed_line(folder, line):
    good = json.dumps({"id": "a", "messages": ["hello"], "asked": None})
    done = frontdoor(folder, "screen", "--jsonl", given=f"{good}\n{line}\n")
    assert done.returncode == 1
    assert "line 2" in done.stderr


def test_cli_staff_add_prints_a_password_once_and_refuses_the_same_name(folder):
    first = frontdoor(folder, "staff", "add", "jo.bloggs", "--role", "clinician", "--name", "Jo Bloggs")
    assert first.returncode == 0, first.stderr
    username, password = first.stdout.split()
    assert username == "jo.bloggs" and len(password) >= 12
    again = frontdoor(folder, "staff", "add", "jo.bloggs", "--role", "clinician")
    assert (again.returncode, again.stderr) == (1, "frontdoor: there is already an account jo.bloggs\n")


def test_cli_staff_add_refuses_an_unknown_role_in_one_line(folder):
    done = frontdoor(folder, "staff", "add", "sam", "--role", "king")
    assert done.returncode == 1
    assert done.stderr.startswith("frontdoor: ") and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ({"FRONTDOOR_CONSOLE_PORT": "x"}, "FRONTDOOR_CONSOLE_PORT"),
        ({"FRONTDOOR_TWILIO_ACCOUNT_SID": "AC1"}, "FRONTDOOR_TWILIO_AUTH_TOKEN"),
        ({"FRONTDOOR_ESCALATION_CONTACTS": '[{"name": "A", "sms": "+447700900901"}]'}, "FRONTDOOR_TWILIO_ACCOUNT_SID"),
    ],
)
def test_cli_run_stops_with_the_name_of_a_wrong_setting(folder, settings, names):
    done = frontdoor(folder, "run", **settings)
    assert done.returncode == 1
    assert names in done.stderr and done.stderr.count("\n") == 1
