import pytest

from bot.intake.parsing import yes_no

YES = """yes|Yes|YES!!|yep|yh|yeah|yeahhh|yup|y|ok|okay|sure|go on|go on then|yeah go on then|i suppose|i suppose so|I guess so|fine|that's fine|of course|👍|👍🏽|✅|absolutely|
yes please|yes thanks|yeah sure thing|why not|no problem|not a problem|no worries|alright then|ok go ahead|i do|I am|yes i consent|happy to|sounds good|go for it|correct|that's right|aye|um yes|well ok then|oui|sim|yes mate|defo"""
NO = """no|No.|NO!!!|nope|nah|nah mate|naa|n|no thanks|no thank you|not really|not at all|never|no way|nah you're alright|not yet|not now|i don't|I do not|don't|i'm not|i'd rather not|please don't|i don't consent|👎|❌|no no no|absolutely not|
definitely not|i don't think so|i doubt it|not at the moment|no sorry|hell no|none|not right now|nah bruv|no ta|no i don't"""
NEITHER = """|dunno|don't know|not sure|maybe|depends|yes and no|sometimes|yes?|why|why?|what do you mean|yes but not my mum|yeah but why|no idea|no clue|Grace|07700 900123|no doubt about that I'm confused|i live in SW9|hello|🤷|...|kind of|no one told me about this|might be|what"""


def said(table: str) -> list[str]:
    return table.replace("\n", "").split("|")


@pytest.mark.parametrize("text", said(YES))
def test_yes_no_hears_yes(text: str) -> None:
    parsed = yes_no.parse(text)
    assert parsed is not None and parsed.value is True and parsed.complete


@pytest.mark.parametrize("text", said(NO))
def test_yes_no_hears_no(text: str) -> None:
    parsed = yes_no.parse(text)
    assert parsed is not None and parsed.value is False and parsed.complete


@pytest.mark.parametrize("text", said(NEITHER))
def test_yes_no_does_not_guess(text: str) -> None:
    assert yes_no.parse(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("yes, since 2019", True), ("no I moved away last year", False), ("yeah my sister told me about it", True)],
)
def test_yes_no_with_more_is_not_complete(text: str, value: bool) -> None:
    parsed = yes_no.parse(text)
    assert parsed is not None and parsed.value is value and not parsed.complete
