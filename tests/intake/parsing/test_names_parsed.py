import pytest

from bot.intake.parsing import names

GOOD = [
    ("grace", "Grace"),
    ("it's Grace", "Grace"),
    ("It’s grace", "Grace"),
    ("call me G", "G"),
    ("my name is grace okafor", "Grace Okafor"),
    ("My full name is Sarah Jane Smith", "Sarah Jane Smith"),
    ("Mr john o'neill", "John O'Neill"),
    ("Sean O’Brien", "Sean O'Brien"),
    ("MARIA VAN DER BERG", "Maria van der Berg"),
    ("mcdonald", "McDonald"),
    ("ronald mcdonald", "Ronald McDonald"),
    ("jean-paul", "Jean-Paul"),
    ("Ngozi Adichie-Obi", "Ngozi Adichie-Obi"),
    ("Zoë", "Zoë"),
    ("joão", "João"),
    ("ibrahim", "Ibrahim"),
    ("ابراهيم", "ابراهيم"),
    ("Okafor, Grace", "Grace Okafor"),
    ("jj", "JJ"),
    ("AJ", "AJ"),
    ("maria do carmo silva", "Maria do Carmo Silva"),
    ("D'SOUZA", "D'Souza"),
    ("my names dave", "Dave"),
    ("please call me joy x", "Joy"),
    ("its steve mate", "Steve"),
    ("Will Young", "Will Young"),
    ("sarah cook", "Sarah Cook"),
    ("Christian Hope", "Christian Hope"),
    ("bill", "Bill"),
    ("Mohammed Al-Fayed", "Mohammed Al-Fayed"),
    ("his name is tunde bello", "Tunde Bello"),
    ("Mr Smith", "Mr Smith"),
    ("I'm Grace", "Grace"),
    ("im ahmed", "Ahmed"),
    ("My Nguyen", "My Nguyen"),
    ("Li Na", "Li Na"),
    ("Blessing", "Blessing"),
    ("Precious Hope", "Precious Hope"),
    ("LaToya McKenzie", "LaToya McKenzie"),
    ("dr patel", "Dr Patel"),
    ("hi I'm called Sam", "Sam"),
    ("everyone calls me Bim", "Bim"),
]
BAD = [
    *(
        "",
        "   ",
        "?",
        "why",
        "why?",
        "who wants to know?",
        "skip",
        "no",
        "yes",
        "nah",
        "dont know",
        "idk",
        "stop",
        "go back",
        "help",
        "help me please",
    ),
    *(
        "i want to die",
        "kill me",
        "end it all",
        "I want to end my life",
        "i took pills",
        "goodbye everyone",
        "jumping",
        "hanging",
        "the bridge",
        "quiero morir",
    ),
    *(
        "im tired",
        "I'm struggling",
        "I'm scared",
        "im feeling sad",
        "I am not ok",
        "exhausted",
        "Struggling",
        "hopeless",
        "im homeless",
        "sad",
    ),
    *(
        "07700 900123",
        "3/4/91",
        "SW9 8LF",
        "grace@example.org",
        "what's it to you",
        "fuck off",
        "prefer not to say",
        "none of your business",
        "i dont want to say",
        "can I talk to a person",
    ),
    *(
        "👍",
        "...",
        "🙂",
        "I live with my mum and she drinks",
        "no one",
        "nobody",
        "anonymous",
        "my landlord is evicting me",
        "same",
    ),
]


@pytest.mark.parametrize(("text", "name"), GOOD)
def test_names_are_read_and_cased(text: str, name: str) -> None:
    parsed = names.parse(text, full=True)
    assert parsed is not None and (parsed.value, parsed.complete) == (name, True)


@pytest.mark.parametrize("text", [*BAD])
def test_names_refuse_what_is_no_name(text: str) -> None:
    assert names.parse(text, full=True) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("grace okafor but everyone calls me G", "Grace Okafor"),
        ("I'm Grace, 34, SW9", "Grace"),
        ("Grace Okafor, 3/4/91", "Grace Okafor"),
        ("Sam (short for Samuel)", "Sam"),
    ],
)
def test_names_with_more_are_not_complete(text: str, name: str) -> None:
    parsed = names.parse(text, full=True)
    assert parsed is not None and (parsed.value, parsed.complete) == (name, False)


@pytest.mark.parametrize(
    "text",
    [
        "honestly, work is killing me",
        "lately, money is tight",
        "finances. and my job",
        "groceries",
        "it's stress. I need a break",
        "friend drama",
        "hey lady, i'm so stressed",
        "master",
    ],
)
def test_names_refuse_the_start_of_an_account(text: str) -> None:
    assert names.parse(text, full=True) is None


def test_names_keep_the_title_of_a_preferred_name() -> None:
    parsed = names.parse("mrs okafor")
    assert parsed is not None and parsed.value == "Mrs Okafor"
