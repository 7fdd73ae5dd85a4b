"""Reads DUO's open data `ho_opleidingsoverzicht`: programmes of hbo and university, with who offers them and where."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from programmes.importers import duo, values
from programmes.importers.gathering import Asked, Gathering, Read, offering_row, programme_row, school_row
from programmes.importers.rows import Row

FORMAT = "duo-ho"
COLUMNS = frozenset({
    "ONDERWIJSBESTUURID", "ONDERWIJSBESTUUR_NAAM", "ONDERWIJSAANBIEDERID", "ONDERWIJSAANBIEDER_NAAM", "SOORT",
    "OPLEIDINGSEENHEIDCODE", "ERKENDEOPLEIDINGSCODE", "VARIANT_VAN", "ERKENNER", "NAAM_LANG",
    "INTERNATIONALE_NAAM", "BEGINDATUM", "EINDDATUM", "NIVEAU", "GRAAD", "STUDIELAST", "EQF", "ISCED", "NLQF",
    "WAARDEDOCUMENTSOORT", "PENVOERDER", "EIGENNAAM", "EIGENNAAM_DUITS", "EIGENNAAM_ENGELS", "VORM", "VOERTAAL",
    "AANGEBODEN_OPLEIDING_BEGINDATUM", "AANGEBODEN_OPLEIDING_EINDDATUM", "EERSTE_INSTROOMDATUM",
    "LAATSTE_INSTROOMDATUM", "WEBSITE", "SAMENWERKEND_MET", "BUITENLANDSEPARTNER", "DEFICIENTIE",
    "EISEN_WERKZAAMHEDEN", "PROPEDEUTISCHE_FASE", "STUDIEKEUZECHECK", "VERSNELD_TRAJECT",
    "AANGEBODEN_OPLEIDINGCODE", "EIGEN_AANGEBODEN_OPLEIDINGSLEUTEL", "ONDERWIJSLOCATIECODE",
    "ONDERWIJSLOCATIESTRAAT", "ONDERWIJSLOCATIEPLAATS", "OMSCHRIJVING",
})  # fmt: skip
TITLE = "Overzicht opleidingen hoger onderwijs (RIO)"


def read(path: Path, asked: Asked) -> Read:
    """Read the file.

    Raises:
        Refused: the header is not the documented one, or no good row is left.
    """
    return duo.read(path, asked, format=FORMAT, title=TITLE, columns=COLUMNS, rows=_rows)


def _rows(told: Mapping[str, str], gathering: Gathering, at: tuple[str, int], asked: Asked) -> list[Row]:
    level = values.level(told["NIVEAU"])
    ends = (told["EINDDATUM"], told["AANGEBODEN_OPLEIDING_EINDDATUM"], told["LAATSTE_INSTROOMDATUM"])
    if any(end <= asked.dated for end in map(values.day, ends) if end):
        raise values.NotOurs("a programme that has ended or takes no new students")
    begins = values.day(told["EERSTE_INSTROOMDATUM"]) or values.day(told["AANGEBODEN_OPLEIDING_BEGINDATUM"])
    mode = values.mode(told["VORM"])
    if mode is None:
        gathering.note(f"vorm {told['VORM'] or '(empty)'}: taken without a mode")
    names = (values.without_degree(told["NAAM_LANG"]), values.without_degree(told["INTERNATIONALE_NAAM"]) or None)
    id = f"nl-ho-{told['ERKENDEOPLEIDINGSCODE']}"
    school = told["ONDERWIJSAANBIEDERID"]
    return [
        school_row(gathering, at, code=school, kind=values.kind_of(level), name=told["ONDERWIJSAANBIEDER_NAAM"]),
        programme_row(gathering, at, id=id, names=names, level=level),
        offering_row(
            gathering,
            at,
            programme=id,
            institution=school,
            place=told["ONDERWIJSLOCATIEPLAATS"],
            mode=mode,
            cohort=str(max(asked.dated, begins or date.min).year),
            duration_months=None,
            url=told["WEBSITE"],
        ),
    ]
