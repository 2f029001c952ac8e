"""Simulated residents as data: `personas/*.yml`, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from bot.intake import questions

FOLDER = Path(__file__).parent / "personas"
CHANNELS = ("web", "sms")
WAYS = ("lower", "upper", "no_apostrophes", "no_commas", "polite", "kiss")
"""How everything a persona writes is bent, besides what is written out: see `resident.bent`."""
KEYS = {"channel", "mood", "writes", "says", "facts", "never_asked", "after", "first", "quick"}


class PersonaError(ValueError):
    """A persona does not hold what it must; the message names the file, the persona and the key."""


@dataclass(frozen=True)
class Persona:
    """One resident. `says`: what they write while a question is open, in order, detours and all; what is left out is answered plainly.
    `facts`: what the introduction must hold, by dotted place. `never_asked`: questions that their own words have answered before.
    `first`: what they text to begin with. `after`: what they write once it is sent. `quick`: belongs to the few that the suite plays."""

    name: str
    channel: str
    mood: str
    says: Mapping[str, tuple[str | Mapping[str, str], ...]]
    facts: Mapping[str, Any]
    writes: tuple[str, ...] = ()
    never_asked: tuple[str, ...] = ()
    first: str = "hello"
    after: tuple[str, ...] = ()
    quick: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def about_themself(self) -> bool:
        """Whether the resident writes for themself."""
        return self.facts.get("introducer.relationship", "self") == "self"


def load(folder: Path = FOLDER) -> tuple[Persona, ...]:
    """Every persona, in the files' order. Raises PersonaError."""
    found: list[Persona] = []
    for path in sorted(folder.glob("*.yml")):
        for name, entry in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if any(one.name == name for one in found):
                raise PersonaError(f"{path.name}: {name} is there twice")
            found.append(_persona(name, entry, f"{path.name}: {name}"))
    return tuple(found)


def _persona(name: str, entry: Mapping[str, Any], place: str) -> Persona:
    unknown = set(entry) - KEYS
    if unknown:
        raise PersonaError(f"{place}: unknown keys {sorted(unknown)}")
    if entry.get("channel") not in CHANNELS or not entry.get("mood") or not entry.get("says", {}).get("story"):
        raise PersonaError(f"{place}: channel, mood and a story are needed")
    strange = [ask for ask in (*entry["says"], *entry.get("never_asked", ())) if ask not in questions.load()]
    if strange or set(entry.get("writes", ())) - set(WAYS):
        raise PersonaError(f"{place}: no such question or way of writing: {strange}")
    return Persona(
        name=name,
        channel=entry["channel"],
        mood=entry["mood"],
        says={ask: tuple(said if isinstance(said, list) else [said]) for ask, said in entry["says"].items()},
        facts=entry.get("facts", {}),
        writes=tuple(entry.get("writes", ())),
        never_asked=tuple(entry.get("never_asked", ())),
        first=entry.get("first", "hello"),
        after=tuple(entry.get("after", ())),
        quick=entry.get("quick", False),
    )
