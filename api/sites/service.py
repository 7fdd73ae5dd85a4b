"""Reads the schools from one YAML file, once, and refuses a file that could mislead a visitor."""

from datetime import date, time
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import yaml
from pydantic import BeforeValidator, ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from api.states import Country, Language
from core.errors import NotFound, Refused
from core.settings import get_settings

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is there on one weekday, in local time."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        """Refuse hours that end before they begin: every promise would be wrong."""
        if self.closes <= self.opens:
            raise ValueError("closes before it opens")


def _weekdays(value: dict[str, str]) -> dict[int, dict[str, str]]:
    """`{"monday": "08:30-16:30"}` -> `{0: {"opens": "08:30", "closes": "16:30"}}`."""
    return {
        WEEKDAYS.index(str(day)): dict(zip(("opens", "closes"), str(hours).split("-"), strict=True))
        for day, hours in value.items()
    }


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid", arbitrary_types_allowed=True))
class Site:
    """One school's website."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
    name: str
    country: Country
    default_language: Language
    team: str
    time_zone: Annotated[ZoneInfo, BeforeValidator(lambda name: ZoneInfo(name) if isinstance(name, str) else name)]
    office_hours: Annotated[dict[int, Hours], BeforeValidator(_weekdays)]  # 0 is Monday; a day without is closed
    holidays: tuple[tuple[date, date], ...]  # first and last day
    accent: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")]
    allowed_origins: tuple[str, ...]  # who may embed the panel: its frame-ancestors
    acute_opens_case: Literal["at_once", "ask_first"]


_SITES = TypeAdapter(dict[str, Site])


@lru_cache
def _load(file: Path) -> dict[str, Site]:
    try:
        content = yaml.safe_load(file.read_text("utf-8"))
        return _SITES.validate_python({name: {"id": name, **fields} for name, fields in content.items()})
    except (OSError, ValueError, TypeError, AttributeError, KeyError, yaml.YAMLError) as error:
        what = f"The sites file {file.name} cannot be used: {error}."
        raise Refused(what, "Compare it with api/sites/sites.yml.") from error


def all_sites() -> list[Site]:
    """Every school of this installation.

    Raises:
        Refused: the file is missing or wrong.
    """
    return list(_load(get_settings().sites_file).values())


def get_site(site_id: str) -> Site:
    """One school.

    Raises:
        NotFound: nobody registered this site.
    """
    site = _load(get_settings().sites_file).get(site_id)
    if site is None:
        raise NotFound("This website is not known here.", "Check the data-site value of the script on the page.")
    return site
