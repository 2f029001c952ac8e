"""The command line: `frontdoor …`. Each command reads the settings, builds what it needs and hands over."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from frontdoor import settings as settings_module
from frontdoor.settings import Settings, SettingsError

if TYPE_CHECKING:
    from spa.database import Database

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
queue_app = typer.Typer(no_args_is_help=True, help="The queue, for administrators.")
escalations_app = typer.Typer(no_args_is_help=True, help="Escalations, for administrators.")
staff_app = typer.Typer(no_args_is_help=True, help="Staff accounts.")
app.add_typer(queue_app, name="queue")
app.add_typer(escalations_app, name="escalations")
app.add_typer(staff_app, name="staff")
sms_app = typer.Typer(no_args_is_help=True, help="Texts.")
app.add_typer(sms_app, name="sms")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def fail(message: str) -> NoReturn:
    """One clear line, and exit status 1."""
    typer.echo(f"frontdoor: {message}", err=True)
    raise typer.Exit(1)


def read_settings() -> Settings:
    """The settings, or one clear line naming what is wrong with them."""
    try:
        return settings_module.load()
    except SettingsError as e:
        fail(str(e))


def open_database() -> Database:
    """The installation's database, its tables made or brought up to date."""
    from spa.database import Database

    database = Database(read_settings().database)
    database.migrate()
    return database


@app.command()
def run() -> None:
    """Start gateway, engine, actions, console and worker, and keep them running until Ctrl-C."""
    from frontdoor.start import start

    problem = start(read_settings(), say=typer.echo)
    if problem:
        fail(problem)


@app.command()
def gateway() -> None:
    """Run the gateway alone: the chat page and the Twilio webhooks."""
    from frontdoor.serve import serve_gateway

    serve_gateway(read_settings())


@app.command()
def console() -> None:
    """Run the staff console alone."""
    from frontdoor.serve import serve_console

    serve_console(read_settings())


@app.command()
def worker() -> None:
    """Run the worker alone: outbox, escalation ladder, reminders, retention."""
    from frontdoor.serve import run_worker

    run_worker(read_settings())


@app.command()
def screen(jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write one JSON object a line.")]) -> None:
    """Screen messages for crisis language, from standard input to standard output."""
    from bot.crisis import jsonl as lines
    from bot.crisis.screen import Screen

    if not jsonl:
        fail("screen reads JSON lines: add --jsonl")
    try:
        lines.run(sys.stdin, sys.stdout.write, Screen.load())
    except lines.MalformedLine as e:
        fail(str(e))


@queue_app.command("list")
def queue_list(as_json: AsJson = False) -> None:
    """Introductions in the queue, most urgent first."""
    from spa import listings

    with open_database().reading() as session:
        rows = listings.queue(session)
    _show(rows, as_json=as_json, columns=("reference", "status", "priority", "submitted_at"))


@queue_app.command("show")
def queue_show(reference: str, as_json: AsJson = False) -> None:
    """One introduction."""
    from spa import listings

    with open_database().reading() as session:
        document = listings.introduction(session, reference)
    if document is None:
        fail(f"no introduction has the reference {reference}")
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else document["summary"])


@escalations_app.command("list")
def escalations_list(as_json: AsJson = False) -> None:
    """Every escalation, open ones first."""
    from spa import listings

    with open_database().reading() as session:
        rows = listings.escalations(session)
    _show(rows, as_json=as_json, columns=("id", "level", "flag", "state", "opened_at"))


@staff_app.command("add")
def staff_add(
    username: str,
    role: Annotated[
        str, typer.Option(help="clinician, support_worker, crisis_outreach, manager or administrator")
    ] = "clinician",
    name: Annotated[str, typer.Option(help="As shown to colleagues.")] = "",
) -> None:
    """Add a staff account and print its generated password once."""
    from frontdoor.accounts import AccountExists, add_account

    try:
        password = add_account(open_database(), username=username, role=role, name=name or username)
    except (AccountExists, ValueError) as e:
        fail(str(e))
    typer.echo(f"{username}  {password}")


@sms_app.command("preview")
def sms_preview(as_json: AsJson = False) -> None:
    """Every text that a phone may be sent, with its encoding and segments."""
    from bot.gateway import preview

    texts = preview.texts(page=read_settings().public_address or preview.EXAMPLE)
    if as_json:
        rows = [{"name": one.name, "text": one.text, **vars(one.size)} for one in texts]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in texts:
        typer.echo(f"{one.name}  {one.size.encoding} {one.size.units}, segments {one.size.segments}\n{one.text}\n")
    longest = max(one.size.segments for one in texts)
    other = sum(one.size.encoding != "GSM-7" for one in texts)
    typer.echo(f"{len(texts)} texts; not in GSM-7: {other}; segments at most: {longest}")


@app.command()
def demo() -> None:
    """Put 30 varied fictional introductions into the queue."""
    from frontdoor.demo import fill

    typer.echo(f"{fill(read_settings())} fictional introductions are in the queue")


def _show(rows: list[dict[str, object]], *, as_json: bool, columns: tuple[str, ...]) -> None:
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo("  ".join(str(row[column]) for column in columns))
