"""Alembic's scripts; `spa.database.Database.migrate` runs them."""
