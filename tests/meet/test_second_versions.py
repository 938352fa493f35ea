"""Sent under one id in other words: both are kept until a person decides."""

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import AlreadyDecidedUpon, IdTaken, keep_aside, keep_both, says_the_same
from coalface.meet.queries import second_versions_for
from coalface.records.models import Format, FormatKind, Remark, SecondVersion, Touchpoint, Verbatim
from tests.meet import LATER, at, held, kinds, planned, said
from tests.people import client_for

OTHER = {"text": "Nobody told her.", "reading": "Cross."}


def twice(cast, met=None, by=None, **more) -> SecondVersion:
    """Olga's remark came once more, in other words."""
    met = met or held(cast)
    id = more.pop("id", None) or said(met, cast.olga).pk
    given = {"kind": "complaint", "customer": met.guests.get().customer, "now": LATER} | OTHER | more
    return keep_aside(id=id, encounter=met, by=by or cast.olga, **given)


def test_it_is_kept_aside_once_however_often_it_comes(cast):
    met, id = held(cast), uuid.uuid7()
    first = said(met, cast.olga, id=id)
    with pytest.raises(IdTaken):
        said(met, cast.olga, id=id, **OTHER)
    versions = [twice(cast, met, id=id, device="phone", sequence=1) for _ in range(2)]
    assert versions[0] == versions[1] == SecondVersion.objects.get()
    assert (Verbatim.objects.count(), kinds(versions[0])) == (3, ["second_version.kept"])
    third = twice(cast, met, id=id, text="Nobody told us.")
    assert (third == versions[0], list(met.remarks.all())) == (False, [first])


def test_both_are_kept_the_second_under_an_id_of_its_own(cast):
    counter = Touchpoint.objects.create(key="counter", name="Counter", stage="using")
    met = held(cast)
    early = met.starts_at
    version = twice(cast, met, touchpoint=counter, noted_at=early, language="fr")
    remark = keep_both(version=version, by=cast.mina, now=LATER)
    version.refresh_from_db()
    assert (version.settled_at, version.remark) == (LATER, remark)
    assert (remark.verbatim.text, remark.verbatim.language, remark.reading.text) == (
        *(OTHER["text"], "fr"),
        "Cross.",
    )
    assert (remark.noted_by, remark.touchpoint, remark.noted_at, remark.sequence) == (
        cast.olga,
        counter,
        early,
        2,
    )
    assert met.remarks.count() == 2
    assert kinds(version) == ["second_version.kept", "second_version.settled"]


def test_saying_the_same_it_is_settled_and_nothing_is_written_down(cast):
    version = twice(cast)
    assert says_the_same(version=version, by=cast.olga, now=LATER).settled_at == LATER
    assert Remark.objects.count() == 1
    for verb in (keep_both, says_the_same):
        with pytest.raises(AlreadyDecidedUpon):
            verb(version=version, by=cast.olga, now=LATER)


def test_a_reading_alone_is_kept_too(cast):
    version = twice(cast, text="", customer=None)
    remark = keep_both(version=version, by=cast.olga, now=LATER)
    assert (remark.verbatim, remark.reading.text, remark.customer) == (None, "Cross.", None)
    assert keep_both(version=twice(cast, reading=""), by=cast.olga, now=LATER).reading is None


def test_of_an_incognito_visit_what_was_told_stays_told(cast):
    version = twice(cast, told_afterwards=True)
    Format.objects.update(kind=FormatKind.INCOGNITO)
    assert keep_both(version=version, by=cast.olga, now=LATER).told_afterwards is True


def test_the_sender_and_who_sees_the_encounter_find_it(cast):
    version = twice(cast, by=cast.sven)
    seen = {name: list(second_versions_for(getattr(cast, name))) for name in ("olga", "sven", "fay")}
    assert seen == {"olga": [version], "sven": [version], "fay": []}
    pages = {name: client_for(getattr(cast, name)).get(at("second_versions")) for name in ("mina", "fay")}
    assert {name: len(page.context["pairs"]) for name, page in pages.items()} == {"mina": 1, "fay": 0}


def test_meet_says_that_something_came_twice(cast):
    twice(cast)
    assert "1 thing came twice" in client_for(cast.olga).get(at("index")).content.decode()
    assert "came twice" not in client_for(cast.fay).get(at("index")).content.decode()


def test_the_page_shows_both_side_by_side(cast):
    twice(cast)
    words = client_for(cast.olga).get(at("second_versions")).content.decode()
    for sentence in (
        "Nobody told me.",
        "Nobody told her.",
        "Written down first",
        "Came later",
        "1 thing came",
    ):
        assert sentence in words


def test_of_somebody_elses_words_at_another_encounter_nothing_is_shown(cast):
    id = said(held(cast, cast.rolf), cast.rolf, "A secret.").pk
    twice(cast, id=id)
    page = client_for(cast.olga).get(at("second_versions")).content.decode()
    assert ("A secret." in page, "It says the same" in page, "Keep both" in page) == (False, False, True)


@pytest.mark.parametrize(
    ("answer", "remarks", "said"),
    [("both", 2, "Both are written down."), ("same", 1, "The first one stays.")],
)
def test_one_button_settles_it(cast, answer, remarks, said):
    version, olga = twice(cast), client_for(cast.olga)
    send = lambda: olga.post(at("settle_second_version", version.pk), {"answer": answer}, follow=True)  # noqa: E731
    assert said in send().content.decode()
    assert (Remark.objects.count(), second_versions_for(cast.olga).count()) == (remarks, 0)
    assert "Somebody has decided this before." in send().content.decode()


def test_others_do_not_decide(cast):
    version = twice(cast)
    for person, status in ((cast.fay, 403), (cast.mina, 302)):
        answer = client_for(person).post(at("settle_second_version", version.pk), {"answer": "same"})
        assert answer.status_code == status


def test_where_nobody_met_after_all_it_waits(cast):
    version = twice(cast)
    type(version.encounter).objects.update(outcome="cancelled")
    answer = client_for(cast.olga).post(
        at("settle_second_version", version.pk), {"answer": "both"}, follow=True
    )
    assert "Say first that you met." in answer.content.decode()
    assert second_versions_for(cast.olga).count() == 1


@pytest.mark.parametrize(
    ("kind", "met", "why"),
    [
        (FormatKind.FOCUS_GROUP, held, "They did not agree to be written down"),
        (FormatKind.SHIFT, planned, "Something has to be done first"),
    ],
)
def test_what_cannot_be_kept_yet_waits_and_says_why(cast, kind, met, why):
    version = twice(cast, met(cast), id=uuid.uuid7())
    Format.objects.update(kind=kind)
    address = at("settle_second_version", version.pk)
    answer = client_for(cast.olga).post(address, {"answer": "both"}, follow=True)
    assert why in answer.content.decode()
    assert (list(second_versions_for(cast.olga)), Remark.objects.count()) == ([version], 0)
