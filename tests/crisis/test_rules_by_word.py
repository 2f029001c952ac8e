"""Rules are tried only where a word of the text calls for them; that finds what trying all of them finds."""

from collections.abc import Iterator

from bot.crisis import corpus
from bot.crisis.datafile import FOLDER
from bot.crisis.patterns import Text
from bot.crisis.rulebook import Rule
from bot.crisis.rules import Rules

EVERY = 7
"""One in so many labelled messages is read both ways."""


class Tried(Rules):
    """All of the rules, on every text."""

    def _that_may_hold(self, text: Text) -> Iterator[Rule]:
        return iter(self._rulebook.rules)


def test_rules_called_for_by_a_word_find_what_all_of_them_find() -> None:
    chosen, all_of_them = Rules.load(), Tried.load()
    rows = [row for path in sorted(FOLDER.glob("*.tsv")) for row in corpus.read(path)][::EVERY]
    found = [
        (chosen.findings(row.messages, asked=row.asked), all_of_them.findings(row.messages, asked=row.asked))
        for row in rows
    ]
    assert sum(bool(one) for one, _ in found) > 100, "the messages meet many rules"
    assert [row.messages for row, (one, other) in zip(rows, found, strict=True) if one != other] == []
