"""Twilio's webhooks: what is signed is taken once, what is not is refused and leaves nothing behind."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from twilio.request_validator import RequestValidator

from spa import outbox
from spa.models import DeliveryStatus, Message, OutboxItem
from tests.gateway.played_engine import eventually
from tests.gateway.town import PUBLIC, settings, webhook
from tests.gateway.town import town as make_town


def counts(town):
    return len(town.rows(Message)), len(town.rows(OutboxItem)), len(town.rows(DeliveryStatus))


def test_a_signed_text_is_answered_with_empty_twiml(phone):
    response = phone.text("I need some help with my flat")
    assert response.headers["content-type"].startswith("text/xml")
    assert "<Response />" in response.text or "<Response/>" in response.text


@pytest.mark.parametrize("path", ["/sms/inbound", "/sms/status"])
@pytest.mark.parametrize("signature", ["", "bm90IHRoZSBzaWduYXR1cmU=", "x" * 28])
def test_a_missing_or_wrong_signature_is_refused_and_nothing_is_stored(town, phone, path, signature):
    before = counts(town)
    response = phone.post(phone.fields("hello") | {"MessageStatus": "sent"}, path=path, X_Twilio_Signature=signature)
    assert response.status_code == 403
    assert response.headers["content-type"] == "application/problem+json"
    assert counts(town) == before


def test_no_signature_header_at_all_is_refused(town, phone):
    assert town.http.post("/sms/inbound", data=phone.fields("hello")).status_code == 403


def test_a_changed_field_breaks_the_signature(town, phone):
    fields = phone.fields("hello")
    signature = RequestValidator(town.twilio.token).compute_signature(PUBLIC + "/sms/inbound", fields)
    forged = phone.post(fields | {"Body": "other words"}, X_Twilio_Signature=signature)
    assert forged.status_code == 403 and phone.conversations == []


def test_an_added_blank_field_breaks_the_signature_because_blanks_are_kept(town, phone):
    fields = phone.fields("hello")
    signature = RequestValidator(town.twilio.token).compute_signature(PUBLIC + "/sms/inbound", fields)
    assert phone.post(fields | {"FromZip": ""}, X_Twilio_Signature=signature).status_code == 403


def test_a_signature_for_the_address_behind_the_proxy_is_not_enough(town, phone):
    fields = phone.fields("hello")
    inner = RequestValidator(town.twilio.token).compute_signature(town.address + "/sms/inbound", fields)
    forwarded = {"X_Twilio_Signature": inner, "X_Forwarded_Host": "evil.example", "Host": "evil.example"}
    assert phone.post(fields, **forwarded).status_code == 403


def test_a_query_string_is_part_of_what_is_signed(phone):
    assert phone.post(phone.fields("hello"), path="/sms/inbound?region=ie1&x=").status_code == 200


def test_the_signature_covers_the_port_either_way(town, phone):
    fields = phone.fields("hello")
    signed = RequestValidator(town.twilio.token).compute_signature(f"{PUBLIC}:443/sms/inbound", fields)
    assert phone.post(fields, X_Twilio_Signature=signed).status_code == 200


def test_a_replayed_text_is_answered_but_taken_once(town, phone):
    phone.text("hello there, I need help")
    fields = phone.fields("Yes")
    for _ in range(3):
        assert phone.post(fields).status_code == 200
    (conversation,) = phone.conversations
    eventually(lambda: len(phone.replies) == 2)
    assert [m.text for m in town.messages(conversation.id) if m.author == "resident"][1:] == ["Yes"]
    assert len(town.engine.of(conversation.id)) == 1


def test_a_replay_after_the_phone_moved_on_to_another_conversation_is_still_known(town, phone):
    fields = phone.fields("hello there, I need help")
    phone.post(fields)
    town.clock.forward(hours=3)
    phone.post(fields)
    assert len(phone.conversations) == 1


@pytest.mark.parametrize("missing", ["MessageSid", "From"])
def test_a_signed_request_without_what_is_needed_is_a_problem(phone, missing):
    fields = {name: value for name, value in phone.fields("hello").items() if name != missing}
    assert phone.post(fields).status_code == 400


def test_a_body_that_is_no_form_is_a_problem(town):
    response = town.http.post("/sms/inbound", content=b"\xff" * 10)
    assert response.status_code == 400


@pytest.mark.parametrize("body", ["", " ", "\0", "x" * 1600, "a\x07b", "\U0001f614", "/restart", "line\nline"])
def test_odd_texts_are_taken_and_answered(town, phone, body):
    phone.text("hello there, I need help")
    phone.text(body)
    (conversation,) = phone.conversations
    eventually(lambda: len(phone.replies) == 2)
    stored = [m.text for m in town.messages(conversation.id) if m.author == "resident"][-1]
    assert stored == body.replace("\0", "\ufffd")


@pytest.mark.parametrize("sender", ["85258", "LAMBETH", "+4477009", "0" * 200])
def test_a_sender_that_is_no_phone_is_stored_all_the_same(town, phone, sender):
    phone.number = sender
    phone.text("hello there")
    assert any(m.text == "hello there" for m in town.rows(Message))


@pytest.mark.parametrize("sender", ["85258", "LAMBETH"])
def test_a_sender_that_is_no_phone_is_never_answered(town, phone, sender):
    phone.number = sender
    phone.text("This is an automatic message")
    assert phone.replies == []


def test_a_text_to_a_number_that_is_not_ours_is_taken_all_the_same(town, phone):
    phone.text("I need some help with my flat", To="+442079460123")
    assert len(phone.replies) == 1


def test_retries_at_once_are_one_text(town, phone):
    fields = phone.fields("hello there, I need help")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: phone.post(fields).status_code, range(6)))
    assert answers == [200] * 6
    (conversation,) = phone.conversations
    assert len(phone.replies) == 1
    assert len([m for m in town.messages(conversation.id) if m.author == "resident"]) == 1


def test_a_report_names_our_item_and_the_reason(town, phone):
    phone.text("hello there, I need help")
    (item,) = town.outbox(purpose="reply", to=phone.number)
    with town.database.session() as session:
        leased = []
        while item.id not in leased:  # other phones' texts may come before it
            leased += [one.id for one in outbox.due(session, now=town.clock(), limit=100)]
    fields = {"MessageSid": "SM" + "b" * 32, "MessageStatus": "undelivered", "ErrorCode": "30003"}
    assert webhook(town, f"/sms/status?item={item.id}", fields).status_code == 204
    (item,) = town.outbox(purpose="reply", to=phone.number)
    assert (item.state, item.provider_status, item.error) == ("sent", "undelivered", "twilio_30003")


def test_a_report_is_recorded_whether_or_not_the_text_is_known_yet(town):
    fields = {"MessageSid": "SM" + "a" * 32, "MessageStatus": "delivered", "ErrorCode": ""}
    assert webhook(town, "/sms/status", fields).status_code == 204
    assert town.rows(DeliveryStatus, DeliveryStatus.provider_id == fields["MessageSid"])[0].status == "delivered"


def test_a_report_without_a_status_is_a_problem(town):
    assert webhook(town, "/sms/status", {"MessageSid": "SM1"}).status_code == 400


def test_without_twilio_settings_there_is_no_sms_channel(tmp_path, screen):
    off = settings(tmp_path, twilio_account_sid="")
    with make_town(off, screen) as town:
        for path in ("/sms/inbound", "/sms/status"):
            assert webhook(town, path, {"Body": "hello"}).status_code == 404
        assert town.http.get("/health/live").status_code == 200


def test_the_order_of_the_fields_does_not_matter(phone):
    fields = phone.fields("hello there, I need help")
    assert phone.post(dict(reversed(fields.items()))).status_code == 200
    assert len(phone.replies) == 1


@pytest.mark.parametrize("sender, kept", [("+442079460012", "+442079460012"), ("020 7946 0013", "+442079460013")])
def test_a_landline_is_a_phone_like_any_other(phone, sender, kept):
    phone.number = sender
    phone.text("I am behind with my rent")
    phone.number = kept
    assert len(phone.replies) == 1 and "1 Yes" in phone.replies[-1]


def test_the_webhook_is_answered_at_once_whatever_the_engine_does(town, phone):
    phone.text("hello there, I need help")
    town.engine.mode, town.engine.seconds = "slow", 3.0
    took = []
    for number in range(5):
        begun = time.perf_counter()
        phone.text(f"my rent is {number} weeks late")
        took.append(time.perf_counter() - begun)
    assert sorted(took)[2] < 0.2, took
