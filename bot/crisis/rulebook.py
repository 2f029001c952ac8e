"""The rules of `data/crisis`, read, checked and compiled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.crisis.assessment import Level
from bot.crisis.datafile import FOLDER, LINE, RuleError, check_keys, entries, read
from bot.crisis.normalise import Normaliser, Spellings
from bot.crisis.patterns import Compiler, Pattern, PatternError

# What lowers a hit of any rule, unless the rule says that it ignores it.
ALWAYS = frozenset({"negation", "historical", "third", "reported", "question"})
# What lowers a hit only of a rule that says that it heeds it.
ON_REQUEST = frozenset({"joke", "about", "service", "denied_after"})
RULE_KEYS = ("id", "level", "patterns", "unless", "with", "ignores", "heeds", "urgent", "discreet", "firm")


@dataclass(frozen=True)
class Rule:
    """One rule: any pattern is a hit, unless an `unless` stands close by; `needs` must stand somewhere in the text.

    `urgent`: a life may be at risk now although it is somebody else's; `discreet`: phone or chat may be watched; `firm`: what it
    finds stands whatever the classifier says (which reads English only, and does not know who else may be reading).
    """

    id: str
    level: Level
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    needs: tuple[Pattern, ...] = ()
    heeds: frozenset[str] = ALWAYS
    urgent: bool = False
    discreet: bool = False
    firm: bool = False


@dataclass(frozen=True)
class Reading:
    """One reading of an answer: its level, if a pattern fits and no `unless` does."""

    level: Level
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...] = ()
    when: str | None = None


@dataclass(frozen=True)
class QuestionKind:
    """A kind of question: by ask id, or recognised in words; and how its answers are read."""

    kind: str
    asks: frozenset[str]
    questions: tuple[Pattern, ...]
    answers: tuple[Reading, ...]


@dataclass(frozen=True)
class Cues:
    """`context.yml`: what lowers a hit, and what keeps it from being lowered."""

    patterns: Mapping[str, tuple[Pattern, ...]]
    clause_ends: tuple[Pattern, ...]
    reach_over: frozenset[str]
    reach_words: frozenset[str]
    reach_at_most: int
    present: frozenset[str]


PATTERN_CUES = [
    "idioms",
    "sayings",
    "pseudo_negations",
    "negations",
    "denied_after",
    "historical",
    "returns",
    "not_returns",
    "reported",
    "deny_reported",
    "question",
    "about",
    "service",
    "joke",
    "third_subjects",
]


@dataclass(frozen=True)
class Rulebook:
    """All that the screen knows, compiled."""

    normaliser: Normaliser
    rules: tuple[Rule, ...]
    cues: Cues
    questions: tuple[QuestionKind, ...]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Rulebook:
        """Read every file of the folder. Raises RuleError with file and line."""
        normaliser = Normaliser(Spellings.load(folder / "normalise.yml"))
        lexicon_path = folder / "lexicon.yml"
        lexicon = {
            name: _texts(lines, path=lexicon_path)
            for name, lines in entries(read(lexicon_path), path=lexicon_path).items()
        }
        build = _Build(Compiler(lexicon, spell=normaliser.words))
        rules = tuple(rule for path in sorted((folder / "rules").glob("*.yml")) for rule in build.rules(path))
        _unique([rule.id for rule in rules])
        return cls(normaliser, rules, build.cues(folder / "context.yml"), build.questions(folder / "answers.yml"))


class _Build:
    """Turns checked entries into compiled values."""

    def __init__(self, compiler: Compiler) -> None:
        self._compiler = compiler

    def _patterns(self, value: object, *, path: Path, line: object) -> tuple[Pattern, ...]:
        try:
            return self._compiler.compile_all(_texts(value, path=path))
        except PatternError as e:
            raise RuleError(f"{path.name}:{line}: {e}") from e

    def rules(self, path: Path) -> list[Rule]:
        data = read(path)
        if not isinstance(data, list):
            raise RuleError(f"{path.name}: expected a list of rules")
        return [self._rule(entry, path=path) for entry in data]

    def _rule(self, entry: object, *, path: Path) -> Rule:
        fields = check_keys(entry, path=path, known=RULE_KEYS, required=("id", "level", "patterns"))
        line = entry[LINE] if isinstance(entry, dict) else "?"
        ignores, heeds = set(fields.get("ignores", ())), set(fields.get("heeds", ()))
        unknown = (ignores - ALWAYS - ON_REQUEST) | (heeds - ON_REQUEST)
        if unknown:
            raise RuleError(f"{path.name}:{line}: unknown contexts {sorted(unknown)}")
        return Rule(
            id=str(fields["id"]),
            level=_level(fields["level"], path=path, line=line),
            patterns=self._patterns(fields["patterns"], path=path, line=line),
            unless=self._patterns(fields.get("unless", []), path=path, line=line),
            needs=self._patterns(fields.get("with", []), path=path, line=line),
            heeds=(ALWAYS - ignores) | heeds,
            urgent=bool(fields.get("urgent", False)),
            discreet=bool(fields.get("discreet", False)),
            firm=bool(fields.get("firm", False)),
        )

    def cues(self, path: Path) -> Cues:
        words = ("reach_over", "reach_words", "reach_at_most", "present")
        known = (*PATTERN_CUES, "clause_ends", *words)
        fields = check_keys(read(path), path=path, known=known, required=known)
        return Cues(
            patterns={name: self._patterns(fields[name], path=path, line=name) for name in PATTERN_CUES},
            clause_ends=self._patterns(fields["clause_ends"], path=path, line="clause_ends"),
            reach_over=frozenset(_texts(fields["reach_over"], path=path)),
            reach_words=frozenset(str(fields["reach_words"]).split()),
            reach_at_most=int(fields["reach_at_most"]),
            present=frozenset(_texts(fields["present"], path=path)),
        )

    def questions(self, path: Path) -> tuple[QuestionKind, ...]:
        data = read(path)
        if not isinstance(data, list):
            raise RuleError(f"{path.name}: expected a list of kinds of question")
        return tuple(self._question(entry, path=path) for entry in data)

    def _question(self, entry: Any, *, path: Path) -> QuestionKind:
        known = ("kind", "asks", "questions", "answers")
        fields = check_keys(entry, path=path, known=known, required=known)
        answers = tuple(self._reading(reading, path=path) for reading in fields["answers"])
        questions = self._patterns(fields["questions"], path=path, line=entry[LINE])
        return QuestionKind(str(fields["kind"]), frozenset(fields["asks"]), questions, answers)

    def _reading(self, entry: Any, *, path: Path) -> Reading:
        fields = check_keys(
            entry, path=path, known=("level", "patterns", "unless", "when"), required=("level", "patterns")
        )
        line = entry[LINE]
        return Reading(
            level=_level(fields["level"], path=path, line=line),
            patterns=self._patterns(fields["patterns"], path=path, line=line),
            unless=self._patterns(fields.get("unless", []), path=path, line=line),
            when=fields.get("when"),
        )


def _texts(value: object, *, path: Path) -> Sequence[str]:
    if not isinstance(value, list):
        raise RuleError(f"{path.name}: expected a list of texts, found {value!r}")
    # YAML reads bare yes, no and numbers as something else than text.
    wrong = [item for item in value if not isinstance(item, str)]
    if wrong:
        raise RuleError(f"{path.name}: put quotes around {wrong[0]!r}")
    return value


def _level(value: object, *, path: Path, line: object) -> Level:
    try:
        return Level(value)
    except ValueError as e:
        raise RuleError(f"{path.name}:{line}: unknown level {value!r}") from e


def _unique(ids: Sequence[str]) -> None:
    twice = {name for name in ids if ids.count(name) > 1}
    if twice:
        raise RuleError(f"rules: ids stand twice: {sorted(twice)}")
