"""What is said besides the questions: `data/copy.yml`, with facts filled from the directory."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot import directory

PATH = Path(__file__).resolve().parents[2] / "data" / "copy.yml"
CHANNELS = ("web", "sms")
_SLOT = re.compile(r"\{([a-z_]+)\}")


class WordingError(ValueError):
    """`data/copy.yml` does not hold what it must; the message names the key."""


@dataclass(frozen=True)
class Wording:
    """Texts by dotted key ("detours.thanks") and channel, facts already filled in."""

    texts: Mapping[tuple[str, str], str]

    def __contains__(self, key: object) -> bool:
        return (key, "web") in self.texts

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key, in the file's order."""
        return tuple(dict.fromkeys(key for key, _ in self.texts))

    def text(self, key: str, channel: str, **slots: str) -> str:
        """The text in a channel, `{slot}`s filled. Raises WordingError for an unknown key or a slot without a value."""
        if (key, channel) not in self.texts:
            raise WordingError(f"{PATH.name} has no {key!r}")

        def fill(match: re.Match[str]) -> str:
            if match.group(1) not in slots:
                raise WordingError(f"{PATH.name}: {key}: nothing to put for {{{match.group(1)}}}")
            return slots[match.group(1)]

        return _SLOT.sub(fill, self.texts[key, channel])


def load(path: Path = PATH, lines: directory.Directory | None = None) -> Wording:
    """Read the file and fill its facts. Raises WordingError, or DirectoryError where a fact is unknown or unconfirmed."""
    lines = lines or directory.load()
    leaves = _leaves(yaml.safe_load(path.read_text(encoding="utf-8")), ())
    return Wording(
        {(key, channel): lines.fill(text) for key, by_channel in leaves for channel, text in by_channel.items()}
    )


@lru_cache(maxsize=1)
def own() -> Wording:
    """The project's own wording, read once."""
    return load()


def say(key: str, channel: str, **slots: str) -> str:
    """A text of the project's own wording."""
    return own().text(key, channel, **slots)


def _leaves(node: Any, path: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    key = ".".join(path)
    if isinstance(node, str):
        return [(key, dict.fromkeys(CHANNELS, node.strip()))]
    if not isinstance(node, Mapping) or not all(isinstance(name, str) for name in node):
        raise WordingError(f"{PATH.name}: {key} must be a text, or hold texts under names")
    if set(node) & set(CHANNELS):
        if set(node) != set(CHANNELS):
            raise WordingError(f"{PATH.name}: {key} must have exactly {CHANNELS}")
        return [(key, {channel: str(node[channel]).strip() for channel in CHANNELS})]
    return [leaf for name, child in node.items() for leaf in _leaves(child, (*path, name))]
