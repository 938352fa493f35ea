"""What is impossible in a plan, and each thing that would resolve it."""

from django.db.models import Prefetch, Q, QuerySet

from coalface.records.models import Plan, PlanConflict, PlanRemedy, RemedyPart, Slot


def impossible(plan: Plan) -> QuerySet[PlanConflict]:
    """The conflicts of a plan, the proven with most missing first; each remedy with `whom` and `where`."""
    parts = RemedyPart.objects.order_by("pk")
    whom = parts.filter(slot=None).select_related("person")
    where = parts.filter(person=None).select_related("slot__format", "slot__unit")
    remedies = PlanRemedy.objects.order_by("pk").prefetch_related(
        Prefetch("parts", whom, to_attr="whom"), Prefetch("parts", where, to_attr="where")
    )
    shown = plan.conflicts.prefetch_related("people", "slots__format", "slots__unit")
    return shown.prefetch_related(Prefetch("remedies", remedies)).order_by("pk")


def remedies_within(plan: Plan, where: Q) -> QuerySet[PlanRemedy]:
    """Remedies of a plan all of whose slots are in units of this filter."""
    elsewhere = RemedyPart.objects.exclude(slot=None).exclude(slot__in=Slot.objects.filter(where))
    return PlanRemedy.objects.filter(conflict__plan=plan).exclude(parts__in=elsewhere)
