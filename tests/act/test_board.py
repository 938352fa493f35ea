"""The board of fixes, and the list as a file."""

import csv
import io

import pytest
from django.urls import reverse
from django.utils import timezone

from coalface.act.actions import set_needs
from coalface.records.models import Fix
from tests.act.test_pages import count, opened_for_sven, send
from tests.people import client_for
from tests.verify import issue, planned, proposed_fix, shipped

pytestmark = pytest.mark.django_db


def cards(client, address=""):
    """What stands in each column of the board, and what may be done with each card."""
    found = client.get(reverse("act:board") + address).context["columns"]
    return {
        column.code: [(card.fix.title, [move for move, _ in card.moves]) for card in column.cards]
        for column in found
    }


def test_the_board_shows_what_waits_for_what_and_each_move_is_checked(cast):
    fix, title = opened_for_sven(cast), "A second counter"
    mina, sven, rolf = client_for(cast.mina), client_for(cast.sven), client_for(cast.rolf)
    nothing = {"accept": [], "decide": [], "work": [], "shipped": []}
    assert cards(sven) == nothing | {"accept": [(title, ["take"])]}
    assert cards(mina) == nothing | {"accept": [(title, ["take"])]}
    assert cards(client_for(cast.fay)) == nothing | {"accept": [(title, [])]}
    assert send(client_for(cast.fay), "move", fix, to="take").status_code == 403
    page = send(sven, "move", fix, to="take", back="kind=service&page=2")
    assert page.redirect_chain == [(reverse("act:board") + f"?kind=service&page=2&at={fix.pk}", 302)]
    assert cards(rolf) == nothing | {"decide": [(title, ["do_it"])]}
    assert send(sven, "move", fix, to="do_it").status_code == 403
    assert "It waits for a decision; then it can ship." in send(sven, "move", fix, to="shipped").text
    send(rolf, "move", fix, to="do_it")
    assert cards(sven) == nothing | {"work": [(title, ["shipped", "decide", "accept"])]}
    assert "First write down how it will be judged" in send(sven, "move", fix, to="shipped").text
    assert "Who else could look after it?" in send(sven, "move", fix, to="accept").text
    assert "Who has the say?" in send(sven, "move", fix, to="decide").text
    assert "It cannot be moved there." in send(sven, "move", fix, to="nowhere").text
    planned(cast, fix)
    send(sven, "move", fix, to="shipped")
    assert cards(sven) == nothing | {"shipped": [(title, [])]}
    assert cards(sven, "?kind=rule") == cards(sven, "?waits=decide") == nothing


def test_who_is_to_decide_need_not_wait_until_somebody_takes_it_on(cast):
    fix, rolf = opened_for_sven(cast), client_for(cast.rolf)
    assert "Your decision" in rolf.get(reverse("act:fix", args=[fix.pk])).text
    assert "Rolf Huber decides by" in client_for(cast.sven).get(reverse("act:fix", args=[fix.pk])).text
    mine = rolf.get(reverse("act:index") + "?waits=decide&whose=mine")
    assert [one.title for one in mine.context["page"]] == ["A second counter"]
    assert cards(rolf)["accept"] == [("A second counter", ["do_it"])]
    send(rolf, "move", fix, to="do_it")
    assert not fix.decisions.waiting().exists()


def test_a_long_column_shows_its_first_and_more_on_demand_and_the_list_counts_all(cast):
    fix, sven = proposed_fix(cast, issue(cast, "Waiting")), client_for(cast.sven)
    same = ("issue_id", "title", "lane", "owner_id", "due_on", "opened_by_id", "opened_at", "accepted_at")
    Fix.objects.bulk_create(Fix(**{name: getattr(fix, name) for name in same}) for _ in range(202))
    board = reverse("act:board")

    def work(address):
        page = sven.get(address)
        [column] = [one for one in page.context["columns"] if one.code == "work"]
        return len(column.cards), column.total, page.text

    shown, total, page = work(board + "?kind=service")
    assert (shown, total) == (12, 203)
    assert "?kind=service&amp;n=24#column-work" in page
    assert "Show more: 191 are left" in page
    asked = {"30": 30, "99999": 200, "7777777777": 12, "x": 12}
    assert {n: work(f"{board}?n={n}")[0] for n in asked} == asked
    assert (
        f'{reverse("act:index")}?kind=service">3 more stand in the list'
        in work(board + "?n=200&kind=service")[2]
    )
    [(lane, rows, many)] = sven.get(reverse("act:index") + "?page=2").context["lanes"]
    assert (lane, len(rows), many) == ("this_week", 50, 203)


def test_the_list_goes_out_as_it_is_filtered_with_who_is_asked(cast):
    fix = opened_for_sven(cast)
    proposed_fix(cast, issue(cast, "Queues"), owner=cast.fay)
    Fix.objects.filter(pk=fix.pk).update(title="=SUM(A1)")
    files = [
        client_for(cast.rolf).get(reverse(name) + "?whose=mine&waits=decide&as=csv")
        for name in ("act:index", "act:board")
    ]
    [(header, row), again] = [
        list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))) for file in files
    ]
    assert again == [header, row]
    found = dict(zip(header, row, strict=True))
    assert (found["Title"], found["Asked to take it on"], found["Who decides"]) == (
        "'=SUM(A1)",
        "Sven Olsen",
        "Rolf Huber",
    )


def test_the_board_asks_as_often_for_three_fixes_as_for_one(cast):
    client, address = client_for(cast.sven), reverse("act:board")
    shipped(cast, proposed_fix(cast, issue(cast, "One")))
    proposed_fix(cast, issue(cast, "Two"))
    one = count(client, address)
    for title in ("Three", "Four", "Five"):
        set_needs(fix=proposed_fix(cast, issue(cast, title)), needs=[], by=cast.mina, now=timezone.now())
        shipped(cast, proposed_fix(cast, issue(cast, f"{title} live")))
    assert count(client, address) == one <= 14
