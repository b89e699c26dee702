"""Enquiries, those who ask to be called, the log of who has opened what, and when cleaning up was last done."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_DAYS = 90
_REFUSAL = "the access log is only ever added to"


def upgrade() -> None:
    """Take the step."""
    _make_enquiries()
    op.create_table(
        "call_back",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("opened", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("handled", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_call_back"),
        sa.UniqueConstraint("receipt", name="uq_call_back_receipt"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_call_back_handled", "call_back", ["handled"])
    op.create_table(
        "last_purge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_last_purge"),
    )
    _make_log()


def _make_enquiries() -> None:
    op.create_table(
        "enquiry",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("created", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(10), nullable=False),
        sa.Column("follow_up", sa.String(10), nullable=False),
        sa.Column("unit", sa.String(100), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("closed", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("reference", name="pk_enquiry"),
        sa.UniqueConstraint("once", name="uq_enquiry_once"),
    )
    op.create_index("ix_enquiry_status", "enquiry", ["status"])
    op.create_index("ix_enquiry_closed", "enquiry", ["closed"])
    op.create_table(
        "enquiry_version",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("once", sa.String(32), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "version", name="pk_enquiry_version"),
        sa.UniqueConstraint("once", name="uq_enquiry_version_once"),
        sa.ForeignKeyConstraint(
            ["reference"], ["enquiry.reference"], name="fk_enquiry_version_reference", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_user.id"], name="fk_enquiry_version_staff_id"),
    )
    op.create_table(
        "enquiry_number",
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_enquiry_number"),
    )


def _make_log() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("moment", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(20), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access_log"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff_user.id"], name="fk_access_log_staff_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_access_log_moment", "access_log", ["moment"])
    op.create_index("ix_access_log_about", "access_log", ["about"])
    statements = _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL
    for statement in statements:
        op.execute(statement)


_SQLITE = (
    f"""CREATE TRIGGER access_log_keeps_its_words BEFORE UPDATE ON access_log
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER access_log_keeps_its_rows BEFORE DELETE ON access_log
    WHEN OLD.moment > CAST(strftime('%s', 'now') AS INTEGER) - {_DAYS} * 86400
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",
    f"""CREATE TRIGGER access_log_replaces_nothing BEFORE INSERT ON access_log
    WHEN EXISTS (SELECT 1 FROM access_log WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END""",  # noqa: S608  nothing of it comes from outside
)
"""The third is against INSERT OR REPLACE, which deletes without asking the second."""

_POSTGRESQL = (
    f"""CREATE FUNCTION refuse_access_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER access_log_keeps_its_words BEFORE UPDATE ON access_log
    FOR EACH ROW EXECUTE FUNCTION refuse_access_log_change()""",
    f"""CREATE TRIGGER access_log_keeps_its_rows BEFORE DELETE ON access_log
    FOR EACH ROW WHEN (OLD.moment > extract(epoch FROM now()) - {_DAYS} * 86400)
    EXECUTE FUNCTION refuse_access_log_change()""",
    """CREATE TRIGGER access_log_is_never_emptied BEFORE TRUNCATE ON access_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_access_log_change()""",
)
