"""Attempts at delivery of which nobody knows whether the provider took them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox_item", sa.Column("doubt_since", sa.DateTime(timezone=True), nullable=True))
