"""The needs heard in stories that nothing was trained on: F1 by need, beside the cues alone, and milliseconds a message.

Run: `.venv/bin/python bench/needs.py [--tell]` (after `make setup`). `--tell` prints every story in which a need was missed or put in.
"""

from __future__ import annotations

import argparse
import statistics
import time
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from bot.intake.parsing import needs
from bot.needs import stories
from bot.needs.listener import Listener

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Listen to each story, and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--tell", action="store_true")
    given = parser.parse_args()
    listener, told = Listener.load(ROOT / "models"), stories.load(stories.UNSEEN)
    heard, cued, times = [], [], []
    for story in told:
        started = time.perf_counter()
        also = listener.listen(story.text).needs
        times.append((time.perf_counter() - started) * 1000)
        heard.append({need["domain"] for need in needs.hear(story.text, also=also)})
        cued.append({need["domain"] for need in needs.hear(story.text)})
    wanted = np.array([[domain in story.needs for domain in needs.DOMAINS] for story in told])
    both = np.array([[domain in one for domain in needs.DOMAINS] for one in heard])
    cues = np.array([[domain in one for domain in needs.DOMAINS] for one in cued])
    for number, domain in enumerate(needs.DOMAINS):
        print(f"{domain:26} {f1_score(wanted[:, number], both[:, number]):.2f}")
    print(f"macro-F1 on {len(told)} unseen stories: {f1_score(wanted, both, average='macro'):.3f}")
    print(f"cues alone: {f1_score(wanted, cues, average='macro'):.3f}")
    nothing = [bool(one) for story, one in zip(told, heard, strict=True) if not story.needs]
    print(f"needs heard where there are none: {sum(nothing)} of {len(nothing)} stories")
    print(f"median {statistics.median(times):.1f} ms a message")
    for story, one in zip(told, heard, strict=True):
        if given.tell and one != story.needs:
            print(f"{story.text}\n    missed {sorted(story.needs - one)}, put in {sorted(one - story.needs)}")


if __name__ == "__main__":
    main()
