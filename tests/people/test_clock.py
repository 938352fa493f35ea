"""One clock, wherever it is read: on one's own page and in the organisation's chart."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from coalface.measure.queries import mine
from coalface.people.queries import Clock, clock_of
from coalface.records.models import Depth
from tests.measure import met
from tests.people import NOW, Cast


def test_a_clock_goes_by_what_was_heard_two_ways_and_noted_in_time(cast: Cast):
    today = timezone.localdate(NOW, ZoneInfo(cast.root.time_zone))
    met(cast, cast.olga, 40, [cast.petra])
    met(cast, cast.olga, 20, [cast.petra], noted_after=None)
    met(cast, cast.olga, 15, [cast.petra], noted_after=8)
    met(cast, cast.olga, 10, [cast.petra], depth=Depth.LISTENING)
    met(cast, cast.olga, 5, depth=Depth.READING)
    assert clock_of(cast.olga, today) == Clock(today - timedelta(days=40), 40, 1)
    assert mine(cast.olga, NOW).direct.days == 40


def test_who_met_nobody_has_a_clock_that_says_so(cast: Cast):
    assert clock_of(cast.olga, timezone.localdate(NOW)) == Clock(None, None, 0)
