"""Reading the YAML of `data/crisis`, with the file and line of whatever is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parents[2] / "data" / "crisis"
LINE = "__line__"


class RuleError(ValueError):
    """A file of `data/crisis` does not hold what it must; the message names the file and the line."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loader whose mappings remember their line and hold no key twice."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            raise RuleError(f"{key_node.start_mark.name}:{key_node.start_mark.line + 1}: {key!r} stands twice")
        found[key] = loader.construct_object(value_node, deep=True)
    return found | {LINE: node.start_mark.line + 1}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read(path: Path) -> Any:
    """The file's content; every mapping also holds its line under LINE. Raises RuleError."""
    with path.open(encoding="utf-8") as file:
        try:
            return yaml.load(file, Loader=_Loader)  # noqa: S506 - a subclass of the safe loader
        except yaml.YAMLError as e:
            raise RuleError(f"{path.name}: not YAML: {e}") from e
        except RuleError as e:
            raise RuleError(str(e).replace(str(path), path.name)) from e


def check_keys(entry: object, *, path: Path, known: Iterable[str], required: Iterable[str] = ()) -> Mapping[str, Any]:
    """The entry without its line, if it is a mapping with only known keys and all required ones. Raises RuleError."""
    if not isinstance(entry, dict):
        raise RuleError(f"{path.name}: expected a mapping, found {entry!r}")
    place = f"{path.name}:{entry.get(LINE, '?')}"
    keys = {str(key) for key in entry} - {LINE}
    if unknown := keys - set(known):
        raise RuleError(f"{place}: unknown keys {sorted(unknown)}")
    if missing := set(required) - keys:
        raise RuleError(f"{place}: missing {sorted(missing)}")
    return {key: value for key, value in entry.items() if key != LINE}


def entries(value: object, *, path: Path) -> dict[str, Any]:
    """A mapping of names to values, without its line. Raises RuleError."""
    if not isinstance(value, dict):
        raise RuleError(f"{path.name}: expected a mapping at its top")
    return {str(key): item for key, item in value.items() if key != LINE}
