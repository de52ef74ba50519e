"""What Alembic runs: the steps, over the connection and within the transaction of whoever calls."""

from __future__ import annotations

from alembic import context

from mednec.store.tables import Table

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Table.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
