"""Finding who is named in what customers say: fast, by names alone, a thousand texts at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from coalface.methods.phrases import PhraseRouter
from coalface.records.history import note
from coalface.records.models import Clause, Competitor, CompetitorMention, Event, Feedback, Kind, Remark

from ..queries.competitors import names_of
from ..queries.sorting import Said, batches, said_in_feedback, said_in_remarks

REMARK: Final = "remark_id"
FEEDBACK: Final = "feedback_id"


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that name a competitor, and the clause which does; or that name none we know."""

    said: Said
    competitor: int | None
    span: tuple[int, int] | None


@transaction.atomic
def find_competitors(*, event: Event, now: datetime) -> int:
    """Find the competitors that a remark or a batch of feedback names.

    Where no competitor is known only remarks about one are looked at: they wait for a person.
    """
    names = names_of(Competitor.objects.filter(ended_at=None))
    of_the_kind = Q() if names else Q(kind=Kind.COMPETITOR)
    if event.kind.startswith("remark."):
        source, said = REMARK, said_in_remarks(Remark.objects.filter(of_the_kind, pk=event.about_id))
    else:
        rows = Feedback.objects.standing().filter(of_the_kind, pk__in=event.payload["ids"])
        source, said = FEEDBACK, said_in_feedback(rows.filter(verbatim__isnull=False))
    found = _found(said, names)
    changed = _settle_up(found, source, said=said)
    if changed:
        note("competitors.found", about=event, by=None, at=now, mentions=changed)
    return changed


@transaction.atomic
def look_for_competitor(*, event: Event, now: datetime) -> int:
    """Look through all words again for one competitor, as if they had always been called as they are now."""
    competitor = Competitor.objects.filter(pk=event.about_id, ended_at=None)
    names = names_of(competitor)
    if names is None:
        return 0
    changed = 0
    for source, rows, read in (
        (FEEDBACK, Feedback.objects.standing().filter(verbatim__isnull=False), said_in_feedback),
        (REMARK, Remark.objects.all(), said_in_remarks),
    ):
        ids = rows.order_by("pk").values_list("pk", flat=True).iterator()
        hits = [hit for chunk in batches(ids) for hit in _named(read(rows.filter(pk__in=chunk)), names)]
        changed += _settle_up_one(hits, source, int(event.about_id))
    if changed:
        note("competitors.found", about=event, by=None, at=now, mentions=changed)
    return changed


def _named(said: Iterable[Said], names: PhraseRouter) -> list[Hit]:
    return [
        Hit(each, int(match.issue), (match.start, match.end))
        for each in said
        if each.text
        for match in names.match(each.text, each.language)
    ]


def _found(said: Sequence[Said], names: PhraseRouter | None) -> list[Hit]:
    hits = _named(said, names) if names else []
    naming = {hit.said.id for hit in hits}
    return hits + [
        Hit(each, None, None) for each in said if each.kind == Kind.COMPETITOR and each.id not in naming
    ]


def _settle_up(found: Sequence[Hit], source: str, *, said: Sequence[Said]) -> int:
    """Write what is new, and take away what these texts do not name any more; what a person said stays."""
    if not said:
        return 0
    there = list(CompetitorMention.objects.filter(**{f"{source}__in": [each.id for each in said]}))
    decided = {_source(one) for one in there if one.settled_at}
    wanted = {
        (hit.said.id, hit.competitor): hit for hit in found if hit.competitor or hit.said.id not in decided
    }
    held = {(_source(one), one.competitor_id): one for one in there}
    gone = [one.pk for key, one in held.items() if key not in wanted and not one.settled_at]
    new = [hit for key, hit in wanted.items() if key not in held]
    CompetitorMention.objects.filter(pk__in=gone).delete()
    _write(new, source)
    return len(gone) + len(new)


def _settle_up_one(hits: Sequence[Hit], source: str, competitor: int) -> int:
    """The same for one competitor over everything: who names them waits no more, who does not waits again."""
    naming = {hit.said.id: hit for hit in hits}
    rows = CompetitorMention.objects.filter(**{f"{source}__isnull": False})
    held = {_source(one): one for one in rows.filter(competitor=competitor)}
    gone = [one for key, one in held.items() if key not in naming and not one.settled_at]
    new = [hit for key, hit in naming.items() if key not in held]
    CompetitorMention.objects.filter(pk__in=[one.pk for one in gone]).delete()
    _write(new, source)
    for chunk in batches(iter(naming)):
        rows.filter(**{f"{source}__in": chunk}, competitor=None, settled_at=None).delete()
    return len(gone) + len(new) + _wait_again([_source(one) for one in gone], source)


def _wait_again(ids: Sequence[UUID], source: str) -> int:
    """Remarks about a competitor that named only this one wait for a person."""
    model, read = (Remark, said_in_remarks) if source == REMARK else (Feedback, said_in_feedback)
    alone = model.objects.filter(pk__in=ids, kind=Kind.COMPETITOR, competitor_mentions=None)
    left = [Hit(each, None, None) for each in read(alone)]
    _write(left, source)
    return len(left)


def _source(mention: CompetitorMention) -> UUID:
    return mention.feedback_id or mention.remark_id


def _write(hits: Sequence[Hit], source: str) -> None:
    clauses = _clauses(hits)
    CompetitorMention.objects.bulk_create(
        [
            CompetitorMention(
                competitor_id=hit.competitor,
                clause_id=clauses.get((hit.said.verbatim_id, *(hit.span or ()))),
                happened_at=hit.said.at,
                unit_id=hit.said.unit_id,
                **{source: hit.said.id},
            )
            for hit in hits
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def _clauses(hits: Sequence[Hit]) -> dict[tuple[int | None, ...], int]:
    """The ids of the spans that name somebody, written down where they are new."""
    spans = sorted({(hit.said.verbatim_id, *hit.span) for hit in hits if hit.span})
    Clause.objects.bulk_create(
        [Clause(verbatim_id=verbatim, start=start, end=end) for verbatim, start, end in spans],
        batch_size=500,
        ignore_conflicts=True,
    )
    found: dict[tuple[int | None, ...], int] = {}
    for chunk in batches(iter({hit.said.verbatim_id for hit in hits if hit.span})):
        rows = Clause.objects.filter(verbatim__in=chunk)
        found |= {tuple(row[:3]): row[3] for row in rows.values_list("verbatim", "start", "end", "pk")}
    return found
