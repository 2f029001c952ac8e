"""A QR code drawn here, as part of the page: no picture of a secret is fetched from anywhere."""

from __future__ import annotations

import segno
from markupsafe import Markup


def picture(text: str) -> Markup:
    """An SVG, black on white in every look of the page: cameras read no other."""
    drawn = segno.make(text, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="fd-qr", title="QR code for your authenticator"
    )
    return Markup(drawn)  # noqa: S704 - made by the library, from numbers alone
