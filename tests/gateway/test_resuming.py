"""A saved conversation goes on by its code: on another page, on a phone, once, in time."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.gateway.codes import MASK
from bot.intake import draft as drafts
from spa.models import Message, SavedCode
from tests.gateway.documents import full_draft
from tests.gateway.played_engine import eventually
from tests.gateway.town import PUBLIC
from tests.gateway.town import town as make_town

CODE = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
UNKNOWN = "7K2F-9QXP"


def saving(request):
    """The engine's turn for "save for later", before the story is told."""
    draft = drafts.answer(drafts.empty(), "consent", True)
    reply = {"text": "I have kept it. Use this code: {code}. It works once."}
    return {"draft": draft, "replies": [reply], "effects": [{"type": "save"}], "ask": "about_whom"}


def resume(town, code):
    return town.http.post("/chat/sessions", json={"resume": code})


def linking(request):
    """The engine's turn for "can I do this on the web"."""
    return saving(request) | {
        "replies": [{"text": "Open this link: {link} It works once."}],
        "effects": [{"type": "link"}],
    }


def given_a_code(town, phone, asking, *, script):
    """The phone, once it has begun and asked; `code` is what it was sent."""
    phone.text("hello there, I need help with my flat")
    town.engine.script = script
    phone.text(asking)
    eventually(lambda: len(phone.replies) == 2)
    phone.code = CODE.search(phone.replies[-1])[0]
    return phone


@pytest.fixture
def linked_phone(town, phone):
    """A phone that asked to go on on the web, and the code of its link."""
    return given_a_code(town, phone, "can I do this on the web", script=linking)


@pytest.fixture
def saved(town, page):
    """A page whose chat was saved, and its code."""
    town.engine.script = saving
    (reply,) = page.say("save for later")
    page.code = CODE.search(reply["text"])[0]
    return page


@pytest.fixture
def saved_phone(town, phone):
    """A phone whose conversation was saved, and its code."""
    return given_a_code(town, phone, "save for later", script=saving)


def test_saving_shows_a_code_that_is_kept_nowhere(town, saved):
    stored = town.messages(saved.id)[-1]
    assert MASK in stored.text and saved.code not in stored.text
    (row,) = town.rows(SavedCode, SavedCode.conversation_id == saved.id)
    assert saved.code not in row.digest and "{code}" not in stored.text


def test_the_same_message_again_shows_the_same_code(town, page):
    town.engine.script = saving
    key = "0b8f3c5e-0000-4000-8000-00000000abcd"
    first, second = page.post("save", key=key), page.post("save", key=key)
    assert first.json() == second.json() and CODE.search(first.text)
    assert len(town.rows(SavedCode, SavedCode.conversation_id == page.id)) == 1


def test_words_about_codes_without_the_effect_stay_as_they_are(town, page):
    town.engine.script = lambda request: {
        "draft": {}, "replies": [{"text": "You said {code}."}], "effects": [], "ask": None,
    }  # fmt: skip
    assert page.say("{code}")[0]["text"] == "You said {code}."
    assert not town.rows(SavedCode, SavedCode.conversation_id == page.id)


def test_a_code_opens_the_same_conversation_with_all_that_was_said(town, saved):
    response = resume(town, saved.code)
    body = response.json()
    assert response.status_code == 201 and set(body) == {"session", "token", "messages"}
    assert body["session"] == saved.id and body["token"]
    said = [m["text"] for m in body["messages"]]
    assert said[: len(saved.messages)] == [m["text"] for m in saved.messages]
    assert "save for later" in said and saved.code in said[-2]
    assert body["messages"][-1]["ask"] == "about_whom" and body["messages"][-1]["choices"]
    assert [m.id for m in town.messages(saved.id)] == [m["id"] for m in body["messages"]]


def test_both_pages_speak_in_it(town, saved):
    other = town.page()
    body = resume(town, saved.code).json()
    other.id, other.token = body["session"], body["token"]
    town.engine.script = lambda request: saving(request) | {"replies": [{"text": "Go on."}], "effects": []}
    assert other.say("for me")[0]["text"] == "Go on."
    assert saved.say("for me")[0]["text"] == "Go on."
    assert town.engine.of(saved.id)[-2]["ask"] == "about_whom"


