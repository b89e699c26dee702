"""Conversations that somebody at the desk is in the middle of."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "draft",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
        sa.ForeignKeyConstraint(["owner"], ["staff_user.id"], name="fk_draft_owner", ondelete="CASCADE"),
    )
    op.create_index("ix_draft_owner", "draft", ["owner"])
    op.create_index("ix_draft_changed", "draft", ["changed"])
