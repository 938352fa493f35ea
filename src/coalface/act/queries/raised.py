"""Who asked for a change, and in which words."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from coalface.permissions import Right, Rights
from coalface.records.models import (
    Customer,
    Fix,
    Mention,
    Person,
    Unit,
    Verbatim,
)

from .news import wanted_pairs


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


def mentions_of(fix: Fix) -> QuerySet[Mention]:
    """Everything counted for the issue where the fix applies."""
    counted = Mention.objects.counted().filter(issue=fix.issue_id)
    return counted.filter(unit__path__startswith=fix.unit.path) if fix.unit else counted


def ended_at(fix: Fix) -> datetime | None:
    """When it went live or was declined; who spoke of it later spoke of something else."""
    return fix.shipped_at or fix.declined_at


def customers_who_raised(fix: Fix) -> QuerySet[Customer]:
    """Known customers who spoke of it before the change, those erased apart."""
    before = mentions_of(fix).filter(happened_at__lt=ended_at(fix))
    said = Q(pk__in=before.values("remark__customer")) | Q(pk__in=before.values("feedback__customer"))
    said |= Q(pk__in={customer for _, customer in wanted_pairs([fix.pk], "customer")})
    return Customer.objects.present().filter(said).order_by("id")


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


def readable_for(person: Person, rights: Rights) -> Q:
    """A filter for the mentions whose words somebody may read: of units they lead, and their own."""
    brought = Q(feedback__reported_by=person) | Q(remark__noted_by=person)
    return rights.within(Right.SEE_FEEDBACK) | brought
