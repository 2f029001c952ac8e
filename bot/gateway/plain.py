"""The chat as plain forms, for browsers without scripts: the same questions, the same screen, the same introduction.

The handle of the conversation is a cookie that ends with the browser, is sent to these addresses only and to no other site's request.
Each form carries the id of its message, so that one sent twice counts once.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.gateway import bodies, fields, visits
from bot.gateway.fields import FIELDS, Filled
from bot.gateway.incoming import LONGEST_TEXT
from bot.gateway.parts import Parts
from bot.gateway.problems import Problem
from bot.gateway.sessions import NotSignedIn, SessionExpired
from bot.gateway.site import Site
from bot.gateway.web import LONGEST_CHOICE, MESSAGE_ID, peer
from bot.intake import questions

PATH = "/plain"
COOKIE = "plain_chat"
ELSEWHERE = "https://www.bbc.co.uk/weather"
AGAIN = "again"
"""In the address: what was filled in could not be read, and is shown beside its field."""
NEVER_SKIPPED = ("check",)
"""The summary is sent or changed."""
Handler = Callable[[Request], Awaitable[Response]]


def _explained(handler: Handler) -> Handler:
    """A problem becomes a page that says it, with the lines and a way on."""

    async def explaining(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as e:
            seen = await _seen(request) if e.status not in (401, 410) else None
            return _page(request, seen, trouble=e.detail, status=e.status)

    return explaining


@_explained
async def show(request: Request) -> Response:
    """GET /plain: what was said and a form for the open question; without a conversation, how to begin one."""
    if COOKIE not in request.cookies:
        return _page(request, None)
    return _page(request, await asyncio.to_thread(visits.look, request.app.state.parts, _conversation(request)))


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
    code = fields.first(await bodies.read_form(request), "code")
    opened = await asyncio.to_thread(visits.take_up, parts, code, who=peer(request), now=parts.clock())
    parts.hub.notify(opened["session"])
    return _signed_in(request, opened)


@_explained
async def say(request: Request) -> Response:
    """POST /plain: one message, then the page again; a form that is not filled in comes back as it is, with what is missing."""
    parts: Parts = request.app.state.parts
    conversation_id = _conversation(request)
    filled = _whole(fields.read(await bodies.read_form(request)))
    if filled.wrong:
        return _page(request, await _seen(request), wrong=filled.wrong, entered=filled.parts, status=422)
    heard = await visits.hear(parts, conversation_id, filled.incoming, now=parts.clock())
    if heard.wait is not None:
        raise visits.slow_down(heard.wait, "We have your message. Please wait a little before the next one.")
    return _back(request, again=fields.put_again(filled, heard.said))


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


async def _seen(request: Request) -> visits.Seen | None:
    """What there is to see of the conversation of the cookie, or None where there is none."""
    try:
        return await asyncio.to_thread(visits.look, request.app.state.parts, _conversation(request))
    except Problem:
        return None


def _whole(filled: Filled) -> Filled:
    """The same form. Raises Problem 400 or 413."""
    incoming = filled.incoming
    if not MESSAGE_ID.fullmatch(filled.key):
        raise Problem(400, "bad_id", "That form was not whole. Please try again.")
    if len(incoming.text) > LONGEST_TEXT or len(incoming.choice or "") > LONGEST_CHOICE:
        raise bodies.too_long()
    return filled


def _page(
    request: Request,
    seen: visits.Seen | None,
    *,
    trouble: str | None = None,
    wrong: str | None = None,
    entered: Sequence[str] = (),
    status: int = 200,
) -> Response:
    """`trouble`: what went wrong, in words; `wrong`: what is missing in the form, whose fields hold what was `entered`."""
    parts: Parts = request.app.state.parts
    site: Site = request.app.state.site
    source = site.now().plain_for(request.query_params.get("lang", ""))
    shown = seen.said if seen else []
    own = [place for place, message in enumerate(shown) if message["from"] == "resident"]
    now = shown[own[-1] :] if own else shown
    asked: dict[str, Any] = next(
        (message for message in reversed(shown) if message["from"] != "resident" and message.get("ask")), {}
    )
    person = _person(shown)
    asked = {} if person else asked  # the assistant's question waits while somebody is there
    offered = FIELDS.get(asked.get("ask", ""), ())
    not_read = bool(offered and own and AGAIN in request.query_params and not wrong)
    filled = _template(source).render(
        before=shown[: own[-1]] if own else [],
        now=now[:1] if not_read else now,
        not_read=[message["text"] for message in now[1:]] if not_read else [],
        asked=asked,
        person=person,
        fields=offered,
        entered=list(entered) or (_parts(now[0]["text"], len(offered)) if not_read else []),
        answers=seen.answers if seen and not person else (),
        begun=seen is not None,
        waiting=bool(own) and own[-1] == len(shown) - 1,
        skippable=_skippable(asked.get("ask")),
        new_id=lambda: str(uuid.uuid4()),
        trouble=trouble,
        wrong=wrong,
        query=_query(request),
        number=parts.settings.twilio_from if parts.settings.sms_enabled else "",
        longest=LONGEST_TEXT,
    )
    return HTMLResponse(filled, status_code=status)


def _parts(text: str, count: int) -> list[str]:
    """What was entered into so many fields, from the message that it made."""
    return text.split("/", count - 1)


def _skippable(ask: str | None) -> bool:
    known = questions.load()
    return ask in known and known[str(ask)].skippable and ask not in NEVER_SKIPPED


def _person(shown: Sequence[Mapping[str, Any]]) -> str:
    """The role of the person who is in the conversation now, "" for nobody."""
    last = next((message for message in reversed(shown) if message.get("event")), None)
    return str(last["by"]) if last is not None and last["event"] == "joined" else ""


@lru_cache(maxsize=16)
def _template(source: str) -> Template:
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)


def _query(request: Request, **more: str) -> str:
    """The chosen language, kept from page to page, and what else is to be known there."""
    lang = request.query_params.get("lang", "")
    site: Site = request.app.state.site
    known = ({"lang": lang} if lang in site.now().pages else {}) | more
    return f"?{urlencode(known)}" if known else ""


def _back(request: Request, *, again: bool = False) -> Response:
    """To the page: where what was said begins, or, with the same question put again, where the browser puts the focus."""
    where = _query(request, **{AGAIN: "1"}) if again else f"{_query(request)}#now"
    return RedirectResponse(f"{PATH}{where}", status_code=303)


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
