"""A message to the coach who owns the talk: the bot is silent, but its meaning is looked at all the same."""

from dataclasses import replace
from datetime import datetime

from api.chat import queries
from api.chat.answering import HelpNotStored
from api.chat.asking_rasa import begin_preparing
from api.chat.bus import bus
from api.chat.crisis import crisis_reply_to
from api.chat.said import Voice
from api.chat.second_look import look_again, take_over
from api.chat.storing import OpenTurn, help_at_once
from api.problems import DATABASE_TROUBLE
from api.services import Services
from api.sites.service import get_site
from core.logging import get_logger

log = get_logger()


async def watch_over(services: Services, turn: OpenTurn, *, now: datetime) -> None:
    """Take the message's second look; danger brings the helpline from the system and an alarm for the coaches.

    The coach has the message by then, so a locked database costs a concern's mark and not the message.

    Raises:
        HelpNotStored: danger was seen while the database is locked.
    """
    if turn.message.body["payload"]:  # a button's words are ours
        return
    text = turn.message.body["text"]
    look = await look_again(begin_preparing(text), text, turn.signals)
    if not look.added and not look.dropped:
        return
    voice = replace(Voice.of(turn.conversation), language=turn.message.language)
    reply = crisis_reply_to(look.acute, voice=voice, site_id=turn.conversation.site) if look.acute else None
    try:
        async with services.db.write() as session:
            conversation = await queries.locked(session, turn.conversation.id)
            if conversation is None:
                return
            await take_over(session, turn, look)
            if reply is not None:
                await help_at_once(session, conversation, reply, seq=turn.message.seq, now=now)
        bus.publish_team(get_site(turn.conversation.site).team)
    except DATABASE_TROUBLE as error:
        if reply is not None:
            raise HelpNotStored(look, reply) from error
        log.error("watching_failed", conversation_id=str(turn.conversation.id), exc_info=error)
