"""What people decided beside what sorting had said, and how right that was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models.functions import Coalesce

from coalface.methods.results import Estimate, wilson
from coalface.records.models import SortingCheck

from .learned import settled

# Fewer decisions than this tell nothing about how far a stated confidence can be trusted.
FEWEST_FOR_CALIBRATION: Final = 50
# Fewer show no share on a page, only the counts.
FEWEST_FOR_A_SHARE: Final = 10
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision: whether sorting had named an issue, how surely, and whether a person said the same."""

    language: str
    suggested: bool
    right: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Checked:
    """One row of the record, with its share and interval where there is enough to say one."""

    check: SortingCheck
    share: Estimate | None


def decided(*, since: datetime) -> list[Decided]:
    """What people settled that sorting had looked at; a merged suggestion counts as what it is part of."""
    language = Coalesce(
        "feedback__verbatim__language", "remark__verbatim__language", "remark__reading__language"
    )
    named = Coalesce("suggested__merged_into", "suggested")
    rows = settled().filter(settled_at__gte=since, suggested_by__isnull=False)
    rows = rows.annotate(spoken=language, named=named)
    return [
        Decided(
            spoken or "", suggested is not None, suggested is not None and suggested == issue, sure or 0.0
        )
        for spoken, suggested, issue, sure in rows.order_by("pk").values_list(
            "spoken", "named", "issue", "suggested_confidence"
        )
    ]


def calibration_error(rows: Sequence[Decided]) -> float | None:
    """How far stated confidence and being right lie apart, over ten equal steps of confidence; None: too few.

    Expected calibration error: Guo et al. 2017, On Calibration of Modern Neural Networks.
    """
    if len(rows) < FEWEST_FOR_CALIBRATION:
        return None
    bins: dict[int, list[Decided]] = {}
    for row in rows:
        bins.setdefault(min(int(row.confidence * BINS), BINS - 1), []).append(row)
    gaps = (
        abs(sum(one.right for one in some) - sum(one.confidence for one in some)) for some in bins.values()
    )
    return sum(gaps) / len(rows)


def latest_checks() -> list[Checked]:
    """The newest record: overall first, then by language, what was decided most often first."""
    newest = SortingCheck.objects.order_by("-as_of").values("as_of")[:1]
    rows = sorted(
        SortingCheck.objects.filter(as_of=newest), key=lambda one: (one.language != "", -one.decided)
    )
    return [
        Checked(one, wilson(one.right, one.suggested) if one.suggested >= FEWEST_FOR_A_SHARE else None)
        for one in rows
    ]
