"""What there is to tell of each fix, whom, and who of them heard it already."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, CharField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from coalface.policies import number
from coalface.records.models import (
    Basis,
    CustomerAnswer,
    Event,
    Fix,
    Mention,
    News,
    Ruling,
    Telling,
    Validation,
    Verdict,
)

LEFT_OUT = "telling.left_out"
PUT_BACK = "telling.put_back"

Pairs = dict[int, set]


@dataclass(frozen=True, slots=True)
class ToTell:
    """One thing for one customer's letter."""

    fix: int
    news: str
    owner: int


def fixes_with_news(now: datetime) -> QuerySet[Fix]:
    """Fixes with what is to be told of them (`news`) since when (`news_at`), the latest news of each alone.

    News older than the policy says is none any more. Of a fix that customers judge (`asked`) they hear that
    it is live by the question whether it is better, and by no letter.
    """
    newest = Verdict.objects.filter(fix=OuterRef("pk")).order_by("-judged_at", "-id")
    rows = Fix.objects.filter(Q(shipped_at__isnull=False) | Q(declined_at__isnull=False)).annotate(
        ended_at=Coalesce("shipped_at", "declined_at"),
        ruling=Subquery(newest.values("ruling")[:1]),
        ruled_at=Subquery(newest.values("judged_at")[:1]),
    )
    asked = Case(When(evaluation_plan__basis=Basis.CUSTOMERS, then=True), default=False)
    rows = rows.annotate(news=_what(), news_at=_when(), asked=asked)
    since = now - timedelta(days=int(number("news_days")))
    return rows.filter(news_at__gt=since, news_at__lte=now).order_by("-news_at", "-pk")


def _what() -> Case:
    return Case(
        When(followed_by__isnull=False, then=Value(News.REOPENED)),
        When(declined_at__isnull=False, then=Value(News.DECLINED)),
        When(ruling=Ruling.VERIFIED, then=Value(News.VERDICT)),
        default=Value(News.SHIPPED),
        output_field=CharField(),
    )


def _when() -> Case:
    return Case(
        When(followed_by__isnull=False, then=F("followed_by__opened_at")),
        When(declined_at__isnull=False, then=F("declined_at")),
        When(ruling=Ruling.VERIFIED, then=F("ruled_at")),
        default=F("shipped_at"),
        output_field=DateTimeField(),
    )


def customers_to_tell(fixes: Collection[Fix], among: Iterable[UUID] | None = None) -> Pairs:
    """By fix: the customers who are to hear its news and have not; some of them may be out of reach.

    Apart from those left out, and those who said themselves that it is better.
    """
    waiting = _concerned(fixes, "customer", among)
    for fix, customer, news in _known(fixes, "customer"):
        if _news_of(fixes, fix) == news:
            waiting[fix].discard(customer)
    answered = CustomerAnswer.objects.filter(fix__in=fixes, answered_at__isnull=False)
    for fix, customer in answered.values_list("fix", "customer"):
        if _news_of(fixes, fix) == News.VERDICT:
            waiting[fix].discard(customer)
    for fix, news, customer in left_out(fixes):
        if _news_of(fixes, fix) == news:
            waiting[fix].discard(customer)
    for fix in fixes:
        if by_question(fix):
            waiting[fix.pk].clear()
    return waiting


def by_question(fix: Fix) -> bool:
    """Whether the question whether it is better tells customers its news."""
    return fix.asked and fix.news == News.SHIPPED


def people_to_tell(fixes: Collection[Fix]) -> Pairs:
    """By fix: those of us who brought it in and have not been told its news."""
    waiting = _concerned(fixes, "person", None)
    for fix, person, news in _known(fixes, "person"):
        if _news_of(fixes, fix) == news:
            waiting[fix].discard(person)
    return waiting


def _news_of(fixes: Iterable[Fix], pk: int) -> str:
    return next(fix.news for fix in fixes if fix.pk == pk)


