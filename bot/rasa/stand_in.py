"""A stand-in for TensorFlow in the engine's process.

Rasa 3.6 imports TensorFlow wherever it is loaded, to define models (DIET, TED) that our pipeline does not use. That costs more
than half of the time to start and two thirds of the memory. With the stand-in those definitions pass, and nothing more: what
they define cannot work, and config.yml names no such component (a test holds that).
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

PACKAGES = ("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras")


class _Named(type):
    """Makes a class up for each attribute asked of it, so that `tf.keras.layers.Layer` can be subclassed."""

    def __getattr__(cls, name: str) -> type:
        return _made_up(cls, name)


class Absent(metaclass=_Named):
    """Anything of an absent package. Called with a function (`@tf.function`), it leaves an Absent in its place."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Takes whatever the real thing would."""

    def __call__(self, *args: object, **kwargs: object) -> Absent:
        return self


class _AbsentModule(types.ModuleType):
    def __getattr__(self, name: str) -> type:
        return _made_up(self, name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def install() -> None:
    """Put the stand-in before the real packages. Idempotent; it has no effect on what is imported already."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def _made_up(owner: Any, name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    made = _Named(name, (Absent,), {})
    setattr(owner, name, made)
    return made
