"""A file on its way in: begun, understood, tried out, mended, approved, carried in, and undone as one."""

from .beginning import Began, NothingRecognised, approve, begin, cancel, choose, mend, sweep
from .bringing import bring_in, try_where_it_lies
from .carrying import Carrying, SomebodyElseCarries, carry_on, give_up
from .rereading import read_otherwise
from .trial import try_out
from .undoing import NothingToUndo, undo

__all__ = (
    "Began",
    "Carrying",
    "NothingRecognised",
    "NothingToUndo",
    "SomebodyElseCarries",
    "approve",
    "begin",
    "bring_in",
    "cancel",
    "carry_on",
    "choose",
    "give_up",
    "mend",
    "read_otherwise",
    "sweep",
    "try_out",
    "try_where_it_lies",
    "undo",
)
