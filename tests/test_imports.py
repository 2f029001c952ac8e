"""Holds the table of rooms in docs/architecture.md against the imports, and keeps loading out of import time."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Longest prefix wins. What each room may import of ours, itself always included.
ROOMS = {
    "bot.directory": (),
    "bot.language": (),
    "bot.intake": ("bot.directory", "bot.language"),
    "bot.crisis": ("bot.directory", "bot.language"),
    "bot.crisis.assessment": (),
    "bot.needs": ("bot.intake", "bot.language"),
    "bot.rasa": ("bot.intake", "bot.language"),
    "actions": ("bot.intake", "bot.rasa"),
    "spa": ("bot.crisis.assessment",),
    "spa.console": ("spa", "bot.intake", "bot.crisis.assessment", "bot.directory", "frontdoor.settings"),
    "bot.gateway": (
        "bot.directory",
        "bot.language",
        "bot.intake",
        "bot.needs",
        "bot.crisis",
        "spa",
        "frontdoor.settings",
    ),
    "frontdoor": ("bot", "actions", "spa"),
    "frontdoor.settings": (),
}
# Nothing but the command line may know the two apps.
CLOSED = ("bot.gateway", "spa.console")
FILES = sorted(path for room in ("bot", "actions", "spa", "frontdoor") for path in (ROOT / room).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str | None:
    rooms = [room for room in ROOMS if module == room or module.startswith(room + ".")]
    return max(rooms, key=len) if rooms else None


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are written out in full"
            found |= {node.module} | {
                f"{node.module}.{alias.name}" for alias in node.names if is_module(f"{node.module}.{alias.name}")
            }
    return {name for name in found if name.split(".")[0] in ("bot", "actions", "spa", "frontdoor")}


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").exists()


def allowed(room: str, target: str) -> bool:
    target_room = room_of(target)
    if target in ("bot", "spa", "frontdoor", "actions") or target_room == room:
        return True
    if target_room in CLOSED and not room.startswith("frontdoor"):
        return False
    return any(within(target, permitted) for permitted in (room, *ROOMS[room]))


@pytest.mark.parametrize("path", FILES, ids=module_of)
def test_imports_point_one_way(path):
    room = room_of(module_of(path))
    if room is None:
        assert path.name == "__init__.py", f"{path} is in no room of docs/architecture.md"
        return
    wrong = sorted(name for name in imports(path) if not allowed(room, name))
    assert not wrong, f"{module_of(path)} may not import {wrong}"


def test_rooms_are_those_of_the_documentation():
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    documented = {
        line.split("|")[1].split("(")[0].strip().strip("`") for line in table.splitlines() if line.startswith("| `")
    }
    assert set(ROOMS) - {"bot.crisis.assessment", "frontdoor.settings"} <= documented


def test_importing_the_rooms_opens_no_file_of_data_and_no_connection(tmp_path):
    """Every front module is imported with `open` of data files, sockets and threads refused."""
    modules = [module_of(path) for path in FILES if room_of(module_of(path)) not in ("bot.rasa", "actions")]
    modules = [name for name in modules if not within(name, "spa.migrations")]  # run by Alembic, not imported
    script = f"""
import importlib, sys
def refuse(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].startswith({str(ROOT / "data")!r}):
        raise RuntimeError(f"opened {{args[0]}} at import")
    if event in ("socket.connect", "sqlite3.connect"):
        raise RuntimeError(f"{{event}} at import")
sys.addaudithook(refuse)
for name in {modules!r}:
    importlib.import_module(name)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
