"""In which format, and where, an issue could be heard first-hand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalface.measure.queries import FirstHand, first_hand
from coalface.measure.queries.first_hand import way_of
from coalface.plan.actions import add_format
from coalface.records.models import Depth, Format, Mention, SortedBy
from coalface.understand.actions import add_touchpoint
from tests.measure import issue, met, noted, said
from tests.people import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def formats(cast):
    """A way of meeting for the phone, the counter and one's own screen, beside the visit."""
    ways = (("calls", Depth.LISTENING), ("counter", Depth.DOING), ("walk", Depth.OWN_WALK))
    made = {
        key: add_format(key=key, name=key.title(), depth=depth, minutes=60, by=cast.mina, now=NOW)
        for key, depth in ways
    }
    return made | {"visit": cast.visit}


def came_by(cast, about, *channels, unit=None):
    """Complaints that reached us on these channels."""
    for channel in channels:
        feedback = said(cast, about, 5)
        feedback.channel = channel
        feedback.save()
        Mention.objects.filter(feedback=feedback).update(unit=unit or cast.north)


def heard_at_a_visit(cast, about, days=5):
    remark = noted(met(cast, cast.olga, days), cast.olga, days)
    Mention.objects.create(
        remark=remark, issue=about, sorted_by=SortedBy.ROUTE, confidence=1, counted=True,
        happened_at=remark.noted_at, unit=cast.north,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("channels", "format"),
    [
        (["phone", "phone", "app"], "calls"),
        (["branch"], "counter"),
        (["app", "web", "in_person"], "walk"),
        (["letter"], "visit"),
    ],
)
def test_how_it_reaches_us_leads_to_the_nearest_format(cast, formats, channels, format):
    about = issue(cast, "Waiting")
    came_by(cast, about, *channels)
    assert first_hand([about], NOW) == {
        about.pk: FirstHand(formats[format], cast.north, len(channels), len(channels), 0)
    }


def test_what_was_heard_at_an_encounter_speaks_for_its_format(cast, formats):
    about = issue(cast, "Waiting")
    came_by(cast, about, "phone")
    for _ in range(2):
        heard_at_a_visit(cast, about)
    assert first_hand([about], NOW) == {about.pk: FirstHand(cast.visit, cast.north, 3, 3, 2)}
    came_by(cast, about, "phone", "phone")
    assert first_hand([about], NOW)[about.pk].format == formats["calls"]


def test_the_place_is_where_it_is_said_most(cast, formats):
    about = issue(cast, "Waiting")
    came_by(cast, about, *["branch"] * 5)
    came_by(cast, about, *["branch"] * 4, unit=cast.south)
    found = first_hand([about], NOW)[about.pk]
    assert (found.format, found.unit, found.here, found.of) == (formats["counter"], cast.north, 5, 9)


def test_before_they_are_customers_one_can_only_walk_the_way_oneself(cast, formats):
    stop = add_touchpoint(key="ad", name="Ad", stage="before", order=1, by=cast.mina, now=NOW)
    about = issue(cast, "The offer")
    about.touchpoint = stop
    about.save()
    came_by(cast, about, "letter")
    assert first_hand([about], NOW)[about.pk].format == formats["walk"]


def test_an_organisation_takes_the_nearest_it_has(cast):
    about = issue(cast, "Waiting")
    came_by(cast, about, "phone")
    assert first_hand([about], NOW)[about.pk].format == cast.visit
    cast.visit.depth = Depth.READING
    cast.visit.save()
    assert first_hand([about], NOW)[about.pk].format == cast.visit


def test_without_formats_or_lately_said_words_there_is_none(cast):
    about = issue(cast, "Waiting")
    assert first_hand([about], NOW) == {}
    said(cast, about, 120)
    assert first_hand([about], NOW) == {}
    said(cast, about, 1)
    Format.objects.all().delete()
    assert first_hand([about], NOW) == {}


def test_channels_are_known_by_what_they_are_called():
    names = ("Phone", "call centre", "mobile app", "in_person", "fax", None)
    assert [way_of(name) for name in names] == ["phone", "phone", "screen", "place", "", ""]


def test_three_issues_cost_as_much_as_one(cast, formats):
    def cost(issues):
        with CaptureQueriesContext(connection) as asked:
            assert len(first_hand(issues, NOW)) == len(issues)
        return len(asked)

    issues = [issue(cast, title) for title in "ABC"]
    for one in issues:
        came_by(cast, one, "phone", "branch")
    assert cost(issues[:1]) == cost(issues) == 3
