"""An introduction in a few lines: who wrote, what is happening, what they would like, how they answered the safety questions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from spa.console import answers, wording
from spa.console.answers import Row
from spa.console.times import years_old

LONGEST = 280
"""Characters of their own words; all of them stand further down."""


def rows(document: Mapping[str, Any], *, now: datetime) -> tuple[Row, ...]:
    """From a document of introduction.schema.json."""
    return (
        _who(document, now=now),
        _happening(document["story"]),
        _needs(document),
        _goals(document),
        _safety(document),
    )


def _who(document: Mapping[str, Any], *, now: datetime) -> Row:
    person, introducer = document["person"], document["introducer"]
    born = person.get("date_of_birth")
    parts = [f"{years_old(born, now)} years old" if born else "age not given"]
    if introducer["relationship"] == "self":
        parts.append("wrote this themselves")
    else:
        relationship = wording.plain(introducer["relationship"], wording.RELATIONSHIPS)
        parts.append(f"introduced by {introducer.get('name') or 'somebody'} ({relationship.lower()})")
    if document["support"].get("current"):
        parts.append(f"help now: {document['support']['current']}")
    text = "; ".join(parts)
    return Row("Who", text[0].upper() + text[1:])


def _happening(story: Mapping[str, Any]) -> Row:
    words = shortened(" / ".join(text.strip() for text in story["own_words"]))
    facts = [
        f"for {story['duration']}" if story.get("duration") else "",
        f"gets in the way: {wording.plain(story['impact'], wording.IMPACTS).lower()}" if story.get("impact") else "",
    ]
    more = ", ".join(fact for fact in facts if fact)
    return Row("What is happening", f"“{words}”" + (f" ({more})" if more else ""))


def _needs(document: Mapping[str, Any]) -> Row:
    named = [
        wording.plain(need["domain"], wording.NEEDS) + (" (urgent)" if need.get("urgent") else "")
        for need in document["needs"]
    ]
    return Row("Needs", ", ".join(named) or "None named", missing=not named)


def _goals(document: Mapping[str, Any]) -> Row:
    wanted = shortened("; ".join(goal["own_words"] for goal in document["goals"]))
    return Row("Would like", f"“{wanted}”" if wanted else answers.NOT_GIVEN, missing=not wanted)


def _safety(document: Mapping[str, Any]) -> Row:
    """What alarms, in one line; where nothing does, what was asked, which is not the same as safe."""
    found = answers.safety(document["safety"])
    alarming = [f"{row.label}: {row.value}" for row in found if row.alarming]
    raised = dict.fromkeys(wording.plain(flag["level"], wording.LEVELS) for flag in document["flags"])
    if alarming or raised:
        return Row("Safety", "; ".join([*alarming, *(f"flagged: {level}" for level in raised)]), alarming=True)
    if not document["safety"].get("asked"):
        return Row("Safety", "Not asked about suicide: ask", missing=True)
    return Row(
        "Safety", "; ".join(f"{row.label}: {row.value.lower()}" for row in found[:3]) + ". Ask again when you speak"
    )


def shortened(text: str) -> str:
    """A long text cut at a word."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"
