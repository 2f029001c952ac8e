"""One spelling for the many ways people write."""

from __future__ import annotations

import pytest

from bot.crisis.normalise import Normaliser, Spellings


@pytest.fixture(scope="module")
def normaliser() -> Normaliser:
    return Normaliser(Spellings.load())


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I'm", "i am"),
        ("im", "i am"),
        ("don’t", "do not"),
        ("wanna", "want to"),
        ("dnt wna", "do not want to"),
        ("2nite", "tonight"),
        ("suicidaaaaal", "suicidal"),
        ("suicdal", "suicidal"),
        ("su1c1dal", "suicidal"),
        ("$uicidal", "suicidal"),
        ("k*ll", "kill"),
        ("d!e", "die"),
        ("s u i c i d e", "suicide"),
        ("my self", "myself"),
        ("di e", "die"),
        ("s/h", "self harm"),
        ("ＤＩＥ", "die"),
        ("dі\u200bе", "die"),
        ("mum's", "mother"),
        ("chcę", "chce"),
        ("SE5", "se5"),
        ("bill will fill", "bill will fill"),
        ("alive", "alive"),
        ("table tables", "table tables"),
    ],
)
def test_normalise_spells_one_way(normaliser: Normaliser, written: str, meant: str) -> None:
    assert " ".join(normaliser.words(written)) == meant


def test_normalise_keeps_the_place_in_the_original(normaliser: Normaliser) -> None:
    written = "ok, I wanna D!E 🔪"
    placed = [(token.norm, written[token.start : token.end]) for token in normaliser.tokens(written)]
    assert ("die", "D!E") in placed
    assert ("emoji_knife", "🔪") in placed
    assert ("want", "wanna") in placed
