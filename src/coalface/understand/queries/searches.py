"""When themes were looked for, whether that came to an end, and whether somebody wants it done again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from coalface.policies import number
from coalface.records.models import Event, Feedback, Remark, ThemeRun, Unit

from .unnamed import waiting_clauses

EVERY: Final = timedelta(days=7)
FOUND, WANTED, TOO_FEW = "themes.found", "themes.wanted", "themes.too_few"
LOOKED_BACK: Final = 14
MONTH: Final = timedelta(days=30.4375)


@dataclass(frozen=True, slots=True)
class Search:
    """A search that came to its end; one that was broken off counts as none."""

    run: ThemeRun
    began_at: datetime

    @property
    def noise_share(self) -> float | None:
        """The share of clauses that resemble no others."""
        return self.run.noise / self.run.clauses if self.run.clauses else None


def last_search() -> Search | None:
    """The latest one that came to its end."""
    for run in ThemeRun.objects.order_by("-as_of")[:LOOKED_BACK]:
        rows = Event.objects.filter(about_type="themerun", about_id=str(run.pk), kind=FOUND)
        if done := rows.order_by("-id").first():
            return Search(run, done.at)
    return None


def is_wanted(last: Search | None) -> datetime | None:
    """When somebody asked for a search that nobody has answered yet."""
    root = Unit.objects.filter(parent=None).first()
    rows = Event.objects.filter(about_type="unit", about_id=str(root.pk)) if root else Event.objects.none()
    newest = rows.filter(kind__in=(WANTED, TOO_FEW)).order_by("-id").first()
    if newest is None or newest.kind == TOO_FEW or (last and last.began_at >= newest.at):
        return None
    return newest.at


def is_due(last: Search | None, today: date) -> bool:
    """Whether seven days have passed since the last one."""
    return last is None or today - last.run.as_of >= EVERY


def looks_back_to(now: datetime) -> datetime:
    """So many months before the newest words: else a file of another year would never be searched."""
    feedback = Feedback.objects.standing().filter(verbatim__erased_at=None, received_at__lte=now)
    remarks = Remark.objects.filter(verbatim__erased_at=None, noted_at__lte=now)
    newest = [
        feedback.order_by("-received_at").values_list("received_at", flat=True).first(),
        remarks.order_by("-noted_at").values_list("noted_at", flat=True).first(),
    ]
    return max((at for at in newest if at), default=now) - number("themes_months") * MONTH


def would_search(*, now: datetime) -> bool:
    """Whether a search is due or wanted, and enough waits for one: then it takes long."""
    last = last_search()
    if not (is_wanted(last) or is_due(last, timezone.localdate(now))):
        return False
    least = int(number("themes_from_clauses"))
    return waiting_clauses(since=looks_back_to(now)).order_by()[:least].count() >= least
