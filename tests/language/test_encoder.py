"""The encoder gives the published model's vectors and refuses files that are not the right ones."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from bot.language.encoder import DIMENSIONS, Encoder, EncoderError

REFERENCE = [json.loads(line) for line in (Path(__file__).parent / "minilm_vectors.jsonl").read_text().splitlines()]


@pytest.fixture(scope="module")
def encoder(encoder_folder: Path) -> Encoder:
    return Encoder.load(encoder_folder)


def test_encoder_gives_the_reference_vectors_in_a_batch(encoder):
    vectors = encoder.encode([row["text"] for row in REFERENCE])
    cosines = (vectors * np.array([row["vector"] for row in REFERENCE])).sum(axis=1)
    assert cosines.min() >= 0.9999


def test_encoder_gives_the_same_vector_alone_as_in_a_batch(encoder):
    texts = [row["text"] for row in REFERENCE]
    alone = np.vstack([encoder.encode([text]) for text in texts])
    assert np.allclose(alone, encoder.encode(texts), atol=1e-5)


def test_encoder_vectors_have_length_one_even_for_an_empty_text(encoder):
    vectors = encoder.encode(["", "hello", "x" * 20_000])
    assert vectors.shape == (3, DIMENSIONS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_encoder_of_no_texts_is_an_empty_array(encoder):
    assert encoder.encode([]).shape == (0, DIMENSIONS)


def test_encoder_refuses_a_folder_that_was_never_built(tmp_path):
    with pytest.raises(EncoderError, match="not built"):
        Encoder.load(tmp_path)


def test_encoder_refuses_a_damaged_file(encoder_folder, tmp_path):
    for name in ("checksums.json", "tokenizer.json"):
        shutil.copy(encoder_folder / name, tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"not the model")
    with pytest.raises(EncoderError, match="model.onnx"):
        Encoder.load(tmp_path)
