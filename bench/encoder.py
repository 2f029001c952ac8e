"""The sentence encoder beside its published vectors: least cosine, and milliseconds for a 20-token message on one core.

Run with `.venv/bin/python bench/encoder.py` (or `.venv-engine/bin/python`); the reference vectors are in tests/language.
"""

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.language.encoder import Encoder  # noqa: E402

TWENTY_TOKENS = "I have been feeling really low for about six months and I cannot sleep at night any more"
RUNS = 300


def main() -> None:
    encoder = Encoder.load(ROOT / "models" / "encoder")
    rows = [json.loads(line) for line in (ROOT / "tests/language/minilm_vectors.jsonl").read_text().splitlines()]
    cosines = (encoder.encode([row["text"] for row in rows]) * np.array([row["vector"] for row in rows])).sum(axis=1)
    took = []
    for _ in range(RUNS):
        start = time.perf_counter()
        encoder.encode([TWENTY_TOKENS])
        took.append((time.perf_counter() - start) * 1000)
    print(f"least cosine to the reference over {len(rows)} texts: {cosines.min():.6f}")
    print(
        f"20 tokens, one core, {RUNS} runs: median {statistics.median(took):.1f} ms, p99 {sorted(took)[int(0.99 * RUNS)]:.1f} ms"
    )


if __name__ == "__main__":
    main()
