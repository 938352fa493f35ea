"""`coalface user` for somebody who is in the directory already."""

from argparse import Namespace

import pytest

from coalface.console.user import make
from coalface.people.actions import AlreadyHasAnAccount, add_person, grant
from tests.people import CAME_ON, NOW, PASSWORD, Cast


def options(email: str) -> Namespace:
    return Namespace(email=email, name="", organisation="", role="administrator")


def test_who_has_the_role_and_no_sign_in_gets_one(cast: Cast):
    nia = add_person(
        name="Nia New", unit=cast.root, email="nia@lindner.example", starts_on=CAME_ON, by=None, now=NOW
    )
    given = grant(person=nia, role="administrator", unit=cast.root, by=None, now=NOW)
    assert make(options("nia@lindner.example"), PASSWORD).person == nia
    assert nia.grants.get() == given


def test_who_has_both_is_told_so(cast: Cast):
    with pytest.raises(AlreadyHasAnAccount):
        make(options("ada@lindner.example"), PASSWORD)
