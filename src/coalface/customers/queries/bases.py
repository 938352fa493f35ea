"""What a channel needs before anybody uses it: a consent, unless a row of the table says otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from coalface.records.models import Channel, Consent, ConsentBasis, ConsentWording, LegalBasis, Purpose, Stage

ALWAYS_CONSENT = (Purpose.RECORDING,)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: what is needed, and the row that says so; without a row, a consent."""

    country: str
    channel: str
    purpose: str
    basis: str
    row: ConsentBasis | None


def in_force(channel: str, purpose: str) -> dict[str, str]:
    """What is needed, by country; the empty one stands for every country without a row."""
    if purpose in ALWAYS_CONSENT:
        return {"": LegalBasis.CONSENT}
    rows = ConsentBasis.objects.filter(channel=channel, purpose=purpose).order_by("set_at", "id")
    return {"": LegalBasis.CONSENT} | {row.country: row.basis for row in rows}


def allowed(channel: str, purposes: Iterable[str]) -> Q:
    """A filter which leaves the customers who may be reached by this channel for one of the purposes."""
    return reduce(or_, (_allowed(Channel(channel), Purpose(purpose)) for purpose in purposes))


def _allowed(channel: str, purpose: str) -> Q:
    bases = in_force(channel, purpose)
    elsewhere = ~Q(country__in=[country for country in bases if country])
    where = Q(pk__in=())
    for country, basis in bases.items():
        where |= (Q(country=country) if country else elsewhere) & _enough(channel, purpose, basis)
    return where


def _enough(channel: str, purpose: str, basis: str) -> Q:
    said = Consent.objects.filter(customer=OuterRef("pk"), channel=channel, purpose=purpose)
    agreed = Q(Exists(said.filter(withdrawn_at=None)))
    if basis == LegalBasis.FORBIDDEN:
        return Q(pk__in=())
    if basis == LegalBasis.CONSENT:
        return agreed
    unless_objected = ~Q(Exists(said.exclude(withdrawn_at=None)))
    if basis == LegalBasis.EXISTING_CUSTOMER:
        unless_objected &= ~Q(stage=Stage.BEFORE)
    return agreed | unless_objected


def table(country: str) -> list[Cell]:
    """Every channel and purpose with what it needs in a country, in one query."""
    rows: QuerySet[ConsentBasis] = ConsentBasis.objects.filter(country__in={country, ""})
    newest = {
        (row.country, row.channel, row.purpose): row
        for row in rows.select_related("set_by").order_by("set_at", "id")
    }
    cells = []
    for channel, purpose in product(Channel.values, Purpose.values):
        row, elsewhere = (newest.get((where, channel, purpose)) for where in (country, ""))
        holds = row or elsewhere
        if purpose not in ALWAYS_CONSENT:
            cells.append(Cell(country, channel, purpose, holds.basis if holds else LegalBasis.CONSENT, row))
    return cells


def countries_with_rows() -> list[str]:
    """The countries for which somebody decided something, in order."""
    rows = ConsentBasis.objects.exclude(country="").order_by("country")
    return list(rows.values_list("country", flat=True).distinct())


def versions() -> list[str]:
    """The versions of the consent text there are, newest first."""
    rows = ConsentWording.objects.order_by("version")
    return list(rows.values_list("version", flat=True).distinct())[::-1]
