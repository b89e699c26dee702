"""Runs the migrations on the connection that :mod:`wizard.store.schema` hands over, inside its transaction."""

from alembic import context

from wizard.store.all_tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
