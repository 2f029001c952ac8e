"""Simulated residents through the real processes: how many finish, with how many facts in the right field, and where it goes wrong.

Run: `.venv/bin/python bench/conversation.py [NAME …] [--tell]` (after `make setup`). `--tell` prints each conversation that was not perfect.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.installation import Installation, sms_settings  # noqa: E402
from tests.residents import personas  # noqa: E402
from tests.residents.conversing import Outcome, play  # noqa: E402
from tests.residents.personas import Persona  # noqa: E402
from tests.serving import serving  # noqa: E402
from tests.twilio_server.server import TwilioServer  # noqa: E402

AT_ONCE = 3


def outcomes(chosen: Sequence[Persona]) -> list[Outcome]:
    """Every persona played, a few at a time, on an installation of its own."""
    server = TwilioServer()
    with tempfile.TemporaryDirectory() as folder, serving(server.app()) as address:
        installation = Installation(Path(folder))
        installation.extra |= sms_settings(twilio=address, gateway=installation.gateway)
        installation.extra["FRONTDOOR_SESSIONS_PER_MINUTE"] = "1000"
        server.webhooks = installation.gateway
        installation.start()
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                numbers = (f"+447700900{500 + place}" for place in range(len(chosen)))
                return list(
                    pool.map(
                        lambda pair: play(pair[0], installation, server, number=pair[1]),
                        zip(chosen, numbers, strict=True),
                    )
                )
        finally:
            installation.stop()


def report(played: Sequence[Outcome]) -> list[str]:
    """The figures, one a line, then where it went wrong."""
    finished = [one for one in played if one.finished]
    fields, wrong = sum(one.fields for one in finished), sum(len(one.wrong) for one in finished)
    perfect = sum(not one.wrong for one in finished)
    lines = [
        f"residents: {len(played)}; finished: {len(finished)} ({len(finished) / len(played):.1%})",
        f"finished with every fact in its field: {perfect} ({perfect / len(played):.1%})",
        f"fields right: {fields - wrong} of {fields} ({(fields - wrong) / max(fields, 1):.2%})",
        f"questions put again though answered: {sum(one.repeated for one in played)}",
    ]
    for channel in personas.CHANNELS:
        some = [one for one in played if one.persona.channel == channel]
        if some:
            turns, seconds = (
                statistics.median(one.turns for one in some),
                statistics.median(one.seconds for one in some),
            )
            lines.append(f"{channel}: {len(some)} residents, median {turns:.0f} messages, {seconds:.1f} s")
    places = Counter(place for one in played for place in one.wrong)
    again = Counter(ask for one in played for ask in one.resident.repeated.elements())
    lines += [f"wrong field: {place} ({count})" for place, count in places.most_common()]
    lines += [f"asked again: {ask} ({count})" for ask, count in again.most_common()]
    for one in played:
        if not one.finished or one.wrong or one.repeated:
            lines.append(
                f"{one.persona.name} ({one.persona.mood}, {one.persona.channel}): "
                + ("" if one.finished else "did not finish")
            )
            lines += [f"    {place}: {what}" for place, what in one.wrong.items()]
            lines += [f"    asked again: {ask}" for ask in one.resident.repeated]
    return lines


def main() -> None:
    """Play those named, or everyone, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*")
    parser.add_argument("--tell", action="store_true")
    given = parser.parse_args()
    chosen = [one for one in personas.load() if not given.names or one.name in given.names]
    played = outcomes(chosen)
    print("\n".join(report(played)))
    for one in played:
        if given.tell and (not one.finished or one.wrong or one.repeated):
            print(f"\n== {one.persona.name}\n{one.told()}")


if __name__ == "__main__":
    main()
