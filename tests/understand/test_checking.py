"""How right sorting was is measured on what people decided, by language, and shown with its interval."""

from datetime import timedelta

import pytest

from coalface.records.models import Mention, SortingCheck, Verbatim
from coalface.understand.actions import check_sorting, merge, settle
from coalface.understand.queries.checks import Decided, calibration_error, latest_checks
from tests.people import NOW
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db


def suggest(mention: Mention, issue, confidence: float) -> Mention:
    """As learned sorting would have."""
    values = {"issue": issue, "suggested": issue, "suggested_confidence": confidence}
    Mention.objects.filter(pk=mention.pk).update(suggested_by="model", sorted_by="model", **values)
    mention.refresh_from_db()
    return mention


def rows() -> list[tuple]:
    return list(
        SortingCheck.objects.order_by("as_of", "language").values_list(
            "as_of", "language", "decided", "suggested", "right", "calibration_error", "examples"
        )
    )


def test_nobody_decided_anything_so_nothing_is_said(cast):
    assert check_sorting(now=NOW) == []
    assert latest_checks() == []


def test_each_day_has_one_record_overall_and_by_language(cast):
    app, fees = issue_of(cast, "App"), issue_of(cast, "Fees")
    old = issue_of(cast, "Old app")
    told = [each.mentions.get() for each in heard(cast, "a", "b", "c", "d", "e", "f")]
    thought, said = (app, fees, old, app, None, None), (app, app, app, None, app, None)
    languages = ("en", "en", "de", "", "en", "en")
    for mention, suggested, decided, language in zip(told, thought, said, languages, strict=True):
        settle(mention=suggest(mention, suggested, 0.8), issue=decided, by=cast.adam, now=NOW)
        Verbatim.objects.filter(feedback__mentions=mention).update(language=language)
    merge(issue=old, into=app, by=cast.adam, now=NOW)
    later = NOW + timedelta(days=1)
    check_sorting(now=later)
    check_sorting(now=later)
    day = later.date()
    assert rows() == [
        (day, "", 6, 4, 2, None, 6),
        (day, "de", 1, 1, 1, None, 6),
        (day, "en", 4, 2, 1, None, 6),
    ]
    assert [(each.check.language, each.share) for each in latest_checks()] == [
        ("", None), ("en", None), ("de", None),
    ]  # fmt: skip
    assert check_sorting(now=NOW + timedelta(days=400)) == []


def test_the_share_has_its_interval_once_there_is_enough_to_say_one():
    check = SortingCheck(as_of=NOW, decided=12, suggested=10, right=8, examples=12, sure_from=0.85)
    check.save()
    [found] = latest_checks()
    assert (found.share.n, round(found.share.low, 4), round(found.share.high, 4)) == (10, 0.4902, 0.9433)


def test_stated_confidence_is_compared_with_being_right():
    """40 at .9, of which 30 right (gap .15), and 20 at .5, of which 10 right (gap 0): 40/60 · .15."""
    some = [Decided("", True, number < 30, 0.9) for number in range(40)]
    some += [Decided("", True, number < 10, 0.5) for number in range(20)]
    assert calibration_error(some) == pytest.approx(0.1)
    assert calibration_error(some[:49]) is None


def test_what_sorting_never_saw_is_no_evidence(cast):
    Mention.objects.all().delete()
    app = issue_of(cast, "App")
    [told] = heard(cast, "a")
    settle(mention=told.mentions.get(), issue=app, by=cast.adam, now=NOW)
    Mention.objects.update(suggested_by=None)
    assert check_sorting(now=NOW) == []
