"""What became of remarks: the codes, and the SQL that counts the resolved ones, tell the same story."""

from datetime import datetime, timedelta

import pytest

from coalface.meet.actions import accept, decline, fix_now, hand_over, keep, own, pass_on
from coalface.meet.queries import RESOLVED, fates, remark_states
from coalface.records.models import Fix, Issue, Mention, Remark, Unit
from tests.meet import LATER, held, said

NAMES = ["open", "owned", "kept", "fixed", "declined", "told", "passed", "waiting", "accepted", "back"]
SHIPPED = LATER + timedelta(days=5)


@pytest.fixture
def issue(cast) -> Issue:
    return Issue.objects.create(title="Nobody tells", kind="process", proposed_at=LATER)


def shipped(cast, issue: Issue, at: datetime = SHIPPED, unit: Unit | None = None) -> Fix:
    """A fix that went live."""
    return Fix.objects.create(
        issue=issue, unit=unit, title="Tell", lane="this_week", owner=cast.sven, due_on=at.date(),
        opened_by=cast.olga, opened_at=LATER, accepted_at=LATER, shipped_at=at,
    )  # fmt: skip


def speaks_of(remark: Remark, issue: Issue, counted: bool = True) -> Mention:
    """The remark belongs to the issue."""
    return Mention.objects.create(
        remark=remark, issue=issue, sorted_by="route", confidence=1, counted=counted,
        happened_at=remark.noted_at, unit=remark.encounter.unit,
    )  # fmt: skip


def test_codes_and_sql_agree_over_every_answer(cast, issue, django_assert_num_queries):
    met, who = held(cast), {"by": cast.olga, "now": LATER}
    remarks = {name: said(met, cast.olga, name) for name in NAMES}
    own(remark=remarks["owned"], **who)
    keep(remark=remarks["kept"], **who)
    fix_now(remark=remarks["fixed"], **who)
    decline(remark=remarks["declined"], reason="No.", **who)
    decline(remark=remarks["told"], reason="No.", told=True, **who)
    pass_on(remark=remarks["passed"], to=cast.fay, **who)
    hand_over(remark=remarks["waiting"], to=cast.sven, **who)
    accept(hand_over=hand_over(remark=remarks["accepted"], to=cast.sven, **who), by=cast.sven, now=LATER)
    with django_assert_num_queries(2):
        states = remark_states(remarks.values(), LATER)
    assert {name: states[remark.pk] for name, remark in remarks.items()} == {
        "open": "open",
        "owned": "owned",
        "kept": "kept",
        "fixed": "fixed",
        "declined": "declined",
        "told": "declined_told",
        "passed": "passed_on",
        "waiting": "waiting",
        "accepted": "owned",
        "back": "open",
    }
    agree(LATER)
    for remark in remarks.values():
        speaks_of(remark, issue)
    shipped(cast, issue)
    with django_assert_num_queries(3):
        after = remark_states(remarks.values(), SHIPPED)
    assert after == {pk: code if code in RESOLVED else "shipped" for pk, code in states.items()}
    agree(LATER)
    agree(SHIPPED)


def agree(now: datetime) -> None:
    """SQL and Python see the same remarks resolved."""
    by_code = {pk for pk, code in remark_states(Remark.objects.all(), now).items() if code in RESOLVED}
    assert set(Remark.objects.resolved(now).values_list("pk", flat=True)) == by_code
    assert not Remark.objects.unresolved(now).filter(pk__in=by_code).exists()


@pytest.mark.parametrize(
    ("where", "at", "counted", "resolved"),
    [
        ("everywhere", SHIPPED, True, True),
        ("north", SHIPPED, True, True),
        ("root", SHIPPED, True, True),
        ("south", SHIPPED, True, False),
        ("everywhere", LATER - timedelta(days=1), True, False),
        ("everywhere", LATER, True, False),
        ("everywhere", SHIPPED + timedelta(days=1), True, False),
        ("everywhere", SHIPPED, False, False),
    ],
)
def test_a_fix_counts_where_it_was_said_and_after_it_was_said(cast, issue, where, at, counted, resolved):
    remark = said(held(cast), cast.olga)
    speaks_of(remark, issue, counted)
    fix = shipped(cast, issue, at, None if where == "everywhere" else getattr(cast, where))
    fate = fates([remark], SHIPPED)[remark.pk]
    assert (fate.code, fate.fix, fate.resolved) == (
        ("shipped", fix, True) if resolved else ("open", None, False)
    )
    assert fate.issues == ([issue] if counted else [])
    agree(SHIPPED)


def test_asking_leaves_out_what_asks_for_nothing(cast):
    met = held(cast)
    said(met, cast.olga, kind="like")
    praise = said(met, cast.olga, kind="compliment")
    assert list(Remark.objects.asking()) == [praise]
