"""Where a run stands, in one word, and what may be pressed there."""

from typing import Final

from django.db.models import Q

from coalface.people.queries import everywhere
from coalface.permissions import Rights
from coalface.records.models import Customer, ImportedRow, ImportRun, RefusedRow

from .kinds import KINDS
from .mapping import Mapping
from .rows import Kind

COLUMNS, TRYING, TRIED, GOING, DONE, FAILED, UNDOING, UNDONE = (
    "columns", "trying", "tried", "going", "done", "failed", "undoing", "undone",
)  # fmt: skip
MOVING: Final = frozenset({TRYING, GOING, UNDOING})


def state_of(run: ImportRun) -> str:
    """What a run waits for, or what it came to."""
    if run.undone_at:
        return UNDONE
    if run.undo_began_at:
        return UNDOING
    if run.ended_at:
        return FAILED if run.failure else DONE
    if run.approved_at:
        return GOING
    if run.tried_at:
        return TRIED
    return TRYING if Mapping.of(run.mapping).chosen else COLUMNS


def open_to(rights: Rights) -> list[Kind]:
    """The kinds of lists somebody may bring in: a list knows no bounds, so their right must have none."""
    return [kind for kind in KINDS.values() if everywhere(rights, kind.right)]


def will_come_in(run: ImportRun) -> int:
    """How many rows an approval would take in or change, the proposals taken since the trial among them."""
    left = RefusedRow.objects.filter(run=run, mended=False).count()
    return run.taken_in + run.changed + max(run.refused - left, 0)


def left_out(run: ImportRun) -> int:
    """How many rows stay outside."""
    return RefusedRow.objects.filter(run=run, mended=False).count()


def first_customer(run: ImportRun) -> Customer | None:
    """Whom of the customers a run brought to thank first: somebody with a telephone, if there is one."""
    traced = ImportedRow.objects.filter(run=run, about_type="customer", undone_at=None).order_by("id")
    ids = list(traced.values_list("about_id", flat=True)[:200])
    brought = Customer.objects.present().filter(pk__in=ids, erased_at=None)
    with_phone = brought.filter(~Q(phone="")).order_by("pk").first()
    return with_phone or brought.order_by("pk").first()
