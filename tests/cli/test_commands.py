"""What an operator sees when something is wrong: one clear line, and nothing lost."""

import json
import socket
from pathlib import Path

import pytest

from tests.house import four_free_ports

HEADER = b"school,date,from,until,kind,place,online,programmes,link\n"


def test_serve_names_the_port_that_is_taken_and_how_to_choose_others(wegwijs):
    port = four_free_ports()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port + 2))
        taken.listen()
        done = wegwijs("serve", "--port", str(port))

    assert done.returncode == 1
    assert done.stderr.startswith(f"✗ Port {port + 2} is in use")
    assert f"make serve PORT={port + 100}" in done.stderr


def test_serve_refuses_a_port_that_nobody_may_bind(wegwijs):
    assert wegwijs("serve", "--port", "80").returncode == 2


def test_understand_names_the_line_that_is_no_json(wegwijs):
    done = wegwijs("understand", stdin='{"text": "hallo"}\nhallo\n')

    assert done.returncode == 1
    assert done.stdout == ""
    assert "Line 2 is not JSON" in done.stderr


def test_understand_refuses_a_language_that_we_do_not_speak(wegwijs):
    done = wegwijs("understand", stdin='{"text": "bonjour", "language": "fr"}\n')

    assert done.returncode == 1
    assert "Line 1" in done.stderr


def test_understand_keeps_the_order_and_the_offsets_of_the_original(wegwijs):
    texts = [
        "ik zoek een opleiding in Utrecht",
        "bel me op 06 12345678, ik zoek iets in Utrecht niveau 3",
        "ik ga er vanavond een eind aan maken",
        "What is the weather tomorrow?",
    ]
    done = wegwijs("understand", stdin="".join(json.dumps({"text": text, "language": None}) + "\n" for text in texts))

    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["text"] for answer in answers] == texts
    assert [answer["language"] for answer in answers] == ["nl", "nl", "nl", "en"]
    for answer in answers:
        assert answer["ranking"][0]["intent"] == answer["intent"]
        for entity in answer["entities"]:
            assert answer["text"][entity["start"] : entity["end"]] == entity["value"]
    assert {"Utrecht", "niveau 3"} <= {entity["value"] for entity in answers[1]["entities"]}
    assert answers[2]["signals"][0]["kind"] == "suicide_acute"
    assert answers[2]["signals"][0]["tier"] == "acute"
    assert answers[3]["intent"] == "out_of_scope"


def test_an_import_with_an_unknown_header_stops_with_one_line(wegwijs, tmp_path: Path):
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("code,title\n1,2\n")
    done = wegwijs("import-catalogue", str(wrong))

    assert done.returncode == 1
    assert done.stderr.startswith("✗ ")
    assert "Traceback" not in done.stderr


def test_doctor_says_how_to_mend_what_is_missing(wegwijs):
    done = wegwijs("doctor")

    assert done.returncode == 1
    assert "✗ the catalogue: run `wegwijs import-catalogue shipped`" in done.stderr


def test_add_coach_refuses_a_team_that_no_site_has(wegwijs):
    done = wegwijs("add-coach", "noor@school.example", "--first-name", "Noor", "--team", "nobody")

    assert done.returncode == 1
    assert "No site has the team nobody" in done.stderr


def test_the_template_is_written_once_and_never_over_what_was_filled_in(wegwijs, tmp_path: Path):
    first = wegwijs("import-catalogue", "--template", str(tmp_path / "school"))
    again = wegwijs("import-catalogue", "--template", str(tmp_path / "school"))

    assert first.returncode == 0, first.stderr
    assert {path.name for path in (tmp_path / "school").iterdir()} == {
        "school.csv",
        "offers.csv",
        "open_days.csv",
        "figures.csv",
    }
    assert again.returncode == 1
    assert "already has school.csv" in again.stderr


def test_an_import_says_what_would_change_and_then_changes_it(wegwijs, tmp_path: Path):
    days = tmp_path / "days.csv"
    days.write_text(
        "school,date,from,until,kind,place,online,programmes,link\n"
        "25PT,2027-02-06,10:00,14:00,open-day,Alkmaar,no,,https://www.school.example\n"
        "25PT,2027-02-31,,,open-day,Alkmaar,no,,\n"
    )
    tried = wegwijs("import-catalogue", str(days), "--dry-run", "--dated", "2026-11-01")
    done = wegwijs("import-catalogue", str(days), "--dated", "2026-11-01")
    again = wegwijs("import-catalogue", str(days), "--dated", "2026-11-01")

    gone = wegwijs("import-catalogue", "--remove", "school-25PT")

    assert "open_days: 0 added, 0 changed, 1 gone" in gone.stdout + gone.stderr
    for run in (tried, done, again):
        assert run.returncode == 0, run.stderr
        assert "skipped days.csv line 3: 2027-02-31 is no date" in run.stdout + run.stderr
    assert "open_days: 1 added, 0 changed, 0 gone" in tried.stdout + tried.stderr
    assert "would change: yes" in tried.stdout + tried.stderr
    assert "open_days: 1 added, 0 changed, 0 gone" in done.stdout + done.stderr
    assert "changed: nothing" in again.stdout + again.stderr


def test_an_import_of_nothing_or_of_an_unknown_format_stops_with_one_line(wegwijs):
    for arguments, said in (((), "Nothing to import"), (("shipped", "--format", "excel"), "no format excel")):
        done = wegwijs("import-catalogue", *arguments)

        assert done.returncode == 1
        assert said in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"school,name\n25PT,Caf\xe9\n", "is not UTF-8 (line 2)"),
        (HEADER.replace(b"link", b"website") + b"25PT,2027-02-06,,,,,,,\n", "missing: link; unknown: website"),
        (HEADER + b"25PT,2027-02-06,,,,,,,javascript:alert(1)\n", "a link must begin with http"),
        (HEADER + b"25PT,2027-02-31,,,,,,,\n", "2027-02-31 is no date"),
    ],
)
def test_a_file_that_cannot_be_used_stops_with_one_line_and_the_old_catalogue_stays(
    wegwijs, tmp_path: Path, content: bytes, said: str
):
    file = tmp_path / "open_days.csv"
    file.write_bytes(content)
    done = wegwijs("import-catalogue", str(file))

    assert done.returncode == 1
    assert done.stderr.startswith("✗ ")
    assert done.stderr.count("\n") == 1
    assert said in done.stderr


def test_a_day_that_is_no_date_is_refused(wegwijs):
    assert wegwijs("import-catalogue", "shipped", "--dated", "yesterday").returncode == 2
