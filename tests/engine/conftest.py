"""Rasa for the tests: imported quietly, trained once if models/engine is stale, and run as the real processes."""

import asyncio
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.rasa import stand_in
from tests.engine.processes import Actions, Engine

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ("config.yml", "domain.yml", "data/nlu/*.yml", "data/rules/*.yml", "data/stories/*.yml", "bot/rasa/*.py")

stand_in.install()
with warnings.catch_warnings():
    # Rasa 3.6 and its libraries warn of their own age when they are imported; only our warnings are errors.
    warnings.simplefilter("ignore")
    import rasa.core.agent
    import rasa.core.run  # noqa: F401


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Later imports inside Rasa warn too; and the first test of a session may wait for training."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.filterwarnings("ignore::DeprecationWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore:Slot auto-fill has been removed"))
            item.add_marker(pytest.mark.timeout(400))


@pytest.fixture(scope="session")
def model(encoder_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained model: models/engine where it is newer than all it is made from, else one trained now."""
    built = ROOT / "models" / "engine" / "engine.tar.gz"
    sources = [path for pattern in TRAINING for path in ROOT.glob(pattern)]
    if built.exists() and built.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return built
    folder = tmp_path_factory.mktemp("model")
    command = [sys.executable, "-m", "bot.rasa", "train", "--config", "config.yml", "--domain", "domain.yml"]
    command += [
        "--data",
        "data/nlu",
        "data/rules",
        "data/stories",
        "--out",
        str(folder),
        "--fixed-model-name",
        "engine",
    ]
    trained = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert trained.returncode == 0, trained.stdout[-2000:] + trained.stderr[-2000:]
    return folder / "engine.tar.gz"


@pytest.fixture(scope="session")
def agent(model: Path) -> "rasa.core.agent.Agent":
    """The trained agent in this process, for what the NLU and the domain say."""
    loaded = rasa.core.agent.Agent.load(str(model))
    assert loaded.is_ready()
    return loaded


@pytest.fixture(scope="session")
def shared_actions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Actions]:
    """A running action server that no test stops."""
    actions = Actions(tmp_path_factory.mktemp("actions"))
    actions.start()
    yield actions
    actions.stop()


@pytest.fixture(scope="session")
def engine(model: Path, shared_actions: Actions, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A running engine that no test stops; each test takes a conversation of its own."""
    engine = Engine(tmp_path_factory.mktemp("engine"), model=model, actions_url=shared_actions.url)
    engine.start()
    yield engine
    engine.stop()


@pytest.fixture
def run() -> Iterator[object]:
    """Runs a coroutine to its end."""
    loop = asyncio.new_event_loop()
    yield loop.run_until_complete
    loop.close()
