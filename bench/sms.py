"""What texts cost and how many are taken: a full introduction in segments and pence, the webhook's times, and a stock Rasa Twilio channel.

Run with `make bench-sms`. Front Door runs whole, on private ports, its engine stopped while the webhook is measured.
The price is a round figure for the United Kingdom: put your own contract's in PENCE.
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import sys
import tempfile
import time
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
from twilio.request_validator import RequestValidator

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench.stock_rasa import ALL, stock_rasa  # noqa: E402
from spa.segments import size  # noqa: E402
from tests.journeys.answers import GRACE, MARCUS  # noqa: E402
from tests.journeys.installation import Installation, sms_settings  # noqa: E402
from tests.journeys.test_sms_introduction import text_through  # noqa: E402
from tests.journeys.web_chat import WebChat  # noqa: E402
from tests.serving import serving  # noqa: E402
from tests.twilio_server.server import TOKEN, TwilioServer  # noqa: E402

PENCE = 4.0
"""Of one segment out."""
TEXTS = 1000
PHONES = 1000
"""All fictional mobile numbers there are; a phone that texts again does so with other words."""
AT_ONCE = 16
OFFERED = 50
SECONDS = 10
STOCK_TEXTS = 200
WORDS = (
    "my landlord wants me out by friday and I cannot sleep",
    "lost my job in march and behind with the rent",
    "hi is this the place to ask about help with money",
    "my mum is ill and I look after her on my own",
    "yes",
    "I live in Brixton, my GP is at Herne Hill",
    "the flat is damp and the council do not answer",
    "can someone ring me after 5 please",
    "I have not been out of the house much since my dad died",
    "what happens to what I tell you?",
    "my benefits were stopped and I do not know why",
)
"""Everyday texts, one after the other."""


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def told(name: str, times: list[float], seconds: float) -> None:
    print(
        f"{name}: {len(times)} texts, {len(times) / seconds:.0f}/s, "
        f"p50 {statistics.median(times):.0f} ms, p99 {percentile(times, 0.99):.0f} ms"
    )


class Sender:
    """Posts signed texts and keeps the milliseconds each took. `bad` counts those that got no answer or none of success."""

    def __init__(self, server: TwilioServer, webhook: str, signed_for: str) -> None:
        self.server, self.webhook, self.signed_for = server, webhook, signed_for
        self.validator = RequestValidator(TOKEN)
        self.times: list[float] = []
        self.bad = 0

    def fields(self, number: int) -> dict[str, str]:
        phone = f"+447700{900000 + number % PHONES}"
        return self.server.inbound_fields(phone, WORDS[number % len(WORDS)], sid=f"SM{uuid.uuid4().hex}")

    async def post(self, client: httpx.AsyncClient, fields: dict[str, str]) -> None:
        signature = self.validator.compute_signature(self.signed_for, fields)
        start = time.perf_counter()
        try:
            answer = await client.post(self.webhook, data=fields, headers={"X-Twilio-Signature": signature})
            self.bad += not answer.is_success
        except httpx.HTTPError:
            self.bad += 1
        self.times.append((time.perf_counter() - start) * 1000)

    async def flat_out(self, sent: list[dict[str, str]], *, at_once: int = AT_ONCE) -> float:
        """All of them, so many at once; the seconds it took."""
        room = asyncio.Semaphore(at_once)
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:

            async def one(fields: dict[str, str]) -> None:
                async with room:
                    await self.post(client, fields)

            start = time.perf_counter()
            await asyncio.gather(*(one(fields) for fields in sent))
            return time.perf_counter() - start

    async def paced(self, sent: list[dict[str, str]], *, per_second: float) -> float:
        """All of them, each at its time whether or not the one before was answered."""
        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:

            async def one(number: int, fields: dict[str, str]) -> None:
                await asyncio.sleep(number / per_second)
                await self.post(client, fields)

            start = time.perf_counter()
            await asyncio.gather(*(one(number, fields) for number, fields in enumerate(sent)))
            return time.perf_counter() - start


def stored(installation: Installation) -> int:
    """Inbound texts in the database."""
    with closing(sqlite3.connect(installation.folder / "var" / "frontdoor.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM message WHERE author = 'resident'").fetchone()[0])


def cost(name: str, texts: list[str]) -> None:
    segments = sum(size(text).segments for text in texts)
    print(f"{name}: {len(texts)} texts out, {segments} segments, {segments * PENCE:.0f}p at {PENCE:g}p")


def introduction(installation: Installation, server: TwilioServer) -> None:
    phone = server.phone("+447700900131")
    text_through(installation, phone, MARCUS)
    server.wait(lambda: any("LW-" in text for text in phone.texts), seconds=20)
    cost("a full introduction (targets: 20 texts, 30 segments)", phone.texts)


def words_of_the_page(installation: Installation) -> list[dict[str, Any]]:
    """Every message of an introduction as the chat page shows it: what a channel that sends as it is given would text."""
    web = WebChat(installation.gateway).open()
    web.answer(GRACE, until="check")
    web.say(choice="yes")
    return [message for message in web.messages if message.get("text")]


def front_door(folder: Path, server: TwilioServer, address: str) -> list[dict[str, Any]]:
    """Measures, and gives the messages of an introduction on the chat page."""
    installation = Installation(folder)
    installation.extra |= sms_settings(twilio=address, gateway=installation.gateway)
    server.webhooks = installation.gateway
    installation.start()
    try:
        introduction(installation, server)
        words = words_of_the_page(installation)
        installation.pause("engine")
        webhook = f"{installation.gateway}/sms/inbound"
        before = stored(installation)
        paced = Sender(server, webhook, webhook)
        sent = [paced.fields(number) for number in range(OFFERED * SECONDS)]
        seconds = asyncio.run(paced.paced(sent, per_second=OFFERED))
        told(f"Front Door, {OFFERED}/s offered, engine stopped", paced.times, seconds)
        flat = Sender(server, webhook, webhook)
        more = [flat.fields(number) for number in range(TEXTS)]
        seconds = asyncio.run(flat.flat_out(more))
        told("Front Door, flat out", flat.times, seconds)
        again = Sender(server, webhook, webhook)
        asyncio.run(again.flat_out(more[:200]))
        kept = stored(installation) - before
        expected = len(sent) + len(more)
        print(
            f"kept {kept} of {expected} texts (200 of them sent twice): lost {max(0, expected - kept)}, "
            f"doubled {max(0, kept - expected)}, refused {paced.bad + flat.bad + again.bad}"
        )
        installation.resume("engine")
        return words
    finally:
        installation.stop()


def stock(folder: Path, server: TwilioServer, address: str, words: list[dict[str, Any]]) -> None:
    with stock_rasa(folder, twilio=address, says=words) as webhook:
        sender = Sender(server, webhook, webhook)
        phone = server.phone("+447700900132")
        asyncio.run(Sender(server, webhook, webhook).flat_out([server.inbound_fields(phone.number, ALL)]))
        expected = sum(
            1 + len(message.get("choices") or ()) for message in words
        )  # each choice by itself; paragraphs too
        assert server.wait(lambda: len(phone.texts) >= expected, seconds=20), "not all of it came"
        cost("the chat page's introduction by the stock channel", phone.texts)
        texts = [sender.fields(number) for number in range(STOCK_TEXTS)]
        asyncio.run(Sender(server, webhook, webhook).flat_out(texts[:2]))
        before = len(server.texts)
        seconds = asyncio.run(sender.flat_out(texts))
        told("stock Rasa Twilio channel, flat out", sender.times, seconds)
        once = len(server.texts) - before
        paced = Sender(server, webhook, webhook)
        offered = [paced.fields(number) for number in range(OFFERED * SECONDS)]
        seconds = asyncio.run(paced.paced(offered, per_second=OFFERED))
        told(f"stock Rasa Twilio channel, {OFFERED}/s offered", paced.times, seconds)
        before = len(server.texts)
        asyncio.run(sender.flat_out(texts[:50]))
        print(
            f"stock Rasa: {once} answers to {STOCK_TEXTS} texts; 50 of them sent again got {len(server.texts) - before} more answers"
        )
        forged = httpx.post(
            webhook, data=texts[0], headers={"X-Twilio-Signature": "forged"}, trust_env=False, timeout=30
        )
        print(f"stock Rasa: a text with a forged signature is answered {forged.status_code}")


def main() -> None:
    server = TwilioServer()
    with serving(server.app()) as address, tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "frontdoor", Path(folder) / "stock"
        ours.mkdir()
        theirs.mkdir()
        words = front_door(ours, server, address)
        stock(theirs, server, address, words)


if __name__ == "__main__":
    main()
