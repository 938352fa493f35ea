"""Which issues somebody's words speak of, by the routes that are in force."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from coalface.methods import phrases
from coalface.policies import number
from coalface.records.models import Feedback, Kind, Remark, Route

AT_ONCE: Final = 1_000
BY_TOPIC: Final = 1.0
PRAISE: Final = frozenset({Kind.COMPLIMENT, Kind.LIKE})
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """A remark or a piece of feedback, as far as sorting needs it."""

    id: UUID
    unit_id: int
    at: datetime
    kind: str
    topic: str
    verbatim_id: int | None
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue something speaks of and the span that says so; without an issue a person has to look."""

    issue_id: int | None
    confidence: float
    counted: bool
    span: tuple[int, int] | None = None


class Sorter:
    """The routes of all standing issues, prepared for many texts."""

    def __init__(self, routes: Iterable[Route], sure_from: float) -> None:
        rows = list(routes)
        self.topics: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            for topic in row.topics:
                self.topics[topic].add(row.issue_id)
        self._router = phrases.PhraseRouter(
            [phrases.Phrases(str(row.issue_id), tuple(row.phrases), tuple(row.unless)) for row in rows]
        )
        self._sure_from = sure_from

    def findings(self, said: Said) -> list[Finding]:
        """One finding an issue; words that lead nowhere are for a person, praise and bare taps are not.

        Praise that names an issue ("no queue today!") is never counted by itself.
        """
        found = {issue: Finding(issue, BY_TOPIC, True) for issue in self.topics.get(said.topic, ())}
        for match in self._router.match(said.text, said.language) if said.text else ():
            issue = int(match.issue)
            sure = max(match.confidence, found[issue].confidence if issue in found else 0.0)
            if issue not in found or found[issue].span is None:
                found[issue] = Finding(issue, sure, sure >= self._sure_from, (match.start, match.end))
        if said.kind in PRAISE:
            return [
                Finding(each.issue_id, each.confidence, False, each.span)
                for each in found.values()
                if each.span
            ]
        if not found and said.text:
            return [Finding(None, 0.0, False)]
        return [found[issue] for issue in sorted(found)]

    def speaks_of(self, text: str) -> set[int]:
        """The issues that phrases find in a text, whatever else is known of it."""
        return {int(match.issue) for match in self._router.match(text)} if text else set()


def sorter() -> Sorter:
    """The routes as they are now."""
    routes = Route.objects.filter(issue__confirmed_at__isnull=False, issue__merged_into=None)
    return Sorter(routes.order_by("issue_id", "id"), number("sure_from"))


def said_in_feedback(feedback: QuerySet[Feedback]) -> list[Said]:
    """What lies in these rows, oldest id first."""
    said = ("verbatim_id", "verbatim__text", "verbatim__language")
    fields = ("pk", "unit_id", "received_at", "kind", "topic", *said)
    rows = feedback.order_by("pk").values_list(*fields)
    return [Said(*row[:6], text=row[6] or "", language=row[7] or "") for row in rows]


def said_in_remarks(remarks: QuerySet[Remark]) -> list[Said]:
    """What lies in these rows; where the customer's own words are missing, the observer's reading speaks."""
    rows = remarks.select_related("encounter", "verbatim", "reading").order_by("pk")
    return [_of_remark(remark) for remark in rows]


def _of_remark(remark: Remark) -> Said:
    words = remark.verbatim or remark.reading
    return Said(
        id=remark.pk,
        unit_id=remark.encounter.unit_id,
        at=remark.noted_at,
        kind=remark.kind,
        topic="",
        verbatim_id=words.pk if words else None,
        text=words.text if words else "",
        language=words.language if words else "",
    )


def unsorted_feedback(ids: Sequence[str]) -> QuerySet[Feedback]:
    """Those of these rows that can be sorted and have not been."""
    return Feedback.objects.standing().filter(pk__in=ids, mentions=None)


def batches(rows: Iterator[T]) -> Iterator[list[T]]:
    """So many of them at once as one statement bears."""
    while batch := list(islice(rows, AT_ONCE)):
        yield batch
