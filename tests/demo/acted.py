"""What the built bank has to say of its fixes, as its pages read it."""

from coalface.act.queries import agenda_of, fixes, meetings, published, published_since
from coalface.demo.actions.bank_year import Year
from coalface.demo.actions.chance import at
from coalface.permissions import rights_of
from coalface.records.models import AgendaItem, Fix, FixOffer
from coalface.verify.queries import amendments_of
from tests.demo.conftest import LAST_DAY
from tests.people import client_for

SENTENCES = {
    "card_block": "It worked: it is named clearly less often, and less than luck alone would have left. X",
    "branch_wait": "Nothing that matters has changed. X",
    "statement_fee": "The numbers cannot say whether it helped. X",
    "app_logout": "It is too early to say. X",
}
TO_DO = [
    ("this_week", "Fill the machines on Friday, not on Thursday", "service", "register"),
    ("this_week", "The old adviser introduces the new one before leaving", "people", "accept"),
    ("this_week", "A screen at the entrance that shows whose turn it is", "product", "accept"),
    ("this_week", "The mortgage letter on one page, with an example", "product", "accept"),
    ("this_week", "A person after the second menu step", "service", "register"),
    ("this_week", "One form that the adviser fills in together with the customer", "process", "accept"),
    ("this_week", "Two more people on the line at noon", "people", "register"),
    ("needs_a_decision", "Show the rate before somebody pays, not on the statement", "price", "decide"),
    ("needs_a_decision", "Keep a half-written transfer for an hour", "product", "decide"),
]


def shipped(year: Year, key: str) -> Fix:
    """The live fix for an issue."""
    return Fix.objects.filter(issue=year.issues[key], shipped_at__isnull=False).earliest("shipped_at")


def page(year: Year, who: str, address: str) -> str:
    """What somebody reads there, each run of spaces as one."""
    return " ".join(client_for(year.bank.named[who]).get(address).content.decode().split())


def to_do() -> list[tuple[str, str, str, str]]:
    """Lane, title, kind, and what each waits for, in the order of the page."""
    return [(fix.lane, fix.title, fix.what, fix.waits_for) for fix in fixes(LAST_DAY)]


def not_taken() -> list[tuple[str, str, bool]]:
    """To whom offers went that nobody took up, how each ended, and whether with a reason."""
    offers = FixOffer.objects.filter(accepted=False).select_related("receiver").order_by("offered_at")
    return [(one.receiver.name, _end(one), one.reason is not None) for one in offers]


def _end(offer: FixOffer) -> str:
    if offer.answered_at is None:
        return "waits"
    return "given back" if offer.answered_by else "left lying"


def amended(fix: Fix) -> list[tuple[str, str, object, object]]:
    """Why, which field, what it was and what it became."""
    found = amendments_of(fix.evaluation_plan)
    return [(one.reason, change.name, change.was, change.becomes) for one in found for change in one.changes]


def both_meetings(year: Year) -> tuple[list[AgendaItem], list[AgendaItem]]:
    """The points of the one that was held, and of the one to come."""
    manager = year.bank.named["Mirjam Kofler"]
    coming, held = meetings(manager, rights_of(manager, at(LAST_DAY, 23)))
    return list(agenda_of(held)), list(agenda_of(coming))


def in_public(year: Year, branch: str = "") -> list[str]:
    """The titles of what is public in German, of a branch or anywhere."""
    return [one.fix.title for one in published("de", year.bank.units.get(branch))]


def in_the_mail() -> set[str]:
    """The titles of what the weekly mail of the last day tells."""
    return {one.fix.title for one in published_since("en", at(LAST_DAY, 9))}
