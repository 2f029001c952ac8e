"""What reports count by and lists search, hand-overs with their answers, second factors, identities at a provider; indexes for reports."""

from collections.abc import Sequence
from itertools import batched

import sqlalchemy as sa
from alembic import op

from spa import facts

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
        searched.append({"introduction_reference": reference, "words": facts.searched(document)})
        counted += [
            {"introduction_reference": reference, "name": name, "value": value, "submitted_at": submitted_at}
            for name, value in facts.of_document(document)
        ]
    connection.execute(sa.insert(FACT), counted)
    connection.execute(sa.insert(SEARCH), searched)
