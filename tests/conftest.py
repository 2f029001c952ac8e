"""What every room's tests share. Imports of a room's own packages happen inside fixtures: two environments run these tests."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def encoder_folder() -> Path:
    """The built encoder; `make test` builds it before any test runs."""
    folder = ROOT / "models" / "encoder"
    assert (folder / "checksums.json").exists(), "the encoder is not built: run 'make train'"
    return folder
