"""Trains the crisis classifier's adapter and writes it to data/crisis/adapter: `make adapter`.

Runs in an environment of its own (requirements/trainer.in: torch), which nothing else here needs. Low-rank matrices on every
linear layer of the encoder's lower nine layers, their layer norms and a linear layer to the levels are trained on all labelled
messages but those of the authors that are kept for the weighing and for the final check.

    python scripts/train_crisis_adapter.py [--epochs 4] [--rank 8]
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from torch import nn
from torch.nn import functional

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.crisis import classifier, corpus, network  # noqa: E402
from bot.crisis.utterance import Questions, utterance  # noqa: E402

# Never trained on: the weighing of rules and classifier is learnt on the first, the finished screen is measured on the second.
CALIBRATION = ("cedar", "spruce")
FINAL_CHECK = ("sycamore",)
LINEARS = {
    "q": "attention.attn.q",
    "k": "attention.attn.k",
    "v": "attention.attn.v",
    "o": "attention.attn.o",
    "inner": "intermediate.dense",
    "outer": "output.dense",
}
NORMS = {"norm1": "attention.LayerNorm", "norm2": "output.LayerNorm"}
DROPOUT = 0.1
SMOOTHING = 0.03
BATCH = 32
LEARNING_RATE = 1e-3
WARM_UP = 0.06


class LowRank(nn.Module):
    """A frozen linear layer plus a trained product of two thin matrices."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, rank: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight, requires_grad=False)
        self.bias = nn.Parameter(bias, requires_grad=False)
        self.a = nn.Parameter(torch.randn(rank, weight.shape[1]) / math.sqrt(weight.shape[1]))
        self.b = nn.Parameter(torch.zeros(weight.shape[0], rank))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return functional.linear(x, self.weight, self.bias) + 2 * (x @ self.a.T @ self.b.T)


class Layer(nn.Module):
    """One transformer layer."""

    def __init__(self, weights: dict[str, torch.Tensor], number: int, rank: int) -> None:
        super().__init__()
        here = f"encoder.layer.{number}."
        for name, published in LINEARS.items():
            setattr(self, name, LowRank(weights[f"{here}{published}.weight"], weights[f"{here}{published}.bias"], rank))
        for name, published in NORMS.items():
            norm = nn.LayerNorm(network.WIDTH, eps=network.EPSILON)
            norm.load_state_dict({part: weights[f"{here}{published}.{part}"] for part in ("weight", "bias")})
            setattr(self, name, norm)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        batch, tokens, width = x.shape

        def heads(y: torch.Tensor) -> torch.Tensor:
            return y.view(batch, tokens, network.HEADS, network.HEAD_WIDTH).transpose(1, 2)

        drop = DROPOUT if self.training else 0.0
        mixed = functional.scaled_dot_product_attention(
            heads(self.q(x)), heads(self.k(x)), heads(self.v(x)), attn_mask=bias.to(x.dtype), dropout_p=drop
        )
        mixed = self.o(mixed.transpose(1, 2).reshape(batch, tokens, width))
        x = self.norm1(x + functional.dropout(mixed, drop, self.training))
        out = self.outer(functional.gelu(self.inner(x)))
        return self.norm2(x + functional.dropout(out, drop, self.training))


class Network(nn.Module):
    """The network of bot.crisis.network, trainable."""

    def __init__(self, weights: dict[str, torch.Tensor], *, rank: int) -> None:
        super().__init__()
        self.words = nn.Parameter(weights["embeddings.word_embeddings.weight"], requires_grad=False)
        self.places = nn.Parameter(weights["embeddings.position_embeddings.weight"], requires_grad=False)
        self.distances = nn.Parameter(weights["encoder.relative_attention_bias.weight"], requires_grad=False)
        self.first = nn.LayerNorm(network.WIDTH, eps=network.EPSILON)
        self.first.load_state_dict({part: weights[f"embeddings.LayerNorm.{part}"] for part in ("weight", "bias")})
        self.first.requires_grad_(False)
        self.layers = nn.ModuleList(Layer(weights, number, rank) for number in range(network.LAYERS))
        self.head = nn.Linear(network.WIDTH, len(classifier.CLASSES))
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        offsets = np.arange(network.MAX_TOKENS)
        self.buckets = torch.tensor(network.relative_buckets(offsets[None, :] - offsets[:, None]))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        tokens = ids.shape[1]
        first = network.FIRST_POSITION
        x = self.first(functional.embedding(ids, self.words) + self.places[first : first + tokens])
        x = functional.dropout(x, DROPOUT, self.training)
        bias = self.distances[self.buckets[:tokens, :tokens]].permute(2, 0, 1)[None]
        bias = bias + (1 - mask[:, None, None, :].float()) * -1e9
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask[:, :, None].to(x.dtype)
        mean = (x * weight).sum(1) / weight.sum(1)
        return self.head(functional.dropout(mean, DROPOUT, self.training))

    def adapter(self) -> dict[str, np.ndarray]:
        """The trained arrays, named as bot.crisis.network.adapted reads them."""
        found = {"head.weight": self.head.weight, "head.bias": self.head.bias}
        for number, layer in enumerate(self.layers):
            here = f"encoder.layer.{number}."
            for name, published in LINEARS.items():
                linear = getattr(layer, name)
                found[f"{here}{published}.weight.a"] = linear.a
                found[f"{here}{published}.weight.b"] = 2 * linear.b
            for name, published in NORMS.items():
                for part in ("weight", "bias"):
                    found[f"{here}{published}.{part}"] = getattr(getattr(layer, name), part)
        return {name: array.detach().numpy().astype(np.float16) for name, array in found.items()}


