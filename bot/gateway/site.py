"""The chat page and its files, read, filled and compressed once; again only when a file has changed (set-up builds the files anew)."""

from __future__ import annotations

import gzip
import hashlib
import html
import mimetypes
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.directory import Directory, DirectoryError
from bot.gateway import interface
from frontdoor.settings import ROOT

WEB = ROOT / "bot" / "web"
BUILT = ROOT / "node_modules" / ".frontdoor" / "web"
"""What set-up makes of the sources in WEB (`scripts/pages.py`): one script and one style sheet, so that the first load takes few requests."""
EMBED = ROOT / "node_modules" / ".frontdoor" / "embed.js"
SERVED = (".css", ".js", ".svg", ".png", ".webp", ".ico", ".woff2")
"""What a browser may fetch; other files of the folder are ours."""
_SLOT = re.compile(r"\{(\w+):(\w+)\}")


@dataclass(frozen=True)
class File:
    """One file as it is sent. `packed`: its bytes by gzip, None where that is no smaller; `tag`: names exactly this content."""

    body: bytes
    packed: bytes | None
    media_type: str
    tag: str


@dataclass(frozen=True)
class Edition:
    """Everything as it was at one moment: the page and the template of its plain forms by language, and its files. `version` stands in their addresses, so that they may be kept for good."""

    pages: Mapping[str, File]
    forms: Mapping[str, str]
    files: Mapping[str, File]
    version: str
    embed: File | None
    """What other sites' pages run to show the chat; None before it is built."""

    @property
    def page(self) -> File:
        """The page in the language that is shown where none is chosen."""
        return self.pages[interface.PATTERN]

    def plain_for(self, lang: str) -> str:
        """The template of the plain forms in this language, or in the one that is shown where none is chosen."""
        return self.forms.get(lang, self.forms[interface.PATTERN])


class Site:
    """Reads the pages in `folder` and the files in `built`. Raises DirectoryError for a line that may not be shown, InterfaceError, OSError for a missing page."""

    def __init__(self, directory: Directory, *, folder: Path = WEB, built: Path = BUILT, embed: Path = EMBED) -> None:
        self._directory = directory
        self._languages = interface.load()
        self._folder = folder
        self._built = built
        self._embed = embed
        self._seen: Mapping[Path, tuple[int, int]] = {}
        self._edition = self.now()

    def now(self) -> Edition:
        """The edition of the files as they are now."""
        seen = {path: _stamp(path) for path in (*self._sources(), *self._paths().values(), *self._embeds())}
        if seen != self._seen:
            self._edition = self._read()
            self._seen = seen
        return self._edition

    def _sources(self) -> tuple[Path, Path]:
        return self._folder / "index.html", self._folder / "plain.html"

    def _embeds(self) -> tuple[Path, ...]:
        return (self._embed,) if self._embed.exists() else ()

    def _paths(self) -> dict[str, Path]:
        made = sorted(self._built.iterdir()) if self._built.is_dir() else []
        return {path.name: path for path in made if path.suffix in SERVED}

    def _read(self) -> Edition:
        files = {name: _file(path.read_bytes(), _media_type(name)) for name, path in self._paths().items()}
        version = hashlib.sha256("".join(name + file.tag for name, file in files.items()).encode()).hexdigest()[:12]
        page, plain = (path.read_text(encoding="utf-8") for path in self._sources())
        pages = {code: self._whole(page, spoken=one, version=version) for code, one in self._languages.items()}
        forms = {code: self._whole(plain, spoken=one, version=version) for code, one in self._languages.items()}
        sent = {code: _file(text.encode(), "text/html; charset=utf-8") for code, text in pages.items()}
        scripts = [_file(path.read_bytes(), _media_type(path.name)) for path in self._embeds()]
        return Edition(sent, forms, files, version, next(iter(scripts), None))

    def _whole(self, source: str, *, spoken: interface.Interface, version: str) -> str:
        return filled(spoken.spoken(source, among=self._languages.values()), self._directory).replace(
            '"/static/', f'"/static/{version}/'
        )


def filled(source: str, directory: Directory) -> str:
    """The page with each `{line:field}` replaced; `{line:tel}` is the phone number as a `tel:` link has it. Raises DirectoryError."""

    def fact(slot: re.Match[str]) -> str:
        line, name = directory.confirmed(slot[1]), slot[2]
        value = re.sub(r"\D", "", line.phone or "") if name == "tel" else getattr(line, name, None)
        if not isinstance(value, str) or not value:
            raise DirectoryError(f"entry {line.id!r} of data/directory.yml has no {name!r}")
        return html.escape(value)

    return _SLOT.sub(fact, source)


def _file(body: bytes, media_type: str) -> File:
    packed = gzip.compress(body, mtime=0)
    tag = hashlib.sha256(body).hexdigest()[:16]
    return File(body, packed if len(packed) < len(body) else None, media_type, tag)


def _media_type(name: str) -> str:
    # Not by the machine's own tables: some of them call a script plain text, and a browser then refuses it.
    known = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".woff2": "font/woff2"}
    return known.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _stamp(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size
