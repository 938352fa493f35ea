"""Issues: how often customers speak of them, since when, where, and who of us knows."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from coalface.records.models import (
    Awareness,
    Depth,
    Feedback,
    Fix,
    Issue,
    IssueKind,
    Mention,
    Route,
    Stage,
    Touchpoint,
    Verdict,
    Why,
)
from coalface.records.tables import Column, Of, Table

from .days import YEAR, midnight

QUARTER: Final = timedelta(days=90)

ISSUES = Table(
    "issues",
    (
        Column("id", Of.WHOLE),
        Column("title"),
        Column("kind"),
        Column("touchpoint", read="touchpoint.name"),
        Column("owner", read="owner.name"),
        Column("proposed_at", Of.MOMENT),
        Column("confirmed_at", Of.MOMENT),
        Column("said_90_days", Of.WHOLE, "said_quarter"),
        Column("said_12_months", Of.WHOLE, "said_year"),
        Column("first_said_at", Of.MOMENT),
        Column("fixes", Of.WHOLE, lambda issue: len(issue.fixes.all())),
    ),
)


@dataclass(frozen=True, slots=True)
class Known:
    """How much of an issue one group knows, as of a day; groups too small to show have no row."""

    levels: tuple[str, ...]
    value: float
    people: int
    as_of: date
    through: dict[str, int]

    @property
    def some_hidden(self) -> bool:
        """Whether it was told of fewer than all of them how they know it, or that they do not."""
        return sum(self.through.values()) < self.people


def issues(*, today: date, proposed: bool = False, kind: str = "") -> QuerySet[Issue]:
    """Issues that stand (or wait to be confirmed), those that are named most of all lately first."""
    rows = Issue.objects.standing()
    if proposed:
        rows = Issue.objects.filter(confirmed_at=None, merged_into=None)
    if kind in IssueKind.values:
        rows = rows.filter(kind=kind)
    return counted(rows, today=today).order_by("-said_quarter", "-said_year", "title", "pk")


def counted(rows: QuerySet[Issue], *, today: date) -> QuerySet[Issue]:
    """The issues with what a line about them shows: counts of a year and of 90 days, since when, fixes."""
    verdicts = Verdict.objects.order_by("-judged_at", "-pk")
    fixes = Fix.objects.filter(merged_into=None).order_by("-opened_at", "-pk").select_related("owner", "unit")
    named = Mention.objects.counted().filter(issue=OuterRef("pk")).order_by("happened_at")
    return (
        rows.select_related("owner", "touchpoint", "proposed_by", "confirmed_by")
        .prefetch_related(Prefetch("fixes", fixes.prefetch_related(Prefetch("verdicts", verdicts))))
        .annotate(
            said_year=_said_since(today - YEAR),
            said_quarter=_said_since(today - QUARTER),
            first_said_at=Subquery(named.values("happened_at")[:1]),
        )
    )


def _said_since(day: date) -> Coalesce:
    named = Mention.objects.counted().filter(issue=OuterRef("pk"), happened_at__gte=midnight(day))
    return Coalesce(Subquery(named.order_by().values("issue").annotate(n=Count("pk")).values("n")), 0)


def awareness_of(issues: list[Issue]) -> dict[int, list[Known]]:
    """What each group knows of each issue by the newest figures of the whole organisation."""
    rows = Awareness.objects.filter(unit__parent=None)
    newest = rows.order_by("-as_of").values("as_of")[:1]
    known: dict[int, list[Known]] = {issue.pk: [] for issue in issues}
    for row in rows.filter(issue__in=issues, as_of=Subquery(newest)).order_by("pk"):
        levels = tuple(row.group.split("+"))
        known[row.issue_id].append(
            Known(levels, row.value, row.n, row.as_of, _deepest_first(row.through or {}))
        )
    return known


def _deepest_first(through: dict[str, int]) -> dict[str, int]:
    """The deepest way of coming to know first, and those who never heard of it last."""
    order = {depth: place for place, depth in enumerate(Depth.values)}
    return dict(sorted(through.items(), key=lambda way: order.get(way[0], len(order))))


def issue_with_all(*, today: date) -> QuerySet[Issue]:
    """An issue with everything its page shows."""
    rows = counted(Issue.objects.all(), today=today).select_related("merged_into")
    return rows.prefetch_related("whys", reasons_of_merged())


def reasons_of_merged(issue: str = "") -> Prefetch:
    """The issues that became part of one and brought reasons of their own, as `with_reasons` of it."""
    brought = Issue.objects.filter(Exists(Why.objects.filter(issue=OuterRef("pk"))))
    brought = brought.order_by("title", "id").prefetch_related("whys")
    return Prefetch(f"{issue}merged", brought, to_attr="with_reasons")


def with_words(rows: QuerySet[Mention]) -> QuerySet[Mention]:
    """Mentions with the words they rest on, and where these come from."""
    return rows.select_related(
        "unit",
        "clause__verbatim",
        "feedback__verbatim",
        "feedback__customer",
        "feedback__finding__page__report",
        "remark__verbatim",
        "remark__reading",
        "remark__customer",
    )


def labels_leading_nowhere(*, since: datetime, most: int = 8) -> list[tuple[str, int]]:
    """The labels of other systems that came most often and lead to no issue yet."""
    known = {topic for topics in Route.objects.values_list("topics", flat=True) for topic in topics}
    rows = (
        Feedback.objects.standing().filter(received_at__gte=since).exclude(topic="").exclude(topic__in=known)
    )
    counts = rows.order_by().values_list("topic").annotate(n=Count("pk"))
    return list(counts.order_by("-n", "topic")[:most])


def unsure(within: Q) -> QuerySet[Mention]:
    """What waits for a person, by the issue suggested; what nothing was found for comes last."""
    rows = with_words(Mention.objects.unsure().filter(within)).select_related("issue")
    return rows.order_by(F("issue__title").asc(nulls_last=True), "issue_id", "-happened_at", "-pk")


def touchpoints() -> QuerySet[Touchpoint]:
    """The steps of the customer's way with us, first to last, with how many standing issues each has."""
    stages = Case(*(When(stage=stage, then=Value(place)) for place, stage in enumerate(Stage.values)))
    standing = Q(issues__confirmed_at__isnull=False, issues__merged_into=None)
    rows = Touchpoint.objects.select_related("owner")
    return rows.annotate(standing=Count("issues", filter=standing)).order_by(stages, "order", "key")
