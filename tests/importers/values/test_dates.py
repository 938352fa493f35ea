"""Dates as lists hold them; the column decides what a cell alone cannot."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.importers.values import Cell, Dates, dates_of

ZURICH = ZoneInfo("Europe/Zurich")
THIRD = date(2026, 3, 3)


@pytest.mark.parametrize(
    "written",
    [
        "3.3.2026",
        "03/03/26",
        "2026-03-03",
        "2026/3/3",
        "20260303",
        "3. März 2026",
        "3 mars 2026",
        "3 de marzo de 2026",
        "3 marzo 2026",
        "3 maart 2026",
        "3 marca 2026",
        "March 3, 2026",
        "Mar 3 2026",
        "3-Mar-26",
        "Di, 03.03.2026",
        "Tuesday, March 3, 2026",
        "2026-03-03T12:00:00Z",
        "03.03.2026, 14:05 Uhr",
        "3/3/2026 5:06 PM",
    ],
)
def test_a_day_is_read_however_it_is_written(written):
    assert Dates().day(written) == Cell(THIRD)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-03-03 12:00", datetime(2026, 3, 3, 11, tzinfo=UTC)),
        ("2026-03-03T12:00:00.25+02:00", datetime(2026, 3, 3, 10, 0, 0, 250_000, tzinfo=UTC)),
        ("2026-03-03 12:00:00 UTC", datetime(2026, 3, 3, 12, tzinfo=UTC)),
        ("2015-03-05 09:04:29+00:00", datetime(2015, 3, 5, 9, 4, 29, tzinfo=UTC)),
        ("1/4/2026 12:30 AM", datetime(2026, 3, 31, 22, 30, tzinfo=UTC)),
        ("1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("1700000000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
    ],
)
def test_a_moment_without_a_zone_is_meant_where_we_are(written, moment):
    assert Dates().moment(written, ZURICH) == Cell(moment)


@pytest.mark.parametrize(
    "written", ["31.02.2026", "foo", "3.3", "2026-03-03 25:00", "2026-03-03 12", "1.1.0026", "13/13/2026"]
)
def test_what_is_no_date_says_so(written):
    assert Dates().day(written) == Cell(reason="bad_date")


def test_an_empty_cell_is_nothing():
    assert Dates().day("  ") == Cell()


def test_two_digits_mean_no_later_year_than_the_latest():
    assert Dates(latest_year=2027).day("3.3.27") == Cell(date(2027, 3, 3))
    assert Dates(latest_year=2027).day("3.3.28") == Cell(date(1928, 3, 3))


def test_one_clear_cell_decides_the_order_for_all():
    dates = dates_of(["3/4/2026", "5/25/2026", "1/2/2026"])
    assert dates == Dates(order="mdy", only_month_first=1, both=2)
    assert dates.day("3/4/2026") == Cell(date(2026, 3, 4))


def test_a_cell_of_the_other_order_is_proposed_with_day_and_month_swapped():
    dates = dates_of(["25/12/2025", "24/12/2025", "12/26/2025"])
    assert (dates.order, dates.contradicts, dates.sure) == ("dmy", True, False)
    swapped = Cell(reason="other_order", mending="swap_day_month", gives=(("", "2025-12-26"),))
    assert dates.day("12/26/2025") == swapped
    assert dates.day("2025-26-12") == swapped


def test_points_speak_for_the_day_in_front_and_a_sorted_list_for_its_order():
    assert dates_of(["1.2.2026", "3.2.2026"], usual="mdy") == Dates(both=2)
    rising = ["1/2/2026", "1/3/2026", "1/4/2026", "2/1/2026", "2/5/2026", "2/6/2026"]
    assert dates_of(rising) == Dates(order="mdy", both=6)


def test_where_nothing_speaks_for_either_the_usual_is_taken_and_said_to_be_unsure():
    assert dates_of(["1/2/2026"], usual="mdy") == Dates(order="mdy", sure=False, both=1)


def test_numbers_are_days_where_most_of_the_column_is():
    dates = dates_of(["45000", "45001.5", ""])
    assert dates.day("45000") == Cell(date(2023, 3, 15))
    assert dates.moment("45001.5", UTC) == Cell(datetime(2023, 3, 16, 12, tzinfo=UTC))


def test_a_number_among_dates_is_proposed_as_the_day_that_a_spreadsheet_means():
    dates = dates_of(["3.4.2026", "5.4.2026", "46115"])
    assert dates.day("46115") == Cell(
        reason="number_not_date", mending="serial_date", gives=(("", "2026-04-03"),)
    )
    assert dates.day("460") == Cell(reason="bad_date")


@given(
    st.lists(st.dates(date(1950, 1, 1), date(2049, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %b %Y", "%B %d, %Y"]),
)
def test_a_column_that_is_sure_is_right(days, form):
    days = [*days, date(2001, 12, 31)]
    written = [f"{day:{form}}" for day in days]
    dates = dates_of(written, latest_year=2049)
    assert [dates.day(each).value for each in written] == days


@given(st.text(max_size=40))
def test_no_text_breaks_it(written):
    dates = dates_of([written])
    assert isinstance(dates.day(written), Cell)
    assert isinstance(dates.moment(written, ZURICH), Cell)
