"""Acknowledged escalations below the others, and the page of closed ones."""

from bot.crisis.assessment import Flag, Level
from spa import escalations
from spa.console.routes import closed
from tests.console import factories
from tests.console.factories import NOW


def ended(session, text, outcome="Seen and safe now"):
    """One that Tom has closed."""
    alarm = factories.escalation(session, text=text)
    escalations.acknowledge(session, alarm, actor="tom", via="console", now=NOW)
    escalations.close(session, alarm, actor="tom", outcome=outcome, now=NOW)
    return alarm


def test_acknowledged_escalation_stays_in_the_list_below_those_nobody_has(amina, database):
    with database.session() as session:
        taken = factories.escalation(session, text="red words, taken")
        factories.escalation(session, text="amber words", level=Level.PASSIVE_LOW, flag=Flag.AMBER)
        escalations.acknowledge(session, taken, actor="tom", via="console", now=NOW)
    page = amina.text("/")
    assert page.index("amber words") < page.index("Acknowledged: somebody has these") < page.index("red words, taken")


def test_closed_page_says_how_each_ended_and_who_said_so(amina, database):
    with database.session() as session:
        ended(session, "these words are over")
        factories.escalation(session, text="these are not")
    page = amina.text("/escalations")
    for words in ("these words are over", "Seen and safe now", "Closed by Tom Okafor"):
        assert words in page
    assert "these are not" not in page
    assert "these words are over" not in amina.text("/")


def test_closed_page_goes_on_to_the_next(amina, database, monkeypatch):
    monkeypatch.setattr(closed, "PER_PAGE", 2)
    with database.session() as session:
        for number in range(3):
            ended(session, f"words {number}")
    pages = [amina.text(f"/escalations?page={number}") for number in (1, 2)]
    assert sum(page.count("words") for page in pages) >= 3
    assert ["Next page" in page for page in pages] == [True, False]
    assert all(any(f"words {number}" in page for page in pages) for number in range(3))
