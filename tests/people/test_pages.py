"""The directory, one person, and what only those who look after people may do."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalface.people.actions import add_person, grant, publish_clock
from coalface.records.history import history_of
from coalface.records.models import Account, Grant, Person, PublishedClock, Role, Unit
from tests.people import NOW, client_for, join

NEW = {"name": "Nia New", "unit": "", "starts_on": "2026-03-02", "language": "en", "job": "Baker"}


def page(person, name, /, *args, **params):
    return client_for(person).get(reverse(f"people:{name}", args=args), params)


def send(person, name, /, *args, **data):
    return client_for(person).post(reverse(f"people:{name}", args=args), data)


def queries_of(work):
    with CaptureQueriesContext(connection) as seen:
        assert work().status_code == 200
    return len(seen)


def test_strangers_are_asked_to_sign_in(client, cast):
    answer = client.get(reverse("people:index"))
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/people/")


def test_the_directory_shows_everybody_in_their_unit(cast):
    answer = page(cast.fay, "index")
    assert [position.person.name for position in answer.context["page"]] == [
        "Olga Lindner",
        "Rolf Huber",
        "Fay Burns",
        "Sven Olsen",
        "Gus Meyer",
        "Ada Kovacs",
        "Adam Nowak",
        "Mina Aziz",
    ]
    assert b"Add somebody" not in answer.content
    assert b"Add somebody" in page(cast.ada, "index").content


def test_the_directory_is_searched_by_name_and_place(cast):
    assert [one.person for one in page(cast.fay, "index", q="bur fay").context["page"]] == [cast.fay]
    assert [one.person for one in page(cast.fay, "index", unit="south").context["page"]] == [cast.gus]
    assert b"Nobody by that name" in page(cast.fay, "index", q="zzz").content
    assert page(cast.fay, "index", unit="nowhere").status_code == 200


def test_the_directory_costs_the_same_for_few_and_many(cast):
    few = queries_of(lambda: page(cast.fay, "index"))
    for number in range(3):
        join(f"P{number} More", cast.south, manager=cast.olga)
    assert queries_of(lambda: page(cast.fay, "index")) == few


def test_levels_stay_out_of_sight_where_few_work(cast):
    assert b"Front line" not in page(cast.fay, "index").content
    for number in range(12):
        join(f"P{number} More", cast.south)
    assert b"Front line" in page(cast.fay, "index").content
    assert b"Front line" in page(cast.fay, "person", cast.fay.pk).content


def test_figures_are_ones_own_or_published(cast):
    assert page(cast.fay, "person", cast.olga.pk).context["clock"] is None
    assert page(cast.olga, "person", cast.olga.pk).context["clock"].times == 0
    publish_clock(by=cast.olga, now=NOW)
    assert page(cast.fay, "person", cast.olga.pk).context["clock"].times == 0


def test_roles_are_seen_by_their_owner_and_by_who_gives_them(cast):
    assert page(cast.fay, "person", cast.olga.pk).context["grants"] is None
    assert page(cast.olga, "person", cast.olga.pk).context["grants"].get().role == Role.LEADER
    assert page(cast.ada, "person", cast.olga.pk).context["grants"].get().role == Role.LEADER


def test_a_clock_is_opened_and_withdrawn_on_ones_own_page(cast):
    answer = send(cast.olga, "publish_clock")
    assert answer.url == reverse("people:person", args=[cast.olga.pk])
    assert PublishedClock.objects.get().person == cast.olga
    send(cast.olga, "publish_clock")
    send(cast.olga, "withdraw_clock")
    send(cast.olga, "withdraw_clock")
    assert PublishedClock.objects.get().withdrawn_at is not None
    assert client_for(cast.olga).get(reverse("people:publish_clock")).status_code == 405


def test_only_who_looks_after_people_adds_some(cast):
    assert page(cast.fay, "add").status_code == 403
    assert page(cast.mina, "add").status_code == 200


def test_somebody_is_added(cast):
    answer = send(cast.mina, "add", **(NEW | {"unit": cast.north.pk}))
    nia = Person.objects.get(name="Nia New")
    assert answer.url == reverse("people:person", args=[nia.pk])
    assert nia.positions.get().job == "Baker"
    assert send(cast.mina, "add", **NEW).context["form"].errors["unit"]


def test_somebody_moves_but_not_backwards(cast):
    where = {"unit": cast.south.pk, "job": "Lead"}
    assert b"after the day" in send(cast.mina, "move", cast.fay.pk, starts_on="2024-01-01", **where).content
    assert page(cast.mina, "move", cast.fay.pk).status_code == 200
    send(cast.mina, "move", cast.fay.pk, starts_on="2026-01-01", **where)
    assert list(cast.fay.positions.values_list("unit", flat=True)) == [cast.north.pk, cast.south.pk]


def test_somebody_leaves(cast):
    assert page(cast.fay, "leave", cast.gus.pk).status_code == 403
    assert page(cast.mina, "leave", cast.gus.pk).status_code == 200
    assert b"after the day" in send(cast.mina, "leave", cast.gus.pk, on="2025-01-01").content
    assert send(cast.mina, "leave", cast.gus.pk, on="2026-01-01").status_code == 302
    assert b"on record already" in send(cast.mina, "leave", cast.gus.pk, on="2026-01-01").content
    assert b"Does not work here any more" in page(cast.fay, "person", cast.gus.pk).content
    send(cast.mina, "leave", cast.ada.pk, on="2026-01-01")
    assert b"Nobody else could manage" in send(cast.mina, "leave", cast.mina.pk, on="2026-01-01").content


def test_a_role_is_given_and_taken_back(cast):
    role = {"role": Role.LEADER, "unit": cast.north.pk}
    assert send(cast.fay, "grant", cast.fay.pk, **role).status_code == 403
    assert send(cast.mina, "grant", cast.fay.pk, **role).status_code == 302
    assert send(cast.mina, "grant", cast.fay.pk, **role).status_code == 422
    assert send(cast.mina, "grant", cast.fay.pk, role="king").status_code == 422
    given = Grant.objects.get(person=cast.fay, role=Role.LEADER)
    assert send(cast.fay, "revoke", given.pk).status_code == 403
    for _ in range(2):
        assert send(cast.mina, "revoke", given.pk).status_code == 302
    given.refresh_from_db()
    assert given.ends_on is not None


def test_a_right_reaches_no_further_than_its_unit(cast):
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=cast.ada, now=NOW)
    role = {"role": Role.LEADER}
    assert send(cast.sven, "grant", cast.gus.pk, unit=cast.south.pk, **role).status_code == 403
    assert send(cast.sven, "grant", cast.fay.pk, unit=cast.root.pk, **role).status_code == 422
    assert send(cast.sven, "revoke", cast.gus.grants.get().pk).status_code == 403
    assert send(cast.sven, "grant", cast.fay.pk, unit=cast.north.pk, **role).status_code == 302


def test_the_last_who_manages_people_stays(cast):
    send(cast.mina, "revoke", cast.ada.grants.get().pk)
    answer = client_for(cast.mina).post(
        reverse("people:revoke", args=[cast.mina.grants.get().pk]), follow=True
    )
    assert b"Nobody else could manage people" in answer.content


def test_somebody_gets_a_sign_in(cast):
    send(cast.mina, "add", **(NEW | {"unit": cast.north.pk}))
    nia = Person.objects.get(name="Nia New")
    assert b"Let them sign in" in page(cast.mina, "person", nia.pk).content
    right = {"email": "nia@x.example", "password": "quite a secret"}
    weak, taken = right | {"password": "1234567890"}, right | {"email": "olga@lindner.example"}
    assert send(cast.fay, "open_account", nia.pk, **right).status_code == 403
    assert send(cast.mina, "open_account", nia.pk, **weak).status_code == 422
    assert send(cast.mina, "open_account", nia.pk, **taken).status_code == 422
    for _ in range(2):
        assert send(cast.mina, "open_account", nia.pk, **right).status_code == 302
    assert Account.objects.get(person=nia).email == "nia@x.example"


def test_nobody_chooses_the_first_password_of_somebody_with_wider_rights(cast):
    grant(person=cast.sven, role="administrator", unit=cast.north, by=None, now=NOW)
    guest = add_person(name="Wide Wanda", unit=cast.north, by=None, now=NOW, starts_on=NOW.date())
    grant(person=guest, role="administrator", unit=cast.root, by=None, now=NOW)
    sent = {"email": "wanda@lindner.example", "password": "a long password"}
    address = f"/people/{guest.pk}/account/"
    assert client_for(cast.sven).post(address, sent).status_code == 403
    assert client_for(cast.ada).post(address, sent).status_code == 302


def test_nobody_adds_sign_in_addresses(cast):
    answer = client_for(cast.fay).post("/accounts/email/", {"email": "x@evil.example", "action_add": ""})
    assert (answer.status_code, answer["Location"]) == (302, f"/people/{cast.fay.pk}/")


def test_a_unit_is_added_below_another(cast):
    assert page(cast.fay, "add_unit").status_code == 403
    assert page(cast.ada, "add_unit").status_code == 200
    assert b"Add a unit" in page(cast.ada, "index").content
    assert b"Add a unit" not in page(cast.fay, "index").content
    answer = send(cast.mina, "add_unit", name="North Annex", kind="department", parent=cast.north.pk)
    annex = Unit.objects.get(name="North Annex")
    assert answer.url == reverse("people:index")
    assert (annex.key, annex.kind, annex.parent) == ("north-annex", "department", cast.north)


def test_a_unit_whose_short_name_is_taken_gets_another(cast):
    new = {"name": "North", "kind": "site", "parent": cast.root.pk}
    assert b'type="hidden" name="key"' in page(cast.mina, "add_unit").content
    taken = send(cast.mina, "add_unit", **new)
    assert b"has this short name already" in taken.content
    assert b'type="text" name="key" value="north"' in taken.content
    assert b"has this short name already" in send(cast.mina, "add_unit", key="north", **new).content
    assert b"makes no short name" in send(cast.mina, "add_unit", **(new | {"name": "東"})).content
    assert "key" in send(cast.mina, "add_unit", key="not good", **new).context["form"].errors
    assert send(cast.mina, "add_unit", key="north-2", **new).status_code == 302
    assert Unit.objects.get(key="north-2").name == "North"


def test_units_are_added_only_where_one_manages(cast):
    grant(person=cast.sven, role=Role.PROGRAMME_MANAGER, unit=cast.north, by=cast.ada, now=NOW)
    for parent in (cast.south.pk, "", "x"):
        answer = send(cast.sven, "add_unit", name="Annex", kind="site", parent=parent)
        assert answer.context["form"].errors["parent"]
    for wrong in ({"kind": "organisation"}, {"name": ""}, {"name": "x" * 121}):
        new = {"name": "Annex", "kind": "site", "parent": cast.north.pk} | wrong
        assert send(cast.sven, "add_unit", **new).context["form"].errors
    assert Unit.objects.count() == 4


def test_adding_a_unit_costs_the_same_among_few_and_many(cast):
    few = queries_of(lambda: page(cast.mina, "add_unit"))
    for number in range(3):
        send(cast.mina, "add_unit", name=f"Site {number}", kind="site", parent=cast.root.pk)
    assert queries_of(lambda: page(cast.mina, "add_unit")) == few


def changed(person, **more):
    known = {"name": person.name, "email": person.email, "staff_code": "", "language": "en"}
    return known | more


def test_what_the_directory_says_is_corrected_on_a_page(cast):
    client, address = client_for(cast.ada), f"/people/{cast.fay.pk}/change/"
    assert client.get(address).status_code == 200
    assert client.post(address, changed(cast.fay, name="Fay Brand", staff_code="N7")).status_code == 302
    cast.fay.refresh_from_db()
    assert (cast.fay.name, cast.fay.staff_code) == ("Fay Brand", "N7")
    taken = client.post(f"/people/{cast.gus.pk}/change/", changed(cast.gus, staff_code="n7"))
    assert (taken.status_code, "Somebody else has this staff code." in taken.content.decode()) == (422, True)
    assert client_for(cast.sven).get(address).status_code == 403


def test_a_corrected_address_is_the_one_to_sign_in_with_and_ends_what_was_open(cast):
    was_in, client = client_for(cast.fay), client_for(cast.ada)
    address = f"/people/{cast.fay.pk}/change/"
    taken = client.post(address, changed(cast.fay, email="gus@lindner.example"))
    assert "Somebody else signs in with this address." in taken.content.decode()
    assert client.post(address, changed(cast.fay, email="fay.b@lindner.example")).status_code == 302
    assert Account.objects.get(person=cast.fay).email == "fay.b@lindner.example"
    assert was_in.get("/people/").status_code == 302
    nothing = client.post(address, changed(cast.fay, email="fay.b@lindner.example"))
    assert (nothing.status_code, kinds_of(cast.fay).count("person.changed")) == (302, 1)


def test_a_staff_code_is_given_when_somebody_joins_and_is_theirs_alone(cast):
    client = client_for(cast.ada)
    given = NEW | {"unit": cast.north.pk, "staff_code": "N7"}
    assert client.post("/people/add/", given).status_code == 302
    assert "Somebody else has this staff code." in client.post("/people/add/", given).content.decode()


def kinds_of(person):
    return [event.kind for event in history_of(person)]
