"""Message → reply over the wire, 200 messages in one conversation and each process's memory; a whole private installation.

Run with `.venv/bin/python bench/latency.py`. Prints start-up time, p50/p99 in milliseconds, first and last 50 apart, resident memory in MB.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.answers import GRACE  # noqa: E402
from tests.journeys.installation import Installation  # noqa: E402
from tests.journeys.web_chat import WebChat  # noqa: E402

MESSAGES = 200
DETOURS = (
    "why do you need that?",
    "who sees this?",
    "what did I say so far",
    "can you repeat that",
    "I was born in Brixton and lived here all my life",
)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def memory(installation: Installation) -> dict[str, float]:
    sizes = {}
    for name in ("gateway", "console", "worker", "engine", "actions"):
        status = Path(f"/proc/{installation.pid(name)}/status").read_text()
        sizes[name] = int(status.split("VmRSS:")[1].split()[0]) / 1024
    return sizes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        installation = Installation(Path(folder)).start()
        print(f"start-up to all ready: {time.monotonic() - began:.1f} s")
        try:
            web = WebChat(installation.gateway).open()
            web.answer(GRACE, until="goals")
            took = []
            for number in range(MESSAGES):
                start = time.perf_counter()
                web.say(DETOURS[number % len(DETOURS)])
                took.append((time.perf_counter() - start) * 1000)
                time.sleep(0.01)
            print(
                f"message -> reply over {MESSAGES}: p50 {statistics.median(took):.0f} ms, p99 {percentile(took, 0.99):.0f} ms"
            )
            print(
                f"first 50 p50 {statistics.median(took[:50]):.0f} ms, last 50 p50 {statistics.median(took[-50:]):.0f} ms"
            )
            print("memory (MB): " + ", ".join(f"{name} {size:.0f}" for name, size in memory(installation).items()))
        finally:
            installation.stop()


if __name__ == "__main__":
    main()
