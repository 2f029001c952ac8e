"""Nothing a resident wrote comes through the log records."""

import logging

from bot.rasa import logs

MARKER = "zebra-7-marker"


def record_of(logger: str, message: str, *args: object, error: BaseException | None = None) -> str:
    factory = logs.RedactingFactory(logging.LogRecord)
    factory.withholding = True
    info = (type(error), error, error.__traceback__) if error else None
    record = factory(logger, logging.ERROR, "/rasa/core/processor.py", 994, message, args, info)
    return logging.Formatter("%(name)s %(message)s").format(record)


def failure() -> BaseException:
    try:
        try:
            raise KeyError(MARKER)
        except KeyError as e:
            raise ValueError(f"cannot read {MARKER}") from e
    except ValueError as e:
        return e


def test_logs_withhold_lines_of_other_loggers() -> None:
    assert record_of("rasa.core.processor", f"received {MARKER}") == "rasa.core.processor withheld: processor.py:994"


def test_logs_withhold_arguments_too() -> None:
    assert MARKER not in record_of("sanic.root", "received %s", MARKER)


def test_logs_keep_our_own_lines() -> None:
    assert record_of("bot.rasa.channel", "turn_taken") == "bot.rasa.channel turn_taken"


def test_logs_keep_type_and_frames_of_a_failure_but_no_value() -> None:
    line = record_of("bot.rasa.channel", "turn_failed", error=failure())
    assert "builtins.ValueError" in line
    assert "builtins.KeyError" in line
    assert "test_logs.py" in line
    assert MARKER not in line.replace("raise KeyError(MARKER)", "")


def test_logs_come_through_whole_before_messages_are_about() -> None:
    factory = logs.RedactingFactory(logging.LogRecord)
    record = factory("rasa.core.agent", logging.ERROR, "agent.py", 1, "Could not load model", (), None)
    assert record.getMessage() == "Could not load model"
