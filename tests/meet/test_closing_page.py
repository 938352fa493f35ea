"""The end of an encounter: what is left, whose it is now, and what has an answer."""

from coalface.meet.actions import finish, fix_now, give_back, hand_over
from tests.meet import LATER, at, held, said
from tests.people import client_for


def opened(cast, met):
    return client_for(cast.olga).get(at("encounter", met.pk))


def test_what_needs_an_answer_comes_first_then_what_waits(cast):
    met = held(cast)
    done, waiting, left = (said(met, cast.olga, text) for text in ("Done.", "Waiting.", "Left."))
    fix_now(remark=done, by=cast.olga, now=LATER)
    hand_over(remark=waiting, to=cast.sven, by=cast.olga, now=LATER)
    page = opened(cast, met)
    assert [remark for remark, _ in page.context["lines"]] == [left, waiting, done]
    words = page.content.decode()
    for sentence in (
        "Nobody has answered for it yet.",
        "Sven Olsen may say yes until 16 March.",
        "Until then it is Olga Lindner’s.",
        "Time alone finishes nothing",
    ):
        assert sentence in words


def test_what_came_back_is_the_givers_again(cast):
    met = held(cast)
    offered = hand_over(remark=said(met, cast.olga), to=cast.sven, by=cast.olga, now=LATER)
    give_back(hand_over=offered, by=cast.sven, now=LATER)
    assert "It is Olga Lindner’s again." in opened(cast, met).content.decode()


def test_finished_the_page_says_what_opens_it_again(cast):
    met = held(cast)
    fix_now(remark=said(met, cast.olga), by=cast.olga, now=LATER)
    finish(encounter=met, by=cast.olga, now=LATER)
    page = opened(cast, met).content.decode()
    assert "opens it again" in page and "Change who takes part" not in page
