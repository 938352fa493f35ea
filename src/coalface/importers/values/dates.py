"""Days and moments, with the order of day and month decided by the whole column."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Final

from .cells import NOTHING, Cell
from .months import month_of

TIME: Final = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?(?:\s*(?:Uhr|h))?\s*(?P<zone>Z|[A-Z]{2,5}|(?:UTC|GMT)?[+-]\d{2}(?::?\d{2})?)?"
)
AFTER: Final = rf"(?:(?:\s*,\s*|\s*T\s*|\s+)(?:um\s+|at\s+|à\s+)?{TIME})?"
NUMERIC: Final = re.compile(
    rf"(?P<a>\d{{1,4}})\s?(?P<mark>[./\-])\s?(?P<b>\d{{1,2}})\s?(?P=mark)\s?(?P<c>\d{{1,4}})\.?{AFTER}",
    re.IGNORECASE | re.ASCII,
)
COMPACT: Final = re.compile(rf"(?P<a>\d{{4}})(?P<b>\d{{2}})(?P<c>\d{{2}}){AFTER}", re.IGNORECASE | re.ASCII)
NAMED: Final = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th|er|º|°)?[\s\-/]*(?:de\s+)?(?P<name>[^\W\d_]{{3,}})\.?,?[\s\-/]*(?:de[l]?\s+)?"
    rf"(?P<year>\d{{4}}|'?\d{{2}}){AFTER}",
    re.IGNORECASE,
)
NAMED_FIRST: Final = re.compile(
    rf"(?P<name>[^\W\d_]{{3,}})\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){AFTER}",
    re.IGNORECASE,
)
WEEKDAY: Final = re.compile(r"^[^\W\d_]{2,12}(?:\.,?|,)\s*")
NUMBER: Final = re.compile(r"\d{1,13}(?:[.,]\d+)?", re.ASCII)
ZONES: Final = {
    "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7,
}  # fmt: skip
SERIAL_START: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - the zone follows
SERIAL_OF_OUR_TIME: Final = re.compile(r"[2-5]\d{4}(?:\.\d{1,12})?", re.ASCII)  # 1954 to 2064
SERIALS: Final = (1, 2_958_465)
EPOCHS: Final = (100_000_000, 10_000_000_000)
YEARS: Final = range(1900, 2200)
ORDERS: Final = ("dmy", "mdy", "ymd")
SORTED: Final = 0.95


@dataclass(frozen=True, slots=True)
class Dates:
    """How a column writes its dates, and how many of its cells say so."""

    order: str = "dmy"
    sure: bool = True
    only_day_first: int = 0
    only_month_first: int = 0
    both: int = 0
    serial: bool = False  # numbers are days as a spreadsheet counts them
    latest_year: int = 2068  # two digits mean no later year

    @property
    def contradicts(self) -> bool:
        """Whether some cells can only be read in one order and some only in the other."""
        return bool(self.only_day_first and self.only_month_first)

    def as_json(self) -> dict[str, Any]:
        """For a field of JSON."""
        return asdict(self)

    def moment(self, written: str, zone: tzinfo) -> Cell:
        """A time in UTC; what says no zone is meant in the one given."""
        cell = self._read(written)
        if not isinstance(cell.value, datetime):
            return cell
        said = cell.value if cell.value.tzinfo else cell.value.replace(tzinfo=zone)
        return Cell(said.astimezone(UTC))

    def local(self, written: str) -> Cell:
        """A time with the zone that it names, or none: whoever asks knows where it was."""
        return self._read(written)

    def day(self, written: str) -> Cell:
        """The day as it was written, wherever that was."""
        cell = self._read(written)
        return Cell(cell.value.date()) if isinstance(cell.value, datetime) else cell

    def _read(self, written: str) -> Cell:
        bare = " ".join(written.split())
        if not bare:
            return NOTHING
        if counted := self._counted(bare):
            return Cell(counted)
        parts = _parts(bare)
        if parts is None and (meant := _serial(bare)):
            return Cell(reason="number_not_date", mending="serial_date", gives=(("", meant),))
        if parts is None:
            return Cell(reason="bad_date")
        if moment := parts.read(parts.can[0] if parts.fixed else self.order, self.latest_year):
            return Cell(moment)
        for other in parts.orders(self.latest_year):
            moment = parts.read(other, self.latest_year)
            proposed = moment.isoformat(sep=" ") if parts.time else f"{moment:%Y-%m-%d}"
            return Cell(reason="other_order", mending="swap_day_month", gives=(("", proposed),))
        return Cell(reason="bad_date")

    def _counted(self, bare: str) -> datetime | None:
        """A moment written as a number: seconds or milliseconds since 1970, or a spreadsheet's days."""
        if not NUMBER.fullmatch(bare):
            return None
        number = float(bare.replace(",", "."))
        if self.serial and SERIALS[0] <= number < SERIALS[1]:
            return SERIAL_START + timedelta(seconds=round(number * 86_400))
        if EPOCHS[0] * 1000 <= number < EPOCHS[1] * 1000:
            number /= 1000
        if EPOCHS[0] <= number < EPOCHS[1]:
            return datetime.fromtimestamp(number, UTC)
        return None


