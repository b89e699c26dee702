"""Answers kept under a code, and the counters of "did it help?"."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "saved_visit",
        sa.Column("lookup", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_saved_visit"),
    )
    op.create_index("ix_saved_visit_last_day", "saved_visit", ["last_day"])
    op.create_table(
        "help_count",
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "guide", "answer", "about", name="pk_help_count"),
    )
