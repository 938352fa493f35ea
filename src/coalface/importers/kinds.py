"""What a file can hold: one kind a folder."""

from collections.abc import Mapping
from typing import Final

from .customers import CUSTOMERS
from .departures import DEPARTURES
from .exposures import EXPOSURES
from .feedback import FEEDBACK
from .figures import FIGURES
from .people import PEOPLE
from .purchases import PURCHASES
from .referrals import REFERRALS
from .rows import Kind

KINDS: Final[Mapping[str, Kind]] = {
    kind.key: kind
    for kind in (CUSTOMERS, PEOPLE, FEEDBACK, PURCHASES, FIGURES, EXPOSURES, REFERRALS, DEPARTURES)
}

__all__ = ("KINDS", "Kind")
