"""One fixed moment for every parser that needs today's date."""

from datetime import datetime, timezone

import pytest


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 23, 2, 0, tzinfo=timezone.utc)
