"""Those who work at the desk, and their sessions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "staff_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("enrolled", sa.Boolean(), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("totp", sa.LargeBinary(), nullable=True),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        sa.Column("enrol_mark", sa.LargeBinary(32), nullable=True),
        sa.Column("enrol_until", sa.BigInteger(), nullable=False),
        sa.Column("provider_mark", sa.LargeBinary(32), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_staff_user"),
        sa.UniqueConstraint("name", name="uq_staff_user_name"),
        sa.UniqueConstraint("enrol_mark", name="uq_staff_user_enrol_mark"),
        sa.UniqueConstraint("provider_mark", name="uq_staff_user_provider_mark"),
    )
    op.create_table(
        "staff_session",
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_staff_session"),
        sa.ForeignKeyConstraint(["user_id"], ["staff_user.id"], name="fk_staff_session_user_id", ondelete="CASCADE"),
    )
    op.create_index("ix_staff_session_user_id", "staff_session", ["user_id"])
