"""No small number is shown, and none can be worked out from what is."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spa.reporting.suppression import SMALLEST_SHOWN, group_total, protected

COUNTS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 9), min_size=1)


def test_a_small_number_takes_the_next_smallest_with_it():
    shown = protected({"a": 40, "b": 3, "c": 12, "d": 0})
    assert shown.cells == {"a": 40, "b": None, "c": None, "d": 0}
    assert shown.total == 55


def test_two_small_numbers_hide_each_other():
    assert protected({"a": 40, "b": 3, "c": 2}).cells == {"a": 40, "b": None, "c": None}


@pytest.mark.parametrize("number", [1, 4])
def test_small_numbers_that_their_sum_tells_take_another_with_them(number):
    assert protected({"a": 40, "b": number, "c": number}).cells["a"] is None


def test_a_small_number_alone_takes_the_total_with_it():
    assert protected({"a": 3, "b": 0}).total is None


def test_numbers_from_five_on_are_all_shown():
    assert protected({"a": 5, "b": 6}).cells == {"a": 5, "b": 6}


def solutions(shown):
    """Every way the hidden numbers could be, to somebody who knows the rules of what is hidden."""
    hidden = [key for key, number in shown.cells.items() if number is None]
    left = shown.total - sum(number or 0 for number in shown.cells.values())
    for numbers in product(range(1, left + 1), repeat=len(hidden)):
        if sum(numbers) == left and min(numbers) < SMALLEST_SHOWN:
            yield dict(zip(hidden, numbers, strict=True))


@given(COUNTS)
@settings(max_examples=150, deadline=None)
def test_no_small_number_is_shown_or_can_be_worked_out(counts):
    shown = protected(counts)
    assert all(number is None or number == 0 or number >= SMALLEST_SHOWN for number in shown.cells.values())
    if shown.total is None or None not in shown.cells.values():
        return
    possible = list(solutions(shown))
    assert counts in [shown.cells | found for found in possible]
    for key, number in counts.items():
        if 0 < number < SMALLEST_SHOWN:
            assert len({found[key] for found in possible}) > 1, key


def test_total_of_a_group_is_shown_where_it_tells_nothing_more():
    counts = {"black": 20, "mixed": 10, "white": 60}
    assert group_total(counts, ("black", "mixed"), protected(counts)) == 30


def test_total_of_a_group_is_hidden_where_it_gives_one_number_away():
    counts = {"black": 20, "mixed": 3, "white": 60, "asian": 4}
    assert group_total(counts, ("black", "mixed"), protected(counts)) is None


def test_total_of_a_group_is_hidden_where_what_is_left_is_small():
    counts = {"black": 20, "white": 2, "asian": 2}
    assert group_total(counts, ("black",), protected(counts)) is None
