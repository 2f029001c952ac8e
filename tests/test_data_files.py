"""The YAML files that texts, rules and questions live in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
FILES = sorted((ROOT / "data").rglob("*.yml"))


def twice(node: yaml.Node) -> Iterator[str]:
    """Keys that one mapping has more than once: YAML would let the last one win."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        yield from {key for key in keys if keys.count(key) > 1}
    for part in node.value if isinstance(node, yaml.CollectionNode) else ():
        for inner in part if isinstance(part, tuple) else (part,):
            yield from twice(inner)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_stands_twice_in_a_data_file(path: Path) -> None:
    assert list(twice(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))) == []
