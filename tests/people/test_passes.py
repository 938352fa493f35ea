"""PINs and badges: who hands them out, which are refused, what locks, what replaces what, what ends."""

from datetime import timedelta

import pytest

from coalface.people.actions import (
    NoPass,
    NotHere,
    TooEasy,
    choose_pin,
    grant,
    issue_badge,
    issue_pin,
    leave,
    open_account,
    revoke_badge,
    revoke_pin,
    try_pin,
)
from coalface.people.queries import (
    code_in,
    may_issue,
    passes_of,
    person_with_badge,
    person_with_code,
    pin_is_too_easy,
    team_of,
    with_passes,
)
from coalface.permissions import rights_of
from coalface.records.history import history_of
from coalface.records.models import Account, Badge, Role, StaffPin
from tests.people import NOW, Cast
from tests.people.test_actions import TODAY, new

PIN = "480372"
WRONG = "111999"


def chosen(person, pin=PIN):
    """The person has a PIN of their own."""
    issue_pin(person=person, by=None, now=NOW)
    return choose_pin(person=person, pin=pin, by=person, now=NOW)


def opens(person, pin, now=NOW) -> bool:
    return try_pin(person=person, pin=pin, by=None, now=now) is not None


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("480372", ""), ("4803721", ""), ("12345", "short"), ("4803720000001", "long"),
        ("48o372", "not_digits"), ("٤٨٠٣٧٢", "not_digits"), ("111111", "repeats"), ("121212", "repeats"),
        ("123123", "repeats"), ("123456", "runs"), ("654321", "runs"), ("890123", "runs"),
        ("135791", "runs"), ("480084", "runs"), ("045678", "own_code"), ("456784", "own_code"),
    ],
)  # fmt: skip
def test_a_pin_that_is_guessed_first_is_refused_with_why(pin: str, why: str):
    assert pin_is_too_easy(pin, "45678") == why


def test_the_first_pin_brings_all_that_is_needed_to_come_in(cast: Cast):
    nia = new(cast)
    pin = issue_pin(person=nia, by=cast.ada, now=NOW)
    account = Account.objects.get(person=nia)
    assert (len(pin), pin.isdigit(), len(nia.staff_code), account.email) == (6, True, 5, "")
    assert account.has_usable_password() is False
    assert [(one.role, one.unit) for one in nia.grants.all()] == [(Role.MEMBER, cast.south)]
    assert [event.kind for event in history_of(nia)] == ["person.added", "pin.issued"]
    assert pin not in str(StaffPin.objects.values_list().get())
    assert person_with_code(nia.staff_code, TODAY) == nia


def test_a_one_time_pin_opens_until_another_is_chosen_and_that_one_then(cast: Cast):
    first = issue_pin(person=cast.fay, by=cast.sven, now=NOW)
    assert try_pin(person=cast.fay, pin=first, by=None, now=NOW).must_change
    for pin, why in ((first, "same"), ("123456", "runs"), (cast.fay.staff_code.zfill(6), "own_code")):
        with pytest.raises(TooEasy, match=why):
            choose_pin(person=cast.fay, pin=pin, by=cast.fay, now=NOW)
    choose_pin(person=cast.fay, pin=PIN, by=cast.fay, now=NOW)
    assert (opens(cast.fay, first), opens(cast.fay, PIN)) == (False, True)


def test_a_one_time_pin_nobody_used_grows_too_old(cast: Cast):
    pin = issue_pin(person=cast.fay, by=cast.sven, now=NOW)
    assert opens(cast.fay, pin, NOW + timedelta(days=14))
    assert not opens(cast.fay, pin, NOW + timedelta(days=15))
    assert passes_of(cast.fay, NOW + timedelta(days=15)).pin_state == "old"


def test_after_too_many_wrong_pins_only_a_new_one_opens_and_history_says_so(cast: Cast):
    chosen(cast.fay)
    assert [opens(cast.fay, WRONG) for _ in range(4)] + [opens(cast.fay, PIN)] == [False] * 4 + [True]
    assert [opens(cast.fay, WRONG) for _ in range(5)] + [opens(cast.fay, PIN)] == [False] * 6
    assert passes_of(cast.fay, NOW).pin_state == "locked"
    kinds = [event.kind for event in history_of(cast.fay) if event.kind.startswith("pin.")]
    assert kinds == ["pin.issued", "pin.chosen", *["pin.wrong"] * 9, "pin.locked"]
    assert opens(cast.fay, issue_pin(person=cast.fay, by=cast.sven, now=NOW))


def test_a_code_that_is_nobodys_has_no_pin(cast: Cast):
    assert person_with_code("", TODAY) is None
    assert try_pin(person=None, pin=PIN, by=None, now=NOW) is None
    assert try_pin(person=cast.gus, pin=PIN, by=None, now=NOW) is None


