"""Rasa's logistic-regression classifier, kept as plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.logistic_regression_classifier import LogisticRegressionClassifier
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack, vstack

FILE = "classifier.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class ArrayLogisticRegressionClassifier(LogisticRegressionClassifier):
    """Trains and predicts as Rasa's own does; only what is kept differs.

    Rasa keeps the classifier with skops, whose import alone walks through all of scikit-learn: a third of the engine's start.
    """

    def _create_X(self, messages: list[Message]) -> csr_matrix:
        """Sparse and dense sentence features side by side, stacked at once instead of message by message."""
        sparse = [message.get_sparse_features(attribute=TEXT)[1] for message in messages]
        dense = [message.get_dense_features(attribute=TEXT)[1] for message in messages]
        return hstack([vstack([csr_matrix(f.features) for f in kind]) for kind in (sparse, dense)]).tocsr()

    def persist(self) -> None:
        """Keep classes, coefficients and intercepts."""
        with self._model_storage.write_to(self._resource) as folder:
            np.savez(
                folder / FILE,
                classes=self.clf.classes_.astype(str),
                coefficients=self.clf.coef_,
                intercepts=self.clf.intercept_,
            )

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ArrayLogisticRegressionClassifier:
        """Load what `persist` kept. Raises ValueError or OSError where it is not there: an engine without it is not ready."""
        component = cls(config, execution_context.node_name, model_storage, resource)
        with model_storage.read_from(resource) as folder, np.load(folder / FILE, allow_pickle=False) as arrays:
            component.clf.classes_ = arrays["classes"]
            component.clf.coef_ = arrays["coefficients"]
            component.clf.intercept_ = arrays["intercepts"]
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing after this component reads its predictions of the training messages."""
        return training_data
