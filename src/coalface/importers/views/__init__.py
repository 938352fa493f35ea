"""Pages of bringing in a list: choose it, see its columns, try it, take it in."""

from .beginning import index, sample
from .columns import columns
from .mending import changes, mend, refused, refused_file
from .run import approve, cancel, run, undo

__all__ = (
    "approve",
    "cancel",
    "changes",
    "columns",
    "index",
    "mend",
    "refused",
    "refused_file",
    "run",
    "sample",
    "undo",
)
