"""Unannounced visits without company: those who are served are asked, and those who serve."""

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import drop_in, note_remark
from coalface.meet.queries import BothSides, both_sides
from tests.meet import LATER, at
from tests.meet.formats import of_kind, took_place
from tests.people import NOW, client_for


@pytest.mark.parametrize(
    ("speakers", "words"),
    [
        ([], None),
        (["customer"], "You have heard 1 customer and none of us yet."),
        (["customer"] * 3, "You have heard 3 customers and none of us yet."),
        (["employee"], "You have heard 1 of us and no customer yet."),
        (["customer", "employee"], None),
    ],
)
def test_whom_nobody_has_asked_yet_is_said_gently(cast, speakers, words):
    visit = took_place(of_kind(cast, "drop_in", announced=False), cast.olga)
    for said_by in speakers:
        given = {"kind": "obstacle", "text": "The lift.", "said_by": said_by, "by": cast.olga, "now": LATER}
        note_remark(id=uuid.uuid7(), encounter=visit, **given)
    assert both_sides(visit) == BothSides(speakers.count("customer"), speakers.count("employee"))
    page = client_for(cast.olga).get(at("encounter", visit.pk)).content.decode()
    assert (words or "You have heard") in page if words else "You have heard" not in page


def test_who_drops_in_comes_unannounced(cast):
    format = of_kind(cast, "drop_in").format
    given = {"unit": cast.north, "person": cast.olga, "customers": [], "by": cast.olga, "now": NOW}
    assert drop_in(format=format, **given).announced is False
    assert drop_in(format=cast.visit, **given).announced is True


def test_before_it_the_page_says_how_to_come_and_after_it_who_came_along(cast):
    visit, olga = of_kind(cast, "drop_in"), client_for(cast.olga)
    assert "without company" in olga.get(at("encounter", visit.pk)).content.decode()
    olga.post(at("hold", visit.pk), {"minutes": 30, "entourage": 2})
    assert "2 others came along" in olga.get(at("encounter", visit.pk)).content.decode()
