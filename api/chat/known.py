"""What this process remembers of its visitors, so that a locked database cannot silence the acute path."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from uuid import UUID

from api.chat.models import Conversation
from api.chat.said import Voice
from api.states import ConversationState, Owner

REMEMBERED = 10_000
"""Visitors kept in memory, a few hundred bytes each."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who writes: proven by the token. Holds no text."""

    conversation_id: UUID
    token_hash: str
    site: str
    voice: Voice
    language_is_chosen: bool
    owner: Owner
    state: ConversationState
    last_seq: int
    is_from_memory: bool = False  # the database could not be read just now

    @property
    def has_spoken(self) -> bool:
        """Whether anything follows the greeting, which has the first number."""
        return self.last_seq > 1

    @classmethod
    def of(cls, conversation: Conversation, state: ConversationState) -> "Visitor":
        """The visitor of this conversation."""
        return cls(
            conversation_id=conversation.id,
            token_hash=conversation.token_hash,
            site=conversation.site,
            voice=Voice.of(conversation),
            language_is_chosen=conversation.language_is_chosen,
            owner=conversation.owner,
            state=state,
            last_seq=conversation.last_seq,
        )


class KnownVisitors:
    """The visitors seen last."""

    def __init__(self) -> None:
        self._visitors: OrderedDict[UUID, Visitor] = OrderedDict()

    def remember(self, visitor: Visitor) -> None:
        """Keep what was just read."""
        self._visitors[visitor.conversation_id] = visitor
        self._visitors.move_to_end(visitor.conversation_id)
        if len(self._visitors) > REMEMBERED:
            self._visitors.popitem(last=False)

    def recall(self, conversation_id: UUID) -> Visitor | None:
        """What was known at the last look."""
        visitor = self._visitors.get(conversation_id)
        return visitor and replace(visitor, is_from_memory=True)

    def forget(self, conversation_id: UUID) -> None:
        """The conversation is gone."""
        self._visitors.pop(conversation_id, None)
