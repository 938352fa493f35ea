"""What is being changed because customers asked, and who asked."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When

from coalface.permissions import Right, Rights
from coalface.records.history import history_of
from coalface.records.models import (
    Customer,
    EvaluationPlan,
    Event,
    Fix,
    Lane,
    Mention,
    Person,
    Telling,
    Unit,
    Verbatim,
    Verdict,
)
from coalface.records.tables import Column, Of, Table

FIXES = Table(
    "fixes",
    (
        Column("id", Of.WHOLE),
        Column("title"),
        Column("issue", read="issue.title"),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("lane"),
        Column("owner", read="owner.name"),
        Column("due_on", Of.DAY),
        Column("opened_at", Of.MOMENT),
        Column("accepted_at", Of.MOMENT),
        Column("planned", Of.YES_NO),
        Column("shipped_at", Of.MOMENT),
        Column("declined_at", Of.MOMENT),
        Column("ruling"),
    ),
)
NOT_TOLD = ("no_consent", "restricted", "too_soon", "no_address")


@dataclass(frozen=True, slots=True)
class Said:
    """One customer's words about the issue, without their name."""

    words: str
    language: str
    at: datetime
    spoken: Verbatim
    unit: Unit
    by: int | None
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """How many heard what became of it; `not_told` says for which reason how many did not."""

    customers: int
    people: int
    not_told: dict[str, int]


def mentions_of(fix: Fix) -> QuerySet[Mention]:
    """Everything counted for the issue where the fix applies."""
    counted = Mention.objects.counted().filter(issue=fix.issue_id)
    return counted.filter(unit__path__startswith=fix.unit.path) if fix.unit else counted


def customers_who_raised(fix: Fix) -> QuerySet[Customer]:
    """Known customers who spoke of it before the change, those erased apart."""
    before = mentions_of(fix).filter(happened_at__lt=fix.shipped_at)
    said = Q(pk__in=before.values("remark__customer")) | Q(pk__in=before.values("feedback__customer"))
    return Customer.objects.present().filter(said).order_by("id")


def people_who_noted(fix: Fix) -> QuerySet[Person]:
    """Those of us who brought it in."""
    before = mentions_of(fix).filter(happened_at__lt=fix.shipped_at)
    brought = Q(pk__in=before.values("remark__noted_by")) | Q(pk__in=before.values("feedback__reported_by"))
    return Person.objects.filter(brought).order_by("id")


def fixes(*, show: str = "open", owner: Person | None = None, unit: Unit | None = None) -> QuerySet[Fix]:
    """Fixes with how far they are: easy lanes first, then what is due first; shipped ones newest first."""
    found = Fix.objects.select_related("issue", "unit", "owner").annotate(
        planned=Exists(EvaluationPlan.objects.filter(fix=OuterRef("pk"))),
        ruling=Subquery(Verdict.objects.filter(fix=OuterRef("pk")).values("ruling")[:1]),
        place=Case(*(When(lane=lane, then=Value(place)) for place, lane in enumerate(Lane.values))),
    )
    if owner:
        found = found.filter(owner=owner)
    if unit:
        found = found.filter(Q(unit=None) | Q(unit__path__startswith=unit.path))
    if show == "shipped":
        return found.filter(shipped_at__isnull=False).order_by("-shipped_at", "-id")
    if show == "declined":
        return found.filter(declined_at__isnull=False).order_by("-declined_at", "-id")
    return found.open().order_by("place", "due_on", "id")


def fix_with_all(pk: int) -> QuerySet[Fix]:
    """One fix with everything its page names."""
    return (
        Fix.objects.filter(pk=pk)
        .select_related("issue", "unit", "owner", "opened_by", "decline_reason", "evaluation_plan__judge")
        .prefetch_related(Prefetch("verdicts", Verdict.objects.select_related("judged_by")))
    )


def waiting_for(fix: Fix) -> str:
    """The next step as a code: accept, register, ship, judge, or nothing more (judged, declined)."""
    if fix.declined_at:
        return "declined"
    if not fix.accepted_at:
        return "accept"
    if not hasattr(fix, "evaluation_plan"):
        return "register"
    if not fix.shipped_at:
        return "ship"
    return "judged" if fix.verdicts.all() else "judge"


def words_about(fix: Fix, readable: Q, at_most: int = 3) -> list[Said]:
    """The newest words of customers about the issue that the reader may read, each once."""
    mentions = (
        mentions_of(fix)
        .filter(readable)
        .select_related("clause__verbatim", "remark__verbatim", "feedback__verbatim", "unit")
        .filter(Q(remark__verbatim__isnull=False) | Q(feedback__verbatim__isnull=False))
        .order_by("-happened_at", "-id")
    )
    said: dict[str, Said] = {}
    for mention in mentions[: at_most * 4]:
        verbatim = (mention.remark or mention.feedback).verbatim
        words = (mention.clause.text if mention.clause else verbatim.text).strip()
        if words and not verbatim.erased_at:
            said.setdefault(words, _said(words, mention, verbatim))
    return list(said.values())[:at_most]


def _said(words: str, mention: Mention, verbatim: Verbatim) -> Said:
    by = mention.remark.noted_by_id if mention.remark else mention.feedback.reported_by_id
    span = (mention.clause.start, mention.clause.end) if mention.clause else (0, None)
    spoken = mention.clause.verbatim if mention.clause else verbatim
    return Said(words, verbatim.language, mention.happened_at, spoken, mention.unit, by, *span)


def told(fix: Fix) -> Told:
    """Who was told, and the last count of those who could not be."""
    tellings = Telling.objects.filter(fix=fix).values_list("customer", flat=True)
    customers = sum(1 for customer in tellings if customer)
    last = history_of(fix).filter(kind__in=("fix.told", "customers.asked")).order_by("-id").first()
    payload = last.payload if last else {}
    return Told(
        customers,
        len(tellings) - customers,
        {reason: payload[reason] for reason in NOT_TOLD if payload.get(reason)},
    )


def history(fix: Fix) -> QuerySet[Event]:
    """What happened to a fix, newest first."""
    return history_of(fix).order_by("-id")


def may(rights: Rights, right: Right, fix: Fix) -> bool:
    """Whether a right reaches a fix; one for everywhere is in reach of all who have the right."""
    return rights.reach(right, fix.unit) if fix.unit else rights.has(right)


def readable_for(person: Person, rights: Rights) -> Q:
    """A filter for the mentions whose words somebody may read: of units they lead, and their own."""
    brought = Q(feedback__reported_by=person) | Q(remark__noted_by=person)
    return rights.within(Right.SEE_FEEDBACK) | brought


def owners(today: date) -> QuerySet[Person]:
    """Everybody who works here and could own a fix."""
    return Person.objects.working(today).order_by("name", "id")
