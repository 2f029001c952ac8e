import pytest

from bot.intake.parsing import detours

COMMANDS = {
    "skip": "skip|Skip.|skip this one please|next|pass|skip it|move on|leave it blank|next question please|can we skip this|not now|i'd like to skip this question",
    "dont_know": "don't know|i don't know|dunno|idk|idk mate|not sure|no idea|i can't remember|i forgot|no clue|i dont know my postcode|im not sure|don't have it on me",
    "prefer_not_to_say": "prefer not to say|rather not|i'd rather not say|i'd prefer not to answer|i don't want to say|none of your business|that's private|no comment|i don't want to answer that|not comfortable saying",
    "ask_why": "why|why?|why do you need that|why do you need my date of birth?|what for|why are you asking this|what is this for|how come|but why",
    "go_back": "go back|back|back please|previous|previous question|can i go back|undo|go back one|last question again",
    "repeat": "repeat|say that again|what?|pardon|i don't understand|what do you mean|come again|can you repeat that|sorry what|???|huh|repeat the question please",
    "start_again": "start again|start over|restart|can we start again please|begin again|reset|from the beginning",
    "stop": "stop|stop please|cancel|quit|stop asking me questions|end chat|exit|no more questions|leave me alone|i want to stop",
    "thats_all": "that's all|thats it|that is all|i'm done|nothing else|no more|that's everything|done|finished|no that's all|that's all for now|nothing more to say",
    "save_for_later": "save for later|save it|pause|can i finish later|brb|i'll come back later|continue tomorrow|need a break|save and come back later|gotta go",
    "go_online": "can I do this on the web|can i do it online|do this on the website|is there a website|send me a link|link please|can I finish this on my computer|finish online|can i carry on on the web|online please|can I fill this in online|website|continue on the website|can i use the website instead|can I finish it on the internet",
    "talk_to_human": "human|can i talk to a person|speak to someone|i want to speak to a real person|real person please|can someone call me|talk to a human|put me through to someone|is there a real person there|i need a human|speak to a member of staff",
    "ask_what_said": "what did i say so far|what have i said|summary|what have you got so far|show me my answers|recap|read it back",
    "change_answer": "change something|change my answers|change 3|edit|i want to change an answer",
}
ANSWERS = """|Grace|yes|no|nah|07700 900123|3/4/91|SW9|me|both|i want to stop drinking|someone to talk to|i can't cope|i don't want to live|i don't want to be here|i want to end it|end it|i can't|i don't want to carry on|change my life|my back hurts|call me after 5|skip meals most days|i stopped taking my tablets|i don't know what to do any more, everything is falling apart|they don't know yet|why me, why does it always happen to me and my family and nobody ever helps|human rights|i give up|i feel lost|no one|not really|online|tablet|my laptop broke|get a laptop|i lost my job online|link|learn to use a computer|to get online|i need a person who listens to me because nobody does these days at all"""


@pytest.mark.parametrize(
    ("intent", "text"), [(intent, text) for intent, texts in COMMANDS.items() for text in texts.split("|")]
)
def test_detours_are_recognised(intent: str, text: str) -> None:
    found = detours.find(text)
    assert found is not None and found.intent == intent


@pytest.mark.parametrize("text", ANSWERS.split("|"))
def test_detours_leave_answers_alone(text: str) -> None:
    assert detours.find(text) is None


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("change my phone number", "phone"),
        ("change my name", "full_name"),
        ("i want to change my dob please", "date_of_birth"),
        ("can i change my postcode", "postcode"),
        ("edit my email", "email"),
        ("update my address", "postcode"),
        ("change the needs", "needs"),
        ("change how you contact me", "contact_method"),
        ("change my life", None),
        ("correct my date of birth", "date_of_birth"),
        ("change my preferred name", "preferred_name"),
        ("change the story", "story"),
        ("fix my number", "phone"),
        ("change my goals", "goals"),
    ],
)
def test_detours_change_names_the_answer(text: str, target: str | None) -> None:
    found = detours.find(text)
    assert (found.target if found else None) == target


@pytest.mark.parametrize("text", ["i'm lost", "confused", "i want to change"])
def test_detours_feelings_are_told_where_feelings_are_asked(text: str) -> None:
    assert detours.find(text, asked="goals") is None
