"""Things said that nobody has named, and a small way of our own to put like to like."""

from collections import defaultdict
from collections.abc import Sequence

from coalface.methods.clauses import clauses
from coalface.records.models import Clause, Feedback, Policy, Theme, ThemeRun, Verbatim
from coalface.understand.actions import discover_weekly
from coalface.understand.queries.grouping import Group, Grouping
from coalface.understand.queries.unnamed import Unnamed
from tests.people import NOW, Cast
from tests.understand import heard

SUBJECTS = ("queue", "app", "parking", "toilet", "voucher", "receipt")


def by_subject(compared: Sequence[Unnamed], *, encoder: str, seed: int) -> Grouping:
    """Clauses that name the same subject; a group goes on with the theme most of it lay in before."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(compared):
        word = next((word for word in SUBJECTS if word in one.words.casefold()), "")
        found[word].append(place)
    groups, taken = [], set()
    for word in SUBJECTS:
        places = found[word]
        if len(places) < 2:
            continue
        before = [compared[place].theme_id for place in places if compared[place].theme_id]
        theme = max(sorted(set(before) - taken), key=before.count, default=None)
        groups.append(Group(theme, tuple(places), tuple(places[:3]), (word,)))
        taken.add(theme)
    shared = sum(one.theme_id is not None for one in compared)
    grouped = sum(len(group.places) for group in groups)
    return Grouping(tuple(groups), len(compared) - grouped, shared, 1.0 if shared else None)


def read_through(*feedback: Feedback, masks: Sequence[Sequence[object]] = ()) -> list[Clause]:
    """As the worker leaves them: looked through for personal data, and cut into clauses."""
    made = []
    for one in feedback:
        Verbatim.objects.filter(pk=one.verbatim_id).update(masks=list(masks))
        for span in clauses(one.verbatim.text):
            made.append(
                Clause.objects.get_or_create(verbatim=one.verbatim, start=span.start, end=span.end)[0]
            )
    return made


def said(cast: Cast, *texts: str, **more: object) -> list[Feedback]:
    """Feedback that was read through."""
    found = heard(cast, *texts, **more)
    read_through(*found)
    return found


def search(cast: Cast, now=NOW) -> ThemeRun | None:
    """Look for themes in however little was said."""
    Policy.objects.get_or_create(
        key="themes_from_clauses", defaults={"value": 2, "set_by": cast.mina, "set_at": NOW}
    )
    return discover_weekly(now=now, group=by_subject)


def told(theme: Theme) -> tuple[list[str], list[str]]:
    """Its terms and its clauses."""
    rows = theme.theme_clauses.order_by("clause__verbatim__text", "clause__start").select_related(
        "clause__verbatim"
    )
    return theme.terms, [row.clause.text for row in rows]
