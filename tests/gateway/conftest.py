"""One gateway with an engine that works, for the tests that need no other; each has residents of its own."""

import pytest

from bot.crisis.screen import Screen
from tests.gateway.documents import document_of
from tests.gateway.played_engine import PlayedEngine, heard
from tests.gateway.town import settings
from tests.gateway.town import town as make_town


@pytest.fixture(scope="session")
def screen():
    """The real crisis screen."""
    return Screen.load()


@pytest.fixture(scope="session")
def _shared_town(tmp_path_factory, screen):
    with make_town(settings(tmp_path_factory.mktemp("town")), screen, engine=PlayedEngine()) as made:
        yield made


@pytest.fixture
def town(_shared_town):
    """The shared gateway, its engine back to normal."""
    _shared_town.engine.script, _shared_town.engine.mode = heard, "ok"
    yield _shared_town
    _shared_town.engine.script, _shared_town.engine.mode = heard, "ok"


@pytest.fixture
def page(town):
    """A resident on the chat page."""
    return town.page()


@pytest.fixture
def phone(town):
    """A phone that has never texted."""
    return town.phone()


@pytest.fixture
def bare_settings(tmp_path):
    """Settings of a gateway of the test's own."""
    return settings(tmp_path)


@pytest.fixture
def document():
    """Makes a valid document for a conversation."""
    return document_of