def _serial(bare: str) -> str:
    """The day that a spreadsheet means by a number among dates; empty where it is none of our time."""
    if not SERIAL_OF_OUR_TIME.fullmatch(bare):
        return ""
    meant = SERIAL_START + timedelta(seconds=round(float(bare) * 86_400))
    return f"{meant:%Y-%m-%d}" if "." not in bare else meant.isoformat(sep=" ")


@dataclass(slots=True)
class DateEvidence:
    """Counts over a column, cell by cell, which order of day and month its dates can have."""

    usual: str = "dmy"
    latest_year: int = 2068
    _fits: Counter[str] = field(default_factory=Counter)
    _marks: Counter[str] = field(default_factory=Counter)
    _rises: dict[str, list[int]] = field(default_factory=lambda: {order: [0, 0] for order in ORDERS})
    _before: dict[str, datetime] = field(default_factory=dict)

    def see(self, written: str) -> None:
        """Take one more cell into account."""
        bare = " ".join(written.split())
        if not bare:
            return
        self._fits["all"] += 1
        if NUMBER.fullmatch(bare) and not (COMPACT.fullmatch(bare) and _parts(bare).orders(self.latest_year)):
            number = float(bare.replace(",", "."))
            self._fits["serial" if SERIALS[0] <= number < SERIALS[1] else "epoch"] += 1
            return
        parts = _parts(bare)
        if parts is None or parts.fixed:
            return
        orders = parts.orders(self.latest_year)
        self._fits["+".join(orders)] += 1
        self._marks[parts.mark] += 1
        for order in orders:
            self._compare(order, parts.read(order, self.latest_year))

    def _compare(self, order: str, moment: datetime) -> None:
        moment = moment.replace(tzinfo=None)
        before = self._before.get(order, moment)
        self._rises[order][0] += moment > before
        self._rises[order][1] += moment < before
        self._before[order] = moment

    def _can(self, order: str, other: str = "") -> int:
        """Cells that fit one order, and not another."""
        seen = ((set(fits.split("+")), count) for fits, count in self._fits.items())
        return sum(count for fits, count in seen if order in fits and other not in fits)

    def decided(self) -> Dates:
        """What the cells seen so far come to."""
        day, month = self._can("dmy", "mdy"), self._can("mdy", "dmy")
        both = self._can("dmy") - day
        order, sure = self._order(day, month)
        return Dates(
            order=order,
            sure=sure and not (day and month),
            only_day_first=day,
            only_month_first=month,
            both=both,
            serial=self._fits["serial"] > 0.5 * self._fits["all"],
            latest_year=self.latest_year,
        )

    def _order(self, day: int, month: int) -> tuple[str, bool]:
        can = {order: self._can(order) for order in ORDERS}
        if not any(can.values()):
            return self.usual, True
        if can["ymd"] > max(can["dmy"], can["mdy"]):
            return "ymd", True
        if day != month:
            return ("dmy" if day > month else "mdy"), True
        if self._marks["."] > sum(self._marks.values()) / 2:
            return "dmy", True
        sorted_in = [order for order in ("dmy", "mdy") if self._sorted(order)]
        if len(sorted_in) == 1:
            return sorted_in[0], True
        return self.usual, False

    def _sorted(self, order: str) -> bool:
        rises, falls = self._rises[order]
        return rises + falls >= 5 and max(rises, falls) >= SORTED * (rises + falls)


