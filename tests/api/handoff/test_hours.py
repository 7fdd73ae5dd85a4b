"""Promises: the table of design.md, in the school's own time and calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.handoff.hours import is_school_day, promise, windows
from api.handoff.referral import route
from api.sites.service import get_site
from api.states import Country, Tier

NL, BE = get_site("demo-nl"), get_site("demo-be")

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine must not fail a test about the calendar."""


def at(text: str) -> datetime:
    """A local time in Amsterdam or Brussels, which are the same."""
    return datetime.fromisoformat(text).replace(tzinfo=NL.time_zone).astimezone(UTC)


class TestPromise:
    @pytest.mark.parametrize(
        ("tier", "now", "due"),
        [
            # A Monday morning.
            (Tier.ACUTE, "2026-11-23T10:00", "2026-11-23T10:00"),
            (Tier.URGENT, "2026-11-23T10:00", "2026-11-23T16:30"),
            (Tier.CONCERN, "2026-11-23T10:00", "2026-11-26T16:30"),
            (Tier.INFORMATION, "2026-11-23T10:00", "2026-11-25T16:30"),
            # Too late on a Monday for today.
            (Tier.URGENT, "2026-11-23T15:00", "2026-11-24T16:30"),
            # Before opening: today still counts for what is urgent.
            (Tier.ACUTE, "2026-11-23T07:00", "2026-11-23T08:30"),
            (Tier.URGENT, "2026-11-23T07:00", "2026-11-23T16:30"),
            # Friday evening.
            (Tier.ACUTE, "2026-11-27T20:00", "2026-11-30T08:30"),
            (Tier.URGENT, "2026-11-27T20:00", "2026-11-30T16:30"),
            (Tier.CONCERN, "2026-11-27T20:00", "2026-12-02T16:30"),
            # The last school day before Christmas: Friday 18 December closes at 15:00.
            (Tier.INFORMATION, "2026-12-18T14:00", "2027-01-05T16:30"),
            (Tier.ACUTE, "2026-12-18T15:00", "2027-01-04T08:30"),
        ],
    )
    def test_a_dutch_school_keeps_the_table(self, tier, now, due):
        assert promise(NL, tier, at(now)).due_at == at(due)

    def test_it_tells_whether_somebody_is_there_and_when_again(self):
        assert promise(NL, Tier.CONCERN, at("2026-11-23T08:30")).on_duty
        closed = promise(NL, Tier.CONCERN, at("2026-11-23T16:30"))
        assert (closed.on_duty, closed.opens_at) == (False, at("2026-11-24T08:30"))

    def test_the_clock_change_does_not_move_the_opening(self):
        assert promise(NL, Tier.ACUTE, at("2027-03-27T12:00")).due_at == datetime(2027, 3, 30, 6, 30, tzinfo=UTC), (
            "29 March is Easter Monday; 30 March 8:30 is 6:30 UTC in summer time"
        )

    def test_a_school_that_never_opens_promises_days_and_no_opening(self):
        never = replace(NL, office_hours={})
        now = at("2026-11-23T10:00")
        promised = promise(never, Tier.CONCERN, now)
        assert (promised.due_at, promised.on_duty, promised.opens_at) == (now + timedelta(days=3), False, None)

    @patient
    @given(
        st.datetimes(datetime(2026, 9, 1), datetime(2027, 9, 1)),  # noqa: DTZ001 - given its zone below
        st.sampled_from([NL, BE]),
        st.sampled_from(list(Tier)),
    )
    def test_whatever_the_moment_a_promise_is_kept_in_office_hours(self, moment, site, tier):
        now = moment.replace(tzinfo=UTC)
        promised = promise(site, tier, now)
        assert promised.due_at >= now
        assert promised.on_duty == (promised.opens_at is None)
        local = promised.due_at.astimezone(site.time_zone)
        assert is_school_day(site, local.date())
        hours = site.office_hours[local.weekday()]
        assert hours.opens <= local.time() <= hours.closes

    @patient
    @given(st.datetimes(datetime(2026, 9, 1), datetime(2027, 9, 1)))  # noqa: DTZ001
    def test_a_graver_case_is_never_due_later(self, moment):
        now = moment.replace(tzinfo=UTC)
        acute, urgent, asked, concern = (
            promise(NL, tier, now).due_at for tier in (Tier.ACUTE, Tier.URGENT, Tier.INFORMATION, Tier.CONCERN)
        )
        assert acute <= urgent <= asked <= concern


class TestSchoolDays:
    @pytest.mark.parametrize(
        ("site", "day", "is_open"),
        [
            (NL, date(2026, 11, 23), True),
            (NL, date(2026, 11, 22), False),  # Sunday
            (NL, date(2026, 10, 20), False),  # autumn holiday
            (NL, date(2027, 3, 29), False),  # Easter Monday: public, in no school's list
            (NL, date(2027, 5, 6), False),  # Ascension Day, inside May holiday
            (NL, date(2026, 11, 11), True),  # Armistice Day is Belgian
            (BE, date(2026, 11, 11), False),
            (BE, date(2026, 11, 2), False),  # autumn holiday
            (BE, date(2026, 10, 20), True),  # Dutch autumn holiday
        ],
    )
    def test_each_country_has_its_own_calendar(self, site, day, is_open):
        assert is_school_day(site, day) is is_open

    def test_windows_come_in_order_and_begin_with_the_one_that_runs(self):
        now = at("2026-11-25T11:00")
        ahead = list(windows(BE, now))
        assert ahead[0].closes_at == at("2026-11-25T12:00"), "a Flemish Wednesday ends at noon"
        assert all(one.closes_at < other.opens_at for one, other in pairwise(ahead))


class TestRoute:
    @pytest.mark.parametrize(
        ("kinds", "country", "age", "leads_to"),
        [
            ([], Country.NL, None, "school_coach"),
            (["bullying"], Country.NL, 15, "school_coach"),
            (["truancy"], Country.NL, 15, "leerplicht"),
            (["bullying", "wants_to_quit"], Country.NL, None, "school_coach"),
            (["bullying", "wants_to_quit"], Country.NL, 17, "leerplicht"),
            (["truancy"], Country.NL, 18, "doorstroompunt"),
            (["truancy"], Country.BE, 19, "clb"),
        ],
    )
    def test_absence_leads_to_the_office_of_the_country_and_the_age(self, kinds, country, age, leads_to):
        assert route(kinds, country=country, age=age) == leads_to
