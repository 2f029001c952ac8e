"""Every command of the README is one that works, and every file it names is there."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TARGETS = sorted(set(re.findall(r"`?make ([a-z-]+)`?", README)))
LINES = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]
COMMANDS = [line for line in LINES if "frontdoor" in line]
PATHS = sorted(set(re.findall(r"(?:\]\(|`)((?:docs|data|bench|scripts)/[\w./-]+)", README)))


@pytest.mark.parametrize("target", TARGETS)
def test_readme_make_target_exists(target):
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_readme_command_runs(command, tmp_path):
    environment = {"PATH": "/usr/bin:/bin", "FRONTDOOR_VAR": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", PATHS)
def test_readme_names_files_that_are_there(path):
    assert (ROOT / path).exists()
