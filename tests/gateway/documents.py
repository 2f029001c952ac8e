"""A draft with answers to everything that an introduction must hold, and the document it makes."""

from datetime import UTC, datetime
from typing import Any

from bot.intake import draft as drafts
from bot.intake import introduction
from spa.models import Conversation

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def full_draft() -> dict[str, Any]:
    """A resident who said what they wanted and approved the summary."""
    draft = drafts.empty()
    answers: dict[str, Any] = {
        "consent": True,
        "about_whom": "me",
        "adult": True,
        "lambeth_link": "lives",
        "story": ["I am behind with my rent and I cannot sleep"],
        "needs": [{"domain": "housing", "source": "heard", "own_words": "behind with my rent"}],
        "goals": [{"own_words": "to sleep again", "outcomes": ["recovery"]}],
        "suicidal_thoughts": "none",
        "safe_at_home": "yes",
        "full_name": "Grace Example",
        "date_of_birth": "1991-04-03",
        "phone": "+447700900123",
        "contact_method": "call",
        "access_needs": {"language": None, "interpreter": False, "needs": [], "notes": None},
    }
    for ask, value in answers.items():
        draft = drafts.answer(draft, ask, value)
    return drafts.update(draft, consent_at=NOW.isoformat(), consent_wording="2026-11", approved="Your summary.")


def document_of(conversation: Conversation) -> dict[str, Any]:
    """The document of a conversation with that draft."""
    return introduction.document(
        full_draft(),
        reference=str(conversation.reference),
        channel=str(conversation.channel),
        started_at=conversation.started_at,
        submitted_at=NOW,
    )