def dates_of(column: Iterable[str], *, usual: str = "dmy", latest_year: int = 2068) -> Dates:
    """How a whole column writes its dates."""
    evidence = DateEvidence(usual=usual, latest_year=latest_year)
    for written in column:
        evidence.see(written)
    return evidence.decided()


@dataclass(frozen=True, slots=True)
class _Parts:
    """The three numbers of a date as they stand, and the time behind them."""

    numbers: tuple[int, int, int]
    digits: tuple[int, int, int]
    mark: str
    time: tuple[int, int, int, int] | None
    zone: tzinfo | None
    can: tuple[str, ...] = ORDERS  # the orders that its looks allow

    @property
    def fixed(self) -> bool:
        """Whether the column need not be asked."""
        return self.can != ORDERS

    def read(self, order: str, latest_year: int) -> datetime | None:
        """The moment in one order; None where the calendar has no such day."""
        found = dict(zip(order, self.numbers, strict=True))
        widths = dict(zip(order, self.digits, strict=True))
        if widths["y"] not in {2, 4} or widths["d"] > 2 or widths["m"] > 2:
            return None
        year = found["y"] if widths["y"] == 4 else _whole(found["y"], latest_year)
        if not (year in YEARS and 1 <= found["m"] <= 12):
            return None
        if not 1 <= found["d"] <= monthrange(year, found["m"])[1]:
            return None
        return datetime(year, found["m"], found["d"], *(self.time or ()), tzinfo=self.zone)

    def orders(self, latest_year: int) -> tuple[str, ...]:
        """The orders in which it is a day of the calendar."""
        return tuple(order for order in self.can if self.read(order, latest_year))


def _whole(year: int, latest_year: int) -> int:
    century = latest_year // 100 * 100
    return century + year if century + year <= latest_year else century - 100 + year


def _parts(bare: str) -> _Parts | None:
    found = NUMERIC.fullmatch(bare) or COMPACT.fullmatch(bare)
    if not found and (named := _named(bare)):
        return named
    if not found:
        shorter = WEEKDAY.sub("", bare, count=1)
        return _parts(shorter) if shorter != bare else None
    numbers = int(found["a"]), int(found["b"]), int(found["c"])
    digits = len(found["a"]), len(found["b"]), len(found["c"])
    can = ("ymd", "ydm") if digits[0] == 4 else ORDERS
    return _with_time(found, numbers, digits, found.groupdict().get("mark", ""), can)


def _named(bare: str) -> _Parts | None:
    found = NAMED.fullmatch(bare) or NAMED_FIRST.fullmatch(bare)
    month = month_of(found["name"]) if found else 0
    if not found or not month:
        return None
    year = found["year"].lstrip("'")
    numbers = int(found["day"]), month, int(year)
    return _with_time(found, numbers, (2, 2, len(year)), "", ("dmy",))


def _with_time(found: re.Match, numbers, digits, mark: str, can: tuple[str, ...]) -> _Parts | None:
    if not found["hour"]:
        return _Parts(numbers, digits, mark, None, None, can)
    if not found["minute"] and not found["half"]:
        return None
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    part = int((found["part"] or "0")[:6].ljust(6, "0"))
    time = hour, int(found["minute"] or 0), int(found["second"] or 0), part
    if time[0] > 23 or time[1] > 59 or time[2] > 59:
        return None
    zone = _zone(found["zone"])
    return None if found["zone"] and zone is None else _Parts(numbers, digits, mark, time, zone, can)


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written.upper() in ZONES:
        return timezone(timedelta(hours=ZONES[written.upper()]))
    if found := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?", written, re.IGNORECASE):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))
    return None
