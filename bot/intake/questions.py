"""The questions, as data: `data/questions.yml`, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.intake import conditions
from bot.intake.turn import Choice

PATH = Path(__file__).resolve().parents[2] / "data" / "questions.yml"
PHASES = ("path", "after", "aside")
KINDS = ("yes_no", "choice", "multi", "text")
CHANNELS = ("web", "sms")
COPY = ("web", "sms", "short", "why")
KEYS = {"phase", "kind", "channels", "when", "skippable", "choices", "sms_choices", "other", "label", *COPY}
OTHER_KEYS = {"choices", "sms_choices", "label", *COPY}


class QuestionsError(ValueError):
    """`data/questions.yml` does not hold what it must; the message names the file, the question and the key."""


@dataclass(frozen=True)
class Copy:
    """What a question says: one text per channel, the same in fewer words, why we ask it, and its choices per channel."""

    web: str
    sms: str
    short: str
    why: str
    choices: Mapping[str, tuple[Choice, ...]]
    label: str | None = None

    def text(self, channel: str) -> str:
        """The full question in a channel."""
        return self.web if channel == "web" else self.sms


@dataclass(frozen=True)
class Question:
    """One `ask`. `own` is its copy for the resident themself, `other` where someone introduces another person."""

    ask: str
    phase: str
    kind: str
    channels: tuple[str, ...]
    own: Copy
    other: Copy
    when: tuple[str, ...] = ()
    skippable: bool = True

    def copy(self, draft: Mapping[str, Any]) -> Copy:
        """The copy that fits who the introduction is about."""
        return self.other if conditions.PREDICATES["someone_else"](draft) else self.own

    def holds(self, draft: Mapping[str, Any], *, channel: str) -> bool:
        """Whether it is asked in this channel and all its conditions hold."""
        return channel in self.channels and all(conditions.PREDICATES[name](draft) for name in self.when)


@dataclass(frozen=True)
class Questions:
    """All questions by ask, in their order. `version` is the wording a consent was given to."""

    version: str
    by_ask: Mapping[str, Question] = field(default_factory=dict)

    def __getitem__(self, ask: str) -> Question:
        return self.by_ask[ask]

    def __contains__(self, ask: object) -> bool:
        return ask in self.by_ask

    @property
    def asks(self) -> tuple[str, ...]:
        """Every ask id, in order."""
        return tuple(self.by_ask)

    def phase(self, phase: str) -> tuple[Question, ...]:
        """The questions of one phase ("path", "after", "aside"), in order."""
        return tuple(question for question in self.by_ask.values() if question.phase == phase)


def load(path: Path | None = None) -> Questions:
    """Read and check the file; the project's own is read once. Raises QuestionsError."""
    return _own() if path is None else _read(path)


@lru_cache(maxsize=1)
def _own() -> Questions:
    return _read(PATH)


def _read(path: Path) -> Questions:
    data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    place = path.name
    _only(data, {"version", "questions"}, place)
    for key in ("version", "questions"):
        if key not in data:
            raise QuestionsError(f"{place}: {key!r} is missing")
    return Questions(
        version=str(data["version"]),
        by_ask={ask: _question(ask, entry, f"{place}: {ask}") for ask, entry in data["questions"].items()},
    )


def _question(ask: str, entry: Mapping[str, Any], place: str) -> Question:
    _only(entry, KEYS, place)
    other = entry.get("other", {})
    _only(other, OTHER_KEYS, f"{place}: other")
    for key in ("phase", "kind", "channels", *COPY):
        if key not in entry:
            raise QuestionsError(f"{place}: {key!r} is missing")
    _one_of(entry["phase"], PHASES, f"{place}: phase")
    _one_of(entry["kind"], KINDS, f"{place}: kind")
    for channel in entry["channels"]:
        _one_of(channel, CHANNELS, f"{place}: channels")
    for name in entry.get("when", []):
        _one_of(name, tuple(conditions.PREDICATES), f"{place}: when")
    merged = {**entry, **other}
    if "choices" in other and "sms_choices" not in other:
        merged["sms_choices"] = (
            entry.get("sms_choices", other["choices"]) if entry["kind"] == "multi" else other["choices"]
        )
    return Question(
        ask=ask,
        phase=entry["phase"],
        kind=entry["kind"],
        channels=tuple(entry["channels"]),
        own=_copy(entry, place),
        other=_copy(merged, f"{place}: other"),
        when=tuple(entry.get("when", [])),
        skippable=entry.get("skippable", True),
    )


def _copy(entry: Mapping[str, Any], place: str) -> Copy:
    web = _choices(entry.get("choices", []), f"{place}: choices")
    sms = _choices(entry["sms_choices"], f"{place}: sms_choices") if "sms_choices" in entry else web
    texts = {key: str(entry[key]).strip() for key in COPY}
    return Copy(**texts, choices={"web": web, "sms": sms}, label=entry.get("label"))


def _choices(entries: list[Mapping[str, str]], place: str) -> tuple[Choice, ...]:
    for entry in entries:
        _only(entry, {"value", "label"}, place)
        if not all(isinstance(entry.get(key), str) for key in ("value", "label")):
            raise QuestionsError(
                f"{place}: each needs a value and a label, in quotes where YAML would read them as yes or no"
            )
    return tuple(Choice(entry["value"], entry["label"]) for entry in entries)


def _only(entry: Mapping[str, Any], allowed: set[str], place: str) -> None:
    unknown = sorted(set(entry) - allowed)
    if unknown:
        raise QuestionsError(f"{place}: unknown keys {unknown}")


def _one_of(value: str, allowed: tuple[str, ...], place: str) -> None:
    if value not in allowed:
        raise QuestionsError(f"{place}: {value!r} is not one of {allowed}")