def test_the_open_question_comes_back_in_its_own_words(town, page):
    town.engine.script = lambda request: saving(request) | {"draft": full_draft(), "ask": "check"}
    page.code = CODE.search(page.say("save")[0]["text"])[0]
    (*_, last) = resume(town, page.code).json()["messages"]
    assert last["ask"] == "check" and "Grace Example" in last["text"]
    assert town.conversation(page.id).draft["shown"] in last["text"]


def test_a_crisis_cards_question_comes_back_with_its_card(town, page):
    card = page.say("I am going to kill myself tonight")[0]
    town.engine.script = lambda request: saving(request) | {"ask": "whereabouts"}
    page.code = CODE.search(page.say("save")[0]["text"])[0]
    (*_, last) = resume(town, page.code).json()["messages"]
    assert (last["kind"], last["ask"], last["text"]) == ("crisis", "whereabouts", card["text"])


def test_a_code_works_once(town, saved):
    assert resume(town, saved.code).status_code == 201
    response = resume(town, saved.code)
    assert response.status_code == 404 and response.json()["type"] == "about:frontdoor/unknown_code"


def test_of_many_at_once_one_gets_it(town, saved):
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: resume(town, saved.code).status_code, range(6)))
    assert sorted(answers) == [201, 404, 404, 404, 404, 404]


def test_a_code_ends_after_seven_days(town, saved):
    town.clock.forward(days=7)
    assert resume(town, saved.code).status_code == 404


def test_a_deleted_chat_cannot_be_taken_up(town, saved):
    town.http.delete("/chat/sessions", headers=saved.headers)
    assert resume(town, saved.code).status_code == 404


@pytest.mark.parametrize("code", ["", UNKNOWN, "x", 7, ["a"], {"code": 1}, "x" * 10_000, "LW-7K2F-9QX", True, "\0"])
def test_anything_else_is_a_clear_problem(town, code):
    response = resume(town, code)
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "code" in response.json()["detail"]


def test_codes_cannot_be_guessed_at_speed(bare_settings, screen):
    with make_town(bare_settings, screen) as town:
        tries = [resume(town, never_given(town, number)) for number in range(21)]
        assert [r.status_code for r in tries] == [404] * 20 + [429]
        assert int(tries[-1].headers["retry-after"]) > 0 and "999" in tries[-1].json()["detail"]
        assert resume(town, "mistyped").status_code == 404
        town.clock.forward(minutes=11)
        assert resume(town, never_given(town, 99)).status_code == 404


def test_a_web_chat_goes_on_by_text(town, saved, phone):
    phone.text(f"resume {saved.code.lower()}")
    (conversation,) = phone.conversations
    assert (conversation.id, conversation.channel, conversation.ask) == (saved.id, "sms", "about_whom")
    assert phone.replies[-1].startswith("Welcome back") and "\n1 " in phone.replies[-1]
    town.engine.script = lambda request: saving(request) | {"replies": [{"text": "Go on."}], "effects": []}
    phone.text("1")
    eventually(lambda: phone.replies[-1] == "Go on.")
    request = town.engine.of(saved.id)[-1]
    assert (request["channel"], request["ask"], request["address"]) == ("sms", "about_whom", phone.number)
    assert request["draft"]["answers"]["consent"]["value"] is True


def test_a_text_chat_goes_on_on_the_web_and_its_phone_is_free(town, saved_phone):
    (conversation,) = saved_phone.conversations
    body = resume(town, saved_phone.code).json()
    assert body["session"] == conversation.id and body["messages"][-1]["ask"] == "about_whom"
    assert "hello there, I need help with my flat" in [m["text"] for m in body["messages"]]
    sent = len(saved_phone.replies)
    page = town.page()
    page.id, page.token = body["session"], body["token"]
    town.engine.script = lambda request: saving(request) | {"replies": [{"text": "Go on."}], "effects": []}
    assert page.say("for me")[-1]["text"] == "Go on."
    assert town.engine.of(conversation.id)[-1]["channel"] == "web" and len(saved_phone.replies) == sent
    saved_phone.text("hello there, who is this")
    assert len(saved_phone.conversations) == 2 and "hello there, who is this" not in [
        m.text for m in town.messages(conversation.id)
    ]


