"""Replies that were refused are shown to whoever looks after the engine room, without their words."""

from coalface.edges.letters import Letter
from coalface.meet.actions import take_reply
from coalface.worker.queries import refused_letters
from tests.meet import LATER
from tests.people import Cast


def test_refused_letters_are_shown_for_a_month(cast: Cast):
    take_reply(letter=Letter("<1>", "x@y.example", thoughts=("Secret.",)), now=LATER)
    take_reply(letter=Letter("<2>", "x@y.example", automatic=True), now=LATER)
    assert [letter.refusal for letter in refused_letters(LATER)] == ["no_token"]
    assert list(refused_letters(LATER.replace(month=5))) == []
