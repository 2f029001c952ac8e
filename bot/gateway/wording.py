"""The gateway's own texts, read from `data/gateway.yml` and filled from the directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from bot.directory import Directory

PATH = Path(__file__).resolve().parents[2] / "data" / "gateway.yml"


BY_CHANNEL = ("empty", "unknown_code", "told_too")


class WordingError(ValueError):
    """`data/gateway.yml` does not hold what it must; the message names the key."""


@dataclass(frozen=True)
class Wording:
    """Every text by its key, some by channel; `acknowledged` and `already` still hold `{code}`."""

    empty: Mapping[str, str]
    unknown_code: Mapping[str, str]
    told_too: Mapping[str, str]
    too_many_codes: str
    too_many_chats: str
    kept: str
    media: str
    help: str
    last_text: str
    not_me: str
    opted_in: str
    reminder: str
    late: str
    resume_hint: str
    birth_date: str
    birth_date_again: str
    nothing_to_resume: str
    signed_out: str
    expired: str
    forgotten: str
    broken: str
    acknowledged: str
    already: str


def load(directory: Directory, path: Path = PATH) -> Wording:
    """Read and fill the texts. Raises WordingError for a missing or unknown key, DirectoryError for a line that may not be shown."""
    texts = yaml.safe_load(path.read_text(encoding="utf-8"))
    expected = {field.name for field in fields(Wording)}
    if wrong := expected ^ set(texts):
        raise WordingError(f"{path.name}: missing or unknown keys {sorted(wrong)}")
    for key in BY_CHANNEL:
        if not isinstance(texts[key], dict) or set(texts[key]) != {"web", "sms"}:
            raise WordingError(f"{path.name}: {key} needs web and sms")
    filled: dict[str, Any] = {
        key: {channel: directory.fill(one) for channel, one in text.items()}
        if key in BY_CHANNEL
        else directory.fill(text)
        for key, text in texts.items()
    }
    return Wording(**filled)
