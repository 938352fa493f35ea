"""The seal of a yardstick: a hash of what was registered, so that a silent change shows."""

import hashlib
import json
from datetime import UTC
from zoneinfo import available_timezones

from coalface.act.queries import zone_of
from coalface.records.models import EvaluationPlan

DATES = ("baseline_from", "baseline_until", "spike_from", "spike_until", "decidable_on")
NUMBERS = ("smallest_effect", "exposure_before", "control_exposure_before")
WHOLE = ("lag_days", "events_before", "control_before")


def registered_fields(plan: EvaluationPlan) -> dict[str, object]:
    """What is written down of a plan, as it goes into its hash; who judges may change when people leave."""
    fields: dict[str, object] = {"basis": str(plan.basis), "measure": plan.measure}
    fields |= {name: day.isoformat() if (day := getattr(plan, name)) else None for name in DATES}
    fields |= {name: None if (n := getattr(plan, name)) is None else float(n) for name in NUMBERS}
    fields |= {name: getattr(plan, name) for name in WHOLE}
    fields["control_issues"] = sorted(plan.control_issues.values_list("pk", flat=True))
    fields["control_units"] = sorted(plan.control_units.values_list("pk", flat=True))
    return fields


def digest_of(plan: EvaluationPlan) -> str:
    """SHA-256 of the registered fields as canonical JSON, with the clocks they hold by and earlier hashes."""
    return _hashed(_whole(plan))


def broken_seal(plan: EvaluationPlan) -> str | None:
    """What is wrong with the hash of a plan: `unsealed`, `altered`, or `clocks_changed`; None when it holds.

    With other clocks the days before and after begin at other moments than was registered.
    """
    if not plan.digest:
        return "unsealed"
    whole = _whole(plan)
    if _hashed(whole) == plan.digest:
        return None
    zones = sorted(available_timezones())
    moved = any(_hashed(whole | {"time_zone": zone}) == plan.digest for zone in zones)
    return "clocks_changed" if moved else "altered"


def _whole(plan: EvaluationPlan) -> dict[str, object]:
    amended = plan.amendments.order_by("at", "id").values_list("digest_before", flat=True)
    return registered_fields(plan) | {
        "fix": plan.fix_id,
        "registered_at": plan.registered_at.astimezone(UTC).isoformat(),
        "registered_by": plan.registered_by_id,
        "time_zone": zone_of(plan.fix).key,
        "amended": list(amended),
    }


def _hashed(whole: dict[str, object]) -> str:
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()
