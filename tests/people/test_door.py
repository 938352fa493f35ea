"""Coming in by staff code, PIN and badge, on one's own phone and on a shared till; and being locked out."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coalface.people.actions import choose_pin, issue_badge, issue_pin, leave, revoke_device, set_up_device
from coalface.people.queries import DEVICE_COOKIE
from coalface.people.views.door import (
    A_YEAR,
    FOR_A_CODE_WITHIN,
    FROM_HERE_WITHIN,
    MOST_FOR_A_CODE,
    MOST_FROM_HERE,
)
from coalface.records.models import Account, Event, Person, SharedDevice
from coalface.shell.throttle import too_many, too_many_called
from tests.people import PASSWORD, Cast, client_for
from tests.people.test_actions import new

PIN, WRONG = "480372", "111999"
DOOR, BADGE, CHOOSE = "/c/door/", "/c/badge/", "/c/door/choose/"


@pytest.fixture(autouse=True)
def _quick(db: None):
    """Nobody has knocked before."""
    cache.clear()


def come_in(client: Client, person: Person, pin: str = PIN, **more: str):
    return client.post(DOOR, {"code": person.staff_code, "pin": pin, **more})


def chosen(person: Person) -> Person:
    issue_pin(person=person, by=None, now=timezone.now())
    choose_pin(person=person, pin=PIN, by=person, now=timezone.now())
    return person


def who_is_in(client: Client) -> str:
    said = client.get("/api/session").json()
    return said.get("name", "nobody")


def till(cast: Cast) -> tuple[SharedDevice, Client]:
    """A browser at the counter in the north."""
    device, token = set_up_device(name="Till 1", unit=cast.north, by=cast.mina, now=timezone.now())
    client = Client()
    client.cookies[DEVICE_COOKIE] = token
    return device, client


def ago(client: Client, **since: int) -> None:
    """As if the session had begun, or been touched, so many seconds ago."""
    session = client.session
    device, began, seen = session["till"]
    session["till"] = [device, began - since.get("began", 0), seen - since.get("seen", 0)]
    session.save()


def test_the_sign_in_page_offers_the_other_door_without_a_script(client: Client):
    page = client.get("/accounts/login/").content.decode()
    forms = re.findall(r'<form class="form[^"]*" method="post" action="([^"]+)"', page)
    assert forms == ["/accounts/login/", DOOR]
    assert 'inputmode="numeric" autocomplete="off"' in page


def test_the_first_time_a_pin_of_ones_own_is_chosen_before_anything_opens(cast: Cast, client: Client):
    first = issue_pin(person=cast.fay, by=cast.sven, now=timezone.now())
    answer = come_in(client, cast.fay, first, next="/people/")
    assert (answer.url, who_is_in(client)) == (CHOOSE, "nobody")
    refused = client.post(CHOOSE, {"pin": "123456", "again": "123456"})
    assert (refused.status_code, "Digits in a row" in refused.content.decode()) == (422, True)
    unlike = client.post(CHOOSE, {"pin": PIN, "again": "480373"})
    assert "The two are not the same." in unlike.content.decode()
    assert client.post(CHOOSE, {"pin": PIN, "again": PIN}).url == "/people/"
    assert who_is_in(client) == "Fay Burns"
    assert client.get(CHOOSE).url == DOOR


def test_choosing_is_for_whoever_just_came_with_the_one_time_pin(cast: Cast, client: Client):
    first = issue_pin(person=cast.fay, by=cast.sven, now=timezone.now())
    come_in(client, cast.fay, first)
    issue_pin(person=cast.fay, by=cast.sven, now=timezone.now())
    assert client.post(CHOOSE, {"pin": PIN, "again": PIN}).url == DOOR
    assert Client().post(CHOOSE, {"pin": PIN, "again": PIN}).url == DOOR


def test_a_pin_opens_for_a_shift_and_leads_only_to_our_own_pages(cast: Cast, client: Client):
    answer = come_in(client, chosen(cast.fay), next="https://elsewhere.example/")
    assert (answer.url, who_is_in(client)) == ("/", "Fay Burns")
    assert client.session.get_expiry_age() == 12 * 3600


def test_wrong_codes_wrong_pins_and_locked_ones_are_told_in_the_same_words(cast: Cast, client: Client):
    chosen(cast.fay), chosen(cast.gus)
    for _ in range(5):
        come_in(client, cast.gus, WRONG)
    answers = [
        client.post(DOOR, {"code": code, "pin": pin})
        for code, pin in ((cast.fay.staff_code, WRONG), ("99999999", PIN), (cast.gus.staff_code, PIN))
    ]
    said = {re.sub(r"value=\"[^\"]*\"", "", answer.content.decode()) for answer in answers}
    assert ({answer.status_code for answer in answers}, len(said)) == ({422}, 1)
    assert who_is_in(client) == "nobody"


def test_who_knocks_too_often_waits_and_so_does_everybody_for_that_code(cast: Cast, client: Client):
    chosen(cast.fay)
    now = timezone.now()
    for _ in range(MOST_FOR_A_CODE - 1):
        too_many_called("99999999", what="door-code", most=0, seconds=FOR_A_CODE_WITHIN, now=now)
    seen = [client.post(DOOR, {"code": "99999999", "pin": PIN}).status_code for _ in range(3)]
    assert seen == [422, 429, 429]
    elsewhere = client.post(DOOR, {"code": "99999999", "pin": PIN}, REMOTE_ADDR="198.51.100.7")
    assert (elsewhere.status_code, elsewhere.headers["Retry-After"]) == (429, "300")
    for _ in range(MOST_FROM_HERE):
        too_many(RequestFactory().get("/"), what="door", most=0, seconds=FROM_HERE_WITHIN, now=now)
    assert client.post(BADGE, {"badge": "x", "pin": "x"}).status_code == 429


def test_a_badge_opens_a_shared_till_alone_and_elsewhere_only_with_the_pin(cast: Cast, client: Client):
    code = issue_badge(person=chosen(cast.fay), by=cast.sven, now=timezone.now())
    _, there = till(cast)
    assert (there.post(BADGE, {"badge": code}).url, who_is_in(there)) == ("/", "Fay Burns")
    assert (client.post(BADGE, {"badge": code}).status_code, who_is_in(client)) == (422, "nobody")
    assert client.post(BADGE, {"badge": code, "pin": WRONG}).status_code == 422
    assert client.post(BADGE, {"badge": code, "pin": PIN}).url == "/"


def test_a_scanner_may_type_into_the_wrong_field(cast: Cast):
    code = issue_badge(person=cast.fay, by=cast.sven, now=timezone.now())
    _, there = till(cast)
    there.post(DOOR, {"code": f"http://x/c/badge/#{code}"})
    assert who_is_in(there) == "Fay Burns"


def test_a_badge_that_is_nobodys_opens_nothing(cast: Cast):
    _, there = till(cast)
    answer = there.post(BADGE, {"badge": "7" * 40})
    assert (answer.status_code, "This badge opens nothing here" in answer.content.decode()) == (422, True)


def test_no_code_of_a_badge_is_ever_in_an_address(cast: Cast):
    page = client_for(cast.sven).post(f"/people/{cast.fay.pk}/badge/issue/").content.decode()
    assert not re.search(r"\d{40}", page)
    assert "data:image/svg+xml" in page


def test_a_manager_hands_out_a_pin_in_one_click_and_takes_it_back_in_another(cast: Cast):
    client = client_for(cast.sven)
    assert "Issue a PIN" in client.get(f"/people/{cast.fay.pk}/").content.decode()
    page = client.post(f"/people/{cast.fay.pk}/pin/issue/")
    pin = re.search(r">(\d{3} \d{3})<", page.content.decode())[1].replace(" ", "")
    assert "no-store" in page.headers["Cache-Control"]
    cast.fay.refresh_from_db()
    assert come_in(Client(), cast.fay, pin).url == CHOOSE
    assert client.post(f"/people/{cast.fay.pk}/pin/take-back/").url == f"/people/{cast.fay.pk}/"
    assert come_in(Client(), cast.fay, pin).status_code == 422


def test_nobody_hands_passes_to_those_who_report_to_somebody_else(cast: Cast):
    for one in (cast.gus, cast.olga, cast.sven):
        assert client_for(cast.sven).post(f"/people/{one.pk}/pin/issue/").status_code == 403
    assert Event.objects.filter(kind="pin.issued").count() == 0


def test_a_sheet_for_a_whole_team(cast: Cast):
    people = [cast.fay.pk, cast.gus.pk, cast.sven.pk]
    page = (
        client_for(cast.ada).post("/people/team/issue/", {"people": people, "what": "pin"}).content.decode()
    )
    assert re.findall(r"<h2>(.*?)</h2>", page)[:3] == ["Fay Burns", "Gus Meyer", "Sven Olsen"]
    assert len(re.findall(r">\d{3} \d{3}<", page)) == 3
    assert (
        client_for(cast.sven).post("/people/team/issue/", {"people": people, "what": "pin"}).status_code
        == 302
    )


def test_a_browser_becomes_a_till_and_its_manager_is_signed_out_there(cast: Cast):
    client = client_for(cast.mina)
    answer = client.post("/people/devices/", {"name": "Till 1", "unit": cast.north.pk})
    cookie = answer.cookies[DEVICE_COOKIE]
    assert (answer.url, who_is_in(client)) == (DOOR, "nobody")
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", A_YEAR)
    assert cookie.value not in str(list(SharedDevice.objects.values_list()))
    page = client.get("/accounts/login/", follow=True).content.decode()
    assert ("Till 1" in page, "North · locked" in page, "Mina" in page) == (True, True, False)


def test_on_a_till_a_session_locks_when_nobody_touches_it(cast: Cast):
    _, client = till(cast)
    come_in(client, chosen(cast.fay))
    client.get("/")
    ago(client, seen=50)
    assert client.get("/api/session").json()["name"] == "Fay Burns"
    ago(client, seen=11)
    assert who_is_in(client) == "nobody"
    assert client.get("/people/", follow=True).redirect_chain[-1][0] == DOOR


def test_what_a_page_asks_by_itself_keeps_nothing_open_but_a_hand_does(cast: Cast):
    _, client = till(cast)
    come_in(client, chosen(cast.fay))
    client.get("/")
    ago(client, seen=40)
    assert client.post("/c/door/here/").json()["idle"] == 60
    ago(client, seen=40)
    assert who_is_in(client) == "Fay Burns"


def test_on_a_till_a_session_ends_however_busy_it_is(cast: Cast):
    _, client = till(cast)
    come_in(client, chosen(cast.fay))
    client.get("/")
    ago(client, began=1800)
    assert who_is_in(client) == "nobody"


def test_also_who_comes_in_by_e_mail_is_on_a_till_as_long_as_a_till_allows(cast: Cast):
    _, client = till(cast)
    client.force_login(cast.fay.account)
    page = client.get("/")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    ago(client, seen=61)
    assert who_is_in(client) == "nobody"


def test_one_tap_locks_and_the_next_person_comes_in(cast: Cast):
    _, client = till(cast)
    come_in(client, chosen(cast.fay))
    assert client.post("/c/door/lock/").url == DOOR
    assert who_is_in(client) == "nobody"
    client.post(BADGE, {"badge": issue_badge(person=cast.gus, by=cast.mina, now=timezone.now())})
    assert who_is_in(client) == "Gus Meyer"


def test_a_session_of_a_till_is_good_for_nothing_without_it(cast: Cast):
    device, client = till(cast)
    come_in(client, chosen(cast.fay))
    client.get("/")
    taken = Client()
    taken.cookies["sessionid"] = client.cookies["sessionid"].value
    assert who_is_in(taken) == "nobody"
    come_in(client, cast.fay)
    assert who_is_in(client) == "Fay Burns"
    revoke_device(device=device, by=cast.mina, now=timezone.now())
    assert who_is_in(client) == "nobody"


def test_who_leaves_is_out_the_same_minute_whichever_way_they_came_in(cast: Cast):
    by_pin, by_mail = Client(), client_for(cast.fay)
    come_in(by_pin, chosen(cast.fay))
    by_mail.force_login(Account.objects.get(person=cast.fay))
    assert [who_is_in(one) for one in (by_pin, by_mail)] == ["Fay Burns"] * 2
    leave(person=cast.fay, on=timezone.localdate(), by=cast.mina, now=timezone.now())
    assert [who_is_in(one) for one in (by_pin, by_mail)] == ["nobody"] * 2
    given, again = {"login": "fay@lindner.example", "password": PASSWORD}, Client()
    assert again.post("/accounts/login/", given).url == "/accounts/inactive/"
    assert who_is_in(again) == "nobody"


def test_a_new_pin_of_ones_own_keeps_this_session_and_ends_the_others(cast: Cast):
    here, there = Client(), Client()
    come_in(here, chosen(cast.fay)), come_in(there, cast.fay)
    given = {"present": PIN, "pin": "905217", "again": "905217"}
    assert here.post("/people/pin/", given | {"present": WRONG}).status_code == 422
    assert here.post("/people/pin/", given).url == f"/people/{cast.fay.pk}/"
    assert (who_is_in(here), who_is_in(there)) == ("Fay Burns", "nobody")
    assert come_in(Client(), cast.fay, "905217").url == "/"


def test_pages_about_passwords_say_what_to_do_instead(cast: Cast, client: Client):
    Account.objects.filter(person=cast.fay).delete()
    come_in(client, chosen(cast.fay))
    for page in ("change", "set"):
        assert client.get(f"/accounts/password/{page}/").url == "/people/pin/"
    assert client.get("/accounts/reauthenticate/").url == DOOR
    assert client.get("/accounts/email/").url == f"/people/{cast.fay.pk}/"
    assert client.post("/accounts/logout/").status_code == 302
    assert client_for(cast.gus).get("/people/pin/").status_code == 200


def test_an_old_till_forgets_nothing_and_a_device_taken_back_twice_is_taken_back_once(cast: Cast):
    device, _ = till(cast)
    client = client_for(cast.mina)
    assert "Till 1" in client.get("/people/devices/").content.decode()
    for _ in range(2):
        assert client.post(f"/people/devices/{device.pk}/revoke/").url == "/people/devices/"
    assert (
        client_for(cast.olga).post("/people/devices/", {"name": "T", "unit": cast.south.pk}).status_code
        == 302
    )
    assert client_for(cast.gus).get("/people/devices/").status_code == 403
    device.refresh_from_db()
    assert device.revoked_at - timezone.now() < timedelta(0)


def test_the_lists_ask_as_often_for_three_as_for_one(cast: Cast):
    client, asked = client_for(cast.ada), []
    for number in range(3):
        person = new(cast, name=f"Nia {number}")
        issue_badge(person=chosen(person), by=cast.mina, now=timezone.now())
        set_up_device(name=f"Till {number}", unit=cast.north, by=cast.mina, now=timezone.now())
        for address in ("/people/team/", "/people/devices/"):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            asked.append(len(seen))
    assert asked[:2] == asked[2:4] == asked[4:]


def test_tries_by_email_are_counted_by_house_behind_our_proxy(cast, settings):
    """All requests come from the proxy; one house that guesses locks out no other one, nor does it escape."""
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1/32")]
    address = reverse("account_login")

    def tries(house: str, **given: str) -> bool:
        sent = {"login": "olga@lindner.example", "password": PASSWORD} | given
        answer = Client().post(address, sent, headers={"X-Forwarded-For": f"6.6.6.{len(house)}, {house}"})
        return answer.status_code == 302

    for number in range(10):
        assert not tries("198.51.100.1", login=f"nobody{number}@lindner.example")
    assert (tries("198.51.100.1"), tries("203.0.113.9")) == (False, True)
