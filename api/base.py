"""The conversations database's declarative base: all of `api`'s tables hang on it."""

from sqlalchemy.orm import DeclarativeBase

from api.states import Audience, Author, CaseReason, CaseStatus, Country, Language, Owner, Tier
from core.db import TYPE_MAP, enum_by_value, metadata


class Base(DeclarativeBase):
    """Base of every table that the API owns."""

    metadata = metadata()
    type_annotation_map = TYPE_MAP | {
        enum: enum_by_value(enum) for enum in (Audience, Author, CaseReason, CaseStatus, Country, Language, Owner, Tier)
    }
