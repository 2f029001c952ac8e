"""`make run`: start everything and tell the person at the terminal where to look."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Callable

from bot import directory
from frontdoor.accounts import first_account
from frontdoor.processes import all_processes
from frontdoor.settings import ROOT, Settings
from frontdoor.supervisor import PortTaken, Supervisor
from spa import ladder
from spa.database import Database
from spa.delivery.setting import DeliverySettingError
from spa.worker import Worker

Say = Callable[[str], None]


def start(settings: Settings, *, say: Say) -> str | None:
    """Run until Ctrl-C or SIGTERM. Returns what kept it from starting, in one line, or None."""
    problem = wrong_contacts(settings) or missing_parts(settings)
    if problem:
        return problem
    try:
        asyncio.run(_supervise(settings, say))
    except PortTaken as e:
        return str(e)
    return None


def wrong_contacts(settings: Settings) -> str | None:
    """What is wrong with the escalation contacts or the way to reach them, in one line that names the setting."""
    try:
        Worker.from_settings(settings, Database(settings.database), reminder="", says_late="")
    except (ladder.LadderError, DeliverySettingError) as e:
        return str(e)
    return None


def missing_parts(settings: Settings) -> str | None:
    """What set-up has not made yet, in one line."""
    made = {
        "the engine's environment": ROOT / ".venv-engine" / "bin" / "python",
        "the sentence encoder": settings.models / "encoder" / "checksums.json",
        "the crisis classifier": settings.models / "crisis" / "checksums.json",
        "the engine's model": settings.models / "engine" / "engine.tar.gz",
        "the chat page's script": ROOT / "node_modules" / ".frontdoor" / "web" / "chat.js",
        "the pages' stylesheets": ROOT / "node_modules" / ".frontdoor" / "console.css",
    }
    missing = [name for name, path in made.items() if not path.exists()]
    return f"not set up yet: {', '.join(missing)} (run 'make run')" if missing else None


async def _supervise(settings: Settings, say: Say) -> None:
    database = Database(settings.database)
    await asyncio.to_thread(database.migrate)
    account = await asyncio.to_thread(first_account, database)
    database.engine.dispose()

    processes = all_processes(settings)
    supervisor = Supervisor(processes, logs=settings.var / "logs", say=say)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, supervisor.stop)

    waiting = {process.name for process in processes}
    began = time.monotonic()

    def on_ready(name: str, seconds: float) -> None:
        waiting.discard(name)
        say(f"  {name} ready after {seconds:.1f} s")
        if not waiting:
            say(f"Front Door is ready ({time.monotonic() - began:.1f} s). Ctrl-C stops it.")

    say(f"Chat page      http://{settings.host}:{settings.gateway_port}/")
    say(f"Staff console  http://{settings.host}:{settings.console_port}/")
    if account:
        say(f"First staff login, shown only now: {account.username}  {account.password}")
    for line in notices(settings):
        say(line)
    await supervisor.run(on_ready=on_ready)


def notices(settings: Settings) -> list[str]:
    """What the person who deploys it must still fill in, a line each."""
    lines = []
    if not settings.escalation_contacts:
        lines.append(
            "Note: FRONTDOOR_ESCALATION_CONTACTS is not set: nobody is paged, escalations show in the console only."
        )
    if not settings.sms_enabled:
        lines.append("Note: FRONTDOOR_TWILIO_ACCOUNT_SID is not set: the SMS channel is off.")
    unconfirmed = directory.load().unconfirmed
    if unconfirmed:
        names = ", ".join(line.name for line in unconfirmed)
        lines.append(f"Note: unconfirmed in data/directory.yml, so never shown to residents: {names}.")
    return lines
