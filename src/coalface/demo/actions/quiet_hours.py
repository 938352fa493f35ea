"""What the worker does while nobody waits: at the end of a story for what was said lately, at once."""

from datetime import datetime
from typing import Final

from coalface.records.models import Verbatim
from coalface.understand.actions import Mark, check_sorting, discover_weekly, judge_touchpoints, read_some

LATELY: Final = 600  # words; those before are read through once the demo is served


def catch_up(*, now: datetime) -> None:
    """Read through what was said lately, then judge touchpoints, look for themes, check the sorting."""
    newest = Verbatim.objects.order_by("-pk").values_list("pk", flat=True)[LATELY : LATELY + 1]
    mark = Mark(read_to=newest.first() or 0, looked_back_at=now)
    while read_some(now=now, mark=mark):
        continue
    judge_touchpoints(now=now)
    discover_weekly(now=now)
    check_sorting(now=now)
