"""The fixed cards in other languages, `data/crisis/replies_languages.yml`. Nothing of what the resident wrote ever enters them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.crisis.assessment import Flag, Level
from bot.crisis.datafile import FOLDER, RuleError, check_keys, entries, read
from bot.directory import Directory
from bot.language.identify import TAGS

KINDS = ("red", "amber", "other")


@dataclass(frozen=True)
class ForeignCards:
    """`texts`: language tag -> kind of card -> its text, filled."""

    texts: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, directory: Directory, *, path: Path = FOLDER / "replies_languages.yml") -> ForeignCards:
        """Read, check and fill the file. Raises RuleError, or DirectoryError for a line that may not be shown."""
        data = entries(read(path), path=path)
        if data.keys() != set(TAGS):
            raise RuleError(f"{path.name}: unknown or missing languages {sorted(data.keys() ^ set(TAGS))}")
        return cls({tag: _texts(entry, directory=directory, path=path) for tag, entry in data.items()})

    def card(self, tag: str, *, level: Level, flag: Flag) -> dict[str, str]:
        """The card of a language for what was found. Abuse gets the one without a word of it: somebody else may read the chat."""
        if flag is Flag.NONE or level is Level.SAFEGUARDING:
            return {"kind": "text", "text": self.texts[tag]["other"]}
        return {"kind": "crisis", "text": self.texts[tag]["red" if flag is Flag.RED else "amber"]}


def _texts(entry: object, *, directory: Directory, path: Path) -> dict[str, str]:
    fields = check_keys(entry, path=path, known=KINDS, required=KINDS)
    return {kind: directory.fill(str(text)) for kind, text in fields.items()}
