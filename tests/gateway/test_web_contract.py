"""The wire contract of conversation.md, over real HTTP."""

import re
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from tests.gateway.played_engine import eventually

FIELDS = {"id", "at", "from", "kind", "text", "ask", "choices", "multi", "progress", "reference"}


def test_a_new_session_has_an_id_a_token_and_the_stored_opening(town):
    response = town.http.post("/chat/sessions", json={})
    body = response.json()
    assert response.status_code == 201
    assert set(body) == {"session", "token", "messages"}
    assert body["messages"][-1]["ask"] == "consent"
    assert [m.id for m in town.messages(body["session"])] == [m["id"] for m in body["messages"]]


@pytest.mark.parametrize("content", [b"", b"{}"])
def test_a_session_opens_with_and_without_a_body(town, content):
    assert town.http.post("/chat/sessions", content=content).status_code == 201


def test_an_unknown_resume_code_is_a_clear_problem(town):
    response = town.http.post("/chat/sessions", json={"resume": "LW-7K2F-9QX"})
    assert response.status_code == 404
    assert response.headers["content-type"] == "application/problem+json"
    assert "code" in response.json()["detail"]


def test_a_message_gets_its_replies_in_the_wire_form(page):
    replies = page.say("I would like some help with my housing")
    assert [reply["text"] for reply in replies] == ["Heard 1."]
    assert set(replies[0]) <= FIELDS and replies[0]["from"] == "assistant"
    assert datetime.fromisoformat(replies[0]["at"]).tzinfo is not None


def test_unset_fields_are_absent(town, page):
    town.engine.script = lambda request: {"draft": {}, "replies": [{"text": "Yes."}], "effects": [], "ask": None}
    assert set(page.say("hello")[0]) == {"id", "at", "from", "kind", "text"}


def test_a_receipt_carries_its_reference_and_choices_travel(town, page):
    reply = {
        "text": "Sent.", "kind": "receipt", "reference": "LW-7K2F-9QX", "ask": "equality_ok",
        "choices": [{"value": "yes", "label": "Yes"}], "multi": True, "progress": {"done": 3, "of": 9},
    }  # fmt: skip
    town.engine.script = lambda request: {"draft": {}, "replies": [reply], "effects": [], "ask": "equality_ok"}
    assert page.say("yes")[0].items() >= reply.items()


def test_a_choice_is_stored_with_the_words_on_it(town, page):
    page.say(choice="more")
    message = town.messages(page.id)[-2]
    assert (message.choice, message.text) == ("more", "Tell me more")
    assert town.engine.of(page.id)[-1]["choice"] == "more"


def test_several_choices_travel_together(town, page):
    page.say(choice=["yes", "more"])
    assert town.engine.of(page.id)[-1]["choice"] == "yes,more"
    assert town.messages(page.id)[-2].text == "Yes, Tell me more"


def test_the_same_id_gives_the_same_answer_and_no_second_effect(town, page):
    key = str(uuid.uuid4())
    first, second = page.post("hello there", key=key), page.post("hello there", key=key)
    assert first.json() == second.json() and second.status_code == 200
    assert len(town.engine.of(page.id)) == 1
    assert len([m for m in town.messages(page.id) if m.author == "resident"]) == 1


def test_the_same_id_again_while_the_first_is_in_progress_waits_for_the_same_answer(town, page):
    go = threading.Event()

    def held(request):
        go.wait(5)
        return {"draft": {}, "replies": [{"text": "Once."}], "effects": [], "ask": None}

    town.engine.script = held
    key = str(uuid.uuid4())
    with ThreadPoolExecutor(4) as pool:
        posts = [pool.submit(page.post, "hello", key=key) for _ in range(4)]
        eventually(lambda: town.engine.of(page.id))
        go.set()
        answers = [post.result().json() for post in posts]
    assert all(answer == answers[0] for answer in answers) and len(answers[0]["messages"]) == 1
    assert len(town.engine.of(page.id)) == 1


def test_an_id_used_for_other_words_is_refused_so_that_they_are_not_lost_unseen(page):
    key = str(uuid.uuid4())
    page.post("hello", key=key)
    response = page.post("something else", key=key)
    assert response.status_code == 409 and response.json()["type"] == "about:frontdoor/id_used"


