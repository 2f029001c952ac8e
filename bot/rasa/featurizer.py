"""The sentence encoder as a dense featurizer of Rasa's pipeline."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.language.encoder import Encoder, Vectors

ROOT = Path(__file__).resolve().parents[2]
TRAINING_THREADS = 2


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoderFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each message its (1, 384) sentence vector; there are no features per token.

    Config: `folder` of the encoder (relative to the repository's root), `scale` the vector is multiplied by, so that its small
    numbers weigh something beside counts of words.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """The options and their defaults."""
        return {**DenseFeaturizer.get_default_config(), "folder": "models/encoder", "scale": 1.0}

    @staticmethod
    def required_packages() -> list[str]:
        """What must be installed."""
        return ["onnxruntime", "tokenizers"]

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing depends on other components; the folder is checked on load."""

    def __init__(self, config: dict[str, Any], name: str, encoder: Encoder) -> None:
        super().__init__(name, config)
        self._encoder = encoder
        self._scale = float(config["scale"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoderFeaturizer:
        """Load the encoder. Raises EncoderError where its files are not the ones they should be."""
        return cls(config, execution_context.node_name, Encoder.load(ROOT / config["folder"]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vector the gateway sent, or compute it."""
        for message in messages:
            given = (message.get("metadata") or {}).get("vector")
            vector = np.asarray([given], dtype=np.float32) if given else self._encoder.encode([message.get(TEXT) or ""])
            self._add(message, vector)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for all examples at once."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        shares = [examples[start::TRAINING_THREADS] for start in range(TRAINING_THREADS)]
        with ThreadPoolExecutor(TRAINING_THREADS) as threads:
            vectors = threads.map(lambda share: self._encoder.encode([message.get(TEXT) for message in share]), shares)
            for share, rows in zip(shares, vectors, strict=True):
                for row, message in enumerate(share):
                    self._add(message, rows[row : row + 1])
        return training_data

    def _add(self, message: Message, vector: Vectors) -> None:
        message.add_features(Features(vector * self._scale, FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
