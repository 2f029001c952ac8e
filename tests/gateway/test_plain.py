"""The chat as plain forms: the same door, the same engine, the same introduction, without a script."""

import re
import uuid
from html import unescape

import httpx
import pytest

from bot.gateway.sessions import Sessions
from spa.models import Introduction
from tests.gateway.played_engine import conversing
from tests.journeys.answers import GRACE


class Reader:
    """A browser without scripts: it follows redirects, keeps cookies and sends the form it sees."""

    def __init__(self, town):
        self.town = town
        self.http = httpx.Client(base_url=town.address, timeout=20.0, trust_env=False, follow_redirects=True)
        self.page = self.http.get("/plain")

    @property
    def text(self):
        return unescape(self.page.text)

    def begin(self):
        self.page = self.http.post("/plain/begin")
        return self

    def send(self, text="", *, label=None, key=None):
        values = re.findall(r'name="choice" value="([^"]+)"', self.page.text)
        picked = [unescape(one) for one in values if label and unescape(one).split("=", 1)[1] in label]
        assert len(picked) == len(label or []), f"{label} is not among {values}"
        fields = {"id": key or re.search(r'name="id" value="([^"]+)"', self.page.text)[1], "text": text}
        self.page = self.http.post("/plain", data=fields | {"choice": picked})
        return self

    def fill(self, *parts, text=""):
        names = ("id", "ask")
        fields = {name: re.search(rf'name="{name}" value="([^"]*)"', self.page.text)[1] for name in names}
        self.page = self.http.post("/plain", data=fields | {"part": list(parts), "text": text})
        return self

    def press(self, name, value):
        """A button that sends something of its own."""
        form = re.search(
            rf'name="id" value="([^"]+)"><button [^>]*name="{name}" value="({re.escape(value)})"', self.page.text
        )
        assert form, f"no button {value!r}"
        self.page = self.http.post("/plain", data={"id": form[1], name: unescape(form[2])})
        return self

    def at(self, ask):
        """Answers every question before this one."""
        self.town.engine.script = conversing
        self.begin()
        left = {one: list(value) if isinstance(value, list) else [value] for one, value in GRACE.items()}
        while (asked := next(m for m in reversed(self.town.messages(self.conversation)) if m.ask)).ask != ask:
            given = left[asked.ask].pop(0)
            labels = [c["label"] for c in asked.choices or () if isinstance(given, tuple) and c["value"] == given[1]]
            if labels:
                self.send(label=labels)
            else:
                self.send(given)
        return self

    def draft(self, ask):
        return self.town.conversation(self.conversation).draft["answers"].get(ask, {}).get("value")

    @property
    def conversation(self):
        signed = self.http.cookies.get("plain_chat")
        sessions = Sessions(self.town.settings.secret_key.get_secret_value())
        return sessions.conversation(f"Bearer {signed}", now=self.town.clock())


@pytest.fixture
def reader(town):
    made = Reader(town)
    yield made
    made.http.close()


def test_a_conversation_begins_with_a_button_and_nothing_is_stored_before_it(town, reader):
    assert reader.page.status_code == 200 and not reader.http.cookies
    for number in ("tel:999", "tel:116123", "tel:08007312864", "sms:85258"):
        assert number in reader.page.text
    assert town.settings.twilio_from in reader.page.text
    assert 'name="text"' in reader.begin().page.text


def test_the_cookie_is_for_these_pages_alone_and_for_no_script(town):
    cookie = town.http.post("/plain/begin").headers["set-cookie"]
    assert {"HttpOnly", "Path=/plain", "SameSite=strict"} <= set(cookie.split("; "))
    assert not re.search("max-age|expires", cookie, re.IGNORECASE)
    town.http.cookies.clear()


