"""Checks an introduction's document against introduction.schema.json."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMA = Path(__file__).resolve().parent / "introduction.schema.json"


class ValidationError(ValueError):
    """The document is not as the schema says. Names the fields and the rules they break, never what they hold."""


def checked(document: dict[str, Any]) -> dict[str, Any]:
    """The document, if it is valid, formats of dates and times included. Raises ValidationError."""
    wrong = sorted({f"{error.json_path} ({error.validator})" for error in _validator().iter_errors(document)})
    if wrong:
        raise ValidationError(f"not a valid introduction: {', '.join(wrong)}")
    return document


def prepare() -> None:
    """Load what the first check needs, so that the first introduction does not wait for it (about a second)."""
    _validator()


@cache
def _validator() -> Draft202012Validator:
    # Not loaded at import: its format checks take longer to load than the gateway may take to answer.
    from jsonschema import Draft202012Validator

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
