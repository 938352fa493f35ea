"""Addresses and numbers as people type them into lists."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalface.importers.values import Cell, email, name, phone, turned_round, yes_no
from coalface.importers.values.cells import text


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("anna@x.de", "anna@x.de"),
        (" Anna.Lang@X.DE ", "Anna.Lang@x.de"),
        ("Anna <anna@x.de>", "anna@x.de"),
        ("mailto:anna@x.de", "anna@x.de"),
        ("anna@müller.de", "anna@müller.de"),
        ("anna@mail.info.example.museum", "anna@mail.info.example.museum"),
    ],
)
def test_an_address_is_tidied(written, address):
    assert email(written) == Cell(address)


@pytest.mark.parametrize(
    ("written", "reason", "better"),
    [
        ("anna@gmial,com", "bad_email", "anna@gmail.com"),
        ("anna(at)x.de", "bad_email", "anna@x.de"),
        ("anna @ gmx.de", "bad_email", "anna@gmx.de"),
        ("anna@@gmx.de", "bad_email", "anna@gmx.de"),
        ("a..b@x.de", "bad_email", "a.b@x.de"),
        ("anna@gmailcom", "bad_email", "anna@gmail.com"),
        ("anna@gmail.con", "slip_in_email", "anna@gmail.com"),
        ("anna@hotmial.com", "slip_in_email", "anna@hotmail.com"),
    ],
)
def test_an_obvious_slip_is_proposed_and_never_mended_silently(written, reason, better):
    assert email(written) == Cell(reason=reason, mending="fix_email", gives=(("", better),))


@pytest.mark.parametrize("written", ["foo", "anna@x", "@", "anna@", "müller@gmx.de"])
def test_what_is_no_address_says_so(written):
    assert email(written) == Cell(reason="bad_email")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("089 12345678", "+498912345678"),
        ("+49 (0)89 12345678", "+498912345678"),
        ("0049 89 12345678", "+498912345678"),
        ("Tel. 089/1234-5678", "+498912345678"),
        ("+41 44 668 18 00", "+41446681800"),
        ("+1 415 555 2671 ext. 12", "+14155552671;ext=12"),
    ],
)
def test_a_number_is_read_as_from_the_country(written, number):
    assert phone(written, country="DE") == Cell(number)


def test_a_zero_that_a_spreadsheet_took_is_proposed():
    assert phone("612345678", country="FR") == Cell("+33612345678")
    assert phone("612345678", country="IT") == Cell(
        reason="no_zero", mending="add_zero", gives=(("", "0612345678"),)
    )
    assert phone("4.97E+11", country="DE") == Cell(reason="phone_rounded")
    assert phone("foo", country="DE") == Cell(reason="bad_phone")


def test_a_number_of_no_known_country_is_kept_as_it_is():
    assert phone("089 12345678") == Cell("089 12345678")


def test_one_column_for_both_can_be_taken_apart():
    both = (("email", "anna@x.de"), ("phone", "+498912345678"))
    split = Cell(reason="two_contacts", mending="split_contact", gives=both)
    assert email("089 12345678 / anna@x.de", country="DE") == split
    assert phone("anna@x.de, 089 12345678", country="DE") == split
    assert email("089 12345678", country="DE") == Cell(
        reason="phone_not_email", mending="split_contact", gives=(("email", ""), ("phone", "+498912345678"))
    )
    assert phone("anna@x.de", country="DE") == Cell(
        reason="email_not_phone", mending="split_contact", gives=(("phone", ""), ("email", "anna@x.de"))
    )


def test_people_can_be_written_with_the_last_name_in_front_and_companies_stay():
    names = ["Müller, Anna", "de la Cruz, María José", "Smith, Inc", "Acme GmbH, Berlin", "Anna Lang"]
    assert [name(each) for each in names] == [
        "Anna Müller", "María José de la Cruz", "Smith, Inc", "Acme GmbH, Berlin", "Anna Lang",
    ]  # fmt: skip
    assert turned_round(names[:2]) and not turned_round(names[2:]) and not turned_round([""])


def test_yes_and_no():
    assert [yes_no(each) for each in ("Ja", "NEE", "", "x", "0", "perhaps")] == [
        Cell(True), Cell(False), Cell(), Cell(True), Cell(False), Cell(reason="not_yes_or_no"),
    ]  # fmt: skip


def test_words_that_no_text_holds_are_refused():
    assert [text(each, most=3) for each in (" Hi ", "", "a\0b", "a\ud800", "long")] == [
        Cell("Hi"), Cell(), Cell(reason="nul_byte"), Cell(reason="broken_character"), Cell(reason="too_long"),
    ]  # fmt: skip


@given(st.text(max_size=60))
def test_no_text_breaks_it(written):
    for reader in (email, phone):
        assert isinstance(reader(written, country="DE"), Cell)
    assert isinstance(name(written), str)
