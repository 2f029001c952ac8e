"""What surrounds a rule's hit and lowers it: denial, the past, somebody else, reported speech, a question, fiction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.crisis.assessment import Level
from bot.crisis.normalise import BREAK, COMMA, NEXT, QUESTION
from bot.crisis.patterns import Span, Text
from bot.crisis.rulebook import Cues, Rule

SELF_LEVELS = frozenset({Level.CRISIS_IMMINENT, Level.CRISIS_ACTIVE, Level.SELF_HARM, Level.PASSIVE_LOW})
_STOPS = (BREAK, QUESTION, NEXT)
_FIRST = frozenset({"i", "myself", "me", "my", "mine"})
_FIRST_SPEAKING = frozenset({"i", "never"})
_SUBJECTS = frozenset({"i", "he", "she", "they", "we", "you", "it", "there"})
# How far, in tokens, each context is looked for around a hit.
NEAR = 14
PAST_NEAR = 30


@dataclass(frozen=True)
class Surroundings:
    """A text with the cues found in it, each searched for when first needed."""

    text: Text
    cues: Cues

    def _spans(self, name: str) -> list[Span]:
        return [span for pattern in self.cues.patterns[name] for span in pattern.spans(self.text)]

    @cached_property
    def _found(self) -> dict[str, list[Span]]:
        return {}

    def spans(self, name: str) -> list[Span]:
        """Every place of one kind of cue."""
        if name not in self._found:
            self._found[name] = self._spans(name)
        return self._found[name]

    @cached_property
    def denials(self) -> list[Span]:
        """Negations that really deny."""
        pseudo = self.spans("pseudo_negations")
        return [span for span in self.spans("negations") if not any(span.overlaps(other) for other in pseudo)]

    @cached_property
    def clause_ends(self) -> frozenset[int]:
        """Token indexes at which a new clause begins."""
        return frozenset(span.start for pattern in self.cues.clause_ends for span in pattern.spans(self.text))

    @cached_property
    def returned(self) -> bool:
        """Whether something says that the past is back, or that it is recent."""
        not_returns = self.spans("not_returns")
        return any(not any(span.overlaps(other) for other in not_returns) for span in self.spans("returns"))

    def lowered(self, hit: Span, rule: Rule) -> tuple[Level, str] | None:
        """The level a hit is lowered to and the context that does it; None where it stands."""
        for name in ORDER:
            if name in rule.heeds:
                level = CHECKS[name](self, hit, rule)
                if level is not None:
                    return level, name
        return None

    def is_idiom(self, hit: Span) -> bool:
        """Whether the hit is part of a saying that means something else."""
        return any(span.overlaps(hit) for span in self.spans("idioms"))

    def near(self, spans: list[Span], hit: Span, *, within: int) -> bool:
        """Whether one of the spans stands close to the hit."""
        return any(span.start < hit.end + within and hit.start - within < span.end for span in spans)

    def negation(self, hit: Span, rule: Rule) -> Level | None:
        """Denied: "not", "no thoughts of" before it in the same clause."""
        return Level.NEGATED if any(self._reaches(denial, hit) for denial in self.denials) else None

    def _reaches(self, denial: Span, hit: Span) -> bool:
        tokens = self.text.tokens
        if denial.start >= hit.start or hit.start - denial.end > self.cues.reach_at_most + 8:
            return False
        between = [tokens[i].norm for i in range(denial.end, hit.start)]
        in_list = "or" in between or "nor" in between
        if len(between) > self.cues.reach_at_most and not in_list:
            return False
        before = tokens[denial.end - 1].norm
        for i, word in enumerate(between, start=denial.end):
            follows = tokens[i + 1].norm
            if word in _STOPS or i in self.clause_ends or (word == COMMA and follows in _SUBJECTS):
                return False
            if word in _SUBJECTS and before not in self.cues.reach_over:
                return False
            if not in_list and word not in self.cues.reach_words and word != COMMA and word not in _SUBJECTS:
                return False
            before = word
        first = tokens[hit.start].norm
        opens_clause = hit.start in self.clause_ends or (first in _SUBJECTS and before not in self.cues.reach_over)
        return not opens_clause

    def denied_after(self, hit: Span, rule: Rule) -> Level | None:
        """Denied after a noun: "suicidal thoughts: no"."""
        tokens = self.text.tokens
        start = hit.end
        while start < len(tokens) and tokens[start].norm in (BREAK, QUESTION, COMMA) and start < hit.end + 2:
            start += 1
        for span in self.spans("denied_after"):
            after = tokens[span.end].norm if span.end < len(tokens) else BREAK
            if span.start in (hit.end, start) and (after in (*_STOPS, COMMA) or span.end - span.start > 1):
                return Level.NEGATED
        return None

    def historical(self, hit: Span, rule: Rule) -> Level | None:
        """In the past, and nothing says that it is back."""
        if self.returned or not self.near(self.spans("historical"), hit, within=PAST_NEAR):
            return None
        words = {token.norm for token in self.text.tokens[max(hit.start - 2, 0) : hit.end]}
        return None if words & self.cues.present else Level.HISTORICAL

    def third(self, hit: Span, rule: Rule) -> Level | None:
        """Said of somebody else: the nearest subject before the hit, in its clause, is not the writer."""
        tokens = self.text.tokens
        if rule.level not in SELF_LEVELS or any(tokens[i].norm in _FIRST for i in range(hit.start, hit.end)):
            return None
        start = hit.start
        while start > 0 and tokens[start - 1].norm not in _STOPS and hit.start - start < NEAR:
            start -= 1
        others = [span.end for span in self.spans("third_subjects") if start <= span.start and span.end <= hit.start]
        own = [i + 1 for i in range(start, hit.start) if tokens[i].norm in ("i", "myself", "me")]
        if not others or max(own, default=-1) > max(others):
            return None
        linked = {tokens[i].norm for i in range(max(others), hit.start)} & {"and", "so", "now"}
        return None if linked else Level.THIRD_PARTY

    def reported(self, hit: Span, rule: Rule) -> Level | None:
        """Somebody asked or thinks it, and the writer says that it is not so."""
        tokens = self.text.tokens
        before = [
            span
            for span in self.spans("reported")
            if span.start < hit.start
            and hit.start - span.end <= 10
            and not {token.norm for token in tokens[max(span.start - 2, 0) : span.start]} & _FIRST_SPEAKING
        ]
        denied = [span for span in self.spans("deny_reported") if not hit.overlaps(span)]
        return Level.NEGATED if before and denied else None

    def question(self, hit: Span, rule: Rule) -> Level | None:
        """Asking what would happen on saying so: never silence, but not a disclosure yet."""
        if rule.level not in SELF_LEVELS or rule.level is Level.CRISIS_IMMINENT:
            return None
        asked = [span for span in self.spans("question") if span.start <= hit.start and hit.start - span.end <= 6]
        return Level.PASSIVE_LOW if asked and rule.level is not Level.PASSIVE_LOW else None

    def _mentioned(self, name: str) -> Callable[[Span], bool]:
        return lambda hit: self.near(self.spans(name), hit, within=NEAR)

    def joke(self, hit: Span, rule: Rule) -> Level | None:
        """Laughed about."""
        return Level.NONE if self._mentioned("joke")(hit) else None

    def about(self, hit: Span, rule: Rule) -> Level | None:
        """A film, a song, a course."""
        return Level.NONE if self._mentioned("about")(hit) else None

    def service(self, hit: Span, rule: Rule) -> Level | None:
        """A question about what the service or the form is for."""
        return Level.NONE if self._mentioned("service")(hit) else None


ORDER = ("denied_after", "negation", "reported", "historical", "third", "question", "about", "service", "joke")
CHECKS: Mapping[str, Callable[[Surroundings, Span, Rule], Level | None]] = {
    "denied_after": Surroundings.denied_after,
    "negation": Surroundings.negation,
    "reported": Surroundings.reported,
    "historical": Surroundings.historical,
    "third": Surroundings.third,
    "question": Surroundings.question,
    "about": Surroundings.about,
    "service": Surroundings.service,
    "joke": Surroundings.joke,
}
