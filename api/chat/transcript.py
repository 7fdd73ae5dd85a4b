"""A conversation as its visitor sees it now; said anew where the language was switched since."""

from sqlalchemy.ext.asyncio import AsyncSession

from api.chat import queries
from api.chat.models import Conversation, Message
from api.chat.said import Said, Voice
from api.chat.schemas import ConversationRead, MessageRead
from api.chat.service import state_of
from api.chat.speaking import speak
from core.logging import get_logger

log = get_logger()


async def read_transcript(session: AsyncSession, conversation: Conversation) -> ConversationRead:
    """All that was said, in the conversation's present language where we can say it anew."""
    voice = Voice.of(conversation)
    return ConversationRead(
        id=conversation.id,
        language=conversation.language,
        state=await state_of(session, conversation),
        messages=[_anew(message, voice) for message in await queries.messages(session, conversation.id)],
    )


def _anew(message: Message, voice: Voice) -> MessageRead:
    shown = MessageRead.of(message)
    said = Said.from_body(message.body)
    if said.utterance is None or message.language is voice.language:
        return shown
    try:
        again = speak(said.utterance, voice)
    except KeyError:
        log.warning("text_gone", conversation_id=str(message.conversation_id), seq=message.seq)
        return shown  # written by an older release: its words stay as they were
    return shown.model_copy(
        update={
            "language": voice.language,
            "text": again.text,
            "buttons": [dict(button) for button in again.buttons],
            "cards": [dict(card) for card in again.cards],
            "sources": [dict(source) for source in again.sources],
        }
    )
