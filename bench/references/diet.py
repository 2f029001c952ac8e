"""Rasa's DIET as a reference for bench/crisis.py, in the engine's environment: `python diet.py TASK.json`.

TASK holds {"train": [[level, text], …], "parse": [text, …]}; TASK.out.json gets the level of each text to parse. Rasa's own
featurizers as in its default pipeline, without part-of-speech features; passes over the data cut to what fits a bench.
"""

import asyncio
import json
import sys
from pathlib import Path

EPOCHS = 12
CONFIG = f"""
recipe: default.v1
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: {EPOCHS}
  entity_recognition: false
  batch_size: [128, 256]
policies: []
"""


def main(task: Path) -> None:
    from rasa.core.agent import Agent
    from rasa.model_training import train_nlu
    from ruamel.yaml import YAML

    here = task.parent
    asked = json.loads(task.read_text())
    levels = sorted({level for level, _ in asked["train"]})
    # Square brackets would be read as entities.
    cleaned = {
        level: [
            text.replace("[", "(").replace("]", ")").replace("\n", " ") for its, text in asked["train"] if its == level
        ]
        for level in levels
    }
    nlu = [{"intent": level, "examples": "".join(f"- {text}\n" for text in texts)} for level, texts in cleaned.items()]
    with (here / "nlu.yml").open("w") as file:
        YAML().dump({"version": "3.1", "nlu": nlu}, file)
    (here / "config.yml").write_text(CONFIG)
    model = train_nlu(str(here / "config.yml"), str(here / "nlu.yml"), str(here / "model"))
    agent = Agent.load(model)

    async def parse_all() -> list[str]:
        return [(await agent.parse_message(text or "-"))["intent"]["name"] or "benign" for text in asked["parse"]]

    task.with_suffix(".out.json").write_text(json.dumps(asyncio.run(parse_all())))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
