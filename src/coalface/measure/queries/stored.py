"""The stored figures as pages show them: names beside ids, and nothing of those who took their clock back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import itemgetter

from django.db.models import Count, Q
from django.utils import timezone

from coalface.methods.contact import resolution_rate
from coalface.methods.results import Estimate
from coalface.policies import number
from coalface.records.models import Awareness, Issue, Person, PublishedClock, Snapshot, Unit
from coalface.records.tables import Column, Of, Table, words
from coalface.understand.queries.days import midnight

LATELY = timedelta(days=90)

STRETCHES = Table(
    "stretches",
    (Column("stretch", read=itemgetter("stretch")), Column("people", Of.WHOLE, itemgetter("people"))),
)
SEGMENTS = Table(
    "segments",
    (
        Column("segment", read=itemgetter("segment")),
        Column("met", Of.WHOLE, itemgetter("met")),
        Column("share_met", Of.NUMBER, itemgetter("share_met")),
        Column("share_base", Of.NUMBER, itemgetter("share_base")),
    ),
)
KNOWN = Table(
    "known",
    (
        Column("issue", read=itemgetter("issue")),
        Column("said_90_days", Of.WHOLE, itemgetter("lately")),
        Column("group", read=itemgetter("group")),
        Column("known", read=itemgetter("word")),
    ),
)
CHAIN = Table(
    "chain",
    (
        Column("group", read=itemgetter("group")),
        Column("link", read=itemgetter("link")),
        Column("count", Of.WHOLE, itemgetter("count")),
        Column("things_heard", Of.WHOLE, itemgetter("n")),
        Column("estimate", Of.NUMBER, itemgetter("estimate")),
        Column("low", Of.NUMBER, itemgetter("low")),
        Column("high", Of.NUMBER, itemgetter("high")),
    ),
)
UNHEARD = Table(
    "unheard",
    (
        Column("issue", read="issue.title"),
        Column("said_90_days", Of.WHOLE, "mentions"),
        Column("words", read=words("spoken", unit="mention.unit", by="by")),
        Column("language"),
    ),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What one person published: days since the last customer (None: not yet), and what they resolved."""

    person: Person
    days: int | None
    last_on: date | None
    resolved: int
    of: int

    @property
    def rate(self) -> Estimate | None:
        """The share resolved with its interval; None while nothing is old enough."""
        return resolution_rate(self.resolved, self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Knowing:
    """One group and one issue: known, fading or not known."""

    group: str
    value: float
    word: str


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """An issue with what each group knows of it, in the order of the groups."""

    issue: Issue
    by_group: list[Knowing]


def newest(kind: str, unit: Unit) -> Snapshot | None:
    """The latest figures of a kind."""
    return Snapshot.objects.filter(kind=kind, unit=unit).order_by("-as_of", "-id").first()


def clocks(snapshot: Snapshot) -> list[Clock]:
    """Published clocks by name; who withdrew theirs after the figures were taken is left out at once."""
    rows = {row["person"]: row for row in snapshot.figures["clocks"]}
    still_open = PublishedClock.objects.filter(person__in=rows, withdrawn_at=None).select_related("person")
    named = still_open.order_by("person__name", "person_id")
    return [_clock(published.person, rows[published.person_id]) for published in named]


def _clock(person: Person, row: dict) -> Clock:
    last_on = date.fromisoformat(row["last_on"]) if row["last_on"] else None
    figures = {key: row[key] for key in ("days", "resolved", "of")}
    return Clock(person=person, last_on=last_on, **figures)


def known_issues(snapshot: Snapshot, now: datetime) -> list[KnownIssue]:
    """What each group knew of each issue on the day of the snapshot, the most said `lately` first."""
    groups = [group["group"] for group in snapshot.figures["groups"]]
    rows = Awareness.objects.filter(unit=snapshot.unit_id, as_of=snapshot.as_of, group__in=groups)
    values = {(row.issue_id, row.group): row.value for row in rows}
    aware_from = number("aware_from")
    lately = Count("mentions", filter=said_lately(now))
    issues = Issue.objects.filter(pk__in={issue for issue, _ in values}).annotate(lately=lately)
    return [
        KnownIssue(
            issue, [_knowing(group, values.get((issue.pk, group), 0.0), aware_from) for group in groups]
        )
        for issue in issues.order_by("-lately", "title", "id")
    ]


def said_lately(now: datetime) -> Q:
    """Mentions that count, from the morning ninety days ago on: those which the list of rows shows."""
    since = midnight(timezone.localdate(now - LATELY))
    return Q(mentions__counted=True, mentions__happened_at__gte=since, mentions__happened_at__lte=now)


def _knowing(group: str, value: float, aware_from: float) -> Knowing:
    return Knowing(group, value, word_for(value, aware_from))


def word_for(value: float, aware_from: float) -> str:
    """Fading: heard of, but too faintly or too long ago to count as knowing."""
    if value >= aware_from:
        return "known"
    return "fading" if value >= aware_from / 2 else "not_known"