def test_the_same_questions_file_the_same_introduction(town, reader):
    town.engine.script = conversing
    reader.begin()
    left = {ask: list(value) if isinstance(value, list) else [value] for ask, value in GRACE.items()}
    for _ in range(50):
        rows = town.messages(reader.conversation)
        asked = next(message for message in reversed(rows) if message.ask)
        given = left[asked.ask].pop(0)
        if isinstance(given, tuple):
            labels = [choice["label"] for choice in asked.choices if choice["value"] == given[1]]
            reader.send(label=labels)
        else:
            reader.send(given)
        filed = town.rows(Introduction, Introduction.conversation_id == reader.conversation)
        if filed:
            break
    assert filed[0].reference in reader.text
    assert filed[0].document["person"]["full_name"] == "Grace Okafor-Reid"
    assert filed[0].document["contact"]["phone"] == "+447700900124"


def test_what_is_written_is_screened_and_answered_with_the_card(town, reader):
    reader.begin().send("I have taken an overdose")
    assert "chat-message--crisis" in reader.page.text
    assert town.escalations(reader.conversation)


def test_words_beside_a_choice_are_screened_and_kept(town, reader):
    town.engine.script = conversing
    reader.begin().send("but I took all my tablets an hour ago", label=["Yes"])
    assert town.escalations(reader.conversation)
    assert any(m.text == "Yes. but I took all my tablets an hour ago" for m in town.messages(reader.conversation))


def test_a_form_sent_twice_counts_once(town, reader):
    key = str(uuid.uuid4())
    reader.begin().send("hello there", key=key).send("hello there", key=key)
    assert [m.text for m in town.messages(reader.conversation) if m.author == "resident"] == ["hello there"]


def test_what_a_resident_wrote_is_shown_as_text(reader):
    reader.begin().send("<script>alert(1)</script> {{ 7*7 }} {emergency:phone}")
    assert "<script>alert" not in reader.page.text
    assert "{{ 7*7 }} {emergency:phone}" in reader.text


def test_leaving_forgets_the_handle_and_goes_elsewhere(town, reader):
    reader.begin()
    left = reader.http.get("/plain/leave", follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, "https://www.bbc.co.uk/weather")
    assert not reader.http.cookies
    assert 'name="text"' not in reader.http.get("/plain").text


def test_a_deleted_conversation_is_gone(town, reader):
    reader.begin().send("hello there")
    conversation = reader.conversation
    reader.http.post("/plain/forget")
    assert town.conversation(conversation).state == "forgotten"
    assert "hello there" not in reader.http.get("/plain").text


def test_a_wrong_code_is_explained_on_the_page(reader):
    answer = reader.http.post("/plain/code", data={"code": "ZZZZ 9999"})
    assert answer.status_code == 404 and "could not find a saved chat" in answer.text and "tel:999" in answer.text


def test_an_expired_conversation_is_explained_and_another_can_be_begun(town, reader):
    reader.begin()
    town.clock.forward(hours=25)
    answer = reader.http.get("/plain")
    town.clock.forward(hours=-25)
    assert answer.status_code == 401 and "left for a while" in answer.text and "/plain/begin" in answer.text


@pytest.mark.parametrize("fields", [{}, {"id": "x", "text": "hi"}, {"id": str(uuid.uuid4()), "text": "x" * 20_001}])
def test_a_form_that_is_not_whole_is_refused_with_a_page(reader, fields):
    reader.begin()
    answer = reader.http.post("/plain", data=fields)
    assert answer.status_code in (400, 413) and "tel:999" in answer.text


def test_the_chosen_language_is_kept_from_page_to_page(town, reader):
    page = reader.http.get("/plain?lang=en").text
    assert 'action="/plain/begin?lang=en"' in page
    assert "lang=" not in re.findall(r'action="([^"]+begin[^"]*)"', reader.http.get("/plain?lang=%22%3E").text)[0]


@pytest.mark.parametrize(
    ("ask", "types"),
    [
        ("date_of_birth", ["text numeric"] * 3),
        ("phone", ["tel tel"]),
        ("email", ["email email"]),
        ("nhs_number", ["text numeric"]),
    ],
)
def test_answers_of_a_known_form_have_fields_with_the_right_keyboard(reader, ask, types):
    found = re.findall(r'name="part" type="(\w+)" inputmode="(\w+)"', reader.at(ask).page.text)
    assert [" ".join(one) for one in found] == types


