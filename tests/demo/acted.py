"""What the built bank has to say of its fixes, as its pages read it."""

from coalface.act.queries import agenda_of, fixes, meetings, published, published_since
from coalface.demo.actions.bank_year import Year
from coalface.demo.actions.chance import at
from coalface.permissions import rights_of
from coalface.records.models import AgendaItem, Fix, FixOffer
from coalface.verify.queries import amendments_of, before_of
from tests.demo.conftest import LAST_DAY
from tests.people import client_for

COUNTED = (
    "After the change {after:,} of {done:,.0f} contacts named it; before, {before:,} of {done_before:,.0f}."
    " That is {ratio:.2f} times as often ({low:.2f}–{high:.2f})."
    " Without a change about {expected:,.0f} were to be expected ({expected_low:,.0f}–{expected_high:,.0f})."
)
SENTENCES = {
    "card_block": "It worked: it is named clearly less often, and less than luck alone would have left.",
    "branch_wait": "Nothing that matters has changed.",
    "statement_fee": "The numbers cannot say whether it helped.",
    "app_logout": "It is too early to say.",
}
TO_DO = [
    ("this_week", "Fill the machines on Friday, not on Thursday", "service", "register"),
    ("this_week", "The old adviser introduces the new one before leaving", "people", "accept"),
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


def whole_sentence(key: str, fix: Fix) -> str:
    """What stands on the page of a verdict, word by word, with the figures that were written down."""
    verdict = fix.verdicts.first()
    before = before_of(fix.evaluation_plan, verdict)
    return f"{SENTENCES[key]} " + COUNTED.format(
        after=verdict.events_after,
        done=verdict.exposure_after,
        before=before.events,
        done_before=before.exposure,
        ratio=verdict.ratio,
        low=verdict.ratio_low,
        high=verdict.ratio_high,
        expected=verdict.expected,
        expected_low=verdict.expected_low,
        expected_high=verdict.expected_high,
    )


def to_do() -> list[tuple[str, str, str, str]]:
    """Lane, title, kind, and what each first attempt waits for, in the order of the page."""
    found = fixes(LAST_DAY).filter(follows=None)
    return [(fix.lane, fix.title, fix.what, fix.waits_for) for fix in found]


def not_taken() -> list[tuple[str, str, bool]]:
    """To whom offers went that nobody took up, how each ended, and whether with a reason."""
    first = FixOffer.objects.filter(accepted=False, fix__follows=None)
    offers = first.select_related("receiver").order_by("offered_at")
    return [(one.receiver.name, _end(one), one.reason is not None) for one in offers]


def asked_again(fix: Fix) -> list[str]:
    """Who is asked for the second attempt, or was."""
    offers = FixOffer.objects.filter(fix__follows=fix).select_related("receiver")
    return [offer.receiver.name for offer in offers]


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
