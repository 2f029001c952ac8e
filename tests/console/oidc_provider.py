"""A real OpenID Connect provider in a process of its own, with fictional staff."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.serving import free_port

GROUPS = {
    "grace": ["everybody", "spa-clinicians"],
    "sam": ["spa-managers", "spa-clinicians"],
    "visitor": ["everybody"],
    "tom": ["spa-clinicians"],
}
WAIT = 60


@contextmanager
def oidc_provider() -> Iterator[str]:
    """Its issuer, for as long as the block runs."""
    port = free_port()
    people = [
        {"sub": sub, "name": f"{sub.title()} Example", "preferred_username": sub, "groups": groups}
        for sub, groups in GROUPS.items()
    ]
    claims = [word for person in people for word in ("--user-claims", json.dumps(person))]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce", "true", *claims]
    process = subprocess.Popen(command, env=os.environ | {"NO_COLOR": "1"}, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        _wait_for(issuer, process)
        yield issuer
    finally:
        process.terminate()
        process.wait(timeout=10)


def vouch(address: str, sub: str, *, action: str = "authorize") -> dict[str, str]:
    """Log in there (or refuse with `action="deny"`); what it sends back to us."""
    answer = httpx.post(address, data={"sub": sub, "action": action}, follow_redirects=False, timeout=20)
    assert answer.status_code in (302, 303), answer.status_code
    return dict(httpx.URL(answer.headers["location"]).params)


def say(issuer: str, sub: str, **claims: object) -> None:
    """Let it say something else of somebody from now on."""
    httpx.put(f"{issuer}/users/{sub}", json=claims, timeout=20).raise_for_status()


def _wait_for(issuer: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        assert process.poll() is None, "the provider did not start"
        try:
            httpx.get(f"{issuer}/.well-known/openid-configuration", timeout=5).raise_for_status()
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the provider did not answer")