def test_a_date_is_filled_in_by_its_parts(reader):
    reader.at("date_of_birth").fill("3", "4", "1991")
    assert reader.draft("date_of_birth") == "1991-04-03"


def test_a_date_without_its_month_comes_back_with_what_is_missing_beside_it(town, reader):
    stored = len(town.messages(reader.at("date_of_birth").conversation))
    reader.fill("3", "", "1991")
    assert reader.page.status_code == 422 and len(town.messages(reader.conversation)) == stored
    assert "Please fill in the day, the month and the year." in reader.text
    invalid = re.findall(
        r'id="(part-\d)"[^>]*value="(\w*)"[^>]*aria-invalid="true" aria-describedby="wrong" autofocus', reader.page.text
    )
    assert invalid == [("part-2", "")]
    assert 'value="1991"' in reader.page.text


@pytest.mark.parametrize("parts", [("I", "want to", "die"), ("I want to die", "", "")])
def test_words_in_a_date_are_screened_first(town, reader, parts):
    reader.at("date_of_birth").fill(*parts)
    assert town.escalations(reader.conversation)
    assert "chat-message--crisis" in reader.page.text


@pytest.mark.parametrize(
    ("ask", "parts", "words"),
    [
        ("date_of_birth", ("31", "2", "1990"), "I can't find that date."),
        ("email", ("a@b",), "does not look like an email"),
    ],
)
def test_what_could_not_be_read_comes_back_in_its_field_with_the_reason_beside_it(reader, ask, parts, words):
    reader.at(ask).fill(*parts)
    reason = re.search(r'id="wrong">(.*?)</p>', reader.text, re.DOTALL)
    assert reason and words in reason[1]
    assert [
        unescape(v) for v in re.findall(r'name="part"[^>]* value="([^"]*)"[^>]*aria-invalid="true"', reader.page.text)
    ] == list(parts)


def test_a_form_with_nothing_in_it_is_not_sent(town, reader):
    stored = len(town.messages(reader.begin().conversation))
    reader.send("")
    assert reader.page.status_code == 422 and "Please choose or write an answer first." in reader.text
    assert len(town.messages(reader.conversation)) == stored


def test_a_question_is_skipped_by_a_button_where_it_may_be(reader):
    assert 'value="skip"' not in reader.begin().page.text
    reader.http.post("/plain/forget")
    reader.at("email").press("text", "skip")
    assert reader.draft("email") is None and "postcode" in reader.text


def test_a_conversation_is_saved_by_a_button_and_gone_on_with_by_its_code(reader):
    reader.at("email").press("text", "save for later")
    code = re.search(r"code: ([A-Z0-9]+(?:[ -][A-Z0-9]+)*)", reader.text)[1]
    reader.http.cookies.clear()
    reader.page = reader.http.post("/plain/code", data={"code": code})
    assert re.search(r'name="part" type="email"', reader.page.text)


def test_going_back_puts_the_last_question_again(town, reader):
    reader.at("email").press("text", "go back")
    assert next(m.ask for m in reversed(town.messages(reader.conversation)) if m.ask) == "best_time"


def test_any_answer_is_changed_from_the_list_of_answers(reader):
    reader.at("goals").press("choice", "change:duration=")
    reader.send("about a year")
    assert reader.draft("duration") == "about a year"


def test_the_summary_is_a_list_whose_lines_can_each_be_changed(reader):
    reader.at("check")
    assert "07700 900124" in reader.page.text.split('class="forms-answers"')[1]
    reader.press("choice", "change:phone=").fill("07700 900125")
    assert reader.draft("phone") == "+447700900125"
    assert "07700 900125" in reader.text


def test_own_words_beside_a_field_are_taken(reader):
    reader.at("phone").fill("", text="I have no phone, write to me")
    assert "I have no phone, write to me" in reader.text
