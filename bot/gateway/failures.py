"""How an unexpected failure is logged: its type and where it was raised. Its text may quote what a resident wrote."""

from __future__ import annotations

import traceback


def described(error: BaseException) -> dict[str, str]:
    """{"error": type, "at": "file.py:12 function"} for a log line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno} {frames[-1].name}" if frames else "nowhere"
    return {"error": type(error).__name__, "at": place}
