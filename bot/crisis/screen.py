"""The crisis screen: texts in, an Assessment out. Pure: no I/O once loaded, the same answer for the same input.

Rules and a classifier read the same texts; what both say is weighed together (bot.crisis.weighing).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.crisis.assessment import Assessment, Flag, Level, Reason
from bot.crisis.classifier import Classifier, Scores
from bot.crisis.plain import is_offered_choice, is_plain_answer
from bot.crisis.rules import LONGEST_WORDS, Finding, Rules, by_rules
from bot.crisis.utterance import Questions, utterance
from bot.crisis.weighing import FLAG_CLASSES, Thresholds, Weighing, class_probabilities, features
from bot.language.identify import ENGLISH, Identifier

log = structlog.get_logger()

MODELS = Path(__file__).resolve().parents[2] / "models" / "crisis"
MOST_REASONS = 20
MOST_ALONE = 5
"""How many of the newest texts are read alone too."""
FEW, FEW_FOUND, SURE = 3, 5, 0.95
"""In so few words the rules stand, and the classifier must be this sure to add to them: "for me" says too little to guess from. In up to
FEW_FOUND words where the rules find something in them, a denial say."""
AGREED = 0.5
"""From this probability on the classifier sees risk too."""
UNREAD = Reason(rule="screen_failed", words="")
"""The reason where the classifier could not read a message: a person must."""
RED_LEVELS = {
    "crisis_imminent": Level.CRISIS_IMMINENT,
    "crisis_active": Level.CRISIS_ACTIVE,
    "harm_to_others": Level.HARM_TO_OTHERS,
    "self_harm": Level.SELF_HARM,
    "safeguarding": Level.SAFEGUARDING,
    "third_party_now": Level.THIRD_PARTY,
}
"""The classifier's classes that page, with their levels."""

Judgement = tuple[Level, Flag, tuple[Reason, ...]]
"""What a reading comes to, with the reasons beside the rules' own."""


@dataclass(frozen=True)
class View:
    """What one reading of the texts comes to: the two probabilities, and the classifier's own by class."""

    red: float
    flag: float
    classes: Mapping[str, float]

    @property
    def risk(self) -> float:
        """The classifier's probability that the message asks for a flag of any kind."""
        return sum(self.classes[name] for name in FLAG_CLASSES)


class Judge:
    """Classifier and weighing: one view of a person's texts with what the rules found in them."""

    def __init__(self, classifier: Classifier, weighing: Weighing, questions: Questions) -> None:
        self._classifier = classifier
        self.weighing = weighing
        self._questions = questions

    @classmethod
    def load(cls, folder: Path = MODELS) -> Judge:
        """Raises bot.language.encoder.EncoderError, OSError or ValueError where `make train` has not made the folder."""
        return cls(Classifier.load(folder), Weighing.load(folder / "weighing.json"), Questions.load())

    def view(self, messages: Sequence[str], findings: Sequence[Finding], *, asked: str | None, known: int = 0) -> View:
        """The gravest view: of all texts together, of each of the newest alone (so that none calms another), of each part of a long one.

        Of several answers to a question only the newest is read as one. `known`: so many of the first were read before, and are not
        read alone again.
        """
        readings = [(messages, asked)]
        if len(messages) > 1:
            readings += [(messages[-1:], asked), *(([text], None) for text in messages[-MOST_ALONE:-1][known:])]
        views = [
            self._view(logits, findings)
            for texts, question in readings
            for logits in self._classifier.logits(utterance(texts, asked=question, questions=self._questions))
        ]
        gravest = max(views, key=lambda view: (view.red, view.flag))
        return View(gravest.red, max(view.flag for view in views), gravest.classes)

    def _view(self, logits: Scores, findings: Sequence[Finding]) -> View:
        found = self.weighing.probabilities(features(logits, findings))
        return View(found["red"], found["flag"], class_probabilities(logits))


