"""Who may do what, by role: refused in plain words, and nothing changed."""

import pytest
from sqlalchemy import select

from spa import conversations, escalations, introductions, messages, takeovers
from spa.models import Role, Staff
from tests.console import factories
from tests.console.driver import fields_of, text_of
from tests.console.factories import NOW

SPA = {"clinician", "support_worker", "manager", "administrator"}
ENDING = {"clinician", "manager", "administrator"}
MAY = {
    "claim": (SPA, {}),
    "contact": (SPA | {"crisis_outreach"}, {"result": "reached"}),
    "route": (SPA, {"destination": "gp"}),
    "close": (ENDING, {"reason": "declined"}),
    "notes": (set(Role), {"note": "Seen"}),
}


def become(database, role):
    """Amina has this role from now on."""
    with database.session() as session:
        session.scalars(select(Staff).where(Staff.username == "amina")).one().role = Role(role)


@pytest.mark.parametrize("action", MAY)
@pytest.mark.parametrize("role", sorted(Role))
def test_introduction_is_changed_by_those_who_may(amina, database, role, action):
    with database.session() as session:
        page = f"/introductions/{factories.introduction(session).reference}"
    fields = fields_of(amina.get(page).text, f"{page}/{action}")
    become(database, role)
    roles, filled_in = MAY[action]
    answer = amina.client.post(f"{page}/{action}", data=fields | filled_in)
    assert answer.status_code == (303 if role in roles else 403)
    if role not in roles:
        assert "There is a problem" in text_of(answer)
        assert "Only" in text_of(answer)
        with database.reading() as session:
            assert len(introductions.queue(session)[0].events) == 1


@pytest.mark.parametrize("role", sorted(Role))
def test_escalation_is_acknowledged_by_everybody_and_closed_by_those_who_judge(amina, tom, database, role):
    with database.session() as session:
        page = f"/escalations/{factories.escalation(session).code}"
    become(database, role)
    assert amina.submit(page, f"{page}/acknowledge").status_code == 303
    allowed = role in ENDING | {"crisis_outreach"}
    assert (f'action="{page}/close"' in amina.get(page).text) is allowed
    become(database, "clinician")
    fields = fields_of(amina.get(page).text, f"{page}/close")
    become(database, role)
    answer = amina.client.post(f"{page}/close", data=fields | {"outcome": "safe_seen"})
    assert answer.status_code == (303 if allowed else 403)
    with database.reading() as session:
        assert bool(escalations.open_now(session)) is not allowed


def test_page_offers_only_what_a_role_may_do_and_says_who_may(amina, database):
    with database.session() as session:
        introduction = factories.introduction(session, at=NOW)
    become(database, "support_worker")
    page = amina.get(f"/introductions/{introduction.reference}")
    assert f'action="/introductions/{introduction.reference}/route"' in page.text
    assert f'action="/introductions/{introduction.reference}/close"' not in page.text
    assert "Only a clinician or a manager can close an introduction" in text_of(page)


@pytest.mark.parametrize("action", ["say", "hand-back"])
def test_conversation_is_written_in_and_handed_back_only_by_who_may_still_talk(amina, database, action):
    with database.session() as session:
        talk = f"/conversations/{factories.escalation(session).conversation_id}"
    amina.submit(talk, f"{talk}/join")
    fields = fields_of(amina.get(talk).text, f"{talk}/{action}")
    become(database, "administrator")
    answer = amina.client.post(f"{talk}/{action}", data=fields | {"text": "Hello"})
    assert answer.status_code == 403
    assert "Only clinicians, support workers, crisis outreach and managers" in text_of(answer)
    with database.reading() as session:
        there = takeovers.current(session, talk.removeprefix("/conversations/"))
        assert there is not None
        conversation = conversations.by_id(session, there.conversation_id)
        assert [one.text for one in messages.since(session, conversation, 0) if one.author == "staff"] == []
