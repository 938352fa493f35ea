"""The days that a row speaks of: from a first and a last day, or from a period such as 2025-03 or Q1 2025."""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from .recognising import folded
from .rows import Given

ONE_DAY: Final = timedelta(days=1)
MONTH: Final = re.compile(
    r"(?P<y>\d{4})[-/. ]?(?P<m>0?[1-9]|1[0-2])|(?P<m2>0?[1-9]|1[0-2])[-/. ](?P<y2>\d{4})"
)
QUARTER: Final = re.compile(
    r"(?P<y>\d{4})[-/. ]?[qtk](?P<q>[1-4])|[qtk](?P<q2>[1-4])[-/. ]?(?P<y2>\d{4})", re.IGNORECASE
)
WEEK: Final = re.compile(
    r"(?P<y>\d{4})-?(?:w|kw)(?P<w>\d{1,2})|(?:w|kw) ?(?P<w2>\d{1,2})[-/ ](?P<y2>\d{4})", re.IGNORECASE
)
WEEKLY: Final = frozenset({"week", "woche", "semaine", "semana", "tydzien", "settimana", "kw"})
YEAR: Final = re.compile(r"(?P<y>\d{4})")


def set_period(row: Given, columns: Mapping[str, str]) -> None:
    """Set `from_on` and `until_on`, which is no part of the period, or write down what is missing.

    A list names the last day; where both days are the first of a month, the second is no part of it.
    """
    values: dict[str, Any] = row.values
    if written := values.pop("period", ""):
        column = columns.get("period", "")
        found = _week_from(written, column) or period_of(written)
        if found is None:
            row.trouble(column, "bad_period")
            return
        values["from_on"], values["until_on"] = found
        return
    start, last = values.get("from_on"), values.get("until_on")
    if start is None:
        row.trouble(columns.get("from_on", ""), "bad_date")
        return
    if last is None:
        values["until_on"] = after_month(start) if start.day == 1 else start + ONE_DAY
    elif not (start.day == 1 and last.day == 1 and last > start):
        values["until_on"] = last + ONE_DAY
    if values["until_on"] <= start:
        row.trouble(columns.get("until_on", ""), "ends_before_it_begins")


def _week_from(written: str, column: str) -> tuple[date, date] | None:
    """The week that begins on a day, where the column says that its days are weeks."""
    if not WEEKLY & set(folded(column).split()):
        return None
    try:
        start = date.fromisoformat(written.strip()[:10])
    except ValueError:
        return None
    return start, start + 7 * ONE_DAY


def period_of(written: str) -> tuple[date, date] | None:
    """The first day, and the first day after it.

    >>> period_of("Q1 2025")
    (datetime.date(2025, 1, 1), datetime.date(2025, 4, 1))
    """
    bare = written.strip()
    if found := QUARTER.fullmatch(bare):
        start = date(int(found["y"] or found["y2"]), int(found["q"] or found["q2"]) * 3 - 2, 1)
        return start, after_month(after_month(after_month(start)))
    if found := WEEK.fullmatch(bare):
        try:
            start = date.fromisocalendar(int(found["y"] or found["y2"]), int(found["w"] or found["w2"]), 1)
        except ValueError:
            return None
        return start, start + 7 * ONE_DAY
    if found := YEAR.fullmatch(bare):
        return (date(int(bare), 1, 1), date(int(bare) + 1, 1, 1)) if 1900 <= int(bare) <= 2200 else None
    if found := MONTH.fullmatch(bare):
        start = date(int(found["y"] or found["y2"]), int(found["m"] or found["m2"]), 1)
        return start, after_month(start)
    try:
        start = date.fromisoformat(bare[:10])
    except ValueError:
        return None
    return (start, after_month(start)) if start.day == 1 else (start, start + ONE_DAY)


def after_month(start: date) -> date:
    """The first day of the month after."""
    return start.replace(day=1) + timedelta(days=monthrange(start.year, start.month)[1])
