"""A stock Rasa bot on its own Twilio channel, trained on the spot, for bench/sms.py to hold Front Door against."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.journeys.installation import ROOT, eventually
from tests.serving import free_port
from tests.twilio_server.server import ACCOUNT, NUMBER, TOKEN

PYTHON = ROOT / ".venv-engine" / "bin" / "python"
FILES = {
    "config.yml": """
recipe: default.v1
language: en
pipeline:
- name: WhitespaceTokenizer
- name: CountVectorsFeaturizer
- name: LogisticRegressionClassifier
policies:
- name: RulePolicy
assistant_id: stock
""",
    "domain/stock.yml": """
version: "3.1"
intents: [tell, greet]
responses:
  utter_go_on:
  - text: "Thank you. What else has been happening?"
  utter_hello:
  - text: "Hello. What has been happening?"
""",
    "data/stock.yml": """
version: "3.1"
nlu:
- intent: tell
  examples: |
    - my landlord wants me out
    - I cannot sleep
    - I am behind with the rent
- intent: greet
  examples: |
    - hello
    - hi there
rules:
- rule: tell
  steps: [{intent: tell}, {action: utter_go_on}]
- rule: greet
  steps: [{intent: greet}, {action: utter_hello}]
""",
    "endpoints.yml": "",
    "credentials.yml": f"bench.stock_twilio.StockTwilio:\n  account_sid: {ACCOUNT}\n  auth_token: {TOKEN}\n  twilio_number: '{NUMBER}'\n",
}


ALL = "/say_it_all"
"""What a text must say for the bot to send every message of `says`, one after the other: an intent by its name."""


@contextmanager
def stock_rasa(folder: Path, *, twilio: str, says: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The address of its webhook, for as long as the block runs. `says`: messages of the wire contract, the choices as Rasa's buttons."""
    for name in ("domain", "data"):
        (folder / name).mkdir()
    for name, content in {**FILES, **_saying(says)}.items():
        (folder / name).write_text(content)
    environment = {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
        "TWILIO_BASE_URL": twilio,
        "RASA_TELEMETRY_ENABLED": "false",
        "MAX_NUMBER_OF_PREDICTIONS": "100",  # messages in one turn
    }
    rasa = [str(PYTHON), "-m", "bot.rasa"]
    with (folder / "rasa.log").open("wb") as log:
        options = {"cwd": folder, "env": environment, "stdout": log, "stderr": log}
        train = ["train", "--config", "config.yml", "--domain", "domain", "--data", "data", "--out", "models"]
        subprocess.run([*rasa, *train], check=True, **options)
        port = free_port()
        run = ["run", "--model", "models", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
        process = subprocess.Popen([*rasa, *run, "--interface", "127.0.0.1", "--port", str(port)], **options)
        try:
            address = f"http://127.0.0.1:{port}/webhooks/twilio"
            eventually(lambda: _answers(f"{address}/"), seconds=90, what=f"stock Rasa ({folder}/rasa.log)")
            yield f"{address}/webhook"
        finally:
            process.terminate()
            process.wait(20)


def _saying(says: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Domain and data of one more rule: asked for it, every message goes out."""
    responses = {f"utter_{number}": [_response(message)] for number, message in enumerate(says)}
    steps = [{"intent": "say_it_all"}, *({"action": name} for name in responses)]
    domain = {"version": "3.1", "intents": ["say_it_all"], "responses": responses}
    data = {"version": "3.1", "rules": [{"rule": "say it all", "steps": steps}]}
    return {"domain/saying.yml": yaml.safe_dump(domain), "data/saying.yml": yaml.safe_dump(data)}


def _response(message: Mapping[str, Any]) -> dict[str, Any]:
    buttons = [{"title": one["label"], "payload": one["value"]} for one in message.get("choices") or ()]
    return {"text": message["text"], **({"buttons": buttons} if buttons else {})}


def _answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
