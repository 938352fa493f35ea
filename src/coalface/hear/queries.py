"""What the ledger says about what reached us."""

from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from coalface.records.models import (
    Customer,
    Depth,
    Feedback,
    Mention,
    Person,
    Sighting,
    Touchpoint,
    Unit,
    Verdict,
)

REPORTS_SHOWN = 6


def heard(
    *,
    within: Q,
    kind: str = "",
    unit: Unit | None = None,
    touchpoint: Touchpoint | None = None,
    words_only: bool = False,
) -> QuerySet[Feedback]:
    """Feedback of the units somebody may read, the latest first, with what it was sorted to."""
    rows = Feedback.objects.filter(within)
    if kind:
        rows = rows.filter(kind=kind)
    if unit:
        rows = rows.filter(unit__path__startswith=unit.path)
    if touchpoint:
        rows = rows.filter(touchpoint=touchpoint)
    if words_only:
        rows = rows.filter(verbatim__isnull=False)
    return _with_issues(rows.select_related("unit", "verbatim", "customer"))


def _with_issues(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    counted = Mention.objects.counted().select_related("issue").order_by("issue__title", "pk")
    return rows.prefetch_related(Prefetch("mentions", counted, to_attr="speaks_of"))


def feedback_with_all() -> QuerySet[Feedback]:
    """Feedback with everything its page shows."""
    sorted_to = Mention.objects.select_related("issue", "settled_by", "clause__verbatim")
    return Feedback.objects.select_related(
        "unit", "touchpoint", "customer", "reported_by", "verbatim", "run"
    ).prefetch_related(
        Prefetch("mentions", sorted_to.order_by("-counted", "issue__title", "pk"), to_attr="sorted_to")
    )


def who_knows(*, feedback: Feedback, me: Person) -> QuerySet[Sighting]:
    """Who of us came to know of it; what somebody read is shown to nobody else."""
    open_to_all = ~Q(depth=Depth.READING) | Q(person=me)
    rows = Sighting.objects.filter(open_to_all, feedback=feedback).select_related("person")
    return rows.order_by("at", "pk")


def my_reports(person: Person) -> QuerySet[Feedback]:
    """What somebody passed on lately, its issues, and what is known of their fixes."""
    counted = Mention.objects.counted().select_related("issue").order_by("issue__title", "pk")
    verdicts = Verdict.objects.order_by("-judged_at", "-pk")
    mentions = counted.prefetch_related(Prefetch("issue__fixes__verdicts", verdicts))
    rows = Feedback.objects.filter(reported_by=person).select_related("verbatim", "customer")
    return rows.prefetch_related(Prefetch("mentions", mentions, to_attr="speaks_of"))[:REPORTS_SHOWN]


def reported(id: UUID, *, source: str = "report") -> Feedback | None:
    """What one of us passed on under the id their form or phone chose."""
    return Feedback.objects.select_related("unit").filter(source=source, source_id=str(id)).first()


def customers_called(*, words: str, within: Q) -> QuerySet[Customer]:
    """Customers by name, reference, address or telephone, for whoever writes down what one of them said."""
    here = Customer.objects.present().filter(within)
    match = Q(name__iexact=words) | Q(reference__iexact=words) | Q(email__iexact=words) | Q(phone=words)
    return here.filter(match).order_by("name", "pk")[:2]
