from __future__ import annotations

from pathlib import Path

import pytest

from bot.intake import draft as drafts
from bot.intake import questions

CONTRACT = [
    "consent",
    "about_whom",
    "adult",
    "lambeth_link",
    "story",
    "needs",
    "duration",
    "impact",
    "goals",
    "suicidal_thoughts",
    "suicidal_plan",
    "self_harm",
    "safe_at_home",
    "dependants",
    "support_now",
    "full_name",
    "preferred_name",
    "date_of_birth",
    "phone",
    "contact_method",
    "ok_to_text",
    "voicemail_ok",
    "best_time",
    "email",
    "postcode",
    "gp_practice",
    "nhs_number",
    "access_needs",
    "check",
    "equality_ok",
    "ethnic_category",
    "relationship",
    "introducer_name",
    "introducer_phone",
    "introducer_organisation",
    "person_knows",
    "whereabouts",
]
WEB_ONLY = [
    "duration",
    "impact",
    "dependants",
    "support_now",
    "preferred_name",
    "ok_to_text",
    "voicemail_ok",
    "best_time",
    "email",
    "gp_practice",
    "nhs_number",
    "equality_ok",
    "ethnic_category",
]
WHOLE = """
version: "1"
questions:
  adult:
    phase: path
    kind: yes_no
    channels: [web]
    web: "Are you 18?"
    sms: "Are you 18?"
    short: "18?"
    why: "We ask."
"""


@pytest.mark.parametrize("ask", CONTRACT)
def test_every_ask_of_the_contract_is_there(ask: str) -> None:
    assert ask in questions.load()


@pytest.mark.parametrize("ask", CONTRACT)
def test_sms_has_the_short_set(ask: str) -> None:
    assert ("sms" in questions.load()[ask].channels) == (ask not in WEB_ONLY)


def test_consent_comes_first_and_check_last() -> None:
    path = [question.ask for question in questions.load().phase("path")]
    assert (path[0], path[-1]) == ("consent", "check")


def test_only_consent_whom_and_check_cannot_be_skipped_on_the_way() -> None:
    fixed = {question.ask for question in questions.load().phase("path") if not question.skippable}
    assert fixed == {"consent", "about_whom", "check"}


@pytest.mark.parametrize("question", questions.load().by_ask.values(), ids=lambda question: question.ask)
def test_every_question_has_words_and_a_reason(question: questions.Question) -> None:
    for copy in (question.own, question.other):
        assert all(getattr(copy, key) for key in questions.COPY)


@pytest.mark.parametrize("question", questions.load().by_ask.values(), ids=lambda question: question.ask)
def test_someone_else_is_not_called_you(question: questions.Question) -> None:
    about_the_person = question.other is not question.own and question.other.web != question.own.web
    if about_the_person and question.ask not in ("check",):
        assert "your " not in question.other.short.lower()


def test_copy_follows_whom_it_is_about() -> None:
    theirs = drafts.answer(drafts.empty(), "about_whom", "professional")
    adult = questions.load()["adult"]
    assert adult.copy(drafts.empty()).web == "Are you 18 or over?"
    assert adult.copy(theirs).web == "Are they 18 or over?"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("why:", "wy:"), "wy"),
        (("kind: yes_no", "kind: yesno"), "yesno"),
        (("phase: path", "phase: later"), "later"),
        (("channels: [web]", "channels: [fax]"), "fax"),
        (('short: "18?"', 'short: "18?"\n    when: [tall]'), "tall"),
        (('version: "1"', 'version: "1"\nextra: 1'), "extra"),
        (('short: "18?"', "choices: [{value: yes, label: Yes}]\n    short: x"), "quotes"),
        (('short: "18?"', "short: x\n    other: {skippable: false}"), "skippable"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_place(tmp_path: Path, change: tuple[str, str], named: str) -> None:
    file = tmp_path / "questions.yml"
    file.write_text(WHOLE.replace(*change), encoding="utf-8")
    with pytest.raises(questions.QuestionsError, match=rf"questions\.yml.*{named}"):
        questions.load(file)


def test_a_missing_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "questions.yml"
    file.write_text(WHOLE.replace('    why: "We ask."\n', ""), encoding="utf-8")
    with pytest.raises(questions.QuestionsError, match="adult: 'why' is missing"):
        questions.load(file)
