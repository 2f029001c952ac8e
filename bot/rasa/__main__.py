"""Rasa's own command line without TensorFlow: `python -m bot.rasa run …` and `python -m bot.rasa train …` take Rasa's options."""

from __future__ import annotations

import os
import warnings

from bot.rasa import stand_in


def main() -> None:
    """Hand on to Rasa."""
    stand_in.install()
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    from rasa.__main__ import main as rasa  # only now: importing it is what loads TensorFlow

    rasa()


if __name__ == "__main__":
    main()