def _known(fixes: Collection[Fix], who: str) -> QuerySet:
    """A colleague whose mail failed reads it on their own page; a customer whose letter failed does not."""
    told = standing_tellings() if who == "customer" else Telling.objects.all()
    return told.filter(fix__in=fixes, **{f"{who}__isnull": False}).values_list("fix", who, "news")


def _concerned(fixes: Collection[Fix], who: str, among: Iterable | None) -> Pairs:
    """Who raised it before it ended; of what is opened again those who had heard of its end."""
    again = [fix.pk for fix in fixes if fix.news == News.REOPENED]
    found: Pairs = defaultdict(set)
    told = standing_tellings() if who == "customer" else Telling.objects.all()
    told = told.filter(fix__in=again, **{f"{who}__isnull": False}).exclude(news=News.REOPENED)
    if among is not None:
        told = told.filter(**{f"{who}__in": among})
    for fix, one in told.values_list("fix", who):
        found[fix].add(one)
    others = [fix.pk for fix in fixes if fix.news != News.REOPENED]
    if others:
        for fix, one in (*raised_pairs(others, who, among), *wanted_pairs(others, who, among)):
            found[fix].add(one)
    return found


def raised_pairs(fixes: Collection[int], who: str, among: Iterable | None = None) -> QuerySet:
    """Pairs of a fix and who spoke of its issue, where it applies, before it was live or declined."""
    by = {
        "customer": ("remark__customer", "feedback__customer"),
        "person": ("remark__noted_by", "feedback__reported_by"),
    }[who]
    rows = Mention.objects.counted().annotate(
        of=F("issue__fixes__pk"),
        ended_at=Coalesce("issue__fixes__shipped_at", "issue__fixes__declined_at"),
        place=Coalesce(F("issue__fixes__unit__path"), Value("")),
        who=Coalesce(*by),
    )
    rows = rows.filter(of__in=fixes, happened_at__lt=F("ended_at"), unit__path__startswith=F("place"))
    if among is not None:
        rows = rows.filter(Q(**{f"{by[0]}__in": among}) | Q(**{f"{by[1]}__in": among}))
    return rows.filter(who__isnull=False).order_by().values_list("of", "who").distinct()


def wanted_pairs(fixes: Collection[int], who: str, among: Iterable | None = None) -> set[tuple[int, object]]:
    """Pairs of a fix and who asked for just this change, or for one that became part of it.

    Customers who were shown it before it ended and wanted it; those of us whose proposal it swallowed.
    """
    if who == "person":
        parts = Fix.objects.filter(merged_into__in=fixes).exclude(opened_by=F("merged_into__owner"))
        return set(parts.order_by().values_list("merged_into", "opened_by"))
    rows = Validation.objects.filter(wants=True).annotate(
        of=Coalesce("opportunity__fix__merged_into", "opportunity__fix"),
        ended_at=Coalesce(
            "opportunity__fix__merged_into__shipped_at",
            "opportunity__fix__merged_into__declined_at",
            "opportunity__fix__shipped_at",
            "opportunity__fix__declined_at",
        ),
    )
    rows = rows.filter(of__in=fixes, at__lt=F("ended_at"))
    if among is not None:
        rows = rows.filter(customer__in=among)
    return set(rows.order_by().values_list("of", "customer"))


def standing_tellings() -> QuerySet[Telling]:
    """Those that reached somebody or are on their way: not those whose letter was given up or kept back."""
    return Telling.objects.filter(message__gave_up_at=None)


def left_out(fixes: Collection[Fix]) -> set[tuple[int, str, UUID]]:
    """Fix, news and customer of those whom somebody decided not to tell; the last decision holds."""
    events = Event.objects.filter(
        kind__in=(LEFT_OUT, PUT_BACK), about_type="fix", about_id__in=[str(fix.pk) for fix in fixes]
    ).order_by("id")
    standing: dict[tuple[int, str, UUID], bool] = {}
    for kind, fix, payload in events.values_list("kind", "about_id", "payload"):
        for customer in payload["customers"]:
            standing[int(fix), payload["news"], UUID(customer)] = kind == LEFT_OUT
    return {one for one, out in standing.items() if out}
