"""Links for people without a sign-in."""

import pytest

from coalface.shell.codes import code_drawing, code_in_page
from coalface.shell.links import Expired, Forged, signed, unsigned

OURS = "coalface.tests.ours"


def test_what_was_signed_is_read_back():
    assert unsigned(signed(7, OURS), OURS) == "7"


@pytest.mark.parametrize("token", ["", "7", "7.", "7.made-up"])
def test_a_link_that_was_made_up_opens_nothing(token):
    with pytest.raises(Forged):
        unsigned(token, OURS)


def test_a_link_opens_nothing_but_what_it_was_made_for():
    with pytest.raises(Forged):
        unsigned(signed(7, "coalface.tests.another"), OURS)


def test_a_page_that_is_gone_says_why():
    assert [(gone.expired, gone.status) for gone in (Forged, Expired)] == [(False, 404), (True, 410)]


def test_a_code_stands_alone_or_in_a_page():
    address = "http://coalface.example/c/ask/abcd/"
    assert code_drawing(address, scale=6).startswith('<svg xmlns="http://www.w3.org/2000/svg" ')
    assert code_in_page(address, scale=8).startswith("data:image/svg+xml")
