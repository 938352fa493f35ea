"""Two things nobody at the bank had named: one was found by the search and is an issue now, one waits."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db.models import Count

from coalface.demo import queries
from coalface.demo.actions.bank_year import Year
from coalface.demo.actions.chance import at
from coalface.hear import actions as hear
from coalface.records.models import IssueKind, Theme
from coalface.understand import actions as understand

NAMED: Final = "tax_certificate"
TITLE: Final = "The tax certificate comes too late or is wrong"
WAITS: Final = "video_call"
DAYS: Final = 45


def say_what_nobody_named(year: Year, last: int, chance: Random) -> None:
    """Within the last weeks, in the words of many, by the form on the web."""
    evening = at(year.day(last), 21)
    units = sorted(year.bank.serving)
    rows = [
        hear.NewFeedback(
            source="web",
            source_id="",
            channel="web",
            kind=card.kind,
            received_at=evening - timedelta(minutes=chance.randrange(60, DAYS * 24 * 60)),
            unit=year.bank.units[chance.choice(units)],
            text=card.text,
            language=card.language,
        )
        for key in (NAMED, WAITS)
        for card in queries.unnamed(key)
    ]
    hear.take_in(rows=rows, by=None, now=evening)


def name_what_was_found(year: Year, now: datetime) -> None:
    """The analyst gives the proposal that holds most of it its name; where none was found, there is none."""
    said = [card.text for card in queries.unnamed(NAMED)]
    ours = Theme.objects.waiting().filter(theme_clauses__clause__verbatim__text__in=said)
    found = ours.annotate(size=Count("theme_clauses")).order_by("-size", "pk").first()
    if found:
        by = year.bank.named["Dario Pellegrini"]
        understand.confirm_theme(theme=found, title=TITLE, kind=IssueKind.SERVICE, by=by, now=now)
