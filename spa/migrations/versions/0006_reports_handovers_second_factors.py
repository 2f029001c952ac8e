"""What reports count by and lists search, hand-overs with their answers, second factors, identities at a provider; indexes for reports."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from itertools import batched
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

DESTINATIONS = (
    "crisis_outreach",
    "short_term_support",
    "focused_support",
    "treehouse",
    "home_treatment_team",
    "talking_therapies",
    "amhp_assessment",
    "community_mental_health_team",
    "housing_or_voluntary_sector",
    "gp",
    "camhs",
    "older_adults",
    "other_borough",
    "advice_only",
)
STATES = ("waiting", "accepted", "declined")
ASKING = sa.text("ask IS NOT NULL")
INDEXES = {
    "audit_entry": (("actor", "id"),),
    "introduction": (("submitted_at", "priority_code"),),
    "introduction_event": (("action", "introduction_reference", "at"), ("status", "introduction_reference", "at")),
    "escalation": (("opened_at", "flag"),),
    "escalation_step": (("action", "escalation_id", "at"),),
    "conversation": (("started_at", "state"),),
}
EQUALITY = ("ethnic_category", "gender_identity", "sexual_orientation", "religion", "disability", "veteran", "carer")
AGES = ((18, "under_18"), (25, "18_to_24"), (35, "25_to_34"), (45, "35_to_44"), (55, "45_to_54"), (65, "55_to_64"))
LONGEST = 64
BATCH = 500
MOMENT = sa.DateTime(timezone=True)
INTRODUCTION = sa.table(
    "introduction", sa.column("reference"), sa.column("document", sa.JSON()), sa.column("submitted_at", MOMENT)
)
FACT = sa.table(
    "introduction_fact",
    *map(sa.column, ("introduction_reference", "name", "value")),
    sa.column("submitted_at", MOMENT),
)
SEARCH = sa.table("introduction_search", sa.column("introduction_reference"), sa.column("words"))


def upgrade() -> None:
    _facts()
    _handovers()
    _identities()
    for table, indexes in INDEXES.items():
        for columns in indexes:
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)
    op.create_index(
        "ix_message_asked",
        "message",
        ["conversation_id", "ask", "seq"],
        unique=False,
        sqlite_where=ASKING,
        postgresql_where=ASKING,
    )
    _fill()


def _facts() -> None:
    op.create_table(
        "introduction_fact",
        sa.Column("introduction_reference", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_reference"],
            ["introduction.reference"],
            name=op.f("fk_introduction_fact_introduction_reference_introduction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("introduction_reference", "name", "value", name=op.f("pk_introduction_fact")),
    )
    op.create_index(
        "ix_introduction_fact_name_value_submitted_at", "introduction_fact", ["name", "value", "submitted_at"]
    )
    op.create_table(
        "introduction_search",
        sa.Column("introduction_reference", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_reference"],
            ["introduction.reference"],
            name=op.f("fk_introduction_search_introduction_reference_introduction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("introduction_reference", name=op.f("pk_introduction_search")),
    )


def _handovers() -> None:
    op.create_table(
        "handover",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("introduction_reference", sa.String(length=16), nullable=False),
        sa.Column(
            "destination",
            sa.Enum(*DESTINATIONS, name="destination", native_enum=False, length=32, create_constraint=True),
            nullable=False,
        ),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_by", sa.String(length=128), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, length=32, create_constraint=True),
            nullable=False,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=128), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("sent_by <> ''", name=op.f("ck_handover_sent_by")),
        sa.CheckConstraint(
            "state = 'waiting' OR (answered_on IS NOT NULL AND answered_by IS NOT NULL)",
            name=op.f("ck_handover_answered_by_a_person"),
        ),
        sa.ForeignKeyConstraint(
            ["introduction_reference"],
            ["introduction.reference"],
            name=op.f("fk_handover_introduction_reference_introduction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    op.create_index(op.f("ix_handover_introduction_reference"), "handover", ["introduction_reference"])
    op.create_index("ix_handover_sent_at_destination_state", "handover", ["sent_at", "destination", "state"])
    op.create_index("ix_handover_state_sent_at", "handover", ["state", "sent_at"])


def _identities() -> None:
    op.create_table(
        "second_factor",
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("sealed", sa.String(length=512), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_second_factor_staff_id_staff")),
        sa.PrimaryKeyConstraint("staff_id", name=op.f("pk_second_factor")),
    )
    op.create_table(
        "recovery_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_recovery_code_staff_id_staff")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_staff_id"), "recovery_code", ["staff_id"])
    op.create_table(
        "provider_identity",
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("staff_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_provider_identity_staff_id_staff")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_provider_identity")),
    )
    op.create_index(op.f("ix_provider_identity_staff_id"), "provider_identity", ["staff_id"])


def _fill() -> None:
    """From what is there already: facts and searched words from the documents, hand-overs from the routings on record."""
    connection = op.get_bind()
    references = connection.scalars(sa.select(INTRODUCTION.c.reference)).all()
    for batch in batched(references, BATCH, strict=False):
        _fill_batch(connection, batch)
    connection.execute(
        sa.text(
            "INSERT INTO handover (introduction_reference, destination, sent_at, sent_by, state) "
            "SELECT introduction_reference, destination, at, actor, 'waiting' FROM introduction_event "
            "WHERE action = 'routed' AND destination IS NOT NULL ORDER BY id"
        )
    )


def _fill_batch(connection: sa.Connection, references: Sequence[str]) -> None:
    counted, searched = [], []
    for reference, document, submitted_at in connection.execute(
        sa.select(INTRODUCTION).where(INTRODUCTION.c.reference.in_(references))
    ):
        searched.append({"introduction_reference": reference, "words": _searched(document)})
        counted += [
            {"introduction_reference": reference, "name": name, "value": value, "submitted_at": submitted_at}
            for name, value in _counted(document)
        ]
    connection.execute(sa.insert(FACT), counted)
    connection.execute(sa.insert(SEARCH), searched)


# What an introduction is counted and searched by, as it was when these tables were made: `spa.facts` may change, this must not.


def _counted(document: Mapping[str, Any]) -> set[tuple[str, str]]:
    born, access, phone = document["person"].get("date_of_birth"), document["access"], document["contact"].get("phone")
    found = {("channel", document["channel"]), ("introducer", document["introducer"]["relationship"])}
    found |= {("need", need["domain"]) for need in document["needs"]}
    found |= {("outcome", outcome) for goal in document["goals"] for outcome in goal["outcomes"]}
    found |= {(name, _stated(name, value)) for name, value in document.get("equality", {}).items() if name in EQUALITY}
    if phone:
        found.add(("phone", phone[:LONGEST]))
    if born:
        handed_over = datetime.fromisoformat(document["submitted_at"]).date()
        found |= {("born", born), ("age", _age_band(date.fromisoformat(born), handed_over))}
    if access.get("interpreter") or "bsl" in access.get("needs", ()):
        found.add(("interpreter", "yes"))
    return found


def _age_band(born: date, on: date) -> str:
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return next((name for limit, name in AGES if years < limit), "65_or_over")


def _stated(name: str, value: Any) -> str:
    if value is None:
        return "declined"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "disability":
        return "no" if value == "none" else "yes"
    return str(value)[:LONGEST]


def _searched(document: Mapping[str, Any]) -> str:
    person, introducer = document["person"], document["introducer"]
    names = (person["full_name"], person.get("preferred_name"), introducer.get("name"), document["reference"])
    phones = (document["contact"].get("phone"), introducer.get("phone"))
    folded = (" ".join(name.casefold().split()) for name in names if name)
    return "\n".join([*folded, *(_dialled(phone) for phone in phones if phone)])


def _dialled(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return f"0{digits[2:]}" if digits.startswith("44") else digits
