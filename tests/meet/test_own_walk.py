"""An own walk: step after step, where it broke, and how it went beside the walk before."""

from datetime import timedelta

import pytest
import uuid_utils.compat as uuid

from coalface.meet.actions import (
    Finished,
    NotBroken,
    NotHeld,
    NotTheLast,
    StepRaised,
    add_step,
    change_step,
    finish,
    keep,
    raise_step,
    undo_step,
)
from coalface.meet.queries import Totals, walk_before, walk_of
from coalface.records.models import Remark, WalkStep
from tests.meet import LATER, at, count, kinds
from tests.meet.formats import begun, of_kind
from tests.people import NOW, client_for


def walked(cast, walk, name="Menu", order=1, **more):
    given = {"seconds": 20, "effort": 2, "feeling": 3, "by": cast.olga, "now": LATER} | more
    return add_step(encounter=walk, order=order, name=name, **given)


def walk_of_days_ago(cast, days=30, *steps):
    walk = begun(cast, "own_walk", starts_at=NOW - timedelta(days=days))
    for order, (name, seconds, human) in enumerate(steps or [("Menu", 50, False), ("A human", 30, True)], 1):
        walked(cast, walk, name, order, seconds=seconds, human=human)
    finish(encounter=walk, by=cast.olga, now=LATER)
    return walk


def test_steps_stand_in_their_order_and_sent_twice_are_one(cast):
    walk = begun(cast, "own_walk")
    first = walked(cast, walk, " Find the number ", seconds=35)
    assert walked(cast, walk, "Find the number", seconds=35) == first
    walked(cast, walk, "Menu", 2, human=True, broke=True)
    kept = WalkStep.objects.values_list("order", "name", "seconds", "effort", "feeling", "broke", "human")
    assert list(kept) == [
        (1, "Find the number", 35, 2, 3, False, False),
        (2, "Menu", 20, 2, 3, True, True),
    ]
    assert kinds(walk) == ["encounter.planned", "encounter.held", "step.added", "step.added"]


def test_two_different_steps_with_one_number_come_one_after_the_other(cast):
    walk = begun(cast, "own_walk")
    walked(cast, walk, "Menu")
    walked(cast, walk, "Wait")
    walked(cast, walk, "Wait")
    assert list(WalkStep.objects.values_list("order", "name")) == [(1, "Menu"), (2, "Wait")]


def test_a_step_is_corrected_and_keeps_its_place(cast):
    step = walked(cast, begun(cast, "own_walk"))
    given = {"name": "Menu 1", "seconds": 25, "effort": 5, "feeling": 1, "by": cast.olga, "now": LATER}
    for _ in range(2):
        changed = change_step(step=step, broke=True, **given)
    assert (changed.order, changed.name, changed.effort, changed.broke) == (1, "Menu 1", 5, True)
    assert kinds(step.encounter).count("step.changed") == 1


def test_the_last_step_is_taken_back_and_pressed_twice_only_that_one(cast):
    walk = begun(cast, "own_walk")
    first, last = walked(cast, walk), walked(cast, walk, "Wait", 2)
    with pytest.raises(NotTheLast):
        undo_step(encounter=walk, step=first.pk, by=cast.olga, now=LATER)
    for _ in range(2):
        undo_step(encounter=walk, step=last.pk, by=cast.olga, now=LATER)
    assert list(walk.steps.all()) == [first]
    assert kinds(walk).count("step.undone") == 1


def test_where_it_broke_becomes_an_obstacle_once(cast):
    step = walked(cast, begun(cast, "own_walk"), broke=True)
    given = {"step": step, "id": uuid.uuid7(), "reading": "The menu ends.", "by": cast.olga, "now": LATER}
    assert raise_step(**given) == raise_step(**given) == Remark.objects.get()
    remark = Remark.objects.get()
    assert (remark.kind, remark.said_by, remark.verbatim, remark.reading.text) == (
        "obstacle", "employee", None, "The menu ends.",
    )  # fmt: skip
    assert WalkStep.objects.get().remark == remark
    assert kinds(step.encounter).count("step.raised") == 1
    with pytest.raises(StepRaised):
        raise_step(**(given | {"id": uuid.uuid7()}))


