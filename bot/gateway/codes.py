"""Codes that take a saved conversation up: `7K2F-9QXP`, easy to read aloud, the last character a check on the others.

A code is drawn from the installation's secret and the id of the message that shows it. So it is kept nowhere: the transcript holds MASK
in its place, the database its keyed digest (spa.saved), and whoever reads either of them has no code.
"""

from __future__ import annotations

import hmac
import re
from itertools import count
from typing import Any

from spa import messages
from spa.models import Author, Message
from spa.references import ALPHABET, check_character

SLOT = "{code}"
"""Where the text that the engine proposes wants the code."""
LINK_SLOT = "{link}"
"""Where it wants a link to the chat page that holds the code after the "#", which no browser sends to a server and no log keeps."""
MASK = "\u2022\u2022\u2022\u2022-\u2022\u2022\u2022\u2022"
BODY = 7
"""Characters without the check: 30**7, that is 22 thousand million; with tries limited, none is guessed in its seven days."""

_AROUND = r"\s*(?:\b(?:hi|hello|resume|continue|my|the|code|is|its|it's|saved?|chat|use|here)\b[\s:,.]*)*"
_CHARACTERS = f"[{ALPHABET}]"
_CODE = re.compile(
    rf"{_AROUND}({_CHARACTERS}{{4}})[\s.\u2010-\u2015_-]*({_CHARACTERS}{{4}})[\s.,!]*(?:please|thanks)?[\s.!]*",
    re.IGNORECASE,
)


class Codes:
    """Makes and reads codes with the installation's secret key."""

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("secret_key is empty: codes of saved chats need it")
        self._secret = secret.encode()

    def of(self, message_id: str) -> str:
        """The code that the message of this id shows."""
        for number in count():
            body = _body(int.from_bytes(self._keyed(f"code:{number}:{message_id}"), "big"))
            code = body + check_character(body)
            if not (code.isalpha() or code.isdigit()):  # neither a word nor a number can be taken for one
                return f"{code[:4]}-{code[4:]}"
        raise AssertionError("count() never ends")

    def digest(self, code: str) -> str:
        """What the database keeps of a code in its normal form; worth nothing without the secret."""
        return self._keyed(f"digest:{code}").hex()

    def shown(self, message: Message) -> str:
        """The text as the resident gets it: with the code."""
        if MASK not in message.text or message.author == Author.RESIDENT:
            return message.text
        return message.text.replace(MASK, self.of(message.id))

    def as_wire(self, message: Message) -> dict[str, Any]:
        """The message as the page gets it, with the code."""
        return messages.as_wire(message) | {"text": self.shown(message)}

    def _keyed(self, text: str) -> bytes:
        return hmac.digest(self._secret, f"resume:{text}".encode(), "sha256")


def read(text: str) -> str | None:
    """The code, in its normal form, that the text consists of ("resume 7k2f 9qxm"); None where it is none or was mistyped."""
    found = _CODE.fullmatch(text) if len(text) <= 100 else None
    if found is None:
        return None
    code = (found[1] + found[2]).upper()
    if code.isalpha() or code.isdigit() or check_character(code[:BODY]) != code[BODY]:
        return None
    return f"{code[:4]}-{code[4:]}"


def _body(number: int) -> str:
    characters = []
    for _ in range(BODY):
        number, place = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[place])
    return "".join(characters)
