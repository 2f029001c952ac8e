"""How a text reads and travels: Flesch-Kincaid grade, and the letters of a plain SMS."""

import sys
from types import ModuleType

# textstat asks for pkg_resources when it is imported, and uses it only for word lists that the grade does not need; setuptools no longer has it.
sys.modules.setdefault("pkg_resources", ModuleType("pkg_resources"))
import textstat  # noqa: E402

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""GSM 03.38's basic set: a text within it has 160 characters to a segment, or 153 in several; any other letter makes it 70, or 67."""


def grade(text: str) -> float:
    """Flesch-Kincaid grade of an English text; 6 is read at eleven."""
    return float(textstat.flesch_kincaid_grade(text))
