"""A body that fails right now is heard; the past, known panic and figures of speech are not."""

import pytest

from bot.intake.parsing import emergencies


@pytest.mark.parametrize(
    "text",
    [
        "I think I am having a heart attack",
        "pain in my chest and my arm has gone numb",
        "my chest hurts so much",
        "I can't breathe",
        "mum has collapsed in the kitchen",
        "he's not breathing",
        "her face has dropped and she talks funny",
        "I cut my hand and it won't stop bleeding",
        "my throat is closing up",
        "she is having a seizure",
    ],
)
def test_an_emergency_is_heard(text):
    assert emergencies.heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "dad had a heart attack two years ago",
        "my mate died of a heart attack",
        "think im having a heart attack every time i run for the bus. ecg clear, its panic",
        "I had a stroke in 2019",
        "sometimes my chest hurts when I am stressed",
        "that spider nearly gave me a heart attack",
        "my back hurts",
        "I have no chest pain",
        "I lost my job and I am behind with the rent",
        "breathing exercises help",
        "",
    ],
)
def test_no_emergency_is_heard(text):
    assert not emergencies.heard(text)
