"""Numbers and money; the column decides which mark stands before the decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.importers.values import Cell, Money, Numbers, numbers_of

POINT, COMMA = Numbers("."), Numbers(",")


@pytest.mark.parametrize(
    ("numbers", "written", "minor", "currency"),
    [
        (COMMA, "1.234,50", 123450, "EUR"),
        (POINT, "1,234.50", 123450, "EUR"),
        (POINT, "CHF 1’234.50", 123450, "CHF"),
        (COMMA, "1 234,50 zł", 123450, "PLN"),
        (COMMA, "12,– €", 1200, "EUR"),
        (POINT, "€ 99", 9900, "EUR"),
        (POINT, "$5", 500, "USD"),
        (POINT, "Fr. 12.50", 1250, "CHF"),
        (POINT, "(12.50)", -1250, "EUR"),
        (POINT, "3-", -300, "EUR"),
        (POINT, "¥1,200", 1200, "JPY"),
        (POINT, "0.30000000000000004", 30, "EUR"),
        (COMMA, "1.234", 123400, "EUR"),
        (POINT, "1.234", 123, "EUR"),
    ],
)
def test_money_in_minor_units(numbers, written, minor, currency):
    assert numbers.money(written, "EUR") == Cell(Money(minor, currency))


def test_a_shared_sign_is_that_of_the_organisation_if_it_can_be():
    assert [POINT.money("$5", each).value.currency for each in ("CAD", "EUR")] == ["CAD", "USD"]


@pytest.mark.parametrize(
    ("written", "reason"),
    [("abc", "bad_number"), ("5 apples", "bad_number"), ("1,2,3", "bad_number"), ("12%", "bad_number"),
     ("9" * 30, "too_big"), ("1e999999999", "bad_number")],
)  # fmt: skip
def test_what_is_no_amount_says_so(written, reason):
    assert POINT.money(written, "EUR") == Cell(reason=reason)


def test_an_amount_without_a_currency_says_so():
    assert POINT.money("5") == Cell(reason="no_currency")
    assert POINT.money("", "EUR") == Cell()


def test_a_cell_with_the_other_mark_is_proposed():
    numbers = numbers_of(["1,5", "2,25", "1.234", "9.5"])
    assert numbers == Numbers(",", sure=False, only_point=1, only_comma=2, both=1)
    assert numbers.contradicts
    mended = Cell(reason="other_decimal_mark", mending="swap_decimal_mark", gives=(("", "9,5"),))
    assert numbers.number("9.5") == mended
    assert numbers.number("1.234") == Cell(Decimal(1234))


def test_where_nothing_speaks_for_either_the_usual_is_taken_and_said_to_be_unsure():
    assert numbers_of(["1.234"], usual=",") == Numbers(",", sure=False, both=1)
    assert numbers_of(["12", "13"]) == Numbers()


def test_whole_numbers():
    assert [POINT.whole(each) for each in ("9.0", "9.5", "", "x")] == [
        Cell(9), Cell(reason="not_whole"), Cell(), Cell(reason="bad_number"),
    ]  # fmt: skip


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=2), min_size=1, max_size=20),
    st.sampled_from([(".", ","), (",", "."), (",", " "), (".", "'"), (".", "")]),
)
def test_a_column_is_read_back(values, marks):
    decimal, grouping = marks
    table = str.maketrans({".": decimal, ",": grouping})
    written = [f"{value:,.2f}".translate(table) for value in values]
    numbers = numbers_of(written)
    assert [numbers.number(each).value for each in written] == values


@given(st.text(max_size=40))
def test_no_text_breaks_it(written):
    numbers = numbers_of([written])
    assert isinstance(numbers.number(written), Cell)
    assert isinstance(numbers.money(written, "EUR"), Cell)