def test_two_pages_may_use_the_same_id(town):
    key = str(uuid.uuid4())
    one, other = town.page(), town.page()
    assert one.post("hello", key=key).status_code == other.post("goodbye", key=key).status_code == 200
    assert town.messages(other.id)[-2].text == "goodbye"


def test_messages_sent_at_once_are_answered_one_at_a_time_in_order(town, page):
    town.engine.most_at_once = 0
    with ThreadPoolExecutor(8) as pool:
        assert all(r.status_code == 200 for r in pool.map(page.post, [f"message {n}" for n in range(8)]))
    stored = [m.text for m in town.messages(page.id) if m.author == "resident"]
    assert [request["text"] for request in town.engine.of(page.id)] == stored
    assert town.conversation(page.id).draft["told_to_engine"] == stored
    assert town.engine.most_at_once == 1


def test_the_engine_gets_draft_question_and_reference_with_every_message(town, page):
    page.say("first things")
    page.say("second things")
    request = town.engine.of(page.id)[-1]
    assert request["draft"]["told_to_engine"] == ["first things"] and request["ask"] == "question_1"
    assert re.fullmatch(r"LW-[2-9A-Z]{4}-[2-9A-Z]{3}", request["reference"])
    assert request["channel"] == "web" and request["address"] is None
    assert datetime.fromisoformat(request["now"]).tzinfo is not None


@pytest.mark.parametrize("typed", ["2", "the second one"])
def test_a_typed_number_or_label_is_the_choice_it_stands_for(town, page, typed):
    page.say(typed)
    request = town.engine.of(page.id)[-1]
    assert (request["choice"], request["text"]) == ("no", "No")


def test_own_words_stay_own_words(town, page):
    page.say("no but you can ask me 2 things")
    assert town.engine.of(page.id)[-1]["choice"] is None


@pytest.mark.parametrize("authorization", [None, "Bearer", "Bearer forged.token", "Basic abc", "Bearer WyJ4IiwxXQ.x"])
@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/chat/messages"), ("GET", "/chat/events"), ("DELETE", "/chat/sessions")],
)
def test_every_session_route_refuses_a_missing_or_forged_token(town, method, path, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    response = town.http.request(method, path, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == "application/problem+json"


def test_an_expired_token_is_refused_with_the_lines_and_stores_nothing(town):
    page = town.page()
    town.clock.forward(hours=25)
    response = page.post("I want to end my life")
    assert response.status_code == 401 and "999" in response.json()["detail"]
    assert response.json()["type"] == "about:frontdoor/expired"
    assert all(m.author == "assistant" for m in town.messages(page.id))


def test_forgetting_blanks_an_unsent_draft_and_again_is_the_same(town, page):
    page.say("my name is Grace Example")
    for _ in range(2):
        assert town.http.delete("/chat/sessions", headers=page.headers).status_code == 204
    conversation = town.conversation(page.id)
    assert conversation.state == "forgotten" and conversation.draft == {}
    assert not any(m.text for m in town.messages(page.id))


def test_a_message_to_a_deleted_chat_is_told_so_and_still_screened(town, page):
    town.http.delete("/chat/sessions", headers=page.headers)
    assert page.post("hello again").status_code == 410
    replies = page.say("I am going to kill myself tonight")
    assert replies[0]["kind"] == "crisis"
    assert town.escalations(page.id)[0].flag.value == "red"
    assert not any(m.text for m in town.messages(page.id) if m.author == "resident")


def test_too_many_messages_are_slowed_down_but_stored_screened_and_answered(town, page):
    for number in range(30):
        page.say(f"message {number}")
    slowed = page.post("I am going to kill myself tonight")
    assert slowed.status_code == 429 and int(slowed.headers["retry-after"]) > 0
    assert slowed.json()["messages"][0]["kind"] == "crisis"
    assert town.escalations(page.id)[0].flag.value == "red"
    assert eventually(lambda: town.conversation(page.id).draft["told_to_engine"][-1].startswith("I am going"))
