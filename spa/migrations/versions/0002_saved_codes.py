"""Codes that take a saved conversation up; a conversation that moved to the web leaves its phone free for another."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OPEN_BY_TEXT = sa.text("state = 'open' AND channel = 'sms' AND address IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "saved_code",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("conversation_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name=op.f("fk_saved_code_conversation_id_conversation")
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_saved_code")),
    )
    op.create_index(op.f("ix_saved_code_conversation_id"), "saved_code", ["conversation_id"], unique=False)
    op.create_index(op.f("ix_saved_code_expires_at"), "saved_code", ["expires_at"], unique=False)
    op.drop_index("uq_conversation_open_address", "conversation")
    op.create_index(
        "uq_conversation_open_address",
        "conversation",
        ["address"],
        unique=True,
        sqlite_where=OPEN_BY_TEXT,
        postgresql_where=OPEN_BY_TEXT,
    )
