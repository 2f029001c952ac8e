"""The console's pages at 100, 10,000 and 100,000 introductions on SQLite and PostgreSQL, over HTTP.

Run with `make bench-console`, or `.venv/bin/python bench/console.py 100 10000` for some of the sizes. Prints p50/p99 in milliseconds from
request to whole answer. Up to 10,000 introductions wait in the queue; the rest, with all that was done to them, were handed over.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import httpx  # noqa: E402
from pydantic import SecretStr  # noqa: E402

from frontdoor.settings import Settings  # noqa: E402
from spa import staff  # noqa: E402
from spa.console.app import create_app  # noqa: E402
from spa.console.reporting.sections import SECTIONS  # noqa: E402
from spa.database import Database  # noqa: E402
from tests.console import crowd, factories  # noqa: E402
from tests.postgres import postgres_server  # noqa: E402
from tests.serving import serving  # noqa: E402

SIZES = (100, 10_000, 100_000)
MOST_WAITING = 10_000
TIMES = 60
REPORT_TIMES = 10
PAGES = {
    "list": "/",
    "list, page 50": "/?page=50",
    "list, one need": "/?need=housing",
    "list, overdue": "/?overdue=1",
    "search by name": "/?status=any&search=okoro",
    "search by phone": "/?status=any&search=07700900123",
    "find by reference": "/find?reference={reference}",
    "open one": "/introductions/{reference}",
    "who did what": "/record?what={reference}",
}


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


@contextmanager
def databases() -> Iterator[dict[str, Callable[[], str]]]:
    """For each kind, what makes the address of a fresh database."""
    with tempfile.TemporaryDirectory() as folder:
        numbers = iter(range(100))
        fresh: dict[str, Callable[[], str]] = {"SQLite": lambda: f"sqlite:///{folder}/{next(numbers)}.sqlite3"}
        if list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
            server = postgres_server()
        else:
            print("PostgreSQL is not installed: SQLite alone")
            server = nullcontext(None)
        with server as running:
            if running is not None:
                fresh["PostgreSQL"] = lambda: running.url(running.create())
            yield fresh


def measure(address: str, number: int) -> None:
    """Fill one database and ask for every page of the console in turn."""
    database = Database(address)
    database.migrate()
    began = time.monotonic()
    made = crowd.fill(database, number, now=datetime.now(UTC), open_number=min(number, MOST_WAITING))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")  # as autovacuum, and SQLite's own optimize, do in time
        connection.commit()
    with database.session() as session:
        person = factories.member(session, "tom", "Tom Okafor", "manager")
        token = staff.open_login(session, person, now=datetime.now(UTC))
    print(f"   {number:,} introductions (stored in {time.monotonic() - began:.0f} s)")
    app = create_app(Settings(secret_key=SecretStr("a key for measuring only, long enough")), database)
    with serving(app) as console, httpx.Client(base_url=console, cookies={"frontdoor-login": token}) as client:
        for name, path in PAGES.items():
            report(name, [timed(client, path.format(reference=made[-1 - turn])) for turn in range(TIMES)])
        for section in SECTIONS:
            report(f"report: {section}", [timed(client, f"/reports/{section}") for _ in range(REPORT_TIMES)])
    database.close()


def timed(client: httpx.Client, path: str) -> float:
    """Milliseconds of one request."""
    start = time.perf_counter()
    answer = client.get(path)
    took = (time.perf_counter() - start) * 1000
    assert answer.status_code in (200, 303), (path, answer.status_code)
    return took


def report(name: str, took: list[float]) -> None:
    print(f"      {name:<26} p50 {statistics.median(took):7.1f} ms   p99 {percentile(took, 0.99):7.1f} ms", flush=True)


def main() -> None:
    sizes = [int(given) for given in sys.argv[1:]] or SIZES
    with databases() as fresh:
        for kind, address in fresh.items():
            print(f"{kind}")
            for number in sizes:
                measure(address(), number)


if __name__ == "__main__":
    main()
