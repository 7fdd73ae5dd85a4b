"""DUO's two files: the real columns, made-up rows (no real file was at hand)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import blocking_engine
from core.errors import Refused
from programmes import importers
from programmes.importers import duo_ho_programmes, duo_mbo_offers, formats
from programmes.importers.gathering import Asked, Read
from programmes.models import Institution, Offering, Programme

MBO_COLUMNS, HO_COLUMNS = tuple(sorted(duo_mbo_offers.COLUMNS)), tuple(sorted(duo_ho_programmes.COLUMNS))
DAY = date(2026, 11, 30)
MBO = {
    "OPLEIDINGSEENHEIDCODE": "1000O0001", "OPLEIDINGSEENHEID_TYPE": "MBOKWALIFICATIE",
    "OPLEIDINGSEENHEID_NIVEAU": "MBO-3", "OPLEIDINGSEENHEID_NAAM": "Verzonnen vak",
    "OPLEIDINGSEENHEID_INTERNATIONALE_NAAM_ENGELS": "Made-up trade", "ERKENDEOPLEIDINGSCODE": "29999",
    "KWALIFICATIEDOSSIER": "Verzonnen", "DOMEIN": "Techniek", "ONDERWIJSAANBIEDERID": "999A001",
    "NAAM": "Verzonnen College", "ONDERWIJSLOCATIECODE": "999X001", "PLAATSNAAM": "ALKMAAR",
    "AANGEBODEN_OPLEIDINGCODE": "a-1", "AFWIJKENDE_OPLEIDINGSDUUROMVANG": "3",
    "AFWIJKENDE_OPLEIDINGSDUUREENHEID": "J", "LEERTRAJECT": "BOL", "WEBSITE": "https://school.example/vak",
}  # fmt: skip
HO = {
    "ONDERWIJSAANBIEDERID": "999A002", "ONDERWIJSAANBIEDER_NAAM": "Verzonnen Hogeschool",
    "ERKENDEOPLEIDINGSCODE": "39999", "NAAM_LANG": "B Verzonnen kunde", "INTERNATIONALE_NAAM": "Made-up Studies",
    "NIVEAU": "HBO-BA", "VORM": "DEELTIJD", "AANGEBODEN_OPLEIDINGCODE": "b-1", "ONDERWIJSLOCATIECODE": "999X002",
    "ONDERWIJSLOCATIEPLAATS": "UTRECHT", "EERSTE_INSTROOMDATUM": "2027-09-01",
}  # fmt: skip


@pytest.fixture
def mbo(write_csv):
    """Reads a file of mbo offers; each row changes one that is good."""

    def read(*changes: dict[str, str], **how: str) -> Read:
        rows = [{**MBO, "AANGEBODEN_OPLEIDINGCODE": f"a-{at}", **change} for at, change in enumerate(changes)]
        return duo_mbo_offers.read(write_csv("mbo.csv", MBO_COLUMNS, *rows, **how), Asked(DAY))

    return read


@pytest.fixture
def ho(write_csv):
    """Reads a file of programmes of higher education; each row changes one that is good."""

    def read(*changes: dict[str, str], **how: str) -> Read:
        rows = [{**HO, "AANGEBODEN_OPLEIDINGCODE": f"b-{at}", **change} for at, change in enumerate(changes)]
        return duo_ho_programmes.read(write_csv("ho.csv", HO_COLUMNS, *rows, **how), Asked(DAY))

    return read


class TestMboOffers:
    def test_a_line_is_an_offer_with_its_school_and_programme(self, mbo):
        [brought] = mbo({}, separator=";").brought
        [offer], [school], [programme] = brought.offerings, brought.institutions, brought.programmes

        assert (offer.programme, offer.institution, offer.place) == ("nl-mbo-29999", "999A001", "ALKMAAR")
        assert (offer.mode, offer.duration_months, offer.cohort, offer.proof) == ("BOL", 36, "2026", "school")
        assert offer.url == "https://school.example/vak"
        assert (school.name, school.kind) == ("Verzonnen College", "mbo")
        assert (programme.name_en, programme.level, programme.domain) == ("Made-up trade", "3", "Techniek")
        assert brought.sources[0].dated == "2026-11-30"

    def test_headers_with_spaces_and_small_letters_are_the_same(self, write_csv):
        columns = tuple(name.lower().replace("_", " ") for name in MBO_COLUMNS)
        row = {name.lower().replace("_", " "): value for name, value in MBO.items()}

        path = write_csv("mbo.csv", columns, row)

        assert formats.find(str(path), None) == "duo-mbo"
        assert len(duo_mbo_offers.read(path, Asked(DAY)).brought[0].offerings) == 1

    @pytest.mark.parametrize("kind", ["MBOKEUZEDEEL", "MBODOMEIN", "MBOKWALIFICATIEDOSSIER", "MBODEELKWALIFICATIE"])
    def test_what_is_no_whole_programme_is_counted_and_left_out(self, mbo, kind):
        found = mbo({}, {"OPLEIDINGSEENHEID_TYPE": kind})

        assert len(found.brought[0].offerings) == 1
        assert found.notes[f"left out: {kind}, which is no whole programme"] == 1
        assert found.skipped == []

    def test_an_unknown_leertraject_is_taken_without_a_mode_and_counted(self, mbo):
        found = mbo({"LEERTRAJECT": "OVO"})

        assert found.brought[0].offerings[0].mode is None
        assert found.notes["leertraject OVO: taken without a mode"] == 1

    def test_two_sites_in_one_town_are_one_offer(self, mbo):
        found = mbo({}, {"ONDERWIJSLOCATIECODE": "999X009"})

        assert len(found.brought[0].offerings) == 1
        assert found.skipped == []

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"OPLEIDINGSEENHEID_NIVEAU": "MBO-9"}, "unknown level MBO-9"),
            ({"OPLEIDINGSEENHEID_NIVEAU": "", "MBONIVEAU": ""}, "unknown level (empty)"),
            ({"ERKENDEOPLEIDINGSCODE": "kok"}, "id"),
            ({"OPLEIDINGSEENHEID_NAAM": ""}, "name_nl"),
            ({"ONDERWIJSAANBIEDERID": "x"}, "code"),
            ({"WEBSITE": "javascript:alert(1)"}, "link must begin with http"),
            ({"AFWIJKENDE_OPLEIDINGSDUUROMVANG": "99"}, "duration_months"),
            ({"AANGEBODEN_OPLEIDINGCODE": "a-0"}, "a-0 stands there twice, first on line 2"),
        ],
    )
    def test_a_bad_line_is_reported_and_stops_no_other(self, mbo, change, reason):
        found = mbo({}, change, {"PLAATSNAAM": "UTRECHT"})

        assert [(bad.file, bad.line) for bad in found.skipped] == [("mbo.csv", 3)]
        assert reason in found.skipped[0].reason
        assert len(found.brought[0].offerings) == 2


class TestHoProgrammes:
    def test_a_line_is_an_offer_with_both_names(self, ho):
        [brought] = ho({}).brought
        [offer], [school], [programme] = brought.offerings, brought.institutions, brought.programmes

        assert (offer.programme, offer.mode, offer.cohort) == ("nl-ho-39999", "part-time", "2027")
        assert (school.code, school.kind) == ("999A002", "hbo")
        assert (programme.name_nl, programme.name_en, programme.level) == (
            "Verzonnen kunde",
            "Made-up Studies",
            "hbo",
        )

    @pytest.mark.parametrize(
        ("said", "level"), [("HBO-AD", "ad"), ("WO-BA", "wo"), ("HBO-MA", "hbo-ma"), ("WO-MA", "wo-ma")]
    )
    def test_levels_are_ours(self, ho, said, level):
        assert ho({"NIVEAU": said}).brought[0].programmes[0].level == level

    @pytest.mark.parametrize(
        "change",
        [
            {"NIVEAU": "WO-PM"},
            {"EINDDATUM": "2026-08-31"},
            {"AANGEBODEN_OPLEIDING_EINDDATUM": "20260831"},
            {"LAATSTE_INSTROOMDATUM": "01-09-2026"},
            {"AANGEBODEN_OPLEIDINGCODE": ""},
        ],
    )
    def test_what_follows_a_master_and_what_has_ended_is_counted_and_left_out(self, ho, change):
        found = ho({}, change)

        assert len(found.brought[0].offerings) == 1
        assert sum(found.notes.values()) == 1
        assert found.skipped == []

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"NIVEAU": "HBO"}, "unknown level HBO"),
            ({"EINDDATUM": "31 augustus"}, "31 augustus is no date"),
            ({"EERSTE_INSTROOMDATUM": "2027-13-01"}, "2027-13-01 is no date"),
            ({"WEBSITE": "ftp://school.example"}, "link must begin with http"),
        ],
    )
    def test_a_bad_line_is_reported_and_stops_no_other(self, ho, change, reason):
        found = ho({}, change)

        assert [(bad.line, reason in bad.reason) for bad in found.skipped] == [(3, True)]


class TestFiles:
    @pytest.mark.parametrize(("module", "count"), [(duo_mbo_offers, 33), (duo_ho_programmes, 44)])
    def test_the_columns_are_those_that_duo_documents(self, module, count):
        assert len(module.COLUMNS) == count

    def test_a_column_that_is_gone_or_new_is_named(self, write_csv):
        columns = (*(name for name in MBO_COLUMNS if name != "LEERTRAJECT"), "LEERWEG")
        path = write_csv("mbo.csv", columns)

        assert formats.find(str(path), None) == "duo-mbo"
        with pytest.raises(Refused, match="missing: LEERTRAJECT; unknown: LEERWEG"):
            duo_mbo_offers.read(path, Asked(DAY))

    def test_a_header_without_a_good_line_wipes_nothing(self, mbo):
        with pytest.raises(Refused, match="No good row is left"):
            mbo()

    def test_a_file_in_another_encoding_is_refused_with_its_line(self, write_csv, folder: Path):
        path = write_csv("mbo.csv", MBO_COLUMNS, {**MBO, "NAAM": "Café College"})
        path.write_bytes(path.read_text("utf-8").encode("latin-1"))

        with pytest.raises(Refused, match=r"mbo.csv is not UTF-8 \(line 2\)"):
            duo_mbo_offers.read(path, Asked(DAY))


class TestRun:
    def test_both_files_stand_beside_each_other_and_beside_ours(self, url, write_csv):
        engine = blocking_engine(url)
        with_name = {**MBO, "ONDERWIJSAANBIEDERID": "999A003", "NAAM": "Albeda", "AANGEBODEN_OPLEIDINGCODE": "a-2"}
        importers.run(str(write_csv("mbo.csv", MBO_COLUMNS, MBO, with_name)), url, dated=DAY)
        importers.run(str(write_csv("ho.csv", HO_COLUMNS, HO)), url, dated=DAY)
        again = importers.run(str(write_csv("mbo.csv", MBO_COLUMNS, MBO)), url, dated=DAY)

        with Session(engine) as session:
            brought = Offering.source_id.in_(["duo-mbo", "duo-ho"])
            offers = session.scalars(select(Offering).where(brought).order_by(Offering.programme_id)).all()
            programme = session.get_one(Programme, "nl-ho-39999")
            schools = session.scalars(select(Institution.code).where(Institution.name == "Albeda")).all()
            found = [(one.programme_id, one.institution_code, one.place) for one in offers]
            proof = (programme.proof, programme.last_seen, programme.modes)
        engine.dispose()

        assert found == [("nl-ho-39999", "999A002", "Utrecht"), ("nl-mbo-29999", "999A001", "Alkmaar")]
        assert proof == ("offer", "2027", ("part-time",))
        assert schools == ["00GT"]  # the school of that name, whatever code RIO gives it
        assert again.changes["offerings"].removed == 1
