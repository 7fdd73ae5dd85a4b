"""Sites: what an operator wrote is understood, or refused before it can mislead a visitor."""

from datetime import time

import pytest

from api.sites.service import all_sites, get_site
from api.states import Country
from core.errors import NotFound, Refused
from core.settings import get_settings

GOOD = """
school:
  name: School
  country: BE
  default_language: nl
  team: t
  time_zone: Europe/Brussels
  office_hours: {monday: "08:30-16:00"}
  holidays: [[2026-12-21, 2027-01-03]]
  accent: "#112233"
  allowed_origins: [https://school.example]
  acute_opens_case: ask_first
"""


@pytest.fixture
def sites_file(tmp_path, monkeypatch):
    def write(text: str):
        file = tmp_path / "sites.yml"
        file.write_text(text)
        monkeypatch.setenv("SITES_FILE", str(file))
        get_settings.cache_clear()

    yield write
    monkeypatch.undo()
    get_settings.cache_clear()


def test_the_demo_sites_are_there():
    assert {site.id: site.country for site in all_sites()} == {"demo-nl": Country.NL, "demo-be": Country.BE}


def test_an_unknown_site_is_not_found():
    with pytest.raises(NotFound):
        get_site("nowhere")


def test_hours_are_kept_by_weekday_and_a_day_without_is_closed(sites_file):
    sites_file(GOOD)
    assert {day: (hours.opens, hours.closes) for day, hours in get_site("school").office_hours.items()} == {
        0: (time(8, 30), time(16, 0))
    }


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("country: BE", "country: DE"),
        ("08:30-16:00", "16:00-08:30"),
        ("monday", "maandag"),
        ("Europe/Brussels", "Europe/Atlantis"),
        ("ask_first", "sometimes"),
        ('"#112233"', '"red; background: url(x)"'),
        ("  team: t\n", ""),
        ("  team: t\n", "  team: t\n  colour: blue\n"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name(sites_file, right, wrong):
    assert right in GOOD
    sites_file(GOOD.replace(right, wrong))
    with pytest.raises(Refused, match=r"sites\.yml"):
        all_sites()
