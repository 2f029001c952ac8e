"""What Alembic runs: always on the connection, and in the transaction, that `Database.migrate` gives it."""

from alembic import context

from spa.models import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
context.run_migrations()
