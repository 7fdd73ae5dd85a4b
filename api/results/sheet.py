"""Puts a result on a sheet to take along: the same words as in the chat, in the order in which one reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from api.chat.said import Said, Voice
from api.chat.speaking import speak
from api.questionnaires import telling
from api.questionnaires.kept import Kept
from api.questionnaires.suggesting import AT_ONCE, suggest
from api.results.queries import Opened
from api.results.schemas import Drawing, Entry, Section, Sheet
from api.sites.service import Site, get_site
from api.states import Audience, Language
from api.texts import render
from core.errors import NotFound
from programmes.catalogue import Catalogue
from programmes.interest_matching import LIMIT

STUDY = frozenset({"attitude", "method"})


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a sheet is written for, and where the result comes from."""

    voice: Voice
    site: Site
    now: datetime

    @classmethod
    def of(cls, opened: Opened, *, language: Language | None, now: datetime) -> Self:
        """The reader of a link.

        Args:
            opened: what it opens.
            language: another one than the conversation's.
            now: for the date on the sheet.
        """
        voice = Voice.of(opened.conversation)
        return cls(replace(voice, language=language or voice.language), get_site(opened.conversation.site), now)

    def say(self, key: str, **values: object) -> str:
        """A text of the sheets."""
        voice = self.voice
        return render(
            f"result.{key}",
            language=voice.language,
            country=voice.country,
            audience=voice.audience,
            values=values,
        )


def own_sheet(kept: Kept, reader: Reader, *, catalogue: Catalogue | None, slots: Mapping[str, Any]) -> Sheet:
    """The result as whoever filled it in takes it along. Blocks: call this in a thread.

    Args:
        kept: a run with answers.
        reader: whom it is for.
        catalogue: where programmes are looked up; None: it is not there, and the sheet says so.
        slots: what the bot knows of wishes.
    """
    first, *others = [speak(said, reader.voice) for said in telling.told(kept, country=reader.voice.country)]
    card = _card(first)
    sections = [
        Section(heading=reader.say("short"), lines=[first.text, *card["cautions"]]),
        *(_tips(kept, reader) if others else ()),
        *_programmes(kept, reader, catalogue, slots),
        Section(heading=reader.say("limits"), lines=[card["limits"]]),
        Section(heading=reader.say("next"), lines=_lines(reader.say(_next_key(kept)))),
    ]
    return Sheet(
        language=reader.voice.language,
        title=card["title"],
        made=_made(reader),
        pictures=[Drawing(title=card["title"], text=card["text"], svg=card["svg"])],
        sections=sections,
        closing=reader.say("closing"),
        file_name=f"wegwijs-{kept.id}.pdf",
    )


def parent_sheet(kept: Kept, reader: Reader) -> Sheet:
    """How to talk about the result at home. It holds no score: a number would end the talk before it begins.

    Args:
        kept: a run with answers.
        reader: as of whoever filled it in; a parent is addressed as a parent.
    """
    reader = replace(reader, voice=replace(reader.voice, audience=Audience.PARENT))
    first = speak(telling.told(kept, country=reader.voice.country)[0], reader.voice)
    limits = _card(first)["limits"]
    about = "study" if kept.id in STUDY else kept.id
    sections = [
        Section(heading=reader.say("short"), lines=[first.text]),
        Section(heading=reader.say("parent.ask"), lines=_lines(reader.say(f"parent.ask_{about}"))),
        Section(heading=reader.say("parent.helps"), lines=_lines(reader.say("parent.helps_how"))),
        Section(heading=reader.say("parent.hinders"), lines=_lines(reader.say("parent.hinders_how"))),
        Section(heading=reader.say("parent.whom"), lines=_lines(reader.say("parent.whom_at_school"))),
        Section(heading=reader.say("limits"), lines=[limits]),
    ]
    return Sheet(
        language=reader.voice.language,
        title=reader.say("parent.title", name=dict(kept.session.bank.name)),
        made=_made(reader),
        pictures=[],
        sections=sections,
        closing=reader.say("closing"),
        file_name=f"wegwijs-{kept.id}-parents.pdf",
    )


def _card(said: Said) -> Mapping[str, Any]:
    card = next((card for card in said.cards if card["type"] == "result"), None)
    if card is None:
        raise NotFound("There is no result yet.", "Answer a few questions first.")
    return card


def _tips(kept: Kept, reader: Reader) -> list[Section]:
    """All low scales at once: on paper there is no "more tips"."""
    entries, line, skip = [], "", 0
    while True:
        (utterance,) = telling.tips(kept, country=reader.voice.country, skip=skip)
        said = speak(utterance, reader.voice)
        entries += [Entry(title=card["title"], text=card["text"]) for card in said.cards]
        line = line or said.text
        skip += telling.TIPS_AT_ONCE
        if len(said.cards) < telling.TIPS_AT_ONCE:
            return [Section(heading=reader.say("tips"), lines=[line], entries=entries)]


def _programmes(kept: Kept, reader: Reader, catalogue: Catalogue | None, slots: Mapping[str, Any]) -> list[Section]:
    if kept.id != "interests":
        return []
    if catalogue is None:
        return [Section(heading=reader.say("programmes"), lines=[reader.say("no_catalogue")])]
    said = [
        speak(utterance, reader.voice)
        for skip in range(0, LIMIT, AT_ONCE)
        for utterance in suggest(kept, catalogue, country=reader.voice.country, slots=slots, skip=skip)
    ]
    cards = [card for one in said for card in one.cards]
    if not said:
        return []
    return [
        Section(
            heading=reader.say("programmes"),
            lines=[said[0].text, *_cautions(cards)],
            entries=[Entry(title=card["title"], text=f"{card['text']} {card['why']}") for card in cards],
        ),
        Section(heading=reader.say("sources"), lines=_sources(cards)),
    ]


def _cautions(cards: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(card["caution"] for card in cards if card.get("caution")))


def _sources(cards: Sequence[Mapping[str, Any]]) -> list[str]:
    """Where the programmes were read, each document once."""
    named = [f"{one['publisher']}: {one['title']} ({one['valid']})." for card in cards for one in card["sources"]]
    return list(dict.fromkeys(named))


def _next_key(kept: Kept) -> str:
    return "next_study" if kept.id in STUDY else f"next_{kept.id}"


def _lines(text: str) -> list[str]:
    return text.splitlines()


def _made(reader: Reader) -> str:
    day = reader.now.astimezone(reader.site.time_zone).date()
    return reader.say("made", school=reader.site.name, day={"date": day.isoformat()})
