"""By text, on a clock that the test turns: a disclosure in the dead of night, and a provider that is away for five minutes.

Gateway, screen, dialogue, worker and Twilio's client are the real ones, and talk HTTP; the engine answers with the project's own dialogue.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.crisis.screen import Screen
from bot.gateway.preview import texts
from spa.database import Database
from spa.worker import Worker
from tests.gateway.played_engine import PlayedEngine, conversing, eventually
from tests.gateway.town import ON_CALL, Phone, Town, settings, town
from tests.postgres import postgres_server
from tests.serving import serving
from tests.twilio_server.server import TwilioServer

pytestmark = pytest.mark.journey

LONDON = ZoneInfo("Europe/London")
WORDS = "I've taken all my tablets and I want to die"
REMINDER, LATE = (next(one.text for one in texts() if one.name == f"gateway.{name}") for name in ("reminder", "late"))


@dataclass
class Night:
    """A town with a worker, and the texts that reached its phones."""

    town: Town
    worker: Worker
    twilio: TwilioServer

    def at(self, hour: int, minute: int = 0) -> None:
        """Go on to this time of day in London, the next day if it is past."""
        now = self.town.clock().astimezone(LONDON)
        then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        self.town.clock.forward(seconds=((then if then > now else then + timedelta(days=1)) - now).total_seconds())

    def work(self, *, minutes: int = 0, every: float = 5.0) -> None:
        """Let the worker look now, or every few seconds for so many minutes."""
        for _ in range(int(minutes * 60 / every) or 1):
            self.worker.tick(self.town.clock())
            if minutes:
                self.town.clock.forward(seconds=every)

    def reached(self, number: str) -> list[str]:
        """What this phone has received."""
        return [text.body for text in self.twilio.received_by(number)]

    def text(self, phone: Phone, body: str) -> list[str]:
        """Text in, let the conversation answer and the worker deliver; the texts that came."""
        before, waiting = len(self.reached(phone.number)), len(phone.replies)
        phone.text(body)
        eventually(lambda: len(phone.replies) > waiting)
        self.work()
        return self.reached(phone.number)[before:]


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def night(request, tmp_path) -> Iterator[Night]:
    """A town at three in the morning."""
    twilio = TwilioServer()
    with ExitStack() as stack:
        address = stack.enter_context(serving(twilio.app()))
        chosen = settings(tmp_path, twilio_base_url=address, texts_per_second=1000.0)
        url = chosen.database
        if request.param == "postgres":
            server = stack.enter_context(postgres_server())
            url = server.url(server.create())
        database = stack.enter_context(closing(Database(url)))
        made = stack.enter_context(
            town(chosen, Screen.load(), engine=PlayedEngine(script=conversing), database=database)
        )
        worker = Worker.from_settings(chosen, database, reminder=REMINDER, says_late=LATE)
        night = Night(made, worker, twilio)
        night.at(2, 50)
        yield night


def test_a_disclosure_at_three_in_the_morning_is_answered_and_paged_at_once(night):
    phone, silent = night.town.phone(), night.town.phone()
    night.text(silent, "hello")
    night.text(silent, "yes")
    night.at(3)
    night.text(phone, "hello")
    night.text(phone, "yes")
    (card,) = night.text(phone, WORDS)
    assert "999" in card
    (page,) = night.reached(ON_CALL.sms)
    assert "tablets" not in page and phone.number not in page
    code = re.search(r"Reply (\w+)", page)[1]
    oncall = Phone(night.town, ON_CALL.sms)
    assert code in night.text(oncall, code)[-1]
    (escalation,) = night.town.escalations(phone.conversations[0].id)
    assert (escalation.flag.value, escalation.state, escalation.acknowledged_by) == (
        "red",
        "acknowledged",
        ON_CALL.name,
    )
    assert night.text(phone, "at home, 12 Acre Lane"), "replies go at any hour too"

    night.work(minutes=60, every=60)
    assert REMINDER not in [*night.reached(phone.number), *night.reached(silent.number)], "nobody is woken"
    night.at(8, 1)
    night.work(minutes=60, every=60)
    assert night.reached(silent.number).count(REMINDER) == 1
    assert REMINDER not in night.reached(phone.number), "crisis outreach is on it"


def test_a_provider_away_for_five_minutes_loses_and_doubles_nothing(night):
    phone, other = night.town.phone(), night.town.phone()
    night.text(phone, "hello")
    night.twilio.down = True
    for body in ("yes", "me", "yes", "I live in Lambeth"):
        waiting = len(phone.replies)
        phone.text(body)
        eventually(lambda waiting=waiting: len(phone.replies) > waiting)
    other.text(WORDS)
    night.work(minutes=5)
    assert len(night.reached(phone.number)) == 1 and not night.reached(other.number)
    night.twilio.down = False
    night.work(minutes=10)
    assert night.reached(phone.number) == phone.replies, "each once, in order"
    assert night.reached(other.number) == other.replies and "999" in other.replies[0]
    assert len(night.reached(ON_CALL.sms)) == len(night.town.outbox(purpose="page", to=ON_CALL.sms))


def test_a_provider_away_for_an_hour_shows_nobody_what_the_replies_were_about(night):
    phone, other = night.town.phone(), night.town.phone()
    night.text(phone, "hello")
    night.twilio.down = True
    for body in ("yes", "me"):
        waiting = len(phone.replies)
        phone.text(body)
        eventually(lambda waiting=waiting: len(phone.replies) > waiting)
    other.text(WORDS)
    night.work(minutes=61, every=60)
    night.twilio.down = False
    before = len(night.reached(phone.number))
    night.work(minutes=10)
    assert night.reached(phone.number)[before:] == [LATE]
    assert "999" in night.reached(other.number)[0], "a crisis card goes however late"
