"""Rasa's two custom actions: both hand the message to the conversation and send back its one turn."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.intake import dialogue
from bot.rasa import wire

Events = list[dict[str, Any]]


class ValidateIntroductionForm(Action):
    """An answer: runs as the validation of the form, whatever question is open."""

    def name(self) -> str:
        """As domain.yml lists it; Rasa calls it because of the form's name."""
        return "validate_introduction_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """One turn."""
        return take_turn(dispatcher, tracker)


class ActionDetour(Action):
    """Anything that is no answer: a question back, a skip, a change of mind."""

    def name(self) -> str:
        """As domain.yml lists it."""
        return "action_detour"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        """One turn."""
        return take_turn(dispatcher, tracker)


def take_turn(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Send `bot.intake.dialogue`'s turn as one custom message, and set the slots the form works with.

    An error propagates: the channel then finds no turn, keeps nothing, and the gateway sends the message again.
    """
    message = tracker.latest_message
    intent = message["intent"]
    inbound = wire.from_metadata(message["metadata"], intent=intent["name"], confidence=float(intent["confidence"]))
    turn = dialogue.take_turn(tracker.get_slot("draft"), inbound).as_dict()
    dispatcher.utter_message(json_message={"turn": turn})
    return [SlotSet("draft", turn["draft"]), SlotSet("requested_slot", turn["ask"])]