def test_a_badge_opens_until_it_is_lost_and_the_next_one_replaces_it(cast: Cast):
    first = issue_badge(person=cast.fay, by=cast.sven, now=NOW)
    assert (len(first), person_with_badge(first, TODAY)) == (40, cast.fay)
    second = issue_badge(person=cast.fay, by=cast.sven, now=NOW)
    assert (person_with_badge(first, TODAY), person_with_badge(second, TODAY)) == (None, cast.fay)
    revoke_badge(person=cast.fay, by=cast.sven, now=NOW)
    assert person_with_badge(second, TODAY) is None
    with pytest.raises(NoPass):
        revoke_badge(person=cast.fay, by=cast.sven, now=NOW)
    assert second not in str(list(Badge.objects.values_list()))
    kinds = [event.kind for event in history_of(cast.fay) if event.kind.startswith("badge.")]
    assert kinds == ["badge.issued", "badge.issued", "badge.revoked"]


CODE = "4803724803724803724803724803724803729999"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (CODE, CODE),
        (f"https://till.example/c/badge/#{CODE}", CODE),
        (f"httpsÖ--till.example-c-badge-#{CODE}\n", CODE),
        (CODE.translate(str.maketrans("0123456789", "à&é\"'(-è_ç")), CODE),
        ("480372", ""),
        ("", ""),
    ],
)
def test_a_scanner_may_believe_in_any_keyboard(typed: str, code: str):
    assert code_in(typed) == code


def test_managers_hand_passes_to_their_own_and_who_manages_people_to_everybody(cast: Cast):
    def may(by, one) -> bool:
        return may_issue(one, by=by, rights=rights_of(by, NOW), now=NOW)

    assert [may(by, cast.fay) for by in (cast.sven, cast.ada, cast.mina, cast.rolf, cast.gus, cast.fay)] == [
        True, True, True, False, False, False,
    ]  # fmt: skip
    assert [one.person for one in team_of(cast.sven, rights_of(cast.sven, NOW), TODAY)] == [cast.fay]


def test_nobody_hands_out_a_pass_that_opens_more_than_they_may(cast: Cast):
    grant(person=cast.fay, role=Role.ADMINISTRATOR, unit=cast.root, by=None, now=NOW)
    assert not may_issue(cast.fay, by=cast.sven, rights=rights_of(cast.sven, NOW), now=NOW)
    assert may_issue(cast.fay, by=cast.ada, rights=rights_of(cast.ada, NOW), now=NOW)


def test_who_has_left_is_let_in_by_nothing(cast: Cast):
    chosen(cast.fay)
    code, badge = cast.fay.staff_code, issue_badge(person=cast.fay, by=cast.sven, now=NOW)
    leave(person=cast.fay, on=TODAY, by=cast.mina, now=NOW)
    assert (person_with_code(code, TODAY), person_with_badge(badge, TODAY)) == (None, None)
    assert not StaffPin.objects.exists()
    with pytest.raises(NotHere):
        issue_pin(person=cast.fay, by=cast.sven, now=NOW)


def test_a_new_pin_or_a_lost_badge_ends_what_was_open(cast: Cast):
    def key():
        return Account.objects.get(person=cast.fay).get_session_auth_hash()

    issue_badge(person=cast.fay, by=cast.sven, now=NOW)
    keys = [key()]
    for minutes, end in enumerate((issue_pin, issue_badge, revoke_badge, revoke_pin), 1):
        end(person=cast.fay, by=cast.sven, now=NOW + timedelta(minutes=minutes))
        keys.append(key())
    assert len(set(keys)) == 5


def test_who_came_in_by_pin_may_get_an_address_later(cast: Cast):
    nia = new(cast)
    issue_pin(person=nia, by=cast.ada, now=NOW)
    account = open_account(person=nia, email="Nia@x.example", password="a long one", by=cast.ada, now=NOW)
    assert (account.email, Account.objects.filter(person=nia).count()) == ("nia@x.example", 1)


@pytest.mark.parametrize("people", [1, 3])
def test_a_team_is_read_in_as_many_queries_as_one(cast: Cast, django_assert_num_queries, people: int):
    for name in range(people):
        chosen(new(cast, name=f"Nia {name}"))
    found = list(team_of(cast.ada, rights_of(cast.ada, NOW), TODAY).filter(person__name__startswith="Nia"))
    with django_assert_num_queries(5):
        lines = list(with_passes(found, NOW))
    assert [(one.passes.email, one.passes.pin_state, one.passes.badge) for one in lines] == [
        ("", "chosen", None)
    ] * people
