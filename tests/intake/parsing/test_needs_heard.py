import pytest

from bot.intake.parsing import cues, needs
from bot.intake.turn import Choice

CHOICES = tuple(Choice(domain, domain) for domain in needs.DOMAINS)
HOUSING = {"domain": "housing", "source": "heard", "own_words": "i might lose my flat"}
HEAD = {"domain": "mental_health", "source": "heard", "own_words": "so low"}

HEARD = [
    ("I've been really depressed since last year", ["mental_health"]),
    ("can't sleep at all", ["mental_health"]),
    ("im hearing voices", ["mental_health"]),
    ("my mum died in june", ["mental_health"]),
    ("I'm behind on rent", ["housing"]),
    ("there is damp and mould everywhere", ["housing"]),
    ("the landlord won't fix anything", ["housing"]),
    ("council tax arrears", ["money"]),
    ("I'm skint", ["money"]),
    ("they stopped my benefits", ["money"]),
    ("I lost my job", ["work_learning"]),
    ("stressed at work", ["mental_health", "work_learning"]),
    ("I drink too much every day", ["drugs_alcohol"]),
    ("smoking too much weed", ["drugs_alcohol"]),
    ("I've got diabetes", ["physical_health"]),
    ("my back hurts", ["physical_health"]),
    ("me and my wife split up", ["relationships_family"]),
    ("I don't speak to my family", ["relationships_family"]),
    ("so lonely", ["loneliness"]),
    ("I have no friends", ["loneliness"]),
    ("he hits me", ["safety_at_home"]),
    ("I don't feel safe", ["safety_at_home"]),
    ("I can't even wash or cook", ["daily_living"]),
    ("I care for my mum", ["caring"]),
    ("racist neighbours upstairs", ["discrimination_identity"]),
    ("the home office refused me", ["legal_immigration"]),
    ("I don't know what to do about my debts", ["money"]),
    ("not only depressed but skint", ["mental_health", "money"]),
    ("depressed, lonely and in debt", ["mental_health", "loneliness", "money"]),
    ("housing is not good", ["housing"]),
]
SILENT = """|hello how are you|no problems with housing|my housing is fine|i don't have any debt|no issues with drugs or alcohol|im not depressed|not anxious|no debt|i don't drink too much|the weather is nice|thanks for your help|money is not a problem|work is fine|i never have panic attacks"""


@pytest.mark.parametrize(("text", "domains"), HEARD)
def test_needs_are_heard(text: str, domains: list[str]) -> None:
    assert set(domains) <= {need["domain"] for need in needs.hear(text)}


@pytest.mark.parametrize("text", SILENT.split("|"))
def test_needs_denied_or_absent_are_not_heard(text: str) -> None:
    assert [need for need in needs.hear(text) if need["domain"] not in ("loneliness",)] == []


