"""One turn through Rasa: level the tracker, understand the message, let the policies act, keep what came out."""

from __future__ import annotations

from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActionExecutionRejected, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY

from bot.rasa.tracker_store import FORM, LastTurnStore, last_turn, level
from bot.rasa.wire import TurnRequest, as_metadata

ROUTE = "frontdoor"


class NotReady(RuntimeError):
    """The model is not loaded, or the tracker store is not the one of endpoints.yml."""


def own_store(agent: Agent | None) -> LastTurnStore:
    """The store of endpoints.yml inside Rasa's fail-safe wrapper. Raises NotReady.

    Rasa falls back to memory without a word where it cannot import the store, and its wrapper turns a failed read into a
    new conversation; so the turn goes to the store itself.
    """
    if agent is None or not agent.is_ready():
        raise NotReady("no model is loaded")
    store = getattr(agent.tracker_store, "_tracker_store", None)
    if not isinstance(store, LastTurnStore):
        raise NotReady(f"the tracker store is {type(store).__name__}")
    return store


async def take(agent: Agent, request: TurnRequest, *, vector: list[float] | None = None) -> dict[str, Any]:
    """The turn (`Turn.as_dict()`) that answers the message; the one given before where it was answered already.

    Raises NotReady, NoTurn (an action failed: nothing is kept), sqlite3.Error, rasa.core.lock_store.LockError.
    """
    store = own_store(agent)
    async with agent.lock_store.lock(request.conversation):
        held = await store.retrieve(request.conversation)
        if held is not None and held.latest_message and held.latest_message.message_id == request.message:
            return last_turn(held)
        tracker = store.init_tracker(request.conversation)
        tracker.update_with_events(
            [ActionExecuted(ACTION_LISTEN_NAME), *level(request.draft, request.inbound.ask)], store.domain
        )
        await _run(agent.processor, tracker, request, vector)
        await store.save(tracker)
        return last_turn(tracker)


async def _run(
    processor: MessageProcessor, tracker: DialogueStateTracker, request: TurnRequest, vector: list[float] | None
) -> None:
    """What `MessageProcessor.handle_message` does, without its saving of a tracker whose action failed."""
    output = CollectingOutputChannel()
    metadata = as_metadata(request.inbound)
    message = UserMessage(
        request.words, output, request.conversation, None, ROUTE, request.message, metadata | {"vector": vector}
    )
    parsed = await processor.parse_message(message, tracker)
    parsed.pop("metadata", None)
    uttered = UserUttered(
        message.text,
        parsed[INTENT],
        parsed["entities"],
        parsed,
        input_channel=ROUTE,
        message_id=request.message,
        metadata=metadata,
    )
    tracker.update(uttered, processor.domain)
    if parsed[INTENT][INTENT_NAME_KEY] in detours(processor.domain):
        # The form gives way to the rule at once, without a call of its validation that has nothing to validate.
        tracker.update(ActionExecutionRejected(FORM), processor.domain)
    tracker = await processor.run_action_extract_slots(output, tracker)
    await processor._run_prediction_loop(output, tracker)


def detours(domain: Domain) -> frozenset[str]:
    """Intents that leave the form for one turn: the form's `ignored_intents`."""
    return frozenset(domain.forms[FORM]["ignored_intents"])


def check_action_schema_once() -> None:
    """Let Rasa check an action's answer with a validator made once.

    Rasa 3.6 makes one for every call, which checks its own constant schema against the metaschema each time: over half of a
    turn's time. What is checked of the answer is the same.
    """
    validator = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        validator.validate(result)
        return True

    RemoteAction._validate_action_result = validate
