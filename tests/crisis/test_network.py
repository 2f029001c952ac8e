"""The classifier's network, and how an adapter is worked into published weights."""

from __future__ import annotations

import numpy as np

from bot.crisis import network


def test_adapted_adds_the_low_rank_product_and_replaces_the_rest() -> None:
    weights = {"w": np.ones((2, 3), np.float32), "norm": np.zeros(2, np.float32), "kept": np.ones(1, np.float32)}
    adapter = {
        "w.a": np.ones((1, 3), np.float16),
        "w.b": np.full((2, 1), 0.5, np.float16),
        "norm": np.ones(2, np.float16),
    }
    found = network.adapted(weights, adapter)
    assert found["w"].tolist() == [[1.5] * 3] * 2
    assert found["norm"].tolist() == [1, 1]
    assert found["kept"].tolist() == [1]
    assert weights["w"].tolist() == [[1.0] * 3] * 2


def test_relative_buckets_tell_before_from_after_and_widen_with_distance() -> None:
    offsets = np.array([0, -1, -7, 1, 7, 8, 9, 40, 127, 500])
    buckets = network.relative_buckets(offsets)
    assert buckets[:5].tolist() == [0, 1, 7, 17, 23]
    assert buckets[5:].tolist() == sorted(buckets[5:].tolist())
    assert buckets[-1] == buckets[-2] == network.BUCKETS - 1
