"""One turn at a time per conversation, also where several gateways share one PostgreSQL.

Within one gateway `bot.gateway.turns` sees to it. Between gateways it is a session-level advisory lock, held on a connection of its own
for as long as the engine works: never on one of the pool's, which the turn itself needs.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, NullPool, create_engine, func, select

from spa.database import Database

TRY_EVERY = 0.1
"""Seconds between tries for a lock that another gateway holds."""


class Serial:
    """Hands out the right to advance a conversation."""

    def __init__(self, database: Database) -> None:
        shared = database.url.get_backend_name() == "postgresql"
        self._engine = create_engine(database.url, poolclass=NullPool, isolation_level="AUTOCOMMIT") if shared else None

    @asynccontextmanager
    async def held(self, conversation_id: str) -> AsyncIterator[None]:
        """No other gateway advances this conversation inside the block. Waits while one does."""
        if self._engine is None:
            yield
            return
        connection = await asyncio.to_thread(self._engine.connect)
        try:
            while not await asyncio.to_thread(_took, connection, conversation_id):
                await asyncio.sleep(TRY_EVERY)
            yield
        finally:
            # Closing the connection gives the lock back, whatever state it is in.
            await asyncio.to_thread(connection.close)


def _took(connection: Connection, conversation_id: str) -> bool:
    digest = hashlib.sha256(f"turn:{conversation_id}".encode()).digest()
    number = int.from_bytes(digest[:8], "big", signed=True)
    return bool(connection.scalar(select(func.pg_try_advisory_lock(number))))
