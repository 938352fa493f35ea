"""Plans and their matches, as pages and actions ask for them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from coalface.records.models import (
    Assignment,
    Encounter,
    Grant,
    Guest,
    Outcome,
    Person,
    Plan,
    Role,
    Slot,
    Unit,
)

Key = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Differences:
    """What is not as in the plan before: matches that are new, and matches that are gone."""

    new: list[Assignment]
    gone: list[Assignment]
    kept: int


def standing_matches(plan: Plan) -> QuerySet[Assignment]:
    """The matches of a plan that stand, by time."""
    shown = ("person", "customer", "slot__format", "slot__unit", "encounter")
    standing = Assignment.objects.standing().filter(plan=plan)
    return standing.select_related(*shown).order_by("slot__starts_at", "person__name", "id")


def differences(plan: Plan) -> Differences:
    """What changed from the plan it follows; nothing where it follows none."""
    if plan.follows_id is None:
        return Differences([], [], 0)
    now = {key_of(match): match for match in standing_matches(plan)}
    before = {key_of(match): match for match in was_to_come(plan)}
    new = [match for key, match in now.items() if key not in before]
    gone = [match for key, match in before.items() if key not in now]
    return Differences(new, gone, len(now) - len(new))


def was_to_come(plan: Plan) -> QuerySet[Assignment]:
    """What stood in the plan before and had not begun when this one was asked for: what it decides anew."""
    shown = ("person", "customer", "slot__format", "slot__unit", "encounter")
    before = Assignment.objects.filter(
        Q(withdrawn_at=None) | Q(withdrawn_at__gte=plan.asked_at),
        plan=plan.follows_id,
        slot__starts_at__gt=plan.asked_at,
    )
    return before.select_related(*shown).order_by("slot__starts_at", "person__name", "id")


def key_of(match: Assignment) -> Key:
    """Who, in which slot, with whom: two matches of one key are the same."""
    return match.person_id, match.slot_id or 0, str(match.customer_id or "")


def beside(match: Assignment) -> QuerySet[Assignment]:
    """The other customers whom the same person meets in the same slot by the same plan."""
    if match.plan_id is None or match.slot_id is None:
        return Assignment.objects.none()
    same = {"plan": match.plan_id, "slot": match.slot_id, "person": match.person_id}
    return Assignment.objects.standing().filter(**same).exclude(pk=match.pk)


def encounter_of(match: Assignment) -> Encounter | None:
    """What was arranged for a match; of several customers at once the first match holds it."""
    if match.encounter_id:
        return match.encounter
    return Encounter.objects.filter(assignment__in=beside(match)).first()


def ancestors(plan: Plan) -> list[int]:
    """The plans that this one takes the place of: the one it follows, the one that followed, and so on."""
    found: list[int] = []
    above = plan.follows_id
    while above and above not in found:
        found.append(above)
        above = Plan.objects.filter(pk=above).values_list("follows_id", flat=True).first()
    return found


def to_arrange(plan: Plan, now: datetime) -> list[tuple[int, int]]:
    """Of a published plan who still has no encounter in which slot, or one without all of its customers."""
    theirs = {f"encounter__assignment__{one}": OuterRef(one) for one in ("plan", "person", "slot")}
    invited = Guest.objects.filter(customer=OuterRef("customer"), **theirs)
    waiting = (
        Assignment.objects.standing()
        .filter(~Exists(invited), plan=plan, encounter=None, slot__starts_at__gt=now)
        .order_by("slot__starts_at", "slot_id", "person_id")
    )
    return list(dict.fromkeys(waiting.values_list("person_id", "slot_id")))


def unfinished_publications(now: datetime) -> list[Plan]:
    """Published plans of which something is still to be arranged, the oldest first."""
    waiting = Assignment.objects.standing().filter(
        plan__published_at__isnull=False, encounter=None, slot__starts_at__gt=now
    )
    plans = Plan.objects.filter(pk__in=waiting.order_by().values("plan")).order_by("published_at", "id")
    return [plan for plan in plans if to_arrange(plan, now)]


def drafts_with(person: Person) -> QuerySet[Assignment]:
    """Matches of somebody that nobody published yet."""
    return Assignment.objects.standing().filter(
        person=person, plan__isnull=False, plan__published_at=None, plan__discarded_at=None
    )


def slots_looked_after_by(person: Person, now: datetime) -> QuerySet[Slot]:
    """Slots to come of which somebody is host or buddy."""
    return Slot.objects.open().filter(Q(host=person) | Q(buddy=person), starts_at__gte=now)


def wanted_plans() -> QuerySet[Plan]:
    """Plans that somebody asked for and nobody has made yet, the longest waiting first."""
    waiting = Plan.objects.filter(made_at=None, failure="", discarded_at=None)
    return waiting.select_related("unit", "follows").order_by("asked_at", "id")


def planned_with(customer: UUID, now: datetime, until_on: date | None = None) -> QuerySet[Assignment]:
    """Matches of plans to come with a customer, in drafts and in calendars: all, or those before a day."""
    to_come = Q(slot__starts_at__gt=now) | Q(encounter__starts_at__gt=now)
    undecided = Q(encounter=None) | Q(encounter__outcome=Outcome.PLANNED)
    of_plans = Assignment.objects.standing().filter(to_come, undecided, customer=customer, plan__isnull=False)
    return of_plans.filter(slot__starts_at__date__lt=until_on) if until_on else of_plans


def not_followed() -> list[Plan]:
    """Published plans of a unit after whose last day nothing is planned or asked for yet."""
    later = Plan.objects.filter(
        unit=OuterRef("unit"), discarded_at=None, until_on__gt=OuterRef("until_on")
    ).filter(Q(failure="") | Q(starts_on__gte=OuterRef("until_on")))
    published = Plan.objects.filter(published_at__isnull=False).exclude(followers__published_at__isnull=False)
    rows = published.filter(~Exists(later)).select_related("unit").order_by("unit_id", "until_on", "id")
    return list({plan.unit_id: plan for plan in rows}.values())


def managers_of(unit: Unit, on: date) -> list[Person]:
    """Who runs the programme for a unit on that day."""
    grants = Grant.objects.in_force(on).filter(
        role=Role.PROGRAMME_MANAGER, person__in=Person.objects.working(on)
    )
    rows = grants.select_related("person", "unit").order_by("person__name", "person_id")
    return list({one.person_id: one.person for one in rows if one.unit.contains(unit)}.values())
