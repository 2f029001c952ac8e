"""Programs that a test runs against and that no package of ours brings: Debian has them."""

import os
from typing import NoReturn, TypeVar

import pytest

Found = TypeVar("Found")


def required(found: Found | None, name: str) -> Found:
    """What was found. Where it was not, the test is named as not run; with CI=true it fails."""
    return found or _missing(name)


def _missing(name: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{name} is not installed (scripts/test-services.sh installs it)")
    pytest.skip(f"not run: {name} is not installed")
