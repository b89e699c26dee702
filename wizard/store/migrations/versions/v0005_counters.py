"""Counters of what people need, and of how often the desk sets another step."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "visit_count",
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("what", sa.String(10), nullable=False),
        sa.Column("about", sa.String(60), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "guide", "what", "about", "step", "who", name="pk_visit_count"),
    )
    op.create_table(
        "override_count",
        sa.Column("quarter", sa.String(7), nullable=False),
        sa.Column("guide", sa.String(100), nullable=False),
        sa.Column("need", sa.String(60), nullable=False),
        sa.Column("from_step", sa.Integer(), nullable=False),
        sa.Column("to_step", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("quarter", "guide", "need", "from_step", "to_step", "reason", name="pk_override_count"),
    )
