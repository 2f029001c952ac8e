"""Signed tokens: made here, in time, and for one conversation."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from bot.gateway.sessions import LIFETIME, NotSignedIn, SessionExpired, Sessions

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
sessions = Sessions("a secret")


def test_a_token_gives_its_conversation():
    assert sessions.conversation(f"Bearer {sessions.token('c1', now=NOW)}", now=NOW) == "c1"


def test_a_token_ends_with_its_time():
    token = sessions.token("c1", now=NOW)
    sessions.conversation(f"Bearer {token}", now=NOW + LIFETIME - timedelta(seconds=1))
    with pytest.raises(SessionExpired):
        sessions.conversation(f"Bearer {token}", now=NOW + LIFETIME)


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer  ", "Basic {}", "Bearer {}x", "{}", "Bearer x.y.z", "Bearer \u00e9"]
)
def test_anything_else_is_refused(header):
    token = sessions.token("c1", now=NOW)
    with pytest.raises(NotSignedIn):
        sessions.conversation(header and header.format(token), now=NOW)


def test_a_token_of_another_key_or_with_changed_contents_is_refused():
    other = Sessions("another secret").token("c1", now=NOW)
    payload, _, signature = sessions.token("c1", now=NOW).rpartition(".")
    changed = base64.urlsafe_b64encode(b'["c2",9999999999]').decode().rstrip("=") + "." + signature
    for token in (other, changed):
        with pytest.raises(NotSignedIn):
            sessions.conversation(f"Bearer {token}", now=NOW)


def test_an_empty_secret_stops_start_up():
    with pytest.raises(ValueError, match="secret_key"):
        Sessions("")
