"""Shapes of a result outside the chat."""

from pydantic import BaseModel

from api.states import Language


class LinkMade(BaseModel):
    """Where a result can be opened."""

    address: str  # a path of ours with the token behind its #


class Entry(BaseModel):
    """One thing of a list: a programme, a tip."""

    title: str
    text: str


class Section(BaseModel):
    """A heading with sentences below it, things in a list, or both."""

    heading: str
    lines: list[str] = []
    entries: list[Entry] = []


class Drawing(BaseModel):
    """A picture, and the same in words."""

    title: str
    text: str
    svg: str


class Sheet(BaseModel):
    """What the page shows and the PDF prints: plain text in the reader's language."""

    language: Language
    title: str
    made: str  # when and where
    pictures: list[Drawing]
    sections: list[Section]
    closing: str
    file_name: str
