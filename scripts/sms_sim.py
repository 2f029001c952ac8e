"""Text Front Door by hand: two phones in the terminal and on a page, against a whole private installation. Ctrl-D ends it."""

import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.installation import Installation, sms_settings  # noqa: E402
from tests.serving import serving  # noqa: E402
from tests.twilio_server.phones import Phones  # noqa: E402
from tests.twilio_server.server import TwilioServer  # noqa: E402

NUMBERS = ("+447700900151", "+447700900152")
LOOK_EVERY = 0.3


def say(text: str) -> None:
    """To the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show_arrivals(phones: Phones, stop: threading.Event) -> None:
    """Print each text as it comes, with the phone it came to."""
    shown = dict.fromkeys(NUMBERS, 0)
    while not stop.wait(LOOK_EVERY):
        phones.look()
        for place, number in enumerate(NUMBERS, start=1):
            lines = phones.lines.get(number, [])
            for line in lines[shown[number] :]:
                if line["from"] == "service":
                    say(f"\n[{place}] {line['body']}\n    ({line['size']})")
            shown[number] = len(lines)


def read_texts(phones: Phones) -> None:
    """ "2: hello" texts from the second phone, anything else from the phone used last."""
    place = 1
    for line in sys.stdin:
        which, _, rest = line.rstrip("\n").partition(" ")
        if which in ("1:", "2:"):
            place, body = int(which[0]), rest
        else:
            body = line.rstrip("\n")
        phones.send(NUMBERS[place - 1], body)


def main() -> None:
    server = TwilioServer()
    phones = Phones(server, NUMBERS)
    stop = threading.Event()
    with serving(phones.app()) as address, tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder))
        installation.extra |= sms_settings(twilio=address, gateway=installation.gateway)
        server.webhooks = installation.gateway
        say("starting Front Door")
        installation.start()
        watcher = threading.Thread(target=show_arrivals, args=(phones, stop))
        watcher.start()
        user, password = installation.login()
        say(f"phones      {address}/\nconsole     {installation.console}/  ({user}  {password})")
        say('Write a text and press Enter. "2: hello" texts from the second phone, "1: hello" from the first.')
        try:
            read_texts(phones)
        except KeyboardInterrupt:
            say("")
        finally:
            stop.set()
            watcher.join()
            installation.stop()


if __name__ == "__main__":
    main()
