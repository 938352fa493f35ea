"""What the ledger says about what reached us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from coalface.records.models import (
    Customer,
    Depth,
    Feedback,
    Fix,
    Issue,
    Mention,
    News,
    Person,
    Sighting,
    Telling,
    Touchpoint,
    Unit,
    Verdict,
)
from coalface.records.tables import Column, Of, Table, words

THANKED_FOR = timedelta(days=30)
FEEDBACK = Table(
    "feedback",
    (
        Column("source"),
        Column("source_id"),
        Column("received_at", Of.MOMENT),
        Column("channel"),
        Column("kind"),
        Column("topic"),
        Column("words", read=words("verbatim", unit="unit", by="reported_by_id")),
        Column("language", read="verbatim.language"),
        Column("nps", Of.WHOLE),
        Column("csat", Of.WHOLE),
        Column("ces", Of.WHOLE),
        Column("unit_key", read="unit.key"),
        Column("unit", read="unit.name"),
        Column("touchpoint", read="touchpoint.name"),
        Column("customer_reference", read="customer.reference"),
        Column("customer", read="customer.name"),
        Column("reported_by", read="reported_by.name"),
        Column("issues", read=lambda row: "; ".join(mention.issue.title for mention in row.speaks_of)),
        Column("coalface_id", read="id"),
    ),
)
PASSED_ON = Table(
    "passed_on",
    (
        Column("id", read="feedback.id"),
        Column("received_at", Of.MOMENT, "feedback.received_at"),
        Column("kind", read="feedback.kind"),
        Column("words", read=words("feedback.verbatim", unit="feedback.unit", by="feedback.reported_by_id")),
        Column("customer", read="feedback.customer.name"),
        Column("unit", read="feedback.unit.name"),
        Column("state", read="stage"),
        Column("issue", read="issue.title"),
        Column("fix", read="fix.title"),
        Column("ruling", read="verdict.ruling"),
    ),
)
FURTHEST = ("sorted", "declined", "owned", "shipped", "judged")


@dataclass(frozen=True, slots=True)
class Way:
    """What somebody passed on and how far it came.

    `stage`: waits (to be sorted), no_issue, sorted, owned, declined, shipped or judged.
    """

    feedback: Feedback
    stage: str
    issue: Issue | None
    fix: Fix | None
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class PassedOn:
    """How many things somebody passed on, and of how many a change followed."""

    count: int
    changed: int


def heard(
    *,
    within: Q,
    kind: str = "",
    unit: Unit | None = None,
    touchpoint: Touchpoint | None = None,
    words_only: bool = False,
    taken_back: bool = False,
) -> QuerySet[Feedback]:
    """Feedback of the units somebody may read, the latest first, with what it was sorted to.

    What was taken back is there only for programs, which have to hear that it was.
    """
    rows = (Feedback.objects.all() if taken_back else Feedback.objects.standing()).filter(within)
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
        "unit", "touchpoint", "customer", "reported_by", "verbatim", "run", "finding__page__report"
    ).prefetch_related(
        Prefetch("mentions", sorted_to.order_by("-counted", "issue__title", "pk"), to_attr="sorted_to")
    )


def who_knows(*, feedback: Feedback, me: Person) -> QuerySet[Sighting]:
    """Who of us came to know of it; what somebody read is shown to nobody else."""
    open_to_all = ~Q(depth=Depth.READING) | Q(person=me)
    rows = Sighting.objects.filter(open_to_all, feedback=feedback).select_related("person")
    return rows.order_by("at", "pk")


def my_reports(person: Person) -> QuerySet[Feedback]:
    """What somebody passed on, the latest first, with all that `way_of` looks at: six queries a page."""
    rows = Feedback.objects.standing().filter(reported_by=person)
    return with_ways(rows.select_related("customer"))


def with_ways(rows: QuerySet[Feedback]) -> QuerySet[Feedback]:
    """Feedback with its words and all that `way_of` looks at."""
    fixes = Fix.objects.filter(merged_into=None).select_related("owner", "unit", "decline_reason")
    fixes = fixes.order_by("opened_at", "pk")
    fixes = fixes.prefetch_related(Prefetch("verdicts", Verdict.objects.order_by("-judged_at", "-pk")))
    mentions = Mention.objects.select_related("issue").order_by("-counted", "issue__title", "pk")
    mentions = mentions.prefetch_related(Prefetch("issue__fixes", fixes))
    rows = rows.select_related("verbatim", "unit")
    return rows.prefetch_related(Prefetch("mentions", mentions, to_attr="speaks_of"))


def way_of(feedback: Feedback) -> Way:
    """How far one of `my_reports` has come: of several issues and fixes the one that came furthest."""
    mentions = [mention for mention in feedback.speaks_of if mention.counted]
    if not mentions:
        settled = feedback.speaks_of and all(mention.settled_at for mention in feedback.speaks_of)
        return Way(feedback, "no_issue" if settled else "waits", None, None, None)
    ways = [
        _stretch(feedback, mention.issue, fix) for mention in mentions for fix in _fixes(feedback, mention)
    ]
    return max(ways, key=lambda way: FURTHEST.index(way.stage))


def _fixes(feedback: Feedback, mention: Mention) -> list[Fix | None]:
    """The fixes for what was said where it was said; those that had shipped before answer something else."""
    here = [
        fix
        for fix in mention.issue.fixes.all()
        if (fix.unit is None or fix.unit.contains(feedback.unit))
        and not (fix.shipped_at and fix.shipped_at <= feedback.received_at)
        and not (fix.declined_at and fix.declined_at <= feedback.received_at)
    ]
    return here or [None]


def _stretch(feedback: Feedback, issue: Issue, fix: Fix | None) -> Way:
    if fix is None or not (fix.accepted_at or fix.declined_at):
        return Way(feedback, "sorted", issue, None, None)
    verdict = next(iter(fix.verdicts.all()), None)
    stage = "declined" if fix.declined_at else "owned"
    if fix.shipped_at:
        stage = "judged" if verdict else "shipped"
    return Way(feedback, stage, issue, fix, verdict)


def passed_on(person: Person) -> PassedOn:
    """How much somebody passed on, and how much of it led to a change that went live."""
    reports = Feedback.objects.standing().filter(reported_by=person)
    live = Mention.objects.counted().filter(
        Q(issue__fixes__unit=None) | Q(unit__path__startswith=F("issue__fixes__unit__path")),
        feedback=OuterRef("pk"),
        issue__fixes__shipped_at__gt=OuterRef("received_at"),
    )
    return PassedOn(reports.count(), reports.filter(Exists(live)).count())


def thanks_due(person: Person, now: datetime) -> list[Telling]:
    """What a person's words changed for the better, as they were told in the last thirty days, newest first.

    News that something is live or declined thanks nobody yet; what did not last thanks nobody any more.
    """
    told = Telling.objects.filter(person=person, news=News.VERDICT, at__range=(now - THANKED_FOR, now))
    told = told.filter(fix__followed_by=None)
    return list(told.select_related("fix__issue").order_by("-at", "-pk"))


def reported(id: UUID, *, source: str = "report") -> Feedback | None:
    """What one of us passed on under the id their form or phone chose."""
    return Feedback.objects.select_related("unit").filter(source=source, source_id=str(id)).first()


def customers_called(*, words: str, within: Q) -> QuerySet[Customer]:
    """Customers by name, reference, address or telephone, for whoever writes down what one of them said."""
    here = Customer.objects.present().filter(within)
    match = Q(name__iexact=words) | Q(reference__iexact=words) | Q(email__iexact=words) | Q(phone=words)
    return here.filter(match).order_by("name", "pk")[:2]
