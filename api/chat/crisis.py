"""The reviewed reply to an acute message."""

from collections.abc import Sequence

from api.chat.said import Said, Voice
from api.chat.speaking import speak
from api.signals_reply import reply
from api.sites.service import get_site
from bot.signals import Signal
from core.logging import get_logger

log = get_logger()


def crisis_reply_to(acute: Sequence[Signal], *, voice: Voice, site_id: str) -> Said:
    """What to say at once; needs no database. A fault of ours must not keep the number from a child."""
    try:
        case_opens = get_site(site_id).acute_opens_case == "at_once"
        return reply(acute, voice=voice, case_opens=case_opens)
    except Exception as error:
        log.error("crisis_reply_failed", site=site_id, exc_info=error)
        return speak({"say": "chat.emergency"}, voice)
