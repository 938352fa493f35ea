"""Complaints that went elsewhere: a channel that was closed, siblings that took them in."""

import pytest

from coalface.methods.before_after import windows
from coalface.methods.channels import channel_closed, substituted
from coalface.methods.comparing import compare

ISSUE = windows(42, 18, 1)


@pytest.mark.parametrize(
    ("contacts", "closed"),
    [
        ((420, 400), False),
        ((420, 180), True),  # all fell with it
        ((420, 40), True),  # hardly anything is heard any more
        ((2_000, 1_700), True),  # everything else fell by 14 %
        ((2_000, 1_930), False),
        ((42, 18), True),  # nothing else was ever heard there: its fall may be the channel's
        ((420, 900), False),
    ],
)
def test_a_closed_channel_is_noticed(contacts, closed):
    assert channel_closed(ISSUE, windows(*contacts, 1), 1.0) is closed


def test_all_contacts_include_those_of_the_issue():
    with pytest.raises(ValueError, match="include those that name the issue"):
        channel_closed(ISSUE, windows(30, 30, 1), 1.0)


@pytest.mark.parametrize(
    ("siblings", "moved"), [((30, 54), True), ((30, 30), False), ((30, 33), False), ((0, 24), True)]
)
def test_complaints_that_moved_are_noticed(siblings, moved):
    assert substituted(ISSUE, windows(*siblings, 1), compare(ISSUE, None)) is moved


def test_siblings_grow_with_business():
    issue, siblings = windows(42, 36, (1, 2)), windows(30, 60, (1, 2))
    assert substituted(issue, siblings, compare(issue, None)) is False
