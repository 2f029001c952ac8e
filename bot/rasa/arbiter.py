"""Decides, after the classifier, whether a message is an answer to the open question or a detour from it."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.intake import arbitration
from bot.rasa import wire

ANSWER = "answer"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Arbiter(IntentClassifier, GraphComponent):
    """Keeps the classifier's intent only for a detour, and puts `answer` in its place otherwise.

    A tapped choice is always an answer, and so is whatever the crisis screen flagged: the dialogue deals with it. The
    classifier's ranking stays in the message. Messages without the gateway's metadata (`rasa test`) pass unchanged.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Arbiter:
        """Needs nothing."""
        return cls()

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Has no options."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Put the arbitrated intent into each message."""
        for message in messages:
            metadata = message.get("metadata")
            if metadata and not self._is_detour(message, metadata):
                message.set(INTENT, {INTENT_NAME_KEY: ANSWER, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages

    @staticmethod
    def _is_detour(message: Message, metadata: dict[str, Any]) -> bool:
        intent = message.get(INTENT) or {}
        name = intent.get(INTENT_NAME_KEY)
        inbound = wire.from_metadata(
            metadata, intent=name, confidence=float(intent.get(PREDICTED_CONFIDENCE_KEY) or 0.0)
        )
        if name in (None, ANSWER) or inbound.choice is not None or inbound.flag != "none" or not inbound.text.strip():
            return False
        return arbitration.is_detour(inbound)
