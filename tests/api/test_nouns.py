"""What programs may ask: by right as pages do, in pages that nothing disturbs, and sent once."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coalface.act.actions import accept_fix, merge_fixes, open_fix
from coalface.hear.actions import NewFeedback, take_in
from coalface.people.actions import grant
from coalface.records.models import Feedback, Issue, IssueKind, Lane, Role
from coalface.understand.actions import add_touchpoint, confirm_issue, merge, propose_issue
from coalface.verify.actions import NewExposure, record_exposures
from tests.api import NOBODY, Program
from tests.meet import LATER, held, said
from tests.people import NOW, Cast

ALL = (
    "feedback", "remarks", "customers", "people", "exposures", "issues", "fixes", "verdicts",
)  # fmt: skip
EMPTY = {"items": [], "more": False, "cursor": None}


def program(person) -> Program:
    return Program(person, *(f"{noun}:read" for noun in ALL))


def tell(cast: Cast, *texts: str, unit=None, **more) -> list[Feedback]:
    rows = [
        NewFeedback(
            source="till",
            source_id=text,
            channel="till",
            kind="complaint",
            received_at=NOW,
            unit=unit or cast.north,
            text=text,
            **more,
        )
        for text in texts
    ]
    for row in rows:
        take_in(rows=[row], by=None, now=NOW)
    return list(Feedback.objects.filter(source_id__in=texts).order_by("pk"))


def texts(answer: tuple[int, dict]) -> list[str]:
    return [item["text"] for item in answer[1]["items"]]


def test_feedback_is_told_whole(cast):
    one = tell(cast, "Too dark.", customer=cast.petra, nps=3)[0]
    whole = {
        "id": str(one.pk),
        "source": "till",
        "source_id": "Too dark.",
        "channel": "till",
        "kind": "complaint",
        "topic": "",
        "text": "Too dark.",
        "language": "",
        "nps": 3,
        "csat": None,
        "ces": None,
        "unit": "north",
        "touchpoint": None,
        "customer": str(cast.petra.pk),
        "received_at": "2026-03-02T09:00:00Z",
        "withdrawn_at": None,
        "issues": [],
    }
    olga = program(cast.olga)
    assert olga.get(f"feedback/{one.pk}") == (200, whole)
    items = olga.get("feedback")[1]
    assert (items["items"], items["more"]) == ([whole], False)


def test_only_of_the_units_one_reads_for(cast):
    here, there = tell(cast, "Dark.")[0], tell(cast, "Cold.", unit=cast.south)[0]
    grant(person=cast.gus, role=Role.LEADER, unit=cast.south, by=cast.ada, now=NOW)
    gus = program(cast.gus)
    assert texts(gus.get("feedback")) == ["Cold."]
    assert gus.get(f"feedback/{there.pk}")[0] == 200
    assert gus.get(f"feedback/{here.pk}") == (404, {"code": "no_such_feedback"})
    assert texts(program(cast.olga).get("feedback?unit=north")) == ["Dark."]


def test_words_that_were_erased_or_taken_back_are_gone(cast):
    erased, withdrawn = tell(cast, "Dark.", "Cold.")
    erased.verbatim.text, erased.verbatim.erased_at = "", NOW
    erased.verbatim.save()
    Feedback.objects.filter(pk=withdrawn.pk).update(withdrawn_at=NOW)
    assert texts(program(cast.olga).get("feedback")) == [None, None]


FILTERS = [
    ("kind=complaint", ["Dark.", "Cold."]),
    ("kind=idea", []),
    ("source=till&channel=till", ["Dark.", "Cold."]),
    ("source=mail", []),
    ("since=2026-03-02T09:00:00Z", ["Dark.", "Cold."]),
    ("since=2026-03-02T10:00:01%2B01:00", []),
    ("until=2026-03-02T09:00:00Z", []),
    ("unit=lindner&order=newest", ["Cold.", "Dark."]),
    (f"customer={NOBODY}", []),
]


@pytest.mark.parametrize(("filters", "found"), FILTERS, ids=str)
def test_filters(cast, filters, found):
    tell(cast, "Dark.", "Cold.")
    assert texts(program(cast.olga).get(f"feedback?{filters}")) == found


NONSENSE = [
    ("limit=0", "limit"),
    ("limit=201", "limit"),
    ("limit=99999999999999999999", "limit"),
    ("limit=x", "limit"),
    ("cursor=x", "cursor"),
    ("cursor=MQ:1x:y", "cursor"),
    ("order=best", "order"),
    ("since=yesterday", "since"),
    ("since=2026-03-02T09:00:00", "since"),
    ("since=0001-01-01T00:00:00%2B14:00", "since"),
    ("until=9999-12-31T23:59:59-12:00", "until"),
    ("kind=shout", "kind"),
    ("unit=nowhere", "unit"),
    ("customer=Petra", "customer"),
]


@pytest.mark.parametrize(("asked", "field"), NONSENSE, ids=str)
def test_nonsense_is_named(cast, asked, field):
    assert program(cast.olga).get(f"feedback?{asked}") == (422, {"code": "invalid", "fields": [field]})


@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_pages_hold_each_row_once_whatever_comes_in_meanwhile(cast, order):
    tell(cast, *(f"{number}" for number in range(5)))
    olga, seen, asked = program(cast.olga), [], f"feedback?limit=2&order={order}"
    answer = olga.get(asked)[1]
    while answer["more"]:
        seen += [item["text"] for item in answer["items"]]
        tell(cast, f"late {len(seen)}")
        answer = olga.get(f"{asked}&cursor={answer['cursor']}")[1]
        if len(seen) > 20:
            break
        if order == "oldest" and len(seen) >= 6:
            break
    seen += [item["text"] for item in answer["items"]]
    assert len(seen) == len(set(seen))
    assert {"0", "1", "2", "3", "4"} <= set(seen)


def test_a_cursor_waits_for_what_comes_later(cast):
    tell(cast, "0")
    olga = program(cast.olga)
    first = olga.get("feedback")[1]
    nothing = olga.get(f"feedback?cursor={first['cursor']}")[1]
    assert nothing == {"items": [], "more": False, "cursor": first["cursor"]}
    tell(cast, "1")
    assert texts(olga.get(f"feedback?cursor={first['cursor']}")) == ["1"]


def test_a_cursor_goes_on_only_where_it_came_from(cast):
    tell(cast, "0", "1")
    olga = program(cast.olga)
    cursor = olga.get("feedback?limit=1")[1]["cursor"]
    refused = (422, {"code": "invalid", "fields": ["cursor"]})
    assert olga.get(f"feedback?kind=idea&cursor={cursor}") == refused
    assert olga.get(f"feedback?order=newest&cursor={cursor}") == refused
    assert olga.get(f"people?cursor={cursor}") == refused
    assert texts(olga.get(f"feedback?limit=9&cursor={cursor}")) == ["1"]


def test_remarks_as_the_pages_show_them(cast):
    met = held(cast)
    one = said(met, cast.olga, reading="She was tired.")
    whole = {
        "id": str(one.pk),
        "encounter": str(met.pk),
        "kind": "complaint",
        "about": "",
        "said_by": "customer",
        "text": "Nobody told me.",
        "reading": "She was tired.",
        "language": one.verbatim.language,
        "unit": "north",
        "touchpoint": None,
        "customer": str(cast.petra.pk),
        "noted_at": "2026-03-02T11:00:00Z",
        "state": "open",
        "issues": [],
    }
    assert program(cast.olga).get(f"remarks/{one.pk}") == (200, whole)
    assert program(cast.mina).get("remarks?unit=north&kind=complaint")[1]["items"] == [whole]
    assert program(cast.fay).get("remarks") == (200, EMPTY)
    assert program(cast.fay).get(f"remarks/{one.pk}") == (404, {"code": "no_such_remark"})
    assert program(cast.olga).get(f"remarks?encounter={NOBODY}") == (200, EMPTY)


def test_people_without_any_figure(cast):
    whole = {
        "id": cast.fay.pk,
        "name": "Fay Burns",
        "email": "fay@lindner.example",
        "language": "en",
        "unit": "north",
        "job": "",
        "level": "",
        "manager": cast.sven.pk,
        "since_on": "2025-01-01",
    }
    gus = program(cast.gus)
    assert gus.get(f"people/{cast.fay.pk}") == (200, whole)
    assert [one["name"] for one in gus.get("people?unit=north")[1]["items"]] == ["Sven Olsen", "Fay Burns"]
    assert [one["name"] for one in gus.get("people?q=burns fay")[1]["items"]] == ["Fay Burns"]
    assert gus.get(f"people/{2**63 - 1}") == (404, {"code": "no_such_person"})
    assert gus.get(f"people/{2**63}")[0] == 422


def test_issues_fixes_and_verdicts(cast):
    add_touchpoint(key="till", name="Till", stage="using", order=1, by=cast.mina, now=NOW)
    issue = propose_issue(title="Dark", kind=IssueKind.PRODUCT, by=cast.mina, now=NOW, owner=cast.north)
    other = propose_issue(title="Gloom", kind=IssueKind.PRODUCT, by=cast.mina, now=NOW)
    confirm_issue(issue=issue, by=cast.mina, now=NOW)
    merge(issue=other, into=issue, by=cast.mina, now=NOW)
    given = {"issue": issue, "unit": cast.north, "lane": Lane.THIS_WEEK, "due_on": NOW.date()}
    fix = open_fix(title="Lamps", owner=cast.sven, by=cast.olga, now=NOW, **given)
    accept_fix(fix=fix, by=cast.sven, now=NOW)
    fay = program(cast.fay)
    assert [one["state"] for one in fay.get("issues")[1]["items"]] == ["standing", "merged"]
    assert [one["id"] for one in fay.get("issues?state=standing&unit=lindner")[1]["items"]] == [issue.pk]
    assert fay.get("issues?state=lost")[1] == EMPTY
    assert fay.get(f"issues/{other.pk}")[1]["merged_into"] == Issue.objects.get(title="Dark").pk
    told = fay.get(f"fixes/{fix.pk}")[1]
    assert (told["state"], told["unit"], told["owner"], told["due_on"]) == (
        "open", "north", cast.sven.pk, "2026-03-02",
    )  # fmt: skip
    assert fay.get(f"fixes?issue={issue.pk}&unit=north&state=open&lane=this_week")[1]["items"] == [told]
    assert (told["kind"], told["worth"], told["effort"]) == ("product", None, None)
    double = open_fix(title="Lights", owner=cast.olga, by=cast.olga, now=NOW, **given)
    merge_fixes(fix=double, into=fix, by=cast.olga, now=NOW)
    [merged] = fay.get("fixes?state=merged")[1]["items"]
    assert (merged["id"], merged["state"], merged["merged_into"]) == (double.pk, "merged", fix.pk)
    assert fay.get("fixes?unit=south")[1] == fay.get("fixes?state=shipped")[1] == EMPTY
    assert fay.get(f"verdicts?fix={fix.pk}&ruling=worse&unit=north")[1] == EMPTY
    for noun in ("issues", "fixes", "verdicts", "exposures"):
        assert fay.get(f"{noun}/999")[1]["code"].startswith("no_such_")


def test_what_one_has_is_not_sent_again(cast):
    olga = program(cast.olga)
    for address in (f"people/{cast.fay.pk}", "people", "customers"):
        tag = olga.ask(address).headers["ETag"]
        for known in (tag, f'"other", W/{tag}', "*"):
            again = olga.ask(address, **{"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
            assert "RateLimit-Remaining" in again.headers
        assert olga.ask(address, **{"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("noun", ALL)
def test_a_list_asks_as_often_for_three_as_for_one(cast, noun):
    met = held(cast)
    asked = []
    olga = program(cast.olga)
    for numbers in ([0], [1, 2]):
        for number in numbers:
            day = NOW.date() + timedelta(days=number)
            tell(cast, f"{number}")
            said(met, cast.olga, id=uuid.uuid7())
            issue = propose_issue(title=f"I {number}", kind="product", by=cast.mina, now=NOW)
            given = {"issue": issue, "unit": None, "lane": Lane.THIS_WEEK, "due_on": NOW.date()}
            open_fix(title="Lamps", owner=cast.sven, by=cast.olga, now=LATER, **given)
            row = NewExposure(cast.north, "orders", day, day + timedelta(days=1), 1, "till")
            record_exposures(rows=[row], by=cast.olga, now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert olga.ask(noun).status_code == 200
        asked.append(len([one for one in queries if '"cache"' not in one["sql"]]))
        olga.token.refresh_from_db()
    assert asked[1] <= asked[0]