class Screen:
    """Keeps nothing between messages; safe to share between threads."""

    def __init__(self, rules: Rules, judge: Judge, identifier: Identifier) -> None:
        self._rules = rules
        self._judge = judge
        self._identifier = identifier

    @classmethod
    def load(cls) -> Screen:
        """The project's rules and trained models. Raises what Rules.load and Judge.load raise."""
        return cls(Rules.load(), Judge.load(), Identifier.load())

    def assess(self, messages: Sequence[str], *, asked: str | None = None, known: int = 0) -> Assessment:
        """The level of what one person sent in a run (oldest first), read together and each by itself.

        `asked` is the question last put to them: an ask id of the dialogue, or its words. `known`: so many of the first texts were
        assessed before, and count only together with what follows them.
        """
        started = time.perf_counter()
        findings = self._rules.findings(messages, asked=asked)
        try:
            judged = self._weighed(messages, findings, asked=asked, known=known)
        except Exception as e:  # noqa: BLE001 - whatever the classifier stumbles over, what the rules found stands and a person looks
            log.error("classifier_failed", kind=type(e).__name__)
            judged = (*by_rules(findings, at_least=Level.SCREEN_FAILED), (UNREAD,))
        return self._assessment(judged, findings, started=started)

    def across(self, messages: Sequence[str]) -> Assessment:
        """By the rules alone: what texts come to that answer different questions, of which the classifier would see one muddle."""
        started = time.perf_counter()
        findings = self._rules.findings(messages, asked=None)
        return self._assessment((*by_rules(findings), ()), findings, started=started)

    def _assessment(self, judged: Judgement, findings: Sequence[Finding], *, started: float) -> Assessment:
        level, flag, why = judged
        reasons = tuple(dict.fromkeys(Reason(rule=finding.rule, words=finding.words) for finding in findings))
        return Assessment(
            level,
            flag,
            (*why, *reasons)[:MOST_REASONS] if flag is not Flag.NONE or findings else (),
            model=self._judge.weighing.version,
            ms=round((time.perf_counter() - started) * 1000, 3),
            discreet=flag is not Flag.NONE and any(finding.discreet for finding in findings),
        )

    def _is_foreign(self, messages: Sequence[str]) -> bool:
        """Whether it is in another language for sure: the classifier reads English only, the rules read fourteen more."""
        return self._identifier.identify(" ".join(messages)) not in (ENGLISH, None)

    def _weighed(
        self, messages: Sequence[str], findings: Sequence[Finding], *, asked: str | None, known: int
    ) -> Judgement:
        if is_offered_choice(messages, asked=asked) or (not findings and is_plain_answer(messages, asked=asked)):
            return Level.NONE, Flag.NONE, ()
        if self._is_foreign(messages):
            return *by_rules(findings), ()
        read = messages if findings else [self._rules.without_sayings(message) for message in messages]
        view = self._judge.view(read, findings, asked=asked, known=known)
        level, flag = decide(view, findings, self._judge.weighing.thresholds)
        few = len(" ".join(read).split()) <= (FEW_FOUND if findings else FEW)
        unsure = few and view.risk < SURE
        _, firm = by_rules([finding for finding in findings if finding.firm or few])
        if unsure or firm is Flag.RED or (firm is Flag.AMBER and flag is Flag.NONE):
            level, flag = by_rules(findings)
        score = view.red if flag is Flag.RED else view.flag
        words = " ".join(messages)[-LONGEST_WORDS:]
        return level, flag, (Reason(rule="classifier", words=words, score=round(score, 3)),)


def decide(view: View, findings: Sequence[Finding], thresholds: Thresholds) -> tuple[Level, Flag]:
    """The level and flag of a view. What names the level is the graver of the first rule and the classifier's likeliest class.

    A rule that pages stands where the classifier sees risk of some kind too: it may then only be wrong about which.
    """
    paged_by_rule = bool(findings) and findings[0].flag is Flag.RED
    likeliest = RED_LEVELS[max(RED_LEVELS, key=lambda name: view.classes[name])]
    if view.red >= thresholds.red:
        named = findings[0].level if paged_by_rule else likeliest
        return max(likeliest, named, key=lambda level: level.urgency), Flag.RED
    if paged_by_rule and view.risk >= AGREED:
        return findings[0].level, Flag.RED
    if view.flag >= thresholds.flag:
        others = view.classes["third_party"] + view.classes["third_party_now"]
        own = view.classes["passive_low"] + sum(view.classes[name] for name in RED_LEVELS if name != "third_party_now")
        return (Level.THIRD_PARTY if others > own else Level.PASSIVE_LOW), Flag.AMBER
    if view.classes["historical"] >= thresholds.historical:
        return Level.HISTORICAL, Flag.NONE
    past = {finding.level for finding in findings} & {Level.HISTORICAL, Level.NEGATED}
    denied = view.classes["negated"] > view.classes["benign"]
    if Level.NEGATED in past or denied:
        return Level.NEGATED, Flag.NONE
    return Level.NONE, Flag.NONE
