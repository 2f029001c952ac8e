"""Figures of the crisis screen: `.venv/bin/python bench/crisis.py [--ordinary FILE] [--diet]` (`make bench-crisis` gives both).

Prints what the screen catches and what it wrongly flags on an author it was never trained or tuned on, beside its rules alone, a list
of twenty keywords and, with --diet, Rasa's DIET classifier trained on the same messages in the same run; then every miss, and the
milliseconds a message on one core. Then the same for the conversations of `data/crisis/conversations.yml`. The labels are the
authors' and no clinician has signed them.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.crisis import corpus  # noqa: E402
from bot.crisis.assessment import Assessment, Flag, Level  # noqa: E402
from bot.crisis.corpus import Labelled  # noqa: E402
from bot.crisis.datafile import FOLDER  # noqa: E402
from bot.crisis.measure import Judged, figures  # noqa: E402
from bot.crisis.rules import Rules, by_rules, flag_of  # noqa: E402
from bot.crisis.screen import Screen  # noqa: E402

KEYWORDS = (
    "suicide", "suicidal", "kill myself", "end my life", "want to die", "self harm", "self-harm", "overdose", "cut myself",
    "hurt myself", "take my life", "better off dead", "kms", "hang myself", "jump off", "not safe", "goodbye", "kill him",
    "hit me", "raped",
)  # fmt: skip

Judge = Callable[[Labelled], Assessment]


def by_keywords(row: Labelled) -> Assessment:
    """The list of twenty keywords."""
    text = " ".join(row.messages).casefold()
    flag = Flag.RED if any(word in text for word in KEYWORDS) else Flag.NONE
    return Assessment(Level.CRISIS_ACTIVE if flag is Flag.RED else Level.NONE, flag)


def by_diet(trained_on: Sequence[Labelled], rows: Sequence[Labelled]) -> Judge:
    """Rasa's DIET, trained now on the same messages with the level as the intent (bench/references/diet.py, in the engine's environment)."""
    with tempfile.TemporaryDirectory() as place:
        task = Path(place) / "task.json"
        task.write_text(json.dumps({
            "train": [[row.level, " ".join(row.messages)] for row in trained_on],
            "parse": [" ".join(row.messages) for row in rows],
        }))  # fmt: skip
        command = [ROOT / ".venv-engine/bin/python", ROOT / "bench/references/diet.py", task]
        subprocess.run([str(part) for part in command], check=True, cwd=place, capture_output=True)
        levels = json.loads(task.with_suffix(".out.json").read_text())
    said = {row.digest: level for row, level in zip(rows, levels, strict=True)}

    def judge(row: Labelled) -> Assessment:
        name = said[row.digest]
        level = Level(name) if name in Level._value2member_map_ else Level.NONE
        return Assessment(level, flag_of(level))

    return judge


def compare(title: str, rows: Sequence[Labelled], judges: Mapping[str, Judge], *, misses: bool) -> None:
    """Print one table, a column a judge; then the first judge's misses and its milliseconds."""
    columns, times, first = {}, [], next(iter(judges))
    for name, judge in judges.items():
        judged = []
        for row in rows:
            started = time.perf_counter()
            judged.append(Judged(row, judge(row)))
            if name == first:
                times.append((time.perf_counter() - started) * 1000)
        columns[name] = judged
    tables = {name: dict(figures(judged)) for name, judged in columns.items()}
    print(f"\n{title}: {len(rows)} messages\n{'':46}" + "".join(f"{name:>22}" for name in judges))
    for figure in tables[first]:
        print(f"{figure:46}" + "".join(f"{table[figure]:>22}" for table in tables.values()))
    percentiles = statistics.quantiles(times, n=100)
    print(f"milliseconds a message, one core: p50 {statistics.median(times):.1f}  p99 {percentiles[98]:.1f}")
    wrong = [one for one in columns[first] if one.is_miss]
    print(f"misses: {len(wrong)}")
    if misses:
        for one in wrong:
            print("  " + one.described())


def conversations(screen: Screen, path: Path) -> None:
    """Print how many conversations are flagged by the turn of disclosure, and how many calm ones are flagged at all."""
    late, alarmed, calm, told = [], [], 0, 0
    for conversation in yaml.safe_load(path.read_text(encoding="utf-8")):
        wanted = [turn["expect"] for turn in conversation["turns"]]
        flags = [screen.assess([turn["text"]], asked=turn.get("asked")).flag.value for turn in conversation["turns"]]
        first = next((i for i, expect in enumerate(wanted) if expect != "none"), None)
        if first is None:
            calm += 1
            if any(flag != "none" for flag in flags):
                alarmed.append(conversation["id"])
            continue
        told += 1
        enough = {"amber": {"amber", "red"}, "red": {"red"}}
        if not all(flag in enough[want] for want, flag in zip(wanted, flags, strict=True) if want != "none"):
            late.append(conversation["id"])
    print(
        f"\n{path.name}: every disclosing turn flagged as it asks in {told - len(late)}/{told}; not in: {', '.join(late) or '-'}"
    )
    print(f"calm conversations without a flag: {calm - len(alarmed)}/{calm}; flagged: {', '.join(alarmed) or '-'}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ordinary", type=Path, help="a file of everyday messages, for false alarms")
    parser.add_argument(
        "--diet", action="store_true", help="also Rasa's DIET, trained on the same messages (about ten minutes)"
    )
    options = parser.parse_args()
    started = time.perf_counter()
    screen, rules = Screen.load(), Rules.load()
    print(f"loaded in {time.perf_counter() - started:.1f} s")
    card = json.loads((FOLDER / "adapter" / "card.json").read_text())
    rows = corpus.everything()
    trained_on = [row for row in rows if row.author in card["authors"]]
    unseen = [row for row in rows if row.author in card["final check"]]
    judges: dict[str, Judge] = {
        "screen": lambda row: screen.assess(row.messages, asked=row.asked),
        "rules alone": lambda row: Assessment(*by_rules(rules.findings(row.messages, asked=row.asked))),
        "20 keywords": by_keywords,
    }
    ordinary = list(corpus.read(options.ordinary)) if options.ordinary else []
    if options.diet:
        judges["DIET"] = by_diet(trained_on, [*unseen, *ordinary])
    compare(f"final check ({', '.join(card['final check'])})", unseen, judges, misses=True)
    conversations(screen, FOLDER / "conversations.yml")
    if ordinary:
        compare(options.ordinary.name, ordinary, judges, misses=True)


if __name__ == "__main__":
    main()
