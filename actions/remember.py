"""Keeps what somebody says of himself or of his child: an age, and where they stand at school. It says nothing.

Rasa runs this before the action that answers (`domain.yml`, slots `age` and `standing`), so that no answer asks again
for what was said; the API shows what was noted, with a way to take it back (`api/chat/noting.py`).
"""

import re

from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.interfaces import Action, Tracker
from rasa_sdk.types import DomainDict

from actions.hearing import Heard, hear
from programmes.ages import age_of
from programmes.standing import ends_in

NOTED = frozenset({"age", "standing"})
"""The slots that this fills; `actions.correct` takes them back."""

_SOMEBODY_ELSE = re.compile(
    r"\b(?:broers?|broertje|zus|zusje|zusters?|vrienden|vriend|vriendin(?:nen)?|neef|nicht|klasgeno\w+|iemand|buurjongen"
    r"|brothers?|sisters?|friends?|cousin|classmates?|somebody|someone)\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\b(?:(?:ik|'?k|wij|we|hij|zij|ze|mijn \w+|mn \w+|onze \w+|u) (?:nu |al |ook |net |bijna |pas |nog )?"
    r"(?:ben|bent|is|zijn|doe|doet|zit|zitten|heb|heeft|volg|volgt|zat|deed|had|word|wordt|kom|haalde|ga naar"
    r"|studeer|studeert)"
    r"|(?:ben|zit|doe|heb|volg) (?:ik |nu |in |op |een |net )"
    r"|(?:i|he|she|we|my \w+|our \w+)"
    r"(?:'m|'s|'ve| am| is| do| does| have| has| did| finished| finish| study| studies| go| goes| got| turn)"
    r"|im|ive|(?:zoon|dochter|kind|son|daughter|child|kid) (?:van|of|aged))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,.;?!]+\s*")
_ASKS = re.compile(r"\b(?:welke?|wat|hoe|waar|is er|zijn er|which|what|how|where|(?:is|are) there)\b", re.IGNORECASE)
_MAY_I = re.compile(
    r"\b(?:(?:kan|mag|moet|kom|wil) (?:ik|hij|zij|ze|mijn \w+|onze \w+)"
    r"|(?:can|may|must|do|could|should) (?:i|he|she|we|my \w+))\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"\b(?:met|na|vanuit|with|after|from)\b", re.IGNORECASE)
"""Who asks what he may do *with* a diploma has it, or will have it."""
_NOT_YET = re.compile(
    r"\b(?:als|indien|wanneer|tot|vanaf|totdat|voordat|moet je|mag je|until|if|when|before|must (?:you|i)|from|over)\b"
    r"[^.,?!]{0,25}$",
    re.IGNORECASE,
)
"""Before an age: somebody is not that old, or nobody is."""


class ActionRemember(Action):
    """Fills the slots `age` and `standing` from what was said; leaves them when nothing was."""

    def name(self) -> str:
        """As the domain names it."""
        return "action_remember"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        """Read the message."""
        heard = hear(tracker)
        told = {"age": own_age(heard), "standing": own_standing(heard)}
        return [SlotSet(name, value) for name, value in told.items() if value is not None]


def own_age(heard: Heard) -> int | None:
    """How old the visitor or their child is, if this message says so."""
    if _SOMEBODY_ELSE.search(heard.text) or not _OWN.search(heard.text):
        return None
    for entity in heard.entities:
        if entity["entity"] == "age" and not _NOT_YET.search(heard.text[: entity.get("start") or 0]):
            return age_of(str(entity["value"]))
    return None


def own_standing(heard: Heard) -> str | None:
    """Where the visitor or their child stands at school, if this message or its button says so: a station's code."""
    if start := heard.first("start"):
        return start
    if _SOMEBODY_ELSE.search(heard.text):
        return None
    ends = ends_in(_told(heard.text), country=heard.country)
    asks_with = ends.is_told and _MAY_I.search(heard.text) and _WITH.search(heard.text)
    return ends.start if _OWN.search(heard.text) or asks_with else None


def _told(text: str) -> str:
    """A message without the clauses that only ask: "mijn kind heeft dyslexie, welke hulp is er op het mbo"."""
    clauses = _CLAUSE.split(text)
    return ", ".join(one for one in clauses if _OWN.search(one) or _MAY_I.search(one) or not _ASKS.search(one))
