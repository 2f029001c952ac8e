"""Small numbers are not shown where they say something about people who could be known, nor what they could be worked out from.

A number from 1 to 4 is hidden (primary suppression). The total is shown, so where the hidden ones could be worked out from it, the
smallest number left is hidden too (secondary suppression), and as many more as that takes; where none is left, so is the total.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SMALLEST_SHOWN = 5


@dataclass(frozen=True)
class Protected:
    """Each number, or None where it is hidden; `total` is None where it would give one away."""

    cells: Mapping[str, int | None]
    total: int | None


def protected(counts: Mapping[str, int]) -> Protected:
    """These numbers as they may be shown together with their total. A 0 is shown: there is nobody it is about."""
    hidden = {key for key, number in counts.items() if is_small(number)}
    left = sorted((number, key) for key, number in counts.items() if number >= SMALLEST_SHOWN)
    total: int | None = sum(counts.values())
    while given_away(counts, hidden):
        if not left:
            total = None
            break
        hidden.add(left.pop(0)[1])
    return Protected({key: None if key in hidden else number for key, number in counts.items()}, total)


def is_small(*numbers: int) -> bool:
    """Whether one of them is from 1 to 4."""
    return any(0 < number < SMALLEST_SHOWN for number in numbers)


def given_away(counts: Mapping[str, int], hidden: Collection[str]) -> bool:
    """Whether somebody who knows the sum of the hidden numbers, and that none of them is 0, knows one of them.

    One alone is the sum. As many as the sum are 1 each. If all are below 5, then as many as a quarter of the sum are 4 each.
    """
    numbers = [counts[key] for key in hidden]
    if not numbers:
        return False
    all_small = max(numbers) < SMALLEST_SHOWN
    return len(numbers) == 1 or sum(numbers) == len(numbers) or (all_small and sum(numbers) == 4 * len(numbers))


def group_total(counts: Mapping[str, int], keys: Collection[str], shown: Protected) -> int | None:
    """The total of some of the numbers, beside `shown`; None where that, or what it leaves of the whole, gives one away or is small."""
    hidden = {key for key, number in shown.cells.items() if number is None}
    number = sum(counts.get(key, 0) for key in keys)
    rest = sum(counts.values()) - number
    leaks = given_away(counts, hidden & set(keys)) or given_away(counts, hidden - set(keys))
    return None if leaks or shown.total is None or is_small(number, rest) else number