def test_what_did_not_break_is_no_obstacle(cast):
    step = walked(cast, begun(cast, "own_walk"))
    with pytest.raises(NotBroken):
        raise_step(step=step, id=uuid.uuid7(), reading="Well.", by=cast.olga, now=LATER)


def test_steps_are_noted_while_the_walk_is_under_way(cast):
    with pytest.raises(NotHeld):
        walked(cast, of_kind(cast, "own_walk"), by=cast.mina)
    done = walk_of_days_ago(cast)
    step = done.steps.first()
    with pytest.raises(Finished):
        walked(cast, done, "More", 3)
    with pytest.raises(Finished):
        undo_step(encounter=done, step=step.pk, by=cast.olga, now=LATER)


def test_the_walk_before_is_the_last_finished_one_of_its_kind_there(cast):
    walk_of_days_ago(cast, 60)
    before = walk_of_days_ago(cast, 30)
    begun(cast, "own_walk", starts_at=NOW - timedelta(days=2))
    elsewhere = begun(cast, "own_walk", starts_at=NOW - timedelta(days=1), unit=cast.south)
    finish(encounter=elsewhere, by=cast.olga, now=LATER)
    empty = begun(cast, "own_walk", starts_at=NOW - timedelta(days=1))
    finish(encounter=empty, by=cast.olga, now=LATER)
    assert walk_before(begun(cast, "own_walk")) == before
    assert walk_before(elsewhere) is None


def test_steps_are_compared_by_name(cast):
    before = walk_of_days_ago(cast, 30, ("Menu", 50, False), ("Wait", 90, False), ("A human", 30, True))
    walk = begun(cast, "own_walk")
    walked(cast, walk, "menu", 1, seconds=20, broke=True)
    walked(cast, walk, "A  human", 2, seconds=30, human=True)
    walked(cast, walk, "Menu", 3, seconds=10)
    found = walk_of(walk)
    assert (found.before, found.difference) == (before, 60 - 170)
    assert found.totals == Totals(60, 3, 1, 2, 50)
    assert found.before_totals == Totals(170, 3, 0, 3, 170)
    assert [(row.name, row.difference, row.quicker) for row in found.compared] == [
        ("menu", -30, 30),
        ("A  human", 0, 0),
        ("Menu", None, None),
        ("Wait", None, None),
    ]


def step_form(page, **more):
    order = page.context["step_form"]["order"].value()
    return {"order": order, "name": "Menu", "seconds": 20, "effort": 2, "feeling": 3} | more


def test_a_whole_walk_through_its_pages(cast):
    before, walk, olga = walk_of_days_ago(cast), of_kind(cast, "own_walk"), client_for(cast.olga)
    address = at("encounter", walk.pk)
    assert "took 2 steps and 80 seconds" in olga.get(address).content.decode()
    page = olga.get(address)
    assert '<option value="A human">' in page.content.decode()
    sent = olga.post(at("add_step", walk.pk), step_form(page, broke="on"))
    assert sent.url == f"{address}?walking#next-step"
    page = olga.get(sent.url)
    assert "autofocus" in str(page.context["step_form"]["name"])
    assert "No human has answered yet." in page.content.decode()
    olga.post(at("add_step", walk.pk), step_form(page, name="A human", seconds=30, human="on"))
    page = olga.get(address).content.decode()
    assert "2 steps, 50 seconds." in page and "A human answered in step 2, after 50 seconds." in page
    assert "It broke once." in page and "50 seconds now, 80 then: quicker." in page and "30 s quicker" in page
    assert "proves nothing" in page and at("encounter", before.pk) in page
    first, last = walk.steps.all()
    page = olga.get(at("step", first.pk))
    obstacle = {"id": page.context["broken_form"]["id"].value(), "reading": "The menu ends."}
    assert olga.post(at("step", first.pk), obstacle).url == f"{address}#steps"
    assert "is a remark" in olga.get(at("step", first.pk)).content.decode()
    olga.post(at("step", last.pk), step_form(page=olga.get(address), name="A human", seconds=45))
    assert WalkStep.objects.get(pk=last.pk).seconds == 45
    olga.post(at("undo_step", walk.pk), {"step": last.pk})
    assert list(walk.steps.all()) == [first]
    keep(remark=Remark.objects.get(), by=cast.olga, now=LATER)
    olga.post(at("finish", walk.pk))
    page = olga.get(address).content.decode()
    assert "Note this step" not in page and at("step", first.pk) not in page
    assert olga.get(at("step", first.pk)).url == f"{address}#steps"
    assert "under way" in olga.post(at("add_step", walk.pk), step_form_of(9), follow=True).content.decode()


