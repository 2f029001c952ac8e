"""What a migration makes of the rows that are there already, on both databases."""

import ast
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from spa.database import Database
from spa.migrations.upgrade import FOLDER
from spa.models import IntroductionFact, IntroductionSearch
from tests.spa.factories import NOW, PHONE, document

SCRIPTS = sorted((FOLDER / "versions").glob("[0-9]*_*.py"))


@pytest.fixture
def older(empty_database: Database) -> Database:
    """As version 0005 left it."""
    with empty_database.engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(FOLDER))
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
    return empty_database


def handed_over(database: Database, reference: str, **changes: object) -> None:
    """An introduction as it was stored then, in its conversation."""
    tables = sa.MetaData()
    with database.engine.begin() as connection:
        tables.reflect(connection, only=["conversation", "introduction"])
        connection.execute(sa.insert(tables.tables["conversation"]).values(
            id=reference, channel="web", state="submitted", draft={}, started_at=NOW, last_inbound_at=NOW
        ))  # fmt: skip
        connection.execute(sa.insert(tables.tables["introduction"]).values(
            reference=reference, conversation_id=reference, document=document(**changes) | {"reference": reference},
            status="new", priority_code=3, priority_rank=3, submitted_at=NOW, updated_at=NOW,
        ))  # fmt: skip


def test_facts_and_searched_words_are_made_of_the_introductions_there_are(older: Database) -> None:
    handed_over(older, "LW-2222-222", equality={"ethnic_category": "N", "veteran": None, "carer": True})
    handed_over(
        older,
        "LW-3333-333",
        person={"full_name": "Kofi  ADDO", "date_of_birth": "1950-01-31"},
        contact={"phone": None, "preferred": None},
        access={"needs": ["bsl"]},
        goals=[{"own_words": "to work", "outcomes": ["control"]}],
        equality={"disability": "a bad back"},
    )
    older.migrate()
    with older.reading() as session:
        fact = IntroductionFact
        kept = set(session.execute(sa.select(fact.introduction_reference, fact.name, fact.value, fact.submitted_at)))
        words = dict(
            session.execute(sa.select(IntroductionSearch.introduction_reference, IntroductionSearch.words)).all()
        )
    both = (("channel", "web"), ("introducer", "self"), ("need", "housing"))
    grace = (
        ("phone", PHONE),
        ("born", "1992-04-03"),
        ("age", "25_to_34"),
        ("ethnic_category", "N"),
        ("veteran", "declined"),
        ("carer", "yes"),
    )
    kofi = (
        ("born", "1950-01-31"),
        ("age", "65_or_over"),
        ("interpreter", "yes"),
        ("outcome", "control"),
        ("disability", "yes"),
    )
    assert kept == {("LW-2222-222", *one, NOW) for one in both + grace} | {
        ("LW-3333-333", *one, NOW) for one in both + kofi
    }
    assert words == {
        "LW-2222-222": "grace okafor\nlw-2222-222\n07700900123",
        "LW-3333-333": "kofi addo\nlw-3333-333",
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_migration_stands_still_whatever_becomes_of_the_code(script: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(script.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert not {name for name in imported if name.split(".")[0] in ("spa", "bot", "frontdoor")}
