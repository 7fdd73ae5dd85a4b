"""Shapes of a coach's account, as the console sees them."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from api.coaches.models import Coach


class Credentials(BaseModel):
    """What a coach signs in with."""

    model_config = ConfigDict(extra="forbid")
    email: Annotated[str, Field(min_length=3, max_length=254, examples=["noor@school.example"])]
    password: Annotated[SecretStr, Field(min_length=1, max_length=200)]


class ColleagueRead(BaseModel):
    """A coach of the team, as colleagues and pupils know them."""

    id: UUID
    first_name: str
    role: str

    @classmethod
    def of(cls, coach: Coach) -> Self:
        """As it leaves the room."""
        return cls(id=coach.id, first_name=coach.first_name, role=coach.role)


class CoachRead(ColleagueRead):
    """The coach who is signed in."""

    email: str
    team: str

    @classmethod
    def of(cls, coach: Coach) -> Self:
        """As it leaves the room."""
        return cls(id=coach.id, first_name=coach.first_name, role=coach.role, email=coach.email, team=coach.team)


class Colleagues(BaseModel):
    """Who can take a case over."""

    items: list[ColleagueRead]
