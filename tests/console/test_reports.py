"""Reports on the screen and as CSV: for managers and administrators only, on the record, with small numbers hidden."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from spa import introductions
from spa.console.reporting.sections import SECTIONS
from spa.console.reporting.tables import Cell, Table
from spa.models import AuditEntry
from tests.console import factories
from tests.console.driver import text_of
from tests.console.factories import NOW

MARCH = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAYS = "first=2026-03-01&last=2026-03-31"


@pytest.fixture
def march(database):
    """Six introductions of March, five of the year before; two from one ethnic category."""
    with database.session() as session:
        for number in range(6):
            equality = {"ethnic_category": "M" if number < 2 else "A"}
            made = factories.introduction(session, at=MARCH, equality=equality)
            introductions.route(session, made, "treehouse", actor="amina", now=MARCH + timedelta(hours=1))
        for _ in range(5):
            factories.introduction(session, at=MARCH - timedelta(days=365))


def rows_of(answer):
    """The rows of a CSV, its title and its header."""
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("section", SECTIONS)
def test_report_has_every_section(tom, march, section):
    page = tom.get(f"/reports/{section}?{DAYS}")
    assert page.status_code == 200
    assert 'aria-current="page"' in page.text
    assert "<table" in page.text


def test_report_says_how_many_and_how_much_more(tom, march):
    page = tom.text(f"/reports/introductions?{DAYS}")
    assert "Introductions from 1 March 2026 to 31 March 2026: 6, up 20 %" in page
    assert "March 2026 6 5 up 20 %" in page
    assert "Housing 6 5 up 20 %" in page


def test_report_of_destinations_has_the_alliances_own_rows(tom, march):
    page = tom.text(f"/reports/destinations?{DAYS}")
    assert "Treehouse (24/7 supported step-forward house) 6 0 none the year before" in page
    for name in ("Home treatment team", "Talking therapies", "Focused support"):
        assert f"{name} 0 0 none in either year" in page


def test_report_of_equality_hides_small_numbers_and_what_they_could_be_worked_out_from(tom, march):
    page = tom.text(f"/reports/equality?{DAYS}").split("Ethnic category", 1)[1].split("Gender", 1)[0]
    assert "Black or Black British: Caribbean hidden" in page
    assert "White: British hidden" in page


def test_report_of_equality_is_of_whole_months_only(tom, march):
    page = tom.text("/reports/equality?first=2026-03-01&last=2026-03-30")
    assert "choose days that hold at least one whole month" in page


def test_report_of_days_that_end_on_a_leap_day_names_the_month(tom):
    page = tom.text("/reports/introductions?first=2024-01-01&last=2024-02-29")
    assert "February 2024 0 0" in page


@pytest.mark.parametrize("year", ["0001", "1900", "2999", "9999"])
@pytest.mark.parametrize("section", SECTIONS)
def test_report_of_a_year_that_nobody_means_is_an_answer_and_no_fault(tom, section, year):
    days = f"first={year}-01-01&last={year}-12-31"
    assert tom.get(f"/reports/{section}?{days}").status_code in (200, 422)
    assert tom.get(f"/reports/{section}/months.csv?{days}").status_code in (200, 404)


def test_report_names_the_six_priorities(tom, march):
    page = tom.text(f"/reports/priorities?{DAYS}")
    assert "More people in stable housing Told us about housing" in page
    assert "Better outcomes for people from Black communities" in page


def test_report_begins_with_the_last_twelve_months(tom):
    there = tom.get("/reports").headers["location"]
    assert "Introductions from 1 December 2025 to 23 November 2026: 0" in tom.text(there)


@pytest.mark.parametrize("days", ["first=soon", "first=2026-03-02&last=2026-03-01", "first=1990-01-01"])
def test_report_refuses_days_that_are_no_period_in_plain_words(tom, days):
    answer = tom.get(f"/reports/introductions?{days}")
    assert answer.status_code == 422
    assert "Give two dates, the earlier one first" in text_of(answer)


def test_report_is_exported_with_bare_numbers(tom, march):
    answer = tom.get(f"/reports/introductions/months.csv?{DAYS}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="front-door-months-2026-03-01-to-2026-03-31.csv"' in answer.headers["content-disposition"]
    assert rows_of(answer)[1:3] == [
        ["Month", "This period", "Year before", "Change"],
        ["March 2026", "6", "5", "up 20 %"],
    ]


def test_export_hides_what_the_screen_hides(tom, march):
    rows = rows_of(tom.get(f"/reports/equality/ethnic_category.csv?{DAYS}"))
    assert ["Black or Black British: Caribbean", "hidden"] in rows
    assert ["White: British", "hidden"] in rows


@pytest.mark.parametrize("path", ["/made-up", "/introductions/made-up.csv", "/introductions/months.csv?first=soon"])
def test_report_that_there_is_not_is_not_found(tom, path):
    assert tom.get(f"/reports{path}").status_code == 404


@pytest.mark.parametrize("path", ["/introductions", "/introductions/months.csv"])
def test_report_is_refused_to_others_in_plain_words(amina, march, path):
    answer = amina.get(f"/reports{path}")
    assert answer.status_code == 403
    assert "Only managers and administrators can see the reports." in text_of(answer)
    assert 'href="/reports"' not in amina.get("/").text


def test_report_and_export_go_on_the_record(tom, march, database):
    tom.get(f"/reports/equality?{DAYS}")
    tom.get(f"/reports/equality/age.csv?{DAYS}")
    with database.reading() as session:
        acts = [(entry.actor, entry.action, entry.detail) for entry in session.scalars(select(AuditEntry))]
    assert acts == [
        ("tom", "report.read", "equality, 2026-03-01 to 2026-03-31"),
        ("tom", "report.taken", "equality/age, 2026-03-01 to 2026-03-31"),
    ]
    assert "Tom Okafor Looked at a report" in tom.text("/record")


def test_first_contact_is_told_in_words_and_exported_in_minutes(tom, database):
    with database.session() as session:
        made = factories.introduction(session, at=NOW - timedelta(hours=5), priority={"code": 4, "why": ["Why"]})
        introductions.set_status(session, made, "in_contact", actor="amina", now=NOW - timedelta(hours=3))
    assert "Very urgent 1 1 2 hours 2 hours respond within 4 hours 100 %" in tom.text("/reports/waits")
    assert ["Very urgent", "1", "1", "120", "120", "respond within 4 hours", "100"] in rows_of(
        tom.get("/reports/waits/contact.csv")
    )


def test_drop_off_is_told_by_question_in_plain_words(tom, database):
    with database.session() as session:
        factories.introduction(session, at=NOW - timedelta(days=2))
    assert "Completed Website chat 1 1 0 0 100 %" in tom.text("/reports/conversations")


def test_table_in_csv_has_text_where_there_is_no_number():
    table = Table(
        "key", "A, title", ("Row", "Number"), ((Cell("One"), Cell("1,234", 1234)), (Cell("Two"), Cell("hidden")))
    )
    assert table.csv == '"A, title"\r\nRow,Number\r\nOne,1234\r\nTwo,hidden\r\n'
