"""What the chat page says around the conversation, in each language: read from `data/interface/`, one file a language.

The conversation itself is in English. A text may hold `{line:call}`, a link that calls the line, `{line:send}`, one that texts it, and
`{line:phone}`, its bare number; `[n]` is filled by the page's script.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "interface"
PATTERN = "en"
"""The language that every other one is held against, and that is shown where none is chosen."""
DIRECTIONS = ("ltr", "rtl")
_SAY = re.compile(r"\{say:(\w+)\}")
_SLOTS = re.compile(r"\{\w+:\w+\}|\[\w+\]")
_CALL = re.compile(r"\{(\w+):call\}")
_SEND = re.compile(r"\{(\w+):send\}")


class InterfaceError(ValueError):
    """A file of `data/interface/` does not hold what it must; the message names file and key."""


@dataclass(frozen=True)
class Interface:
    """One language. `page`: the texts of the page; `script`: those its script says; `direction`: ltr or rtl."""

    code: str
    name: str
    direction: str
    page: dict[str, str]
    script: dict[str, str]

    def html(self, key: str) -> str:
        """A text as HTML; slots of the directory stay in it. Raises InterfaceError for a key that is not there."""
        known = self.page | self.script
        if key not in known:
            raise InterfaceError(f"{self.code}.yml: there is no {key!r}")
        text = html.escape(known[key])
        text = _CALL.sub(r'<a href="tel:{\1:tel}" dir="ltr">{\1:phone}</a>', text)
        return _SEND.sub(r'<a href="sms:{\1:text}?&amp;body=SHOUT" dir="ltr">{\1:text}</a>', text)

    def _link(self, *, current: bool) -> str:
        here = ' aria-current="true"' if current else ""
        return f'<a href="?lang={self.code}" lang="{self.code}"{here}>{html.escape(self.name)}</a>'

    def _note(self) -> str:
        return (
            "" if self.code == PATTERN else f'<p class="chat-languages__note">{html.escape(self.page["english"])}</p>'
        )

    def spoken(self, source: str, *, among: Iterable[Interface]) -> str:
        """The page with each `{say:key}` replaced.

        `{say:script}` is the script's texts, each an element that names its key; `{say:languages}` links to the page in each language;
        `{say:note}` says that the conversation is in English, where the page is not.
        """
        words = "".join(f'<i data-key="{key}">{html.escape(text)}</i>' for key, text in self.script.items())
        links = "".join(f"<li>{one._link(current=one.code == self.code)}</li>" for one in among)
        own = {
            "code": self.code if self.code != PATTERN else "en-GB",
            "direction": self.direction,
            "script": words,
            "languages": links,
            "note": self._note(),
            "query": f"?lang={self.code}",
        }
        return _SAY.sub(lambda slot: own[slot[1]] if slot[1] in own else self.html(slot[1]), source)


def load(folder: Path = FOLDER) -> Mapping[str, Interface]:
    """Every language by its code, English first. Raises InterfaceError for a key or slot that English has and another has not, or the reverse."""
    read = {path.stem: _read(path) for path in sorted(folder.glob("*.yml"))}
    if PATTERN not in read:
        raise InterfaceError(f"{PATTERN}.yml is missing")
    pattern = read.pop(PATTERN)
    for one in read.values():
        _hold_against(pattern, one)
    return {PATTERN: pattern} | read


def _read(path: Path) -> Interface:
    held = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(held, dict) or set(held) != {"name", "direction", "page", "script"}:
        raise InterfaceError(f"{path.name}: needs name, direction, page and script, and nothing else")
    if held["direction"] not in DIRECTIONS:
        raise InterfaceError(f"{path.name}: direction must be one of {DIRECTIONS}")
    for part in ("page", "script"):
        for key, text in held[part].items():
            if not isinstance(text, str) or not text.strip():
                raise InterfaceError(f"{path.name}: {part}.{key} must be a text")
    return Interface(path.stem, held["name"], held["direction"], held["page"], held["script"])


def _hold_against(pattern: Interface, one: Interface) -> None:
    for part, expected, given in (("page", pattern.page, one.page), ("script", pattern.script, one.script)):
        if wrong := set(expected) ^ set(given):
            raise InterfaceError(f"{one.code}.yml: {part} has missing or unknown keys {sorted(wrong)}")
        for key, text in expected.items():
            if sorted(_SLOTS.findall(text)) != sorted(_SLOTS.findall(given[key])):
                raise InterfaceError(f"{one.code}.yml: {part}.{key} must hold the same slots as English")
