"""What was agreed with customers and what became of it, on their side and on ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from coalface.policies import number
from coalface.records.models import Attendance, Guest, GuestAnswer, Outcome

from .outcomes import A_YEAR

STAYED_AWAY: Final = Q(invitation__answer__in=(GuestAnswer.DECLINES, GuestAnswer.NEVER))
OFF: Final = Q(encounter__outcome=Outcome.CANCELLED)
NO_SHOW: Final = Q(encounter__outcome=Outcome.NO_SHOW)
HELD: Final = Q(encounter__outcome=Outcome.HELD)
# Whoever did not say that they stay away was there, or would have been.
AWAY: Final = Q(came=False)
NOT_AWAY: Final = Q(came=None) | Q(came=True)
CALLED_OFF: Final = Q(invitation__called_off_at__isnull=False)
NOT_CALLED_OFF: Final = Q(invitation__called_off_at=None)
DID_NOT_SAY_NO: Final = Q(invitation=None) | ~STAYED_AWAY


@dataclass(frozen=True, slots=True)
class Kept:
    """Customers who were to be met within a year, each counted once, by who kept the appointment."""

    kept: int
    we_cancelled: int
    we_did_not_come: int
    they_cancelled: int
    they_did_not_come: int

    @property
    def all(self) -> int:
        return (
            self.kept
            + self.we_cancelled
            + self.we_did_not_come
            + self.they_cancelled
            + self.they_did_not_come
        )


def kept(where: Q, now: datetime) -> Kept | None:
    """Of guests of encounters there; None while fewer of us stand behind them than may be counted.

    What we failed in is never counted as theirs: whom we left waiting stayed away from nothing.
    """
    rows = Guest.objects.filter(where, encounter__starts_at__gt=now - A_YEAR, encounter__starts_at__lte=now)
    people = Attendance.objects.filter(encounter__in=rows.values("encounter")).aggregate(
        n=Count("person", distinct=True)
    )
    if people["n"] < number("smallest_group"):
        return None
    return Kept(**rows.order_by().aggregate(**{name: Count("pk", filter=of) for name, of in _ways().items()}))


def _ways() -> dict[str, Q]:
    theirs = DID_NOT_SAY_NO & NOT_CALLED_OFF
    return {
        "kept": HELD & NOT_AWAY,
        "we_cancelled": DID_NOT_SAY_NO & (CALLED_OFF | (OFF & NOT_AWAY)),
        "we_did_not_come": NO_SHOW & Q(came=True),
        "they_cancelled": STAYED_AWAY | (OFF & AWAY & theirs),
        "they_did_not_come": theirs & ((NO_SHOW & (Q(came=None) | AWAY)) | (HELD & AWAY)),
    }
