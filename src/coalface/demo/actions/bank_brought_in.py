"""What the bank brought in from elsewhere: a list of purchases, and a study with two findings."""

import hashlib
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from coalface.demo.actions.bank_year import DAYS, Year
from coalface.demo.actions.chance import at
from coalface.demo.queries import study
from coalface.hear import actions as hear
from coalface.importers.actions import bring_in
from coalface.records.models import Customer, ReportPage

LIST: Final = "purchases-autumn.csv"
HEADER: Final = ("Order number", "Customer number", "Date", "Product", "Amount", "Currency")
SOLD: Final = (("Small safe", "120.00"), ("Travel money", "350.00"), ("Card for a year", "48.00"))
BUYERS: Final = slice(20, 50)
NOBODY: Final = "TV-99999"


def bring_in_purchases(year: Year) -> None:
    """A list out of the till system: one buyer is unknown, and one day there never was."""
    now, numbers = at(year.day(DAYS - 9), 15), count(70_001)
    buyers = Customer.objects.present().order_by("reference")[BUYERS]
    rows = [
        (next(numbers), one.reference, str(year.day(DAYS - 60 + place)), *SOLD[place % len(SOLD)], "CHF")
        for place, one in enumerate(buyers)
    ]
    bad = [
        (next(numbers), NOBODY, str(year.day(DAYS - 12)), *SOLD[0], "CHF"),
        (next(numbers), rows[0][1], "2026-02-31", *SOLD[1], "CHF"),
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / LIST
        lines = (",".join(map(str, row)) for row in (HEADER, *rows, *bad))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        bring_in(kind="purchases", path=path, by=year.bank.named["Mirjam Kofler"], now=now)


def bring_in_a_study(year: Year) -> None:
    """The pages of a study, and the two passages in them that are a customer's own words."""
    manager, now, told = year.bank.named["Mirjam Kofler"], at(year.day(DAYS - 6), 10), study()
    report = hear.bring_report(
        given=hear.NewReport(
            title=told["title"],
            file_name=told["file_name"],
            fingerprint=hashlib.sha256("".join(told["pages"]).encode()).hexdigest(),
            unit=year.bank.root,
            pages=told["pages"],
            made_by=told["made_by"],
            published_on=year.day(DAYS - 40),
            participants=told["participants"],
            language=told["language"],
        ),
        by=manager,
        now=now,
    )
    for number, one in enumerate(told["marked"], 1):
        page = ReportPage.objects.select_related("report", "verbatim").get(report=report, number=one["page"])
        start = page.verbatim.text.index(one["words"])
        hear.mark(
            page=page,
            start=start,
            end=start + len(one["words"]),
            kind=one["kind"],
            by=manager,
            now=now + timedelta(minutes=4 * number),
        )
