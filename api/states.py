"""The few words that a conversation and a case can be in; spelled as the contract spells them."""

from enum import StrEnum


class Language(StrEnum):
    """The two languages that we speak."""

    NL = "nl"
    EN = "en"


class Country(StrEnum):
    """Where the school stands."""

    NL = "NL"
    BE = "BE"


class Audience(StrEnum):
    """Who is asking, where it changes the answer."""

    PUPIL = "pupil"
    PARENT = "parent"


class Author(StrEnum):
    """Who said a message."""

    USER = "user"
    BOT = "bot"
    COACH = "coach"
    SYSTEM = "system"


class Owner(StrEnum):
    """Who may answer the visitor: exactly one of these at any moment."""

    BOT = "bot"
    COACH = "coach"


class ConversationState(StrEnum):
    """What the visitor's panel shows; derived, never stored."""

    BOT = "bot"
    WAITING = "waiting_for_coach"
    WITH_COACH = "with_coach"
    CLOSED = "closed"


class Tier(StrEnum):
    """How fast a person is needed: now, today, this week, not at all."""

    ACUTE = "acute"
    URGENT = "urgent"
    CONCERN = "concern"
    INFORMATION = "information"


GRAVITY = {tier: rank for rank, tier in enumerate(Tier)}
"""0 is the gravest."""


class CaseReason(StrEnum):
    """Why a case was opened."""

    SIGNAL = "signal"
    ASKED = "asked_for_person"


class CaseStatus(StrEnum):
    """Where a case is in the coaches' queue."""

    OPEN = "open"
    CLAIMED = "claimed"
    SNOOZED = "snoozed"
    CLOSED = "closed"
