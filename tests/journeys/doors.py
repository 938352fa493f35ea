"""What comes in by the doors: a place where customers say it, a study, and a list."""

from datetime import datetime
from io import BytesIO

import uuid_utils.compat as uuid
from django.urls import reverse

from coalface.hear.actions import NewReport, add_words, answer, bring_report, mark, open_place, say
from coalface.importers.actions import approve, begin, carry_on, choose, try_out
from coalface.records.models import ImportRun, Kind, Receipt, ResearchReport, SayPlace
from tests.people import Cast


def come_in(cast: Cast, number: int, now: datetime) -> None:
    """One more of each."""
    _said_in_public(cast, number, now)
    _study(cast, number, now)
    _list(cast, number, now)


def door_pages() -> dict[str, str]:
    """The pages about one of each."""
    place = SayPlace.objects.order_by("id").first()
    said = Receipt.objects.order_by("id").first().feedback
    study = ResearchReport.objects.order_by("brought_at", "pk").first()
    runs = ImportRun.objects.order_by("pk")
    tried, done = runs.filter(approved_at=None).first(), runs.exclude(ended_at=None).first()
    return {
        "a place": reverse("hear:place", args=[place.pk]),
        "poster a4": reverse("hear:poster", args=[place.pk, "a4"]),
        "poster a5": reverse("hear:poster", args=[place.pk, "a5"]),
        "say it at a place": reverse("say:say", args=[place.code]),
        "say it on a screen": reverse("say:kiosk", args=[place.code]),
        "said in public": reverse("hear:feedback", args=[said.pk]),
        "study": reverse("hear:study", args=[study.pk]),
        "page of a study": reverse("hear:study_page", args=[study.pk, 1]),
        "columns of a list": reverse("importers:columns", args=[tried.pk]),
        "trial of a list": reverse("importers:run", args=[tried.pk]),
        "refused rows": reverse("importers:refused", args=[tried.pk]),
        "changes by a list": reverse("importers:changes", args=[tried.pk]),
        "a list that is in": reverse("importers:run", args=[done.pk]),
    }


def _study(cast: Cast, number: int, now: datetime) -> None:
    given = NewReport(
        title=f"Study {number}", file_name="study.pdf", fingerprint=f"{number}", unit=cast.root,
        pages=[f"Nobody told me anything, number {number}.", ""],
    )  # fmt: skip
    page = bring_report(given=given, by=cast.adam, now=now).pages.get(number=1)
    mark(page=page, start=0, end=22, kind=Kind.COMPLAINT, by=cast.adam, now=now)


def _list(cast: Cast, number: int, now: datetime) -> None:
    file = BytesIO(f"Name;E-Mail\nListed {number};listed{number}@home.example\n;\n".encode())
    given = {"by": cast.mina, "now": now}
    run = begin(kind="customers", file=file, name=f"list-{number}.csv", **given)
    tried = try_out(run=choose(run=run, mapping=run.mapping, **given), now=now)
    if number % 2:
        carry_on(run=approve(run=tried, **given), now=now)


def _said_in_public(cast: Cast, number: int, now: datetime) -> None:
    """At a place of its own, and each time a word more under the first thing that was said."""
    place = open_place(unit=cast.north, name=f"Table {number}", by=cast.mina, now=now)
    words = {"text": f"So kind at table {number}.", "kind": Kind.COMPLIMENT, "language": "en"}
    say(id=uuid.uuid7(), unit=cast.north, place=place, now=now, **words)
    first = Receipt.objects.order_by("id").first()
    add_words(receipt=first, text=f"And {number} more.", id=uuid.uuid7(), now=now)
    answer(feedback=first.feedback, text=f"Thank you {number}.", id=uuid.uuid7(), by=cast.olga, now=now)
