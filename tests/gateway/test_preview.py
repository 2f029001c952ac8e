"""The wording itself: every text in letters that phones have, none longer than it need be."""

import json

from typer.testing import CliRunner

from bot.gateway import preview
from frontdoor.cli import app

TEXTS = preview.texts()


def test_every_text_is_in_gsm_letters():
    assert [one.name for one in TEXTS if one.size.encoding != "GSM-7"] == []


def test_no_text_takes_more_than_two_segments():
    assert {one.name: one.size.segments for one in TEXTS if one.size.segments > 2} == {}


def test_names_are_told_apart_and_hold_every_kind():
    names = [one.name for one in TEXTS]
    assert {"gateway.reminder", "gateway.resume_hint", "gateway.birth_date", "copy.detours.go_online"} <= set(names)
    assert len(names) == len(set(names))
    assert {name.partition(".")[0] for name in names} == {"opening", "questions", "crisis", "gateway", "copy"}


def test_the_command_prints_them_all():
    printed = json.loads(CliRunner().invoke(app, ["sms", "preview", "--json"]).stdout)
    assert [(row["name"], row["segments"]) for row in printed] == [(one.name, one.size.segments) for one in TEXTS]
