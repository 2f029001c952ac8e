"""A private PostgreSQL server from Debian's own binaries: a temporary folder, a Unix socket, no network, no waiting for disks."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tests.installed import required

SYSTEM_USER = "postgres"
"""PostgreSQL refuses to run as root."""

OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `folder` holds its socket."""

    folder: Path

    def url(self, database: str) -> str:
        """SQLAlchemy's address of one of its databases, as DATABASE_URL takes it."""
        return f"postgresql://{SYSTEM_USER}@/{database}?host={self.folder}"

    def create(self) -> str:
        """A fresh database, and its name."""
        name = f"test_{uuid.uuid4().hex}"
        self._run(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        return name

    def drop(self, database: str) -> None:
        """Remove it, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(database)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(host=str(self.folder), user=SYSTEM_USER, dbname="postgres", autocommit=True) as connection:
            connection.execute(statement)


def binaries() -> Path:
    """The folder of the newest installed server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return required(found[-1].parent if found else None, "PostgreSQL")


@contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server for as long as the block runs."""
    programs = binaries()
    folder = Path(tempfile.mkdtemp(prefix="frontdoor-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, SYSTEM_USER)
        _as_owner(
            programs / "initdb",
            "-D",
            folder / "data",
            "-U",
            SYSTEM_USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        log, options = folder / "log", f"{OPTIONS} -k {folder}"
        _as_owner(programs / "pg_ctl", "-D", folder / "data", "-l", log, "-o", options, "-t", "60", "-w", "start")
        try:
            yield PostgresServer(folder)
        finally:
            _as_owner(programs / "pg_ctl", "-D", folder / "data", "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner(*command: str | Path) -> None:
    """Run one of its programs, as a user it accepts."""
    prefix = ["runuser", "-u", SYSTEM_USER, "--"] if os.geteuid() == 0 else []
    words = [*prefix, *(str(word) for word in command)]
    # Its output goes to a file: the server it leaves behind would hold a pipe open.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(words, cwd="/", stdout=output, stderr=subprocess.STDOUT, timeout=120, check=False)
        output.seek(0)
        assert done.returncode == 0, output.read().decode(errors="replace")
