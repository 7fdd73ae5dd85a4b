"""A school's own files: filled in by hand (made-up rows), and what is wrong in them said by line."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from core.errors import Refused
from programmes.importers import formats, tabular
from programmes.importers.gathering import Asked, Read
from programmes.importers.rows import FigureKind, FigureRow
from programmes.importers.school_template import FILES, FORMAT, TEMPLATE, read

OFFER = {"school": "25PT", "programme": "nl-mbo-25180", "place": "Alkmaar", "mode": "BBL", "start_year": "2027"}
DAY = {"school": "25PT", "date": "2027-02-06", "from": "10:00", "until": "14:00", "place": "Alkmaar", "online": "no"}
FIGURE = {
    "school": "25PT", "programme": "nl-mbo-25180", "figure": "pass_rate", "value": "81", "unit": "percent",
    "year": "2025", "source": "Made-up source",
}  # fmt: skip
ROW = {"offers.csv": OFFER, "open_days.csv": DAY, "figures.csv": FIGURE}


@pytest.fixture
def fill_in(write_csv):
    """Fills in one file of the template and reads it."""

    def fill(file: str, *rows: dict[str, str], school: str | None = None, **how: Any) -> Read:
        path = write_csv(file, FILES[file], *rows, **how)
        return read({file: path}, Asked(date(2026, 11, 30), school))

    return fill


class TestRead:
    def test_an_offer_keeps_its_place_year_length_and_link(self, fill_in):
        offer = {**OFFER, "months": "24", "link": "www.school.example/kok"}
        [brought] = fill_in("offers.csv", offer).brought

        [row] = brought.offerings
        assert (row.place, row.mode, row.cohort, row.duration_months) == ("Alkmaar", "BBL", "2027", 24)
        assert row.url == "https://www.school.example/kok"
        assert row.proof == "school"
        assert brought.name == "school-25PT"

    def test_a_dutch_word_for_a_mode_and_a_dutch_date_are_read(self, fill_in):
        [brought] = fill_in("offers.csv", {**OFFER, "programme": "nl-ho-34267", "mode": "deeltijd"}).brought
        [days] = fill_in("open_days.csv", {**DAY, "date": "06-02-2027", "online": "ja"}).brought

        assert brought.offerings[0].mode == "part-time"
        assert (days.open_days[0].starts_on, days.open_days[0].is_online) == (date(2027, 2, 6), True)

    def test_an_open_day_without_programmes_is_for_the_whole_school(self, fill_in):
        [brought] = fill_in("open_days.csv", DAY).brought

        [day] = brought.open_days
        assert (day.programmes, day.kind, day.starts_at, day.ends_at) == ((), "open-day", time(10), time(14))

    def test_a_figure_rests_on_the_document_that_the_school_names(self, fill_in):
        [brought] = fill_in("figures.csv", {**FIGURE, "value": "80,5"}).brought

        [figure], [source] = brought.figures, brought.sources
        assert (figure.value, figure.source) == ("80.5", source.id)
        assert (source.title, source.dated) == ("Made-up source", "2025")

    def test_every_kind_of_figure_can_be_given(self, fill_in):
        kinds = FigureKind.__args__
        units = {kind: FigureRow.UNITS.get(kind, ("percent",))[0] for kind in kinds}
        rows = [{**FIGURE, "figure": kind, "unit": unit, "value": "4"} for kind, unit in units.items()]

        assert fill_in("figures.csv", *rows).skipped == []

    def test_a_new_programme_with_two_places_is_one_programme(self, fill_in):
        new = {**OFFER, "programme": "nl-mbo-29999", "name": "Made-up programme", "level": "3"}
        [brought] = fill_in("offers.csv", new, {**new, "place": "Hoorn"}).brought

        assert (len(brought.programmes), len(brought.offerings)) == (1, 2)

    def test_schools_in_one_file_are_kept_apart(self, fill_in):
        read = fill_in("offers.csv", OFFER, {**OFFER, "school": "25LU"})

        assert [one.name for one in read.brought] == ["school-25PT", "school-25LU"]

    def test_a_file_that_was_not_given_says_nothing_about_its_table(self, fill_in):
        [brought] = fill_in("open_days.csv", DAY).brought

        assert brought.offerings is None
        assert brought.figures is None

    def test_an_example_line_is_never_read(self):
        with pytest.raises(Refused, match="Nothing is filled in"):
            read({name: TEMPLATE / name for name in FILES}, Asked(date(2026, 11, 30)))

    def test_an_empty_table_with_a_school_takes_away_what_it_gave(self, fill_in):
        [brought] = fill_in("open_days.csv", school="25PT").brought

        assert (brought.name, brought.open_days, brought.offerings) == ("school-25PT", [], None)

    @pytest.mark.parametrize(
        ("file", "change", "reason"),
        [
            ("offers.csv", {"school": "my school"}, "my school is no BRIN"),
            ("offers.csv", {"programme": "25180"}, "programme"),
            ("offers.csv", {"mode": "evenings"}, "mode"),
            ("offers.csv", {"start_year": "soon"}, "cohort"),
            ("offers.csv", {"months": "-3"}, "duration_months"),
            ("offers.csv", {"link": "javascript:alert(1)"}, "link must begin with http"),
            ("offers.csv", {"link": "data:text/html,x"}, "link must begin with http"),
            ("offers.csv", {"name": "Made up", "level": "9"}, "level"),
            ("open_days.csv", {"date": "31-02-2027"}, "31-02-2027 is no date"),
            ("open_days.csv", {"date": ""}, "starts_on"),
            ("open_days.csv", {"from": "ten"}, "starts_at"),
            ("open_days.csv", {"until": "09:00"}, "ends before it starts"),
            ("open_days.csv", {"from": ""}, "an end and no start"),
            ("open_days.csv", {"kind": "party"}, "kind"),
            ("open_days.csv", {"link": "javascript:alert(1)"}, "link must begin with http"),
            ("figures.csv", {"figure": "popularity"}, "kind"),
            ("figures.csv", {"value": "many"}, "many is no number"),
            ("figures.csv", {"value": "nan"}, "nan is no percent"),
            ("figures.csv", {"value": "140"}, "140 is no percent"),
            ("figures.csv", {"unit": "words"}, "pass_rate is counted in percent"),
            ("figures.csv", {"year": "last year"}, "year"),
            ("figures.csv", {"source": ""}, "without a source"),
            ("figures.csv", {"source_link": "javascript:alert(1)"}, "link must begin with http"),
        ],
    )
    def test_a_bad_row_is_reported_with_its_line_and_stops_no_other(self, fill_in, file, change, reason):
        found = fill_in(file, ROW[file], {**ROW[file], **change})

        assert [(bad.file, bad.line) for bad in found.skipped] == [(file, 3)]
        assert reason in found.skipped[0].reason
        assert len(found.brought) == 1

    def test_a_line_with_more_cells_than_the_header_is_reported(self, fill_in, folder: Path):
        fill_in("offers.csv", OFFER)
        path = folder / "offers.csv"
        path.write_text(path.read_text("utf-8") + ",".join(["25PT"] * 14) + "\n", "utf-8")

        assert "more cells" in read({"offers.csv": path}, Asked(date(2026, 11, 30))).skipped[0].reason

    def test_a_file_of_bad_rows_only_is_refused(self, fill_in):
        with pytest.raises(Refused, match=r"No good row is left.*offers.csv line 2: programme"):
            fill_in("offers.csv", {**OFFER, "programme": "kok"})


class TestFiles:
    def test_what_ships_has_the_header_that_is_read(self):
        for name, columns in FILES.items():
            assert tuple(tabular.header(TEMPLATE / name)) == columns

    def test_a_file_is_known_by_its_columns_whatever_its_name_and_separator(self, write_csv):
        path = write_csv("my offers.csv", FILES["offers.csv"], OFFER, separator=";")

        assert formats.find(str(path), None) == FORMAT

    def test_a_wrong_header_is_named(self, write_csv):
        columns = (*FILES["offers.csv"][:-1], "website")
        path = write_csv("offers.csv", columns)

        with pytest.raises(Refused, match=r"missing: link; unknown: website"):
            read({"offers.csv": path}, Asked(date(2026, 11, 30)))

    def test_a_file_that_is_not_utf_8_says_so_with_the_line(self, folder: Path):
        path = folder / "offers.csv"
        path.write_bytes(",".join(FILES["offers.csv"]).encode() + "\n25PT,nl-mbo-25180,Café\n".encode("latin-1"))

        with pytest.raises(Refused, match=r"not UTF-8 \(line 2\)"):
            read({"offers.csv": path}, Asked(date(2026, 11, 30)))

    @pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
    def test_an_empty_file_says_so(self, folder: Path, content: bytes):
        path = folder / "offers.csv"
        path.write_bytes(content)

        with pytest.raises(Refused, match="is empty"):
            formats.find(str(path), None)

    def test_a_quote_that_never_closes_is_named_with_its_line(self, folder: Path):
        path = folder / "offers.csv"
        path.write_text(",".join(FILES["offers.csv"]) + '\n25PT,"nl-mbo-25180\n', "utf-8")

        with pytest.raises(Refused, match="cannot be read from line"):
            read({"offers.csv": path}, Asked(date(2026, 11, 30)))

    def test_an_unknown_file_shows_its_columns(self, write_csv):
        with pytest.raises(Refused, match="unknown: code, title"):
            formats.find(str(write_csv("x.csv", ("code", "title"))), None)

    def test_an_unknown_format_is_refused_with_those_that_exist(self):
        with pytest.raises(Refused, match="no format excel"):
            formats.find("shipped", "excel")