def step_form_of(order, **more):
    return {"order": order, "name": "Menu", "seconds": 20, "effort": 2, "feeling": 3} | more


def test_what_cannot_be_comes_back_with_the_reason(cast):
    walk, olga = begun(cast, "own_walk"), client_for(cast.olga)
    for wrong, field in (({"name": " "}, "name"), ({"seconds": -1}, "seconds"), ({"effort": 6}, "effort")):
        page = olga.post(at("add_step", walk.pk), step_form_of(1, **wrong))
        assert (page.status_code, list(page.context["step_form"].errors)) == (422, [field])
    step, other = walked(cast, walk), walked(cast, walk, "Wait", 2)
    assert list(olga.post(at("step", step.pk), step_form_of(1, feeling=0)).context["form"].errors) == [
        "feeling"
    ]
    obstacle = {"id": uuid.uuid7(), "reading": "Why?"}
    said = olga.post(at("step", step.pk), obstacle, follow=True).content.decode()
    assert "Say first that it broke there." in said
    assert list(olga.post(at("step", step.pk), obstacle | {"reading": ""}).context["broken_form"].errors)
    change_step(step=step, name="Menu", seconds=1, effort=1, feeling=1, broke=True, by=cast.olga, now=LATER)
    olga.post(at("step", step.pk), obstacle)
    again = olga.post(at("step", step.pk), obstacle | {"id": uuid.uuid7()}, follow=True)
    assert "has its remark already" in again.content.decode()
    late = olga.post(at("undo_step", walk.pk), {"step": step.pk}, follow=True).content.decode()
    assert "only the last one" in late
    for odd in ("", "x", "999999"):
        assert olga.post(at("undo_step", walk.pk), {"step": odd}).status_code == 302
    assert list(walk.steps.all()) == [step, other]
    early = of_kind(cast, "own_walk", cast.gus)
    assert (
        "under way"
        in client_for(cast.mina).post(at("undo_step", early.pk), {"step": 1}, follow=True).content.decode()
    )
    done = walk_of_days_ago(cast)
    page = olga.post(at("step", done.steps.first().pk), step_form_of(1), follow=True)
    assert "under way" in page.content.decode()


def test_nobody_else_walks_there_or_is_led_to_a_walk_they_may_not_see(cast):
    before = walk_of_days_ago(cast)
    walk, stranger = begun(cast, "own_walk", cast.gus), client_for(cast.rolf)
    step = walked(cast, walk)
    addresses = [at("add_step", walk.pk), at("undo_step", walk.pk), at("step", step.pk)]
    assert {stranger.post(address).status_code for address in addresses} == {403}
    page = client_for(cast.gus).get(at("encounter", walk.pk)).content.decode()
    assert "Beside the walk of" in page and at("encounter", before.pk) not in page


def test_a_walk_asks_as_much_with_three_steps_as_with_one(cast):
    walk_of_days_ago(cast)
    asked = []
    for steps in (1, 3):
        walk = begun(cast, "own_walk")
        for order in range(1, steps + 1):
            walked(cast, walk, f"Step {order}", order)
        asked.append(count(client_for(cast.olga), at("encounter", walk.pk)))
    assert asked[0] == asked[1]
