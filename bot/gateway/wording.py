"""The gateway's own texts, read from `data/gateway.yml` and filled from the directory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from bot.directory import Directory

PATH = Path(__file__).resolve().parents[2] / "data" / "gateway.yml"


class WordingError(ValueError):
    """`data/gateway.yml` does not hold what it must; the message names the key."""


@dataclass(frozen=True)
class Wording:
    """Every text by its key. `empty` is by channel; `acknowledged` and `already` still hold `{code}`."""

    empty: Mapping[str, str]
    kept: str
    media: str
    help: str
    opted_in: str
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
    if set(texts["empty"]) != {"web", "sms"}:
        raise WordingError(f"{path.name}: empty needs web and sms")
    return Wording(
        **{key: directory.fill(text) for key, text in texts.items() if key != "empty"},
        empty={channel: directory.fill(text) for channel, text in texts["empty"].items()},
    )
