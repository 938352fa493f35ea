"""What a language model proposed about a theme or an issue, each sentence with the words it rests on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from coalface.permissions import Rights
from coalface.records.models import (
    Clause,
    Event,
    Issue,
    Person,
    Summary,
    SummaryKind,
    SummarySentence,
    Theme,
    ThemeClause,
)

from .telling import sources_of
from .theme_lines import Quote, quotes_for


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and its quotes; without `shown` some of these are gone, or not this reader’s to read."""

    text: str
    quotes: list[Quote]
    shown: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """The latest question of its kind and what came of it."""

    summary: Summary
    sentences: list[Said]

    @property
    def is_open(self) -> bool:
        return is_open(self.summary)

    @property
    def shown(self) -> list[Said]:
        return [one for one in self.sentences if one.shown]

    @property
    def hidden(self) -> int:
        return len(self.sentences) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Machine:
    """All that a page says of the language model."""

    about: Theme | Issue
    name: Proposed | None
    summary: Proposed | None
    may_ask: bool
    may_name: bool

    @property
    def is_open(self) -> bool:
        return any(one.is_open for one in self.proposals)

    @property
    def proposals(self) -> list[Proposed]:
        return [one for one in (self.name, self.summary) if one]

    @property
    def says(self) -> bool:
        """Whether there is anything to see for who may not ask."""
        return self.may_ask or bool(self.summary and self.summary.shown)


def is_open(summary: Summary) -> bool:
    """Whether it waits for an answer."""
    return summary.made_at is None and not summary.failure


def proposed(about: Theme | Issue, *, me: Person, rights: Rights, may_ask: bool, may_name: bool) -> Machine:
    """The latest name and the latest summary; a name is for those alone who may give it."""
    clauses = Prefetch("clauses", sources_of(Clause.objects.filter(verbatim__erased_at=None)))
    sentences = Prefetch("sentences", SummarySentence.objects.prefetch_related(clauses, _all_of_them()))
    rows = about.summaries.select_related("asked_by").prefetch_related(sentences)
    latest: dict[str, Proposed] = {}
    for row in rows.order_by("-asked_at", "-id")[:4]:
        latest.setdefault(row.kind, Proposed(row, [_said(each, me, rights) for each in row.sentences.all()]))
    name = latest.get(SummaryKind.NAME) if may_ask else None
    return Machine(about, name, latest.get(SummaryKind.SUMMARY), may_ask, may_name)


def _all_of_them() -> Prefetch:
    return Prefetch("clauses", Clause.objects.only("pk"), to_attr="rests_on")


def _said(sentence: SummarySentence, me: Person, rights: Rights) -> Said:
    rows = [ThemeClause(clause=clause) for clause in sentence.clauses.all()]
    quotes = quotes_for(rows, me=me, rights=rights)
    whole = len(quotes) == len(sentence.rests_on) > 0
    return Said(sentence.text, quotes, whole and all(one.may_read for one in quotes))


def questions_since(since: datetime) -> int:
    """How often a language model was asked since then, whatever came of it."""
    return Event.objects.filter(about_type="summary", kind="summary.wanted", at__gte=since).count()
