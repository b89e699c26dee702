"""Runs the migrations on the connection that :mod:`wizard.store.schema` hands over, inside its transaction."""

from alembic import context

from wizard.store import (  # noqa: F401  their tables belong to the metadata
    access_log_tables,
    callback_tables,
    counter_tables,
    draft_tables,
    enquiry_tables,
    retention_tables,
    staff_tables,
)
from wizard.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
