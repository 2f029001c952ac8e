"""Unfinished conversations: when a phone was reminded, and wrong dates of birth given to go on from earlier texts."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("conversation", sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "birth_date_try",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("address", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_birth_date_try")),
    )
    op.create_index(op.f("ix_birth_date_try_address"), "birth_date_try", ["address"], unique=False)
    op.create_index(op.f("ix_birth_date_try_at"), "birth_date_try", ["at"], unique=False)
