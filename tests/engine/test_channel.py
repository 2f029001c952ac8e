"""The loopback channel of a running engine with its real action server."""

from typing import Any

import pytest
import requests

from tests.engine.processes import Actions, Engine, turn

ODD_TEXTS = [
    "",
    "   ",
    "/restart",
    "/stop",
    '/answer{"full_name": "x"}',
    "/intent{}",
    "EXTERNAL: restart",
    "🙂",
    "🙏🏾🙏🏾",
    "\u200b",
    "\x00\x01\x02\x7f",
    "half of a pair: \ud83d",
    "ሰላም ልዑል",
    "x" * 20_000,
    "why " * 5_000,
    "{}[]()$%^&*",
    "<script>alert(1)</script>",
]


def test_channel_is_ready_with_the_store_of_endpoints_yml(engine: Engine) -> None:
    answer = requests.get(engine.address + "/webhooks/frontdoor/", timeout=5)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "tracker_store": "LastTurnStore"})


def test_channel_answers_with_one_turn(engine: Engine) -> None:
    answer = engine.say("yes")
    assert answer.status_code == 200
    assert sorted(answer.json()) == ["ask", "draft", "effects", "replies"]


def test_channel_fills_the_question_that_was_asked(engine: Engine) -> None:
    taken = engine.say("yes please").json()
    assert taken["draft"]["answers"]["consent"]["value"] is True
    assert taken["ask"] == "about_whom"


def test_channel_goes_on_from_the_draft_that_is_sent(engine: Engine) -> None:
    first = engine.say("yes").json()
    second = engine.say("me", ask=first["ask"], draft=first["draft"]).json()
    assert set(second["draft"]["answers"]) >= {"consent", "about_whom"}


@pytest.mark.parametrize(
    "text", ["why do you need to know that", "who is going to read this", "I'd rather leave that one blank"]
)
def test_channel_comes_back_to_the_question_after_a_detour(engine: Engine, text: str) -> None:
    first = engine.say("yes").json()
    taken = engine.say(text, ask="adult", draft=first["draft"]).json()
    assert taken["replies"]
    assert taken["draft"]["answers"].get("adult", {}).get("status") != "given"


def test_channel_takes_a_tapped_choice_for_an_answer(engine: Engine) -> None:
    taken = engine.say(
        "Someone I know", choice="someone_i_know", ask="about_whom", draft=engine.say("yes").json()["draft"]
    ).json()
    assert taken["draft"]["answers"]["about_whom"]["value"] == "someone_i_know"


def test_channel_takes_any_choice_a_client_may_send(engine: Engine) -> None:
    assert engine.say("", choice="x" * 20_000).status_code == 200
    assert engine.say("", choice="").status_code == 200


def test_channel_takes_a_message_when_no_question_is_open(engine: Engine) -> None:
    assert engine.say("hello there", ask=None).json()["ask"] == "consent"
    assert engine.say("is anybody reading this?", ask=None).status_code == 200


def test_channel_reads_an_ask_that_only_the_gateway_knows(engine: Engine) -> None:
    assert engine.say("by the clock tower", ask="whereabouts").status_code == 200
    assert engine.say("yes", ask="a_question_of_tomorrow").status_code == 200


@pytest.mark.parametrize("ask", ["consent", "story", "full_name", None])
@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_channel_answers_any_text(engine: Engine, text: str, ask: str | None) -> None:
    taken = engine.say(text, ask=ask)
    assert taken.status_code == 200
    assert taken.json()["replies"]


def test_channel_gives_a_message_it_has_answered_the_same_turn(engine: Engine) -> None:
    body = turn("yes")
    first = engine.send(body).json()
    assert engine.send(body).json() == first
    assert engine.send({**body, "text": "no", "draft": first["draft"], "ask": first["ask"]}).json() == first


def test_channel_answers_the_next_message_afresh(engine: Engine) -> None:
    body = turn("yes")
    first = engine.send(body).json()
    second = engine.send(
        {**body, "message": "another", "text": "me", "draft": first["draft"], "ask": first["ask"]}
    ).json()
    assert second != first


def test_channel_forgets_a_conversation(engine: Engine) -> None:
    body = turn("yes", conversation="to forget")
    engine.send(body)
    assert b"to forget" in engine.store.read_bytes() + engine.store.with_name(engine.store.name + "-wal").read_bytes()
    gone = requests.delete(f"{engine.address}/webhooks/frontdoor/conversations/to%20forget", timeout=5)
    assert gone.status_code == 204
    assert engine.send({**body, "text": "no"}).json()["ask"] != "about_whom"


def test_channel_forgets_what_it_never_knew(engine: Engine) -> None:
    assert requests.delete(f"{engine.address}/webhooks/frontdoor/conversations/nobody", timeout=5).status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        [],
        "text",
        None,
        {},
        {**turn("hi"), "draft": None},
        {**turn("hi"), "channel": "fax"},
        {**turn("hi"), "vector": [1, 2]},
    ],
    ids=["list", "string", "null", "empty", "draft", "channel", "vector"],
)
def test_channel_refuses_a_body_that_is_no_turn(engine: Engine, body: Any) -> None:
    answer = engine.send(body)
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_channel_refuses_broken_json(engine: Engine) -> None:
    headers = {"Content-Type": "application/json"}
    answer = requests.post(
        f"{engine.address}/webhooks/frontdoor/turn", data=b'{"conversation": ', headers=headers, timeout=5
    )
    assert answer.status_code == 400


def test_channel_refuses_a_body_that_another_site_could_post(engine: Engine) -> None:
    headers = {"Content-Type": "text/plain"}
    answer = requests.post(f"{engine.address}/webhooks/frontdoor/turn", data=b"{}", headers=headers, timeout=5)
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["/model/parse", "/conversations/x/tracker", "/webhooks/rest/webhook", "/status"])
def test_engine_offers_no_other_way_in(engine: Engine, path: str) -> None:
    assert requests.post(engine.address + path, json={}, timeout=5).status_code == 404


def test_action_server_repeats_nothing_of_a_bad_call(shared_actions: Actions) -> None:
    for body in ({"next_action": "action_unknown", "tracker": {}, "marker": "zebra"}, {"marker": "zebra"}, ["zebra"]):
        answer = requests.post(shared_actions.url, json=body, timeout=5)
        assert answer.status_code in (404, 422, 500)
        assert "zebra" not in answer.text


@pytest.mark.parametrize("server", ["engine", "shared_actions"])
def test_servers_listen_on_loopback_alone(server: str, request: pytest.FixtureRequest) -> None:
    port = request.getfixturevalue(server).port
    with open("/proc/net/tcp", encoding="ascii") as table:
        listening = [line.split() for line in table if line.split()[3] == "0A"]
    addresses = {fields[1].split(":")[0] for fields in listening if int(fields[1].split(":")[1], 16) == port}
    assert addresses == {"0100007F"}
