"""An own walk, step by step, beside the walk before it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from coalface.records.models import Encounter, Finishing, WalkStep


@dataclass(frozen=True, slots=True)
class Compared:
    """One step now and the step of the same name then; one of them may be missing."""

    name: str
    now: WalkStep | None
    then: WalkStep | None

    @property
    def difference(self) -> int | None:
        """Seconds more than then; below zero it was quicker."""
        return self.now.seconds - self.then.seconds if self.now and self.then else None

    @property
    def quicker(self) -> int | None:
        """Seconds less than then."""
        return None if self.difference is None else -self.difference


@dataclass(frozen=True, slots=True)
class Totals:
    """A walk in a few numbers; `until_human` is the step in which a human answered, None if nobody did."""

    seconds: int
    steps: int
    broke: int
    until_human: int | None
    seconds_until_human: int | None


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps of a walk, its numbers, and the last finished walk of this kind at this place."""

    steps: list[WalkStep]
    totals: Totals
    before: Encounter | None
    before_totals: Totals | None
    compared: list[Compared]

    @property
    def difference(self) -> int | None:
        """Seconds more than the walk before."""
        return self.totals.seconds - self.before_totals.seconds if self.before_totals else None


def steps_of(encounter: Encounter) -> list[WalkStep]:
    """The steps in the order in which they were walked."""
    return list(encounter.steps.select_related("remark__verbatim", "remark__reading").order_by("order"))


def walk_of(encounter: Encounter) -> Walk:
    """The walk, and how it went beside the one before."""
    steps, before = steps_of(encounter), walk_before(encounter)
    then = list(before.steps.order_by("order")) if before else []
    return Walk(
        steps=steps,
        totals=_totals(steps),
        before=before,
        before_totals=_totals(then) if before else None,
        compared=_compared(steps, then) if before else [],
    )


def walk_before(encounter: Encounter) -> Encounter | None:
    """The last finished walk of the same format at the same unit, if it has steps."""
    finished = Finishing.objects.standing().filter(encounter=OuterRef("pk"))
    walked = WalkStep.objects.filter(encounter=OuterRef("pk"))
    same = Encounter.objects.held().filter(
        Exists(finished), Exists(walked), format=encounter.format_id, unit=encounter.unit_id
    )
    earlier = same.filter(starts_at__lt=encounter.starts_at).select_related("unit")
    return earlier.order_by("-starts_at", "-id").first()


def next_order(encounter: Encounter) -> int:
    """The number the next step gets."""
    last = encounter.steps.order_by("-order").values_list("order", flat=True).first()
    return (last or 0) + 1


def _totals(steps: list[WalkStep]) -> Totals:
    place = next((place for place, step in enumerate(steps, start=1) if step.human), None)
    return Totals(
        seconds=sum(step.seconds for step in steps),
        steps=len(steps),
        broke=sum(step.broke for step in steps),
        until_human=place,
        seconds_until_human=sum(step.seconds for step in steps[:place]) if place else None,
    )


def _compared(now: list[WalkStep], then: list[WalkStep]) -> list[Compared]:
    """Each step beside the first one of its name that is not taken; what is no longer walked comes last."""
    left = list(then)
    rows = []
    for step in now:
        same = next((one for one in left if _named(one) == _named(step)), None)
        if same:
            left.remove(same)
        rows.append(Compared(step.name, step, same))
    return rows + [Compared(step.name, None, step) for step in left]


def _named(step: WalkStep) -> str:
    return " ".join(step.name.casefold().split())
