"""Fixes, easy ones first, and what each waits for."""

from dataclasses import dataclass
from datetime import date

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from coalface.records.models import (
    Decision,
    EvaluationPlan,
    Fix,
    FixOffer,
    Lane,
    Person,
    Unit,
    Verdict,
)
from coalface.records.tables import Column, Of, Table

FIXES = Table(
    "fixes",
    (
        Column("id", Of.WHOLE),
        Column("title"),
        Column("issue", read="issue.title"),
        Column("kind", read="what"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("lane"),
        Column("worth", Of.WHOLE),
        Column("effort", Of.WHOLE),
        Column("owner", read="owner.name"),
        Column("due_on", Of.DAY),
        Column("waits_for"),
        Column("offered_to"),
        Column("decider"),
        Column("decide_by", Of.DAY),
        Column("opened_at", Of.MOMENT),
        Column("accepted_at", Of.MOMENT),
        Column("planned", Of.YES_NO),
        Column("shipped_at", Of.MOMENT),
        Column("declined_at", Of.MOMENT),
        Column("ruling"),
    ),
)
MIDDLE = 3.0


@dataclass(frozen=True, slots=True)
class Asked:
    """Which fixes: in which state, whose, where, of which lane and kind, waiting for what; in which order.

    Somebody’s are their own, and what they are asked to take on or to decide. `waits_for` a decision are all
    that wait for one, also those that nobody has taken on.
    """

    show: str = "open"
    owner: Person | None = None
    unit: Unit | None = None
    lane: str = ""
    kind: str = ""
    waits_for: str = ""
    order: str = ""


ALL = Asked()


def fixes(today: date, asked: Asked = ALL) -> QuerySet[Fix]:
    """Fixes with how far they are: lane by lane what is overdue, then what brings most for least work.

    What nobody has weighed stands in the middle. Shipped and declined ones are newest first.
    """
    found = _chosen(_with_all(today), asked)
    if asked.show == "shipped":
        return found.filter(shipped_at__isnull=False).order_by("-shipped_at", "-id")
    if asked.show == "declined":
        return found.filter(declined_at__isnull=False).order_by("-declined_at", "-id")
    if asked.order == "due":
        return found.open().order_by("due_on", "id")
    return found.open().order_by("place", "-late", "-ease", "due_on", "id")


def _with_all(today: date) -> QuerySet[Fix]:
    offers = FixOffer.objects.waiting().filter(fix=OuterRef("pk"))
    decisions = Decision.objects.waiting().filter(fix=OuterRef("pk"))
    weigh = Cast(Coalesce("worth", Value(MIDDLE)), FloatField()) / Cast(
        Coalesce("effort", Value(MIDDLE)), FloatField()
    )
    return (
        Fix.objects.select_related("issue", "unit", "owner")
        .annotate(
            planned=Exists(EvaluationPlan.objects.filter(fix=OuterRef("pk"))),
            ruling=Subquery(Verdict.objects.filter(fix=OuterRef("pk")).values("ruling")[:1]),
            what=Case(When(kind="", then=F("issue__kind")), default=F("kind"), output_field=CharField()),
            offered_to=Subquery(offers.values("receiver__name")[:1]),
            asked_of=Subquery(offers.values("receiver")[:1]),
            decider=Subquery(decisions.values("decider__name")[:1]),
            decider_id=Subquery(decisions.values("decider")[:1]),
            decide_by=Subquery(decisions.values("decide_by")[:1]),
            place=Case(*(When(lane=lane, then=Value(place)) for place, lane in enumerate(Lane.values))),
            late=ExpressionWrapper(Q(due_on__lt=today), output_field=BooleanField()),
            ease=weigh,
        )
        .annotate(
            waits_for=Case(
                When(shipped_at__isnull=False, then=Value("")),
                When(declined_at__isnull=False, then=Value("")),
                When(merged_into__isnull=False, then=Value("")),
                When(Q(accepted_at=None) | Q(asked_of__isnull=False), then=Value("accept")),
                When(decide_by__isnull=False, then=Value("decide")),
                When(planned=False, then=Value("register")),
                default=Value("ship"),
                output_field=CharField(),
            )
        )
    )


def _chosen(found: QuerySet[Fix], asked: Asked) -> QuerySet[Fix]:
    if asked.owner:
        found = found.filter(_of(asked.owner))
    if asked.unit:
        found = found.filter(holds_in(asked.unit))
    if asked.lane:
        found = found.filter(lane=asked.lane)
    if asked.kind:
        found = found.filter(what=asked.kind)
    if asked.waits_for == "decide":
        found = found.filter(decide_by__isnull=False)
    elif asked.waits_for:
        found = found.filter(waits_for=asked.waits_for)
    return found


def _of(person: Person) -> Q:
    offers = FixOffer.objects.waiting().filter(receiver=person)
    decisions = Decision.objects.waiting().filter(decider=person)
    return Q(owner=person) | Q(pk__in=offers.values("fix")) | Q(pk__in=decisions.values("fix"))


def holds_in(unit: Unit) -> Q:
    """A filter for the fixes of a unit: of everywhere, of units above it, its own, and of units below."""
    above = Unit.objects.alias(here=Value(unit.path)).filter(here__startswith=F("path"))
    return Q(unit=None) | Q(unit__in=above) | Q(unit__path__startswith=unit.path)


def in_lanes(found: QuerySet[Fix]) -> dict[str, int]:
    """How many of these fixes run in each lane."""
    return dict(found.order_by().values_list("lane").annotate(n=Count("pk")))
