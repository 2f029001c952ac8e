"""What reports count introductions by and what lists are narrowed and searched by, taken out of their documents.

Nothing here is more than the document says: it can be made again from it (`spa.facts`).
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from spa.models.base import Base, FreeText


class IntroductionFact(Base):
    """One of an introduction's facts: `name` "need", `value` "housing". `submitted_at` is the introduction's own."""

    __tablename__ = "introduction_fact"
    # Reports group by name and value, so the index holds those together: nothing is sorted, and no document is opened.
    __table_args__ = (Index("ix_introduction_fact_name_value_submitted_at", "name", "value", "submitted_at"),)

    introduction_reference: Mapped[str] = mapped_column(
        ForeignKey("introduction.reference", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[str] = mapped_column(String(64), primary_key=True)
    submitted_at: Mapped[datetime]


class IntroductionSearch(Base):
    """The names, the reference and the phone numbers of an introduction, as `spa.facts.searched` folds them."""

    __tablename__ = "introduction_search"

    introduction_reference: Mapped[str] = mapped_column(
        ForeignKey("introduction.reference", ondelete="CASCADE"), primary_key=True
    )
    words: Mapped[str] = mapped_column(FreeText)
