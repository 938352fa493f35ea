"""What there is to learn from: what people decided, as texts with labels, and whether that is enough."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from coalface.policies import numbers
from coalface.records.models import Clause, ClauseVector, Erasure, Issue, Mention, Verbatim

MOST_EXAMPLES: Final = 20_000


class Guess(Protocol):
    """What a router says of one text; label None: like nothing it has learnt."""

    label: str | None
    confidence: float
    runners_up: tuple[tuple[str, float], ...]


class Router(Protocol):
    """What `methods.routing.Router` can do, as far as it is asked here."""

    def predict(self, texts: Sequence[str], *, vectors: Any) -> Sequence[Guess]:
        """One guess a text."""

    def learn(self, texts: Sequence[str], labels: Sequence[str | None], *, vectors: Any) -> "Router":
        """The router with these examples learnt as well."""


Fit = Callable[..., Router]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Changes whenever there is something else to learn than before, whoever decided it in which process."""

    settled: int
    latest: datetime | None
    issues: int
    clauses: int
    erased: int
    has_vectors: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A text a person decided about: the clause, or all words; label None: no issue."""

    mention_id: int
    text: str
    label: str | None
    clauses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Enough:
    """Whether there is enough to learn from: issues decided often enough, of how many that takes."""

    ready: int
    needed: int
    examples_each: int

    def __bool__(self) -> bool:
        return self.ready >= self.needed


@dataclass(frozen=True, slots=True)
class Learned:
    """A router and what it has learnt: the label of each mention, as of a stamp."""

    router: Router
    known: Mapping[int, str | None]
    stamp: Stamp


def settled() -> QuerySet[Mention]:
    """What people decided (by the index on who did: it is the smaller)."""
    return Mention.objects.filter(settled_by__isnull=False, settled_at__isnull=False)


def stamp() -> Stamp:
    """What there is to learn now, in a handful of numbers."""
    now = settled().aggregate(
        n=Count("pk"), latest=Max("settled_at"), issues=Sum("issue_id"), clauses=Count("clause_id")
    )
    erased = Erasure.objects.filter(done_at__isnull=False).count()
    return Stamp(
        now["n"], now["latest"], now["issues"] or 0, now["clauses"], erased, ClauseVector.objects.exists()
    )


def examples(only: Iterable[int] | None = None) -> list[Example]:
    """The newest decisions with words, for standing issues or for none; of these mentions, if said."""
    rows = settled() if only is None else settled().filter(pk__in=list(only))
    verbatim = Coalesce("feedback__verbatim", "remark__verbatim", "remark__reading")
    found = rows.annotate(words=verbatim).filter(words__isnull=False).order_by("-settled_at", "-pk")
    found = found.values_list("pk", "issue", "words", "clause", "clause__start", "clause__end")[
        :MOST_EXAMPLES
    ]
    listed = list(found)
    texts = _texts({words for _, _, words, *_ in listed})
    whole = _clauses_of({words for _, _, words, clause, *_ in listed if clause is None})
    standing = _standing()
    made = []
    for pk, issue, words, clause, start, end in listed:
        label = standing.get(issue)
        text = texts[words][start:end].strip()
        if text and (label or issue is None):
            made.append(Example(pk, text, label, (clause,) if clause else whole[words]))
    return made


def _texts(verbatims: Iterable[int]) -> dict[int, str]:
    kept = Verbatim.objects.in_bulk(list(verbatims))
    return {pk: "" if one.erased_at else one.text for pk, one in kept.items()}


def _clauses_of(verbatims: Iterable[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    rows = Clause.objects.filter(verbatim__in=list(verbatims)).order_by("pk")
    for verbatim, pk in rows.values_list("verbatim", "pk"):
        found[verbatim].append(pk)
    return defaultdict(tuple, {verbatim: tuple(pks) for verbatim, pks in found.items()})


def _standing() -> dict[int, str]:
    """The label of each issue: its own number, or of the one it was merged into."""
    confirmed = Q(confirmed_at__isnull=False) | Q(merged_into__isnull=False)
    rows = Issue.objects.filter(confirmed).values_list("pk", "merged_into")
    return {pk: str(merged or pk) for pk, merged in rows}


def enough(labels: Iterable[str | None]) -> Enough:
    """Whether these labels are enough to learn from, by policy."""
    policy = numbers("learned_least_")
    counts = Counter(label for label in labels if label is not None)
    return _enough(counts.values(), policy)


def how_much_is_decided() -> Enough:
    """The same from the ledger, for a page."""
    counts = settled().exclude(issue=None).order_by().values_list("issue").annotate(n=Count("pk"))
    return _enough([n for _, n in counts], numbers("learned_least_"))


def _enough(counts: Iterable[int], policy: Mapping[str, float]) -> Enough:
    each = int(policy["decisions"])
    return Enough(sum(n >= each for n in counts), int(policy["issues"]), each)


def vectors_of(clauses: Sequence[Sequence[int]]) -> Any:
    """n × width: the stored vector of each text's clause, the mean of several; zeros where there is none.

    Nothing is encoded here: reading through has stored what can be had.
    """
    import numpy as np

    wanted = {pk for several in clauses for pk in several}
    rows = ClauseVector.objects.filter(clause__in=wanted).values_list("clause", "numbers")
    stored = {pk: np.frombuffer(bytes(numbers), dtype=np.float16).astype(np.float32) for pk, numbers in rows}
    width = max((len(one) for one in stored.values()), default=_width())
    table = np.zeros((len(clauses), width), dtype=np.float32)
    for place, several in enumerate(clauses):
        there = [stored[pk] for pk in several if pk in stored]
        if there:
            mean = np.mean(there, axis=0)
            table[place] = mean / (np.linalg.norm(mean) or 1.0)
    return table


def _width() -> int:
    """How long vectors are here, where none of those wanted is there."""
    import numpy as np

    one = ClauseVector.objects.order_by("pk").values_list("numbers", flat=True).first()
    return len(bytes(one)) // np.dtype(np.float16).itemsize if one else 0
