"""What a format wants done before an encounter can be held, and before it can be finished."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from coalface.records.models import Encounter, FormatKind

from .guests import guests_wanted
from .incognito import disclosure_wanted, notice_wanted
from .listening import wanted_after_listening
from .shifts import wanted_before_a_shift

Check = Callable[[Encounter, datetime], list[str]]

# By kind of format: codes of what is missing; the words for each stand in meet/words/want.html.
BEFORE_HOLDING: Final[Mapping[str, Check]] = {
    FormatKind.INCOGNITO: notice_wanted,
    FormatKind.SHIFT: wanted_before_a_shift,
}
BEFORE_FINISHING: Final[Mapping[str, Check]] = {
    FormatKind.EVENT: guests_wanted,
    FormatKind.FOCUS_GROUP: guests_wanted,
    FormatKind.INCOGNITO: disclosure_wanted,
    FormatKind.LISTENING: wanted_after_listening,
}


def wanted_before_holding(encounter: Encounter, now: datetime) -> list[str]:
    """Codes of what has to be done first; none means it can be held."""
    return _asked(BEFORE_HOLDING, encounter, now)


def wanted_before_finishing(encounter: Encounter, now: datetime) -> list[str]:
    """Codes of what has to be done first; none means it can be finished."""
    return _asked(BEFORE_FINISHING, encounter, now)


def _asked(checks: Mapping[str, Check], encounter: Encounter, now: datetime) -> list[str]:
    check = checks.get(FormatKind(encounter.format.kind))
    return check(encounter, now) if check else []
