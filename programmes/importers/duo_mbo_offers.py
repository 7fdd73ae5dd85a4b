"""Reads DUO's open data `mbo_opleidingsaanbod`: what mbo schools offer, where and how, as they entered it in RIO."""

from collections.abc import Mapping
from pathlib import Path

from programmes.importers import duo, values
from programmes.importers.gathering import Asked, Gathering, Read, offering_row, programme_row, school_row
from programmes.importers.rows import Row

FORMAT = "duo-mbo"
COLUMNS = frozenset({
    "OPLEIDINGSEENHEIDCODE", "OPLEIDINGSEENHEID_TYPE", "WAARDEDOCUMENTSOORT", "OPLEIDINGSEENHEID_NIVEAU",
    "OPLEIDINGSEENHEID_NAAM", "OPLEIDINGSEENHEID_INTERNATIONALE_NAAM_ENGELS", "STUDIELAST", "STUDIELASTEENHEID",
    "ERKENDEOPLEIDINGSCODE", "ERKENDEOPLEIDINGSTYPE", "ERKENDEOPLEIDINGSSTELSEL", "KWALIFICATIEDOSSIER",
    "DOMEIN", "ONDERWIJSAANBIEDERID", "NAAM", "ONDERWIJSBESTUURID", "KVK_NUMMER", "ONDERWIJSLOCATIECODE",
    "STRAATNAAM", "HUISNUMMER", "HUISNUMMERTOEVOEGING", "POSTCODE", "PLAATSNAAM", "AANGEBODEN_OPLEIDINGCODE",
    "AANGEBODEN_OPLEIDING_TYPE", "AFWIJKENDE_OPLEIDINGSDUUROMVANG", "AFWIJKENDE_OPLEIDINGSDUUREENHEID",
    "EIGEN_AANGEBODEN_OPLEIDINGSLEUTEL", "LEERTRAJECT", "MBONIVEAU", "VOERTAAL", "EIGENNAAM", "WEBSITE",
})  # fmt: skip


def read(path: Path, asked: Asked) -> Read:
    """Read the file.

    Raises:
        Refused: the header is not the documented one, or no good row is left.
    """
    return duo.read(path, asked, format=FORMAT, title="Mbo-opleidingsaanbod (RIO)", columns=COLUMNS, rows=_rows)


def _rows(told: Mapping[str, str], gathering: Gathering, at: tuple[str, int], asked: Asked) -> list[Row]:
    values.must_be_whole(told["OPLEIDINGSEENHEID_TYPE"])
    level = values.level(told["OPLEIDINGSEENHEID_NIVEAU"] or told["MBONIVEAU"])
    mode = values.mode(told["LEERTRAJECT"])
    if mode is None:
        gathering.note(f"leertraject {told['LEERTRAJECT'] or '(empty)'}: taken without a mode")
    id = f"nl-mbo-{told['ERKENDEOPLEIDINGSCODE']}"
    english = told["OPLEIDINGSEENHEID_INTERNATIONALE_NAAM_ENGELS"] or None
    return [
        school_row(gathering, at, code=told["ONDERWIJSAANBIEDERID"], kind="mbo", name=told["NAAM"]),
        programme_row(
            gathering,
            at,
            id=id,
            names=(told["OPLEIDINGSEENHEID_NAAM"], english),
            level=level,
            dossier=told["KWALIFICATIEDOSSIER"],
            domain=told["DOMEIN"],
        ),
        offering_row(
            gathering,
            at,
            programme=id,
            institution=told["ONDERWIJSAANBIEDERID"],
            place=told["PLAATSNAAM"],
            mode=mode,
            cohort=str(asked.dated.year),
            duration_months=values.months(
                told["AFWIJKENDE_OPLEIDINGSDUUROMVANG"], told["AFWIJKENDE_OPLEIDINGSDUUREENHEID"]
            ),
            url=told["WEBSITE"],
        ),
    ]
