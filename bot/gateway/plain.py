"""The chat as plain forms, for browsers without scripts: the same questions, the same screen, the same introduction.

The handle of the conversation is a cookie that ends with the browser, is sent to these addresses only and to no other site's request.
Each form carries the id of its message, so that one sent twice counts once.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.gateway import bodies, visits
from bot.gateway.incoming import LONGEST_TEXT, Incoming, clean
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.sessions import NotSignedIn, SessionExpired
from bot.gateway.site import Site
from bot.gateway.web import LONGEST_CHOICE, MESSAGE_ID, peer
from spa.models import Channel

PATH = "/plain"
COOKIE = "plain_chat"
ELSEWHERE = "https://www.bbc.co.uk/weather"
Handler = Callable[[Request], Awaitable[Response]]


def _explained(handler: Handler) -> Handler:
    """A problem becomes a page that says it, with the lines and a way on."""

    async def explaining(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as e:
            said = await _said(request) if e.status not in (401, 410) else None
            return _page(request, said, trouble=e.detail, status=e.status)

    return explaining


@_explained
async def show(request: Request) -> Response:
    """GET /plain: what was said and a form for the open question; without a conversation, how to begin one."""
    if COOKIE not in request.cookies:
        return _page(request, None)
    return _page(request, await asyncio.to_thread(visits.transcript, request.app.state.parts, _conversation(request)))


@_explained
async def begin(request: Request) -> Response:
    """POST /plain/begin: a new conversation."""
    parts: Parts = request.app.state.parts
    now = parts.clock()
    wait = parts.openings.take(peer(request), now=now)
    if wait is not None:
        raise visits.slow_down(wait, parts.wording.too_many_chats)
    return _signed_in(request, await asyncio.to_thread(visits.begin, parts, now=now))


@_explained
async def take_up(request: Request) -> Response:
    """POST /plain/code: a saved conversation, by its code."""
    parts: Parts = request.app.state.parts
    code = _one(await bodies.read_form(request), "code")
    opened = await asyncio.to_thread(visits.take_up, parts, code, who=peer(request), now=parts.clock())
    parts.hub.notify(opened["session"])
    return _signed_in(request, opened)


@_explained
async def say(request: Request) -> Response:
    """POST /plain: one message, then the page again."""
    parts: Parts = request.app.state.parts
    conversation_id = _conversation(request)
    incoming = _incoming(await bodies.read_form(request))
    heard = await visits.hear(parts, conversation_id, incoming, now=parts.clock())
    if heard.wait is not None:
        raise visits.slow_down(heard.wait, "We have your message. Please wait a little before the next one.")
    return _back(request)


@_explained
async def forget(request: Request) -> Response:
    """POST /plain/forget: the unsent conversation is deleted. Raises Problem 409 where it was handed over."""
    parts: Parts = request.app.state.parts
    if not await asyncio.to_thread(visits.forget, parts, _conversation(request), now=parts.clock()):
        raise visits.handed_over()
    return _signed_out(_back(request))


async def leave(request: Request) -> Response:
    """GET /plain/leave: the browser forgets the conversation and goes elsewhere. By a link: no form may lead to another site."""
    return _signed_out(RedirectResponse(ELSEWHERE, status_code=303))


def _conversation(request: Request) -> str:
    """The conversation of the cookie. Raises Problem 401."""
    parts: Parts = request.app.state.parts
    try:
        return parts.sessions.conversation(f"Bearer {request.cookies.get(COOKIE, '')}", now=parts.clock())
    except SessionExpired as e:
        raise Problem(401, "expired", parts.wording.expired) from e
    except NotSignedIn as e:
        raise Problem(401, "signed_out", parts.wording.signed_out) from e


async def _said(request: Request) -> list[dict[str, Any]] | None:
    """What was said in the conversation of the cookie, or None where there is none."""
    try:
        return await asyncio.to_thread(visits.transcript, request.app.state.parts, _conversation(request))
    except Problem:
        return None


def _incoming(fields: Mapping[str, list[str]]) -> Incoming:
    """The message of a form. Words beside a choice stand after its label. Raises Problem 400 or 413."""
    key, text = _one(fields, "id"), clean(_one(fields, "text").replace("\r\n", "\n"))
    chosen = [value.partition("=") for value in fields.get("choice", [])]
    choice, label = ",".join(value for value, _, _ in chosen), ", ".join(label for _, _, label in chosen)
    if not MESSAGE_ID.fullmatch(key):
        raise Problem(400, "bad_id", "That form was not whole. Please try again.")
    if len(text) > LONGEST_TEXT or len(choice) > LONGEST_CHOICE or len(label) > LONGEST_CHOICE:
        raise bodies.too_long()
    words = f"{clean(label)}. {text}" if choice and text.strip() else text
    return Incoming(key=key, text=words, choice=clean(choice) or None, by=Channel.WEB)


def _one(fields: Mapping[str, list[str]], name: str) -> str:
    return fields.get(name, [""])[0]


def _page(
    request: Request, said: list[dict[str, Any]] | None, *, trouble: str | None = None, status: int = 200
) -> Response:
    parts: Parts = request.app.state.parts
    site: Site = request.app.state.site
    source = site.now().plain_for(request.query_params.get("lang", ""))
    shown = said or []
    own = [place for place, message in enumerate(shown) if message["from"] == "resident"]
    last = next((message for message in reversed(shown) if message["from"] != "resident" and message.get("ask")), None)
    filled = _template(source).render(
        before=shown[: own[-1]] if own else [],
        now=shown[own[-1] :] if own else shown,
        asked=last or {},
        begun=said is not None,
        waiting=bool(own) and own[-1] == len(shown) - 1,
        id=str(uuid.uuid4()),
        trouble=trouble,
        query=_query(request),
        number=parts.settings.twilio_from if parts.settings.sms_enabled else "",
        longest=LONGEST_TEXT,
    )
    return HTMLResponse(filled, status_code=status)


@lru_cache(maxsize=16)
def _template(source: str) -> Template:
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)


def _query(request: Request) -> str:
    """The chosen language, kept from page to page."""
    lang = request.query_params.get("lang", "")
    site: Site = request.app.state.site
    return f"?lang={lang}" if lang in site.now().pages else ""


def _back(request: Request) -> Response:
    return RedirectResponse(f"{PATH}{_query(request)}#now", status_code=303)


def _signed_in(request: Request, opened: Mapping[str, Any]) -> Response:
    parts: Parts = request.app.state.parts
    response = _back(request)
    response.set_cookie(
        COOKIE, opened["token"], path=PATH, httponly=True, samesite="strict", secure=parts.settings.cookies_secure
    )
    return response


def _signed_out(response: Response) -> Response:
    response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")
    return response


routes = [
    Route(PATH, show, methods=["GET"]),
    Route(PATH, say, methods=["POST"]),
    Route(f"{PATH}/begin", begin, methods=["POST"]),
    Route(f"{PATH}/code", take_up, methods=["POST"]),
    Route(f"{PATH}/forget", forget, methods=["POST"]),
    Route(f"{PATH}/leave", leave, methods=["GET"]),
]
