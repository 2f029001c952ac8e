"""The fields of the plain forms: which question gets which, what was filled in, and what is missing in it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.gateway.incoming import Incoming, clean
from spa.models import Channel

EMPTY, NOT_WHOLE = "empty", "not_whole"
"""What can be wrong with a form before anybody reads it: nothing in it, or a date without all its parts."""


@dataclass(frozen=True)
class Field:
    """One field. `label`: its key in `data/interface/`; `type` and `inputmode` as HTML has them, for the right keyboard."""

    label: str
    type: str = "text"
    inputmode: str = "text"
    longest: int = 200


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "date_of_birth": (
        Field("field_day", inputmode="numeric", longest=2),
        Field("field_month", inputmode="numeric", longest=2),
        Field("field_year", inputmode="numeric", longest=4),
    ),
    "phone": (Field("field_phone", type="tel", inputmode="tel"),),
    "introducer_phone": (Field("field_phone", type="tel", inputmode="tel"),),
    "email": (Field("field_email", type="email", inputmode="email"),),
    "nhs_number": (Field("field_nhs", inputmode="numeric"),),
}
"""Answers of a known form, by ask. Every other answer is chosen or written in a box."""


@dataclass(frozen=True)
class Filled:
    """A form as it came: the fields of `ask`, the values and labels that were chosen, and words of the resident's own."""

    key: str
    ask: str
    parts: tuple[str, ...]
    choices: tuple[str, ...]
    labels: tuple[str, ...]
    text: str

    @property
    def wrong(self) -> str | None:
        """What is missing. Words in a date are no fault: whatever is written is for the screen to read first."""
        filled = [part for part in self.parts if part]
        if not filled and not self.choices and not self.text.strip():
            return EMPTY
        whole = len(filled) == len(self.parts) or not filled or self.text.strip()
        return None if whole or not all(part.isdecimal() for part in filled) else NOT_WHOLE

    @property
    def incoming(self) -> Incoming:
        """The message it makes: fields first, then own words; words beside a choice stand after its label."""
        choice = ",".join(self.choices)
        said = ["/".join(part for part in self.parts if part)] if any(self.parts) else []
        said += [self.text] if self.text.strip() else []
        said = [", ".join(self.labels), *said] if choice and said else said
        return Incoming(key=self.key, text=". ".join(said), choice=choice or None, by=Channel.WEB)


def read(fields: Mapping[str, Sequence[str]]) -> Filled:
    """The form of these fields; a choice comes as "value=label"."""
    chosen = [clean(value).partition("=") for value in fields.get("choice", ())]
    return Filled(
        key=first(fields, "id"),
        ask=first(fields, "ask"),
        parts=tuple(clean(part).strip() for part in fields.get("part", ())),
        choices=tuple(value for value, _, _ in chosen),
        labels=tuple(label for _, _, label in chosen),
        text=clean(first(fields, "text").replace("\r\n", "\n")),
    )


def first(fields: Mapping[str, Sequence[str]], name: str) -> str:
    """The first value of a field; nothing where it is not there."""
    return next(iter(fields.get(name, ())), "")


def put_again(filled: Filled, said: Sequence[Mapping[str, Any]]) -> bool:
    """Whether what was filled in could not be read: plain words that put the same question again, and no card."""
    asked = next((message["ask"] for message in reversed(said) if message.get("ask")), None)
    return bool(any(filled.parts) and asked == filled.ask and all(message["kind"] == "text" for message in said))
