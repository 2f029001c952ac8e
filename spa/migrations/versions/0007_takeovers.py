"""Staff in a resident's conversation: who is in it, and who of them wrote a message."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STILL_IN = sa.text("left_at IS NULL")


def upgrade() -> None:
    ended = sa.Enum(
        "handed_back", "went_quiet", "conversation_ended",
        name="ended", native_enum=False, create_constraint=True, length=32,
    )  # fmt: skip
    op.create_table(
        "takeover",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("staff", sa.String(length=128), nullable=False),
        sa.Column("signed", sa.String(length=64), nullable=False),
        sa.Column("ask", sa.String(length=64), nullable=True),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended", ended, nullable=True),
        sa.CheckConstraint("staff <> ''", name=op.f("ck_takeover_staff")),
        sa.CheckConstraint("(left_at IS NULL) = (ended IS NULL)", name=op.f("ck_takeover_ended_when_left")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_takeover_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeover")),
    )
    op.create_index(op.f("ix_takeover_conversation_id"), "takeover", ["conversation_id"], unique=False)
    op.create_index(
        "uq_takeover_one_at_a_time",
        "takeover",
        ["conversation_id"],
        unique=True,
        sqlite_where=STILL_IN,
        postgresql_where=STILL_IN,
    )
    # With its CHECK in the column: SQLite can add a constraint in no other way without writing the table again.
    op.execute(
        "ALTER TABLE message ADD COLUMN event VARCHAR(32) CONSTRAINT ck_message_event CHECK (event IN ('joined', 'left'))"
    )
    op.add_column("message", sa.Column("staff", sa.String(length=128), nullable=True))
    op.add_column("message", sa.Column("signed", sa.String(length=64), nullable=True))
