"""The chain from what was heard to who was told, whole, and where it still has a gap."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from coalface.records.models import (
    AdoptionVerdict,
    Feedback,
    Fix,
    Issue,
    Mention,
    Remark,
    Ruling,
    Unit,
    Verdict,
)

from .days import decidable_on, zone_of_all
from .news import standing_tellings
from .raised import mentions_of

Source = Remark | Feedback
# The first of them that is missing; "" when the chain is whole.
LINKS: Final = ("issue", "fix", "verdict", "told")
WHOLE: Final = ""


@dataclass(frozen=True, slots=True)
class Strand:
    """One issue and one fix for it, as far as there is one; `missing` names the first gap.

    An opportunity is judged by whether it was taken up (`adoption`), by its counts or customers, or by both.
    `not_before` is the first day on which a verdict can be had, where one is waited for. `customers` and
    `people` heard what became of it; `them_at` and `us_at` say since when whoever raised this one thing has.
    """

    issue: Issue
    fix: Fix | None = None
    verdict: Verdict | None = None
    adoption: AdoptionVerdict | None = None
    not_before: date | None = None
    customers: int = 0
    people: int = 0
    them_at: datetime | None = None
    us_at: datetime | None = None

    @property
    def told(self) -> bool:
        return bool(self.customers or self.people)

    @property
    def judged(self) -> bool:
        """A verdict that only names the day on which there can be one is none yet."""
        return self.verdict is not None and self.not_before is None

    @property
    def missing(self) -> str:
        if self.fix is None:
            return "fix"
        if not (self.judged or self.adoption or self.fix.declined_at):
            return "verdict"
        return WHOLE if self.told else "told"


@dataclass(frozen=True, slots=True)
class Heard:
    """How often something was said of an issue, and from when to when."""

    times: int
    customers: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Chain:
    """All strands of one thing that was said, of one issue, or of one fix.

    `waits` is True while nobody has sorted what was said, None where somebody found that it belongs nowhere.
    """

    strands: list[Strand]
    waits: bool | None = False

    @property
    def missing(self) -> str:
        """The first gap of the strand that has come furthest; of one that belongs nowhere nothing is."""
        if not self.strands:
            return "issue" if self.waits else WHOLE
        gaps = [strand.missing for strand in self.strands]
        return WHOLE if WHOLE in gaps else max(gaps, key=LINKS.index)


def chain_of_source(source: Source) -> Chain:
    """What became of a remark or of feedback, through every issue it speaks of; nothing, once taken back."""
    if isinstance(source, Feedback) and source.withdrawn_at:
        return Chain([], None)
    kind = "remark" if isinstance(source, Remark) else "feedback"
    mentions = list(Mention.objects.filter(**{kind: source}).select_related("issue").order_by("id"))
    counted = [mention for mention in mentions if mention.counted]
    if not counted:
        nowhere = mentions and all(mention.settled_at for mention in mentions)
        return Chain([], None if nowhere else True)
    when, where = counted[0].happened_at, counted[0].unit_id
    issues = {mention.issue_id: mention.issue for mention in counted}
    answers = [fix for fix in _fixes(Fix.objects.filter(issue__in=issues)) if _answers(fix, when)]
    here = Unit.objects.get(pk=where)
    answers = [fix for fix in answers if fix.unit is None or fix.unit.contains(here)]
    return Chain(_strands(issues.values(), answers, _raised_by(source)))


def chain_of_issue(issue: Issue) -> Chain:
    """Every fix for an issue, and what became of it."""
    return Chain(_strands([issue], _fixes(Fix.objects.filter(issue=issue)), None))


def chain_of_fix(fix: Fix) -> Chain:
    """One fix; one that became part of another is that other."""
    return Chain(_strands([fix.issue], _fixes(Fix.objects.filter(pk=fix.merged_into_id or fix.pk)), None))


def heard_of(mentions: QuerySet[Mention]) -> Heard:
    """How often, by how many known customers, from when to when."""
    whose = Coalesce("remark__customer", "feedback__customer")
    found = mentions.order_by().aggregate(
        times=Count("pk"),
        customers=Count(whose, distinct=True),
        first_at=Min("happened_at"),
        last_at=Max("happened_at"),
    )
    return Heard(**found)


def raised_before(fix: Fix) -> QuerySet[Mention]:
    """What was said of its issue where it applies, before it was live."""
    mentions = mentions_of(fix)
    return mentions.filter(happened_at__lt=fix.shipped_at) if fix.shipped_at else mentions


def heard_before(mentions: QuerySet[Mention], readable: Q, at_most: int = 5) -> list[Mention]:
    """The newest of them whose words may be read."""
    shown = mentions.filter(readable).select_related(
        "clause__verbatim",
        "unit",
        "remark__verbatim",
        "remark__reading",
        "remark__customer",
        "feedback__verbatim",
        "feedback__customer",
        "feedback__finding__page__report",
    )
    return list(shown.order_by("-happened_at", "-id")[:at_most])


def _fixes(fixes: QuerySet[Fix]) -> list[Fix]:
    """With all that a strand says of them, in the order in which they were opened."""
    newest, adopted = (kind.objects.order_by("-judged_at", "-id") for kind in (Verdict, AdoptionVerdict))
    return list(
        fixes.filter(merged_into=None)
        .select_related("issue", "unit", "owner", "decline_reason", "evaluation_plan", "opportunity")
        .prefetch_related(Prefetch("verdicts", newest), Prefetch("opportunity__verdicts", adopted))
        .order_by("opened_at", "id")
    )


def _answers(fix: Fix, said_at: datetime) -> bool:
    """What had shipped or been declined before answers something else."""
    over = fix.shipped_at or fix.declined_at
    return over is None or over > said_at


def _raised_by(source: Source) -> Q:
    """The tellings that reached whoever said it, and whoever of us brought it in."""
    by = source.noted_by_id if isinstance(source, Remark) else source.reported_by_id
    nobody = Q(pk__in=())
    them = Q(customer=source.customer_id) if source.customer_id else nobody
    return them | (Q(person=by) if by else nobody)


def _strands(issues: Iterable[Issue], fixes: Collection[Fix], raised: Q | None) -> list[Strand]:
    told, elsewhere = _told(fixes, raised), zone_of_all()
    found = []
    for issue in sorted(issues, key=lambda one: (one.title, one.pk)):
        mine = [fix for fix in fixes if fix.issue_id == issue.pk]
        found += [_strand(issue, fix, elsewhere, told.get(fix.pk, {})) for fix in mine] or [Strand(issue)]
    return found


def _strand(issue: Issue, fix: Fix, elsewhere: ZoneInfo, told: dict[str, object]) -> Strand:
    verdict, opportunity = next(iter(fix.verdicts.all()), None), getattr(fix, "opportunity", None)
    adoption = next(iter(opportunity.verdicts.all()), None) if opportunity else None
    not_before = None if adoption else _not_before(fix, verdict, elsewhere)
    return Strand(issue, fix, verdict, adoption, not_before, **told)


def _not_before(fix: Fix, verdict: Verdict | None, elsewhere: ZoneInfo) -> date | None:
    if verdict:
        return verdict.decidable_on if verdict.ruling == Ruling.NOT_ENOUGH_EVIDENCE else None
    registered = hasattr(fix, "evaluation_plan") and not fix.declined_at
    return decidable_on(fix, elsewhere) if registered else None


def _told(fixes: Collection[Fix], raised: Q | None) -> dict[int, dict[str, object]]:
    """By fix: how many heard of it and, of one thing that was said, since when who raised it has."""
    rows = standing_tellings().filter(fix__in=[fix.pk for fix in fixes])
    if raised is not None:
        rows = rows.filter(raised)
    counts = (
        rows.order_by()
        .values("fix")
        .annotate(
            customers=Count("customer", distinct=True),
            people=Count("person", distinct=True),
            them_at=Min("at", filter=Q(customer__isnull=False)),
            us_at=Min("at", filter=Q(person__isnull=False)),
        )
    )
    return {row.pop("fix"): row for row in counts}
