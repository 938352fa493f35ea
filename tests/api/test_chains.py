"""The chain from heard to told, for programs."""

import pytest

from coalface.act.actions import merge_fixes
from coalface.records.models import Mention
from tests.act.test_chain import judged, remark_of, shipped_now, speaks_of, tell
from tests.api import NOBODY, Program
from tests.meet import LATER
from tests.verify import issue, proposed_fix

pytestmark = pytest.mark.django_db
SAID = {"language": "", "unit": "north", "at": "2026-03-02T11:00:00Z"}


def program(person):
    return Program(person, "chains:read", "remarks:read")


def story(cast):
    remark, about = remark_of(cast), issue(cast, "Blocked cards")
    Mention.objects.all().delete()
    speaks_of(remark, about)
    fix = shipped_now(cast, about)
    verdict = judged(cast, fix, judged_at=LATER)
    tell(fix, customer=cast.petra)
    return remark, about, fix, verdict


def strand(about, fix, verdict):
    return {
        "issue": about.pk,
        "issue_title": "Blocked cards",
        "fix": fix.pk,
        "fix_title": "Warn before the card is blocked",
        "accepted_at": "2025-07-14T09:00:00Z",
        "shipped_at": "2026-03-03T11:00:00Z",
        "declined_at": None,
        "decline_reason": None,
        "verdict": verdict.pk,
        "ruling": "no_change",
        "adoption": None,
        "judged_at": "2026-03-02T11:00:00Z",
        "not_before": None,
        "told_customers": 1,
        "told_people": 0,
        "missing": "",
    }


def test_from_a_remark_whole(cast):
    remark, about, fix, verdict = story(cast)
    assert program(cast.olga).get(f"chains/remarks/{remark.pk}") == (
        200,
        {
            "said": SAID | {"text": "Nobody told me. Write to petra@home.example."},
            "heard": None,
            "issue": None,
            "fix": None,
            "sorted": "sorted",
            "strands": [strand(about, fix, verdict)],
            "missing": "",
        },
    )


def test_a_token_that_may_not_read_remarks_reads_none_here_either(cast):
    remark, *_ = story(cast)
    narrow = Program(cast.olga, "chains:read").get(f"chains/remarks/{remark.pk}")
    assert (narrow[0], narrow[1]["said"], narrow[1]["missing"]) == (200, SAID | {"text": None}, "")


def test_from_a_fix_and_from_what_became_part_of_it(cast):
    _, about, fix, verdict = story(cast)
    double = proposed_fix(cast, about)
    other = proposed_fix(cast, about)
    merge_fixes(fix=double, into=other, by=cast.sven, now=LATER)
    heard = {"times": 1, "customers": 1, "first_at": SAID["at"], "last_at": SAID["at"]}
    olga = program(cast.fay)
    assert olga.get(f"chains/fixes/{fix.pk}") == (
        200,
        {
            "said": None,
            "heard": heard,
            "issue": None,
            "fix": fix.pk,
            "sorted": "sorted",
            "strands": [strand(about, fix, verdict)],
            "missing": "",
        },
    )
    assert olga.get(f"chains/fixes/{double.pk}")[1]["fix"] == other.pk
    of_issue = olga.get(f"chains/issues/{about.pk}")[1]
    assert [one["missing"] for one in of_issue["strands"]] == ["", "verdict"]
    assert (of_issue["heard"], of_issue["missing"]) == (heard, "")


def test_by_right_as_pages(cast):
    remark, *_ = story(cast)
    fay = program(cast.fay)
    assert fay.get(f"chains/remarks/{remark.pk}") == (404, {"code": "no_such_remark"})
    assert fay.get(f"chains/remarks/{NOBODY}") == (404, {"code": "no_such_remark"})
    assert fay.get(f"chains/feedback/{NOBODY}") == (404, {"code": "no_such_feedback"})
    assert fay.get("chains/issues/999999") == (404, {"code": "no_such_issue"})
    assert fay.get("chains/fixes/999999") == (404, {"code": "no_such_fix"})
    other = Program(cast.olga, "fixes:read")
    assert other.get(f"chains/remarks/{remark.pk}") == (403, {"code": "no_scope", "wanted": ["chains:read"]})
