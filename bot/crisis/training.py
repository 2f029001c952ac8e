"""`python -m bot.crisis.training models/crisis`: builds the classifier, learns how to weigh it with the rules, writes the model card.

The network is the published one with the committed adapter worked in (bot.crisis.network). The weighing and its thresholds are learnt
on the authors that the adapter was kept from, but for those of the final check: on them the card measures the finished screen.
No torch here: the adapter is trained by `make adapter`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from safetensors.numpy import load_file
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from bot.crisis import corpus, network
from bot.crisis.classifier import Classifier
from bot.crisis.datafile import FOLDER
from bot.crisis.measure import Judged, table
from bot.crisis.rules import Rules
from bot.crisis.screen import Judge, Screen
from bot.crisis.utterance import Questions, utterance
from bot.crisis.weighing import Thresholds, Weighing, features
from bot.language.encoder import sha256
from bot.language.identify import Identifier

ADAPTER = FOLDER / "adapter"
STRENGTH = 0.3
"""Inverse regularisation of the weighing."""
FOLDS = 10
RED_RECALL = 0.96
FLAG_RECALL = 0.95
"""Shares of the messages that must be RED, and flagged, by which the thresholds are set."""
HISTORICAL = 0.5

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Features = dict[str, float]


@dataclass(frozen=True)
class Unseen:
    """Labelled messages of authors that nothing was made from, with their features."""

    rows: Sequence[corpus.Labelled]
    found: Sequence[Features]

    @property
    def red(self) -> Truths:
        """Which must page."""
        return np.array([row.must_be_red for row in self.rows])

    @property
    def flag(self) -> Truths:
        """Which must be flagged."""
        return np.array([row.must_be_flagged for row in self.rows])


def unseen(rules: Rules, classifier: Classifier, rows: Sequence[corpus.Labelled]) -> Unseen:
    """The rows with the features that the screen has of them."""
    questions = Questions.load()
    said = [utterance(row.messages, asked=row.asked, questions=questions) for row in rows]
    found = [
        features(classifier.logits(words)[0], rules.findings(row.messages, asked=row.asked))
        for row, words in zip(rows, said, strict=True)
    ]
    return Unseen(rows, found)


def fit(found: Sequence[Features], wanted: Truths) -> dict[str, float]:
    """Weights by feature of one logistic regression, with the bias under "bias"."""
    vectorizer = DictVectorizer(sparse=False)
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(vectorizer.fit_transform(found), wanted)
    weights = dict(zip(vectorizer.get_feature_names_out(), map(float, model.coef_[0]), strict=True))
    return weights | {"bias": float(model.intercept_[0])}


def cross_validated(found: Sequence[Features], wanted: Truths) -> Numbers:
    """The probability of every row by weights learnt from the other folds."""
    scores = np.zeros(len(found))
    for others, own in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(wanted, wanted):
        weighing = Weighing({"it": fit([found[i] for i in others], wanted[others])}, Thresholds(1, 1, 1), version="")
        scores[own] = [weighing.probabilities(found[i])["it"] for i in own]
    return scores


def threshold(scores: Numbers, wanted: Truths, *, recall: float) -> float:
    """The highest score from which on at least this share of the wanted rows lies."""
    return float(np.quantile(scores[wanted], 1 - recall, method="lower"))


def learn(rows: Unseen, version: str) -> Weighing:
    """Weights from all rows, thresholds from cross-validation over them."""
    thresholds = Thresholds(
        red=threshold(cross_validated(rows.found, rows.red), rows.red, recall=RED_RECALL),
        flag=threshold(cross_validated(rows.found, rows.flag), rows.flag, recall=FLAG_RECALL),
        historical=HISTORICAL,
    )
    return Weighing({"red": fit(rows.found, rows.red), "flag": fit(rows.found, rows.flag)}, thresholds, version)


def train(folder: Path) -> None:
    """Build everything into `folder`."""
    started = time.monotonic()
    adapter = json.loads((ADAPTER / "card.json").read_text(encoding="utf-8"))
    arrays = load_file(ADAPTER / "adapter.safetensors")
    network.build(folder, network.adapted(network.published(folder), arrays))
    rules, classifier, rows = Rules.load(), Classifier.load(folder), corpus.everything()
    made_from = {*adapter["authors"], *adapter["final check"]}
    calibration = [row for row in rows if row.author not in made_from]
    weighing = learn(unseen(rules, classifier, calibration), f"crisis-{sha256(ADAPTER / 'adapter.safetensors')[:8]}")
    weighing.save(folder / "weighing.json")
    screen = Screen(rules, Judge(classifier, weighing, Questions.load()), Identifier.load())
    final = [row for row in rows if row.author in adapter["final check"]]
    judged = [Judged(row, screen.assess(row.messages, asked=row.asked)) for row in final]
    lines = card(adapter, weighing, calibration, judged, took=time.monotonic() - started)
    (folder / "card.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def card(
    adapter: dict[str, Any],
    weighing: Weighing,
    calibration: Sequence[corpus.Labelled],
    judged: Sequence[Judged],
    *,
    took: float,
) -> list[str]:
    """The model card, line by line: data, thresholds, figures of the finished screen on the final check, and what it missed there."""
    return [
        f"# Crisis classifier {weighing.version}",
        "",
        'No clinician has signed the labels. Quote no figure as clinical. "No flag" never means low risk.',
        "",
        f"- Base: {adapter['base']}; low-rank adapter of rank {adapter['rank']}, passes: {adapter['epochs']}; over {adapter['messages']} messages.",
        f"- Trained on the authors {', '.join(adapter['authors'])}.",
        f"- Weighing and thresholds from {len(calibration)} messages of {', '.join(sorted({row.author for row in calibration}))}.",
        f"- Thresholds: RED from {weighing.thresholds.red:.3f}, flag from {weighing.thresholds.flag:.3f}.",
        f"- Built in {took:.0f} s.",
        "",
        f"## On authors that nothing was trained on and no threshold was set with ({', '.join(adapter['final check'])})",
        "",
        *table(judged),
        "",
        "## What it missed or flagged wrongly there",
        "",
        *(f"- {one.described()}" for one in judged if one.is_miss),
    ]


if __name__ == "__main__":
    train(Path(sys.argv[1]))
