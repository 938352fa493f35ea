"""What is due every day is done once a day; what fails stops nothing else and is shown."""

from datetime import timedelta

from coalface.records.models import Tick
from coalface.worker.actions import run_ticks
from tests.people import NOW, Cast, client_for


def test_a_daily_job_is_done_once_a_day(cast: Cast):
    done = []
    jobs = {"tests.count": lambda *, now: done.append(now)}
    for hours in (0, 1, 24):
        run_ticks(now=NOW + timedelta(hours=hours), jobs=jobs)
    assert done == [NOW, NOW + timedelta(hours=24)]


def test_a_job_that_fails_stops_no_other_and_is_shown_and_tried_again(cast: Cast):
    tried = []

    def stumble(*, now) -> None:
        tried.append(now)
        raise ZeroDivisionError("secret words")

    jobs = {"tests.stumble": stumble, "tests.well": lambda *, now: None}
    assert run_ticks(now=NOW, jobs=jobs) == ["tests.well"]
    assert run_ticks(now=NOW + timedelta(minutes=30), jobs=jobs) == []
    page = client_for(cast.ada).get("/worker/").content.decode()
    assert "tests.stumble" in page
    assert "ZeroDivisionError" in page
    assert "secret words" not in page
    run_ticks(now=NOW + timedelta(minutes=61), jobs=jobs)
    assert len(tried) == 2
    assert run_ticks(now=NOW + timedelta(hours=3), jobs={"tests.stumble": lambda *, now: None}) == [
        "tests.stumble"
    ]
    assert not Tick.objects.filter(failed_at__isnull=False).exists()
