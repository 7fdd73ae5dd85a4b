"""Reads saved answers of RIO's open API (LOD API v2, HAL): offers with their programme, school, place and cohorts.

The documentation that we have lists the fields of each record, and not how records point at each other. So a record
belongs to another one when one of them names the id or code of the other: in a field, in the path of a link, by
embedding it, or in the name of the file that it was saved in (`aangeboden-opleidingen_<id>_opleiding.json`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from core.errors import Refused
from programmes.importers import documents, values
from programmes.importers.documents import Page, Record, Told
from programmes.importers.gathering import (
    Asked,
    Gathering,
    Lines,
    Read,
    offering_row,
    programme_row,
    school_row,
    whole,
)
from programmes.importers.rows import Row
from programmes.sources import Cited

FORMAT = "rio"
OFFER, COHORT, PLACE, RECOGNITION, PROGRAMME, SCHOOL = "offer", "cohort", "place", "recognition", "programme", "school"
_TOLD_BY = {
    OFFER: "aangebodenOpleidingcode",
    PLACE: "onderwijslocatiecode",
    RECOGNITION: "erkendeopleidingscode",
    COHORT: "instroommoment",
    PROGRAMME: "volledigeNaam",
    SCHOOL: "naam",
}
"""Kind -> the field that only such a record has, the surest first."""
_CODES = {
    OFFER: ("aangebodenOpleidingcode",),
    PLACE: ("onderwijslocatiecode",),
    PROGRAMME: ("opleidingseenheidcode",),
    SCHOOL: ("code",),
}
"""Kind -> the codes beside its id by which others name it."""
_SHORTEST = 4
"""Characters that an id needs: shorter ones turn up in paths by chance (v2)."""
_OURS = {"AANGEBODENMBOOPLEIDING": "mbo", "AANGEBODENHOOPLEIDING": "ho"}


def knows(path: Path) -> bool:
    """Whether there are offers of RIO at a path."""
    return documents.is_json(path) and any(
        _TOLD_BY[OFFER] in one.told for page in documents.pages(path) for one in page.records
    )


def read(path: Path, asked: Asked) -> Read:
    """Read a folder of saved answers.

    Raises:
        Refused: the last page of a list is missing, or no good offer is left.
    """
    pages = documents.pages(path)
    _must_end(pages)
    known = _Known(one for page in pages for one in page.records)
    lines = Lines()
    gatherings: dict[str, Gathering] = {}
    seen: set[str] = set()
    for one in known.offers:
        with lines.line(*one.at):
            code = str(one.told[_TOLD_BY[OFFER]])
            if code in seen:
                raise LookupError(f"offer {code} stands there twice")
            seen.add(code)
            school = known.one(one.told, SCHOOL)
            whose = str(school["code"]) if school else asked.school
            if whose is None:
                raise LookupError("its onderwijsaanbieder is not there; save it too, or say whose with --school")
            gathering = gatherings.get(whose) or _gathering(whose, asked, lines)
            gathering.add(*_rows(one, known, gathering, (whose, school), asked))
            gatherings[whose] = gathering
    return whole(gatherings.values(), lines)


def _gathering(whose: str, asked: Asked, lines: Lines) -> Gathering:
    source = Cited(
        id=f"{FORMAT}-{whose}",
        title="Registratie Instellingen en Opleidingen (RIO)",
        publisher="DUO",
        url="https://lod.onderwijsregistratie.nl",
        licence="facts only",
        dated=asked.dated.isoformat(),
    )
    return Gathering(source.id, FORMAT, source, asked, lines)


def _rows(
    one: Record, known: "_Known", gathering: Gathering, whose: tuple[str, Told | None], asked: Asked
) -> Iterator[Row]:
    told, programme = one.told, known.one(one.told, PROGRAMME)
    system = _OURS.get(str(told.get("type")))
    if system is None:
        raise values.NotOurs(f"an offer of the type {told.get('type')}")
    if programme is None:
        raise LookupError("its opleidingseenheid is not there; save it too")
    if system == "mbo" and programme.get("type"):
        values.must_be_whole(str(programme["type"]))
    ends = (told.get("einddatum"), told.get("laatsteInstroomdatum"), programme.get("opheffingsdatum"))
    if any(end <= asked.dated for end in map(values.day, ends) if end):
        raise values.NotOurs("an offer that has ended or takes no new students")
    level = values.level(str(told.get("mboniveau") or programme.get("niveau") or ""))
    id = f"nl-{system}-{_code(programme, known, asked)}"
    code, school = whose
    if school:
        yield school_row(gathering, one.at, code=code, kind=values.kind_of(level), name=str(school["naam"]))
    said = (str(programme["volledigeNaam"]), str(programme.get("internationaleNaamEngels") or ""))
    dutch, english = said if system == "mbo" else map(values.without_degree, said)
    yield programme_row(gathering, one.at, id=id, names=(dutch, english or None), level=level)
    yield from _offers(one, known, gathering, {"programme": id, "institution": code}, asked)


def _offers(one: Record, known: "_Known", gathering: Gathering, what: Told, asked: Asked) -> Iterator[Row]:
    told = one.told
    said = str(told.get("leertraject") or told.get("vorm") or "")
    mode = values.mode(said)
    if mode is None:
        gathering.note(f"{said or 'no leertraject or vorm'}: taken without a mode")
    starts = [values.day(cohort.get("instroommoment")) for cohort in known.all(told, COHORT)]
    begins = max((day for day in starts if day), default=None) or max(
        asked.dated, values.day(told.get("eersteInstroomdatum")) or asked.dated
    )
    size, unit = told.get("afwijkendeOpleidingsduuromvang"), told.get("afwijkendeOpleidingsduureenheid")
    for place in known.all(told, PLACE) or [{}]:
        yield offering_row(
            gathering,
            one.at,
            **what,
            place=place.get("plaatsnaam") or "",
            mode=mode,
            cohort=str(begins.year),
            duration_months=values.months(str(size or ""), str(unit or "")),
            url=told.get("website") or "",
        )


def _code(programme: Told, known: "_Known", asked: Asked) -> str:
    """The crebo or croho that is in force, the newest if there are several.

    Raises:
        LookupError: there is none.
    """
    recognised = known.all(programme, RECOGNITION)
    valid = [one for one in recognised if not (end := values.day(one.get("einddatum"))) or end > asked.dated]
    if not valid:
        raise LookupError("it has no opleidingserkenning that is in force; save those too")
    newest = max(valid, key=lambda one: str(one.get("ingangsdatum") or ""))
    return str(newest[_TOLD_BY[RECOGNITION]])


class _Known:
    """All records, and which of them name each other."""

    def __init__(self, records: Iterable[Record]) -> None:
        found = list(records)
        self.offers = [one for one in found if _kind(one.told) == OFFER]
        self._everything = [(told, one.at[0]) for one in found for told in _with_embedded(one.told)]
        self._kinds = {id(told): _kind(told) for told, _ in self._everything}
        named: dict[str, list[Told]] = defaultdict(list)
        for told, _ in self._everything:
            for name in _names(told):
                named[name].append(told)
        self._related: dict[int, dict[int, Told]] = defaultdict(dict)
        for told, file in self._everything:
            for name in {*_mentions(told), *file.removesuffix(".json").split("_")}:
                for other in named.get(name, ()):
                    self._relate(told, other)

    def _relate(self, one: Told, other: Told) -> None:
        if one is not other:
            self._related[id(one)][id(other)] = other
            self._related[id(other)][id(one)] = one

    def all(self, told: Told, kind: str) -> list[Told]:
        """The records of a kind that belong to this one."""
        return [other for at, other in self._related[id(told)].items() if self._kinds[at] == kind]

    def one(self, told: Told, kind: str) -> Told | None:
        """The record of a kind that belongs to this one; the first, if there are several."""
        return next(iter(self.all(told, kind)), None)


def _kind(told: Told) -> str | None:
    return next((kind for kind, field in _TOLD_BY.items() if field in told), None)


def _with_embedded(told: Told) -> Iterator[Told]:
    yield told
    for embedded in (told.get("_embedded") or {}).values():
        for one in embedded if isinstance(embedded, list) else [embedded]:
            if isinstance(one, dict):
                yield from _with_embedded(one)


def _names(told: Told) -> set[str]:
    """The ids and codes that a record has itself."""
    fields = ("id", *_CODES.get(_kind(told) or "", ()))
    return {name for field in fields if len(name := str(told.get(field) or "")) >= _SHORTEST}


def _mentions(told: Told) -> Iterator[str]:
    """What a record names: in its fields, in the paths of its links, and what it embeds."""
    yield from (value for value in told.values() if isinstance(value, str))
    for link in _links(told):
        yield from (unquote(part) for part in urlsplit(link).path.split("/"))
    for embedded in list(_with_embedded(told))[1:]:
        yield from _names(embedded)


def _links(told: Told) -> Iterator[str]:
    links: Any = told.get("_links") or {}
    for link in links.values() if isinstance(links, dict) else ():
        for one in link if isinstance(link, list) else [link]:
            if isinstance(one, dict) and isinstance(one.get("href"), str):
                yield one["href"]


def _must_end(pages: Iterable[Page]) -> None:
    """Refuse a list of which every page says that there is a next one: what follows would be taken for gone."""
    lists: dict[str, list[Page]] = defaultdict(list)
    for page in pages:
        links = page.about.get("_links") or {}
        own = (links.get("self") or {}).get("href") if isinstance(links, dict) else None
        if own and "id" not in page.about:
            lists[urlsplit(own).path].append(page)
    for found in lists.values():
        if all("next" in page.about["_links"] for page in found):
            raise Refused(f"{found[-1].file} says that there is a next page, and it is not there.", "Save all pages.")
