"""Which introductions to list: by status, whose they are, and what is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from spa.console import wording
from spa.models import IntroductionStatus

OPEN_STATUSES = (
    IntroductionStatus.NEW,
    IntroductionStatus.IN_REVIEW,
    IntroductionStatus.CONTACT_ATTEMPTED,
    IntroductionStatus.IN_CONTACT,
)
FILTERS: Mapping[str, tuple[IntroductionStatus, ...]] = {
    "open": OPEN_STATUSES,
    "any": tuple(IntroductionStatus),
} | {str(status): (status,) for status in IntroductionStatus}
WORDS: Mapping[str, Mapping[str, str] | tuple[str, ...]] = {
    "status": tuple(FILTERS),
    "need": wording.NEEDS,
    "destination": wording.DESTINATIONS,
    "channel": wording.CHANNELS,
    "whose": ("mine", "nobody"),
    "overdue": ("1",),
    "interpreter": ("1",),
}
LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Filter:
    """One value for each control, "" for all. `status`: "open" (still with the SPA), "any" or a status; `whose`: "mine" or
    "nobody"; `search`: part of a name, a reference or a phone number."""

    status: str = "open"
    need: str = ""
    destination: str = ""
    channel: str = ""
    whose: str = ""
    overdue: str = ""
    interpreter: str = ""
    search: str = ""

    @property
    def statuses(self) -> tuple[IntroductionStatus, ...]:
        """The statuses it lets through."""
        return FILTERS[self.status]

    @property
    def query(self) -> str:
        """As it stands in an address; the search is left out of records by `without_search`."""
        return urlencode({field.name: value for field in fields(self) if (value := getattr(self, field.name))})

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out of what is still with the SPA."""
        return self != Filter()

    def without_search(self) -> Filter:
        """The same without what somebody typed, which may be a name: the record holds none."""
        return replace(self, search="")


def filter_from(asked: Mapping[str, str]) -> Filter:
    """From an address; what is unknown there is left out."""
    given = {name: asked.get(name, "") for name in WORDS}
    given["whose"] = "mine" if asked.get("mine") == "1" else given["whose"]  # addresses kept from before
    known = {name: value for name, value in given.items() if value in WORDS[name]}
    return Filter(**known, search=asked.get("search", "").strip()[:LONGEST_SEARCH])


def needs_interpreter(access: Mapping[str, Any]) -> bool:
    """Of a spoken language, or of British Sign Language."""
    return bool(access.get("interpreter")) or "bsl" in access.get("needs", ())


def counts(lists: Sequence[tuple[str, int]]) -> str:
    """ "3 overdue, 2 with nobody" of those that are any."""
    return ", ".join(f"{number} {words}" for words, number in lists if number)
