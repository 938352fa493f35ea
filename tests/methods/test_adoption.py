"""Adopted or not, by the interval and the share written down beforehand."""

import pytest

from coalface.methods.adoption import Adoption, adoption
from coalface.methods.results import wilson

# Wilson's interval of 30 of 100 is .2189 to .3959 (Newcombe 1998, method 3, gives the same form).
RULED = [(0.2, "adopted"), (0.3, "not_enough_evidence"), (0.4, "not_adopted")]


@pytest.mark.parametrize(("smallest", "ruling"), RULED, ids=str)
def test_by_where_the_interval_lies(smallest, ruling):
    assert adoption(30, 100, smallest) == Adoption(wilson(30, 100), ruling)


def test_of_nobody_nothing_is_known():
    assert adoption(0, 0, 0.2) == Adoption(wilson(0, 0), "not_enough_evidence")


@pytest.mark.parametrize("wrong", [(11, 10, 0.2), (-1, 10, 0.2), (1, 10, 0), (1, 10, 1.1)], ids=str)
def test_what_is_no_share_is_refused(wrong):
    with pytest.raises(ValueError, match="share"):
        adoption(*wrong)
