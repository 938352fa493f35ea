"""How right sorting by itself was, measured every day on what people decided."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import SortingCheck

from ..queries.checks import Decided, calibration_error, decided
from ..queries.learned import settled


@transaction.atomic
def check_sorting(*, now: datetime) -> list[SortingCheck]:
    """How often sorting had said what people settled in the past year, overall and by language."""
    rows = decided(since=now - timedelta(days=365))
    if not rows:
        return []
    by_language: dict[str, list[Decided]] = defaultdict(list)
    for row in rows:
        by_language[""].append(row)
        if row.language:
            by_language[row.language].append(row)
    today, examples, sure_from = timezone.localdate(now), settled().count(), number("learned_sure_from")
    SortingCheck.objects.filter(as_of=today).delete()
    return SortingCheck.objects.bulk_create(
        SortingCheck(as_of=today, language=language, examples=examples, sure_from=sure_from, **_of(some))
        for language, some in sorted(by_language.items())
    )


def _of(rows: Sequence[Decided]) -> dict[str, float | int | None]:
    named = [row for row in rows if row.suggested]
    return {
        "decided": len(rows),
        "suggested": len(named),
        "right": sum(row.right for row in named),
        "calibration_error": calibration_error(named),
    }
