"""What is asked when a fix is opened, declined or looked for."""

from .fixes import LANES, SHOWN, WHOSE, DeclineForm, FilterForm, FixForm
from .publishing import PublishForm

__all__ = [
    "LANES",
    "SHOWN",
    "WHOSE",
    "DeclineForm",
    "FilterForm",
    "FixForm",
    "PublishForm",
]
