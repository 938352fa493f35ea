"""Things said that belong to no issue, as many proposals as are asked for, and the pages about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from coalface.hear.actions import NewFeedback, take_in
from coalface.methods.clauses import clauses
from coalface.records.models import Clause, Customer, Feedback, Kind, Policy, Theme, Verbatim
from coalface.understand.actions import discover_weekly, want_themes
from coalface.understand.queries.grouping import Group, Grouping
from coalface.understand.queries.unnamed import Unnamed
from tests.people import Cast

SAID = ("The widget{n} came apart.", "Who made this widget{n}?", "A gadget for number {n}, please.")


def something_new(cast: Cast, number: int, guest: Customer, then: datetime) -> None:
    """Two statements of a subject of their own, and one more of a subject that grows; read through."""
    rows = [
        NewFeedback(
            source="wish box",
            source_id=f"{number}-{place}",
            channel="web",
            kind=Kind.NEED,
            received_at=then + timedelta(days=9 * place, minutes=number),
            unit=cast.north,
            text=text.format(n=number),
            customer=guest,
        )
        for place, text in enumerate(SAID)
    ]
    take_in(rows=rows, by=None, now=then)
    for one in Feedback.objects.filter(source="wish box", source_id__startswith=f"{number}-"):
        Verbatim.objects.filter(pk=one.verbatim_id).update(masks=[])
        Clause.objects.bulk_create(
            Clause(verbatim_id=one.verbatim_id, start=span.start, end=span.end)
            for span in clauses(one.verbatim.text)
        )


def look_for_themes(cast: Cast, now: datetime) -> None:
    """Somebody asks, and it is searched."""
    Policy.objects.get_or_create(
        key="themes_from_clauses", defaults={"value": 5, "set_by": cast.mina, "set_at": now}
    )
    want_themes(by=cast.mina, now=now)
    discover_weekly(now=now, group=by_subject)


def by_subject(compared: Sequence[Unnamed], *, encoder: str, seed: int) -> Grouping:
    """Those that name the same subject."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(compared):
        subject = next(word for word in one.words.split() if word.startswith(("widget", "gadget")))
        found[subject.strip("?")].append(place)
    groups = tuple(
        Group(compared[places[0]].theme_id, tuple(places), tuple(places[:3]), (subject,))
        for subject, places in found.items()
    )
    return Grouping(groups, 0, len(compared), 1.0)


def theme_lists() -> dict[str, str]:
    """The proposals, and one of them with all its clauses."""
    grown = Theme.objects.get(terms=["gadget"])
    return {
        "new themes": reverse("understand:themes"),
        "a theme": reverse("understand:theme", args=[grown.pk]),
    }


def theme_pages() -> dict[str, str]:
    """The page on which one is split."""
    return {"split a theme": reverse("understand:split_theme", args=[Theme.objects.get(terms=["gadget"]).pk])}
