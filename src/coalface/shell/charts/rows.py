"""The table behind each chart, to be taken along like any list."""

from typing import Final

from coalface.records.tables import Column, Of, Table


def figures(table: str, at: str, *more: Column) -> Table:
    """Estimates with their intervals; a figure that may not be shown has none here either."""

    def part(name: str) -> Column:
        return Column(name, Of.NUMBER, f"{at}.{name}")

    return Table(table, (Column("label"), part("estimate"), part("low"), part("high"), *more))


def _resolution(name: str) -> Column:
    return Column(f"resolved_{name}", Of.NUMBER, f"resolution.{name}")


WEEKS: Final = Table("weeks", (Column("starts_on", Of.DAY), Column("count", Of.WHOLE), Column("phase")))
JUDGED_WEEKS: Final = Table(
    "weeks",
    (
        Column("starts_on", Of.DAY),
        Column("count", Of.WHOLE),
        Column("phase"),
        Column("centre", Of.NUMBER),
        Column("low", Of.NUMBER),
        Column("high", Of.NUMBER),
        Column("signal"),
    ),
)
CLOCKS: Final = Table(
    "clocks",
    (
        Column("name", read="label"),
        Column("days", Of.WHOLE),
        Column("resolved", Of.WHOLE),
        Column("of", Of.WHOLE),
        *(_resolution(name) for name in ("estimate", "low", "high")),
    ),
)


def parts(table: str) -> Table:
    """A whole in its parts."""
    return Table(table, (Column("label"), Column("count", Of.WHOLE)))


def intervals(table: str) -> Table:
    """Figures under one another on one scale."""
    return figures(table, "figure", Column("count", Of.WHOLE, "n"))


def levels(table: str) -> Table:
    """What each level knows."""
    return figures(table, "known", Column("unseen", Of.WHOLE))