class Reader:
    """Labelled messages to token ids, varied a little each time they are read for training."""

    def __init__(self, folder: Path, rows: Sequence[corpus.Labelled]) -> None:
        self.tokenizer = classifier.tokenizer_of(folder)
        self.questions = Questions.load()
        self.asks = sorted({row.asked for row in rows if row.asked in self.questions and row.level == "benign"})
        self.calm = [row.messages for row in rows if row.category == "ordinary" and row.asked is None]

    def ids(self, messages: Sequence[str], asked: str | None) -> list[int]:
        return next(classifier.windows(self.tokenizer, utterance(messages, asked=asked, questions=self.questions)))

    def varied(self, row: corpus.Labelled, dice: random.Random) -> list[int]:
        """Sent in pieces; said in answer to a question about something else; said after or before something calm; slips of the thumb."""
        messages, asked = list(row.messages), row.asked
        if dice.random() < 0.12:
            messages = [piece for message in messages for piece in in_pieces(message, dice)]
        if asked is None and dice.random() < 0.15:
            asked = dice.choice(self.asks)
        if dice.random() < 0.10:
            messages = [*dice.choice(self.calm), *messages]
        elif dice.random() < 0.05:
            messages = [*messages, *dice.choice(self.calm)]
        if dice.random() < 0.25:
            messages = [slipped(message, dice) for message in messages]
        return self.ids(messages, asked)


def in_pieces(text: str, dice: random.Random) -> list[str]:
    """The text as up to three texts, cut between words; one of less than four words stays whole."""
    words = text.split(" ")
    if len(words) < 4:
        return [text]
    cuts = sorted(dice.sample(range(1, len(words)), dice.choice((1, 2))))
    return [" ".join(words[start:end]) for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True)]


def slipped(text: str, dice: random.Random) -> str:
    """One word in ten with a letter lost, doubled or swapped; apostrophes and full stops lost in half of the texts."""
    if dice.random() < 0.5:
        text = text.replace("'", "").replace("’", "").replace(".", "").replace(",", "")
    return " ".join(slip(word, dice) if len(word) > 3 and dice.random() < 0.1 else word for word in text.split(" "))


def slip(word: str, dice: random.Random) -> str:
    place = dice.randrange(1, len(word) - 1)
    kind = dice.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    return word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def batch_of(rows: Sequence[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    longest = max(map(len, rows))
    ids = torch.ones(len(rows), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    for place, row in enumerate(rows):
        ids[place, : len(row)] = torch.tensor(row)
        mask[place, : len(row)] = 1
    return ids, mask


def label_of(row: corpus.Labelled) -> int:
    level = "third_party_now" if row.level == "third_party" and row.category == corpus.HAPPENING_NOW else row.level
    return classifier.CLASSES.index(level)


def shuffled(rows: Sequence[list[int]], dice: random.Random) -> Iterator[list[int]]:
    """Batches of row numbers, in random order, of rows of like length."""
    order = list(range(len(rows)))
    dice.shuffle(order)
    batches = []
    for start in range(0, len(order), BATCH * 20):
        part = sorted(order[start : start + BATCH * 20], key=lambda i: len(rows[i]))
        batches += [part[i : i + BATCH] for i in range(0, len(part), BATCH)]
    dice.shuffle(batches)
    yield from batches


def train(
    rows: Sequence[corpus.Labelled],
    reader: Reader,
    weights: dict[str, torch.Tensor],
    *,
    epochs: int,
    rank: int,
    seed: int,
) -> Network:
    torch.manual_seed(seed)
    dice = random.Random(seed)
    model = Network(weights, rank=rank)
    labels = torch.tensor([label_of(row) for row in rows])
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=LEARNING_RATE, weight_decay=0.01)
    steps = epochs * math.ceil(len(rows) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, 1 - step / steps)
    )
    started = time.time()
    for epoch in range(epochs):
        model.train()
        texts = [reader.varied(row, dice) for row in rows]
        total = 0.0
        for batch in shuffled(texts, dice):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                logits = model(*batch_of([texts[i] for i in batch]))
            loss = functional.cross_entropy(logits.float(), labels[batch], label_smoothing=SMOOTHING)
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"  epoch {epoch + 1}: loss {total / len(rows):.3f}, {time.time() - started:.0f} s", flush=True)
    return model.eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rank", type=int, default=8)
    parser.add_argument("--out", type=Path, default=ROOT / "data" / "crisis" / "adapter")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    kept_from = {row.digest for row in corpus.everything() if row.author in CALIBRATION + FINAL_CHECK}
    rows = [row for row in corpus.everything() if row.digest not in kept_from]
    with tempfile.TemporaryDirectory() as place:
        weights = {name: torch.tensor(array) for name, array in network.published(Path(place)).items()}
        reader = Reader(Path(place), rows)
    model = train(rows, reader, weights, epochs=options.epochs, rank=options.rank, seed=1)
    save_file(model.adapter(), str(options.out / "adapter.safetensors"))
    card = {
        "base": "all-mpnet-base-v2, layers 1-9",
        "rank": options.rank,
        "epochs": options.epochs,
        "messages": len(rows),
        "authors": sorted({row.author for row in rows}),
        "final check": list(FINAL_CHECK),
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=2) + "\n")


if __name__ == "__main__":
    main()