def test_needs_keep_own_words_and_order() -> None:
    heard = needs.hear(["Money is tight. I owe everyone.", "I feel so low"])
    assert [(need["domain"], need["source"], need["own_words"]) for need in heard] == [
        ("money", "heard", "Money is tight"),
        ("mental_health", "heard", "I feel so low"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, "homeless_tonight")
            for text in (
                "I've got nowhere to sleep tonight",
                "im sleeping in my car",
                "she kicked me out last night",
                "sleeping rough since tuesday",
                "I've got to be out by tomorrow",
            )
        ),
        *(
            (text, "eviction_date")
            for text in (
                "im being evicted next tuesday",
                "the eviction date is 3 december",
                "bailiffs are coming on monday",
                "landlord gave me notice",
                "section 21",
            )
        ),
        *(
            (text, "no_food")
            for text in (
                "I've got nothing to eat",
                "no food in the house",
                "haven't eaten for 2 days",
                "my kids are hungry",
                "fridge is empty",
            )
        ),
        *(
            (text, "no_money")
            for text in ("no money until friday", "I've run out of money", "no income", "down to my last few quid")
        ),
        *((text, "no_energy") for text in ("no electric", "gas has run out")),
        *(
            (text, "no_medication")
            for text in (
                "I've run out of my meds",
                "no insulin left",
                "ran out of medication",
                "my prescription has run out",
            )
        ),
    ],
)
def test_needs_that_cannot_wait(text: str, kind: str) -> None:
    assert kind in {need["kind"] for need in needs.urgent(text)}
    assert any(need.get("urgent") for need in needs.hear(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I have enough food",
        "I'm not being evicted",
        "I feel low",
        "I lost my job",
        "no problems with money",
        "my tablets help",
        "i was evicted as a child once",
    ],
)
def test_needs_nothing_urgent(text: str) -> None:
    assert needs.urgent(text) == []


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        *(
            (text, ["housing", "mental_health"])
            for text in (
                "that's right",
                "yes",
                "yep thats right",
                "correct",
                "nothing to add",
                "no",
                "no that's all",
                "nothing else",
                "all of them",
                "no changes",
                "spot on",
                "👍",
            )
        ),
        *(
            (text, ["housing", "mental_health", "money"])
            for text in (
                "yes but also debt",
                "add money",
                "also money",
                "money too",
                "plus benefits",
                "and money please",
                "can you add money?",
                "number 3",
            )
        ),
        *(
            (text, ["mental_health"])
            for text in (
                "not housing",
                "take away housing",
                "remove the first one",
                "housing is fine",
                "no not housing",
                "take away 1",
                "just mental health",
                "delete housing",
            )
        ),
        *((text, ["housing"]) for text in ("take away the second", "remove mental health", "not my mental health")),
        ("add money, not housing", ["mental_health", "money"]),
        ("I meant council tax not rent", ["mental_health", "money"]),
        ("take away housing and add work", ["mental_health", "work_learning"]),
        ("add debt and drinking", ["housing", "mental_health", "money", "drugs_alcohol"]),
        ("1 and 4", ["housing", "mental_health", "work_learning"]),
        ("none of them", []),
        ("remove all", []),
    ],
)
def test_needs_are_revised_by_words_and_numbers(text: str, domains: list[str]) -> None:
    parsed = needs.revise([HOUSING, HEAD], text, choices=CHOICES)
    assert parsed is not None and [need["domain"] for need in parsed.value] == domains


@pytest.mark.parametrize(
    "text", ["", "why?", "why", "dunno", "that's wrong", "hello", "who sees this?", "Grace", "07700 900123", "99"]
)
def test_needs_not_revised_by_anything_else(text: str) -> None:
    assert needs.revise([HOUSING, HEAD], text, choices=CHOICES) is None


def test_needs_chosen_where_none_was_heard() -> None:
    parsed = needs.revise([], "housing and my drinking", choices=CHOICES)
    assert parsed is not None and [(need["domain"], need["source"]) for need in parsed.value] == [
        ("housing", "chosen"),
        ("drugs_alcohol", "chosen"),
    ]


def test_needs_tapped_join_those_heard() -> None:
    parsed = needs.revise([HOUSING], "", choices=CHOICES, choice="money,housing")
    assert parsed is not None and parsed.value == [HOUSING, {"domain": "money", "source": "chosen", "own_words": None}]


def test_needs_cues_are_many_and_known() -> None:
    loaded = cues.read("cues.yml", keys=[*needs.DOMAINS, "urgent"])
    assert all(len(set(loaded[domain]["cues"])) >= 25 for domain in needs.DOMAINS)


def test_needs_unknown_key_in_the_cues_raises() -> None:
    with pytest.raises(cues.CuesError, match="cues.yml"):
        cues.read("cues.yml", keys=needs.DOMAINS)


def test_needs_a_cue_that_cannot_be_read_raises() -> None:
    with pytest.raises(cues.CuesError, match="cannot be read"):
        cues.table({"housing": ["(open"]})
