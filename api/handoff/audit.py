"""The trail of who did what: ids only. It outlives the conversation, so no word of it may be in here."""

from datetime import datetime

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from api.chat.bus import bus
from api.coaches.models import Coach
from api.handoff.models import AuditEntry, Case

VISITOR = "visitor"
SYSTEM = "system"

ALARM = "alarm_raised"
"""An acute signal came in while a coach was at work: every console of the team shows it."""

TRANSCRIPT_READ = "transcript_read"


def coach_actor(coach: Coach) -> str:
    """A coach, as the trail names them."""
    return f"coach:{coach.id}"


def record(session: AsyncSession, case: Case, what: str, *, actor: str, now: datetime) -> None:
    """Write one act down, in the transaction of the act, and wake the team's consoles when it commits."""
    session.add(AuditEntry(at=now, actor=actor, what=what, case_id=case.id, conversation_id=case.conversation_id))
    team = case.team
    event.listen(session.sync_session, "after_commit", lambda _session: bus.publish_team(team), once=True)
