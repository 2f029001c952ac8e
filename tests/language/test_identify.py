"""Which language a message is in; a wrong one is worse than none."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("lingua", reason="the front environment only")

from bot.language.identify import Identifier, LanguageError  # noqa: E402

IDENTIFIER = Identifier.load()
ENGLISH = Path(__file__).resolve().parents[2] / "data" / "crisis" / "messages_dev.tsv"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("preciso de um intérprete de português", "pt"),
        ("necesito un intérprete por favor, no hablo inglés", "es"),
        ("bonjour, j'ai des problèmes avec mon propriétaire", "fr"),
        ("potrzebuję tłumacza polskiego", "pl"),
        ("posso avere un interprete italiano per favore", "it"),
        ("waxaan u baahanahay turjubaan", "so"),
        ("أحتاج إلى مترجم عربي من فضلك", "ar"),
        ("የአማርኛ አስተርጓሚ እፈልጋለሁ", "am"),
        ("ናይ ትግርኛ ኣስተርጓሚ እደሊ", "ti"),
        ("mo nilo ogbufo Yoruba", "yo"),
        ("mehia obi a ɔkyerɛ Twi ase ma me", "ak"),
        ("আমার একজন বাংলা দোভাষী দরকার", "bn"),
        ("am nevoie de un interpret de română", "ro"),
        ("türkçe tercüman istiyorum lütfen", "tr"),
    ],
)
def test_identify_knows_the_fourteen(text, tag):
    assert IDENTIFIER.identify(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        "Jose Maria Fernandez",
        "Grace, 34, SW9",
        "ok",
        "mi tired a everyting",
        "Ayaan Warsame",
        "میں ٹھیک ہوں",
        "call my mama",
    ],
)
def test_identify_takes_names_short_texts_and_patois_for_nothing_else(text):
    assert IDENTIFIER.identify(text) in (None, "en")


def test_identify_takes_hardly_any_english_message_for_another_language():
    texts = [line.split("\t")[1] for line in ENGLISH.read_text(encoding="utf-8").splitlines()[1:]]
    plain = [text for text in texts if text.isascii()]
    foreign = [text for text in plain if IDENTIFIER.identify(text) not in (None, "en")]
    assert set(foreign) <= {"je veux mourir", "waxaan rabaa inaan dhinto"}


def test_identify_refuses_a_file_with_an_unknown_language(tmp_path):
    path = tmp_path / "language.yml"
    path.write_text("xx: a b\n", encoding="utf-8")
    with pytest.raises(LanguageError, match=r"language\.yml"):
        Identifier.load(path)