def test_a_text_from_a_phone_in_crisis_finds_its_conversation_even_after_it_moved(town, saved_phone):
    town.engine.script = saving
    saved_phone.text("I am going to kill myself tonight")
    (conversation,) = saved_phone.conversations
    resume(town, saved_phone.code)
    saved_phone.text("at home, 12 Acre Lane")
    assert len(saved_phone.conversations) == 1
    assert town.conversation(conversation.id).channel == "sms"


def test_the_next_day_a_text_conversation_is_taken_up_by_its_code(town, saved_phone):
    town.clock.forward(days=1)
    saved_phone.text("hello there")
    saved_phone.text(saved_phone.code)
    first, second = saved_phone.conversations
    assert (first.state, second.state) == ("open", "ended")
    assert saved_phone.replies[-1].startswith("Welcome back")
    saved_phone.text("for me")
    eventually(lambda: town.engine.of(first.id)[-1]["text"] == "for me")


@pytest.mark.parametrize("begun", [True, False])
def test_a_code_by_text_that_takes_nothing_up_is_said_so(town, phone, begun):
    if begun:
        phone.text("hello there, I need help with my flat")
    phone.text(f"my code is {UNKNOWN}")
    assert "could not find a saved chat" in phone.replies[-1] and "1 Yes" in phone.replies[-1]
    (conversation,) = phone.conversations
    assert town.messages(conversation.id)[-2].text == f"my code is {UNKNOWN}" or not begun
    assert UNKNOWN not in str(conversation.draft) and town.engine.of(conversation.id) == []
    assert len(town.assessments(conversation.id)) == 1 + begun


def test_codes_cannot_be_guessed_at_speed_by_text(town, phone):
    for _ in range(20):
        phone.text(UNKNOWN)
    phone.text(UNKNOWN)
    assert "wait a few minutes" in phone.replies[-1]


def test_a_page_and_a_phone_do_not_share_ids(town, saved, phone):
    """Somebody else's message id, used on a page of a conversation that goes on by text, is no key to their answer."""
    phone.text(saved.code)
    other = town.page()
    town.engine.script = saving
    other.code = CODE.search(other.say("save")[0]["text"])[0]
    second = town.phone()
    second.text(other.code)
    key = "0b8f3c5e-0000-4000-8000-0000000000ab"
    saved.post("my private words", key=key)
    other.post("something else", key=key)
    assert len(town.rows(Message, Message.id == key)) == 2


def never_given(town, number):
    """A well-formed code that was never given out."""
    from bot.gateway.codes import Codes

    return Codes("of nobody").of(str(number))


def test_a_link_leads_to_the_chat_page_with_the_code_that_no_server_is_told(town, linked_phone):
    assert f"Open this link: {PUBLIC}/#{linked_phone.code} It works once." == linked_phone.replies[-1]
    (conversation,) = linked_phone.conversations
    assert conversation.ask == "about_whom"
    stored = town.messages(conversation.id)[-1].text
    assert MASK in stored and linked_phone.code not in stored


def test_a_link_holds_nothing_of_the_person(town, linked_phone):
    (conversation,) = linked_phone.conversations
    link = linked_phone.replies[-1].split()[3]
    known = (conversation.id, conversation.reference, linked_phone.number, linked_phone.number[3:])
    assert not any(words in link for words in known)


def test_a_link_takes_the_conversation_up_once_on_the_web(town, linked_phone):
    body = resume(town, linked_phone.code).json()
    assert (body["session"], body["messages"][-1]["ask"]) == (linked_phone.conversations[0].id, "about_whom")
    assert town.conversation(body["session"]).channel == "web"
    assert resume(town, linked_phone.code).status_code == 404


@pytest.mark.parametrize("minutes, status", [(59, 201), (60, 404)])
def test_a_link_ends_after_an_hour_like_all_that_a_shared_phone_shows(town, linked_phone, minutes, status):
    town.clock.forward(minutes=minutes)
    assert resume(town, linked_phone.code).status_code == status


def test_asking_for_the_page_uses_no_link_up(town, linked_phone):
    assert town.http.get("/").status_code == 200
    assert resume(town, linked_phone.code).status_code == 201
