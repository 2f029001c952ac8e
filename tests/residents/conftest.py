"""The same whole installation that the journeys run on."""

from tests.journeys.conftest import hook, installation, mail, twilio  # noqa: F401
