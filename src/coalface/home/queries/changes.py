"""What became lately of what somebody raised: at a visit, or on a customer's behalf."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from coalface.records.models import (
    Answer,
    Disposition,
    Fix,
    HandOverAnswer,
    Mention,
    Person,
    Verbatim,
    Verdict,
)

SINCE_LAST_WEEK: Final = timedelta(days=7)
MOST: Final = 5
NEWS: Final = {Answer.FIXED_NOW: "fixed", Answer.PASSED_ON: "passed_on", Answer.DECLINED: "declined"}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened: a code, the record behind it, and the words it began with (None: only a tap).

    `kind` names the record: disposition, handoveranswer, fix or verdict.
    """

    code: str
    at: datetime
    record: Model
    words: Verbatim | None

    @property
    def kind(self) -> str:
        return self.record._meta.model_name


def what_became(person: Person, now: datetime) -> list[Change]:
    """The latest few changes since last week that others brought about; five queries at most."""
    since = now - SINCE_LAST_WEEK
    judged = _verdicts(person, since, now)
    in_a_verdict = {verdict.fix_id for verdict in judged}
    moved = [fix for fix in _fixes(person, since, now) if fix.pk not in in_a_verdict]
    words = _words([*(verdict.quoted for verdict in judged), *(fix.quoted for fix in moved)])
    changes = [
        *_answered(person, since, now),
        *_handed_over(person, since, now),
        *(_moved(fix, words) for fix in moved),
        *(Change(one.ruling, one.judged_at, one, words.get(one.quoted)) for one in judged),
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:MOST]


def _answered(person: Person, since: datetime, until: datetime) -> list[Change]:
    """Answers of others to what I wrote down at a visit."""
    in_time = Q(at__range=(since, until)) | Q(told_at__range=(since, until))
    rows = Disposition.objects.filter(
        in_time, remark__noted_by=person, answer__in=NEWS, ended_at=None
    ).exclude(by=person)
    said = ("remark__verbatim", "remark__reading", "remark__encounter__unit")
    rows = rows.select_related("by", "praised", "reason", *said)
    return [_answer(row, until) for row in rows.order_by("-at", "-id")[:MOST]]


def _answer(row: Disposition, now: datetime) -> Change:
    told = bool(row.told_at and row.told_at <= now)
    code = "declined_told" if row.answer == Answer.DECLINED and told else NEWS[row.answer]
    at = max(row.at, row.told_at) if told else row.at
    return Change(code, at, row, row.remark.verbatim or row.remark.reading)


def _handed_over(person: Person, since: datetime, until: datetime) -> list[Change]:
    """What became of my hand-overs."""
    rows = HandOverAnswer.objects.filter(hand_over__giver=person, at__range=(since, until)).select_related(
        "by",
        "hand_over__receiver",
        "hand_over__disposition__remark__verbatim",
        "hand_over__disposition__remark__reading",
    )
    return [_handed(row) for row in rows.order_by("-at", "-id")[:MOST]]


def _handed(row: HandOverAnswer) -> Change:
    remark = row.hand_over.disposition.remark
    code = "accepted" if row.accepted else "returned" if row.by_id else "unanswered"
    return Change(code, row.at, row, remark.verbatim or remark.reading)


def _fixes(person: Person, since: datetime, until: datetime) -> list[Fix]:
    """Fixes of others for what I raised that were taken on, shipped or declined."""
    moved = ("shipped_at", "declined_at", "accepted_at")
    rows = Fix.objects.exclude(owner=person).annotate(moved_at=Coalesce(*moved))
    rows = rows.filter(moved_at__range=(since, until)).annotate(
        quoted=_mine(person, fix="", before=Coalesce(*map(OuterRef, moved)))
    )
    rows = rows.filter(quoted__isnull=False).select_related("owner", "issue", "decline_reason")
    return list(rows.order_by("-moved_at", "-id")[:MOST])


def _moved(fix: Fix, words: dict[int, Verbatim | None]) -> Change:
    code = "shipped" if fix.shipped_at else "not_done" if fix.declined_at else "taken_on"
    return Change(code, fix.moved_at, fix, words.get(fix.quoted))


def _verdicts(person: Person, since: datetime, until: datetime) -> list[Verdict]:
    """The newest verdict on each fix for what I had raised before it shipped."""
    rows = Verdict.objects.filter(judged_at__range=(since, until), fix__shipped_at__isnull=False)
    rows = rows.filter(pk=Subquery(_newest())).annotate(
        quoted=_mine(person, fix="fix__", before=OuterRef("fix__shipped_at"))
    )
    rows = rows.filter(quoted__isnull=False).select_related("fix__owner", "fix__issue")
    return list(rows.order_by("-judged_at", "-id")[:MOST])


def _newest() -> QuerySet:
    standing = Verdict.objects.filter(fix=OuterRef("fix")).order_by("-judged_at", "-id")
    return standing.values("pk")[:1]


def _mine(person: Person, *, fix: str, before: F | Coalesce) -> Subquery:
    """The newest mention I brought in of the fix's issue, where it applies, before something happened."""
    here = Coalesce(OuterRef(f"{fix}unit__path"), Value(""))
    brought = Q(remark__noted_by=person) | Q(feedback__reported_by=person)
    mentions = Mention.objects.counted().filter(
        brought, issue=OuterRef(f"{fix}issue"), unit__path__startswith=here, happened_at__lt=before
    )
    return Subquery(mentions.order_by("-happened_at", "-id").values("pk")[:1])


def _words(mentions: Iterable[int]) -> dict[int, Verbatim | None]:
    rows = Mention.objects.filter(pk__in=list(mentions))
    rows = rows.select_related("remark__verbatim", "remark__reading", "feedback__verbatim")
    return {row.pk: _said(row) for row in rows}


def _said(mention: Mention) -> Verbatim | None:
    if mention.remark:
        return mention.remark.verbatim or mention.remark.reading
    return mention.feedback.verbatim
