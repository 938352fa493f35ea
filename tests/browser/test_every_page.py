"""Every page, light and dark, wide and narrow: readable by everybody, and nothing goes wrong behind it."""

from collections.abc import Callable, Iterator

import uuid_utils.compat as uuid
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.browser.conftest import Window
from tests.journeys.rows import House, addresses
from tests.people import client_for

SIZES = ((1280, "light"), (1280, "dark"), (360, "dark"), (360, "light"))
NARROWEST = 320
RULES = {"resultTypes": ["violations"]}
PUBLIC = {
    "sign in": "/accounts/login/",
    "forgotten password": "/accounts/password/reset/",
    "mail is on its way": "/accounts/password/reset/done/",
    "link is no longer good": "/accounts/password/reset/key/1-x/",
    "password is new": "/accounts/password/reset/key/done/",
    "closed sign-up": "/accounts/signup/",
    "inactive account": "/accounts/inactive/",
    "an answer nobody asked for": "/c/better/forged/",
}
OWN = {
    "sign out": "/accounts/logout/",
    "password": "/accounts/password/change/",
    "who are you": "/accounts/reauthenticate/",
    "no such page": "/nowhere/",
    "encounters to come": "/meet/?state=next",
}
ONLY_POST = 405
# These show nothing of their own.
SENDS_ON = {"measure:index"}
PARAMETERS = {"IntConverter": "1", "UUIDConverter": str(uuid.uuid7()), "StringConverter": "x"}


def pages(ours: House) -> dict[str, str]:
    """What somebody who has signed in can open."""
    return addresses(ours) | OWN


def look(window: Window, address: str) -> list[str]:
    """Everything that is wrong with one page, in each size and scheme."""
    window.complaints.clear()
    window.page.set_viewport_size({"width": 1280, "height": 900})
    window.open(address)
    for width, scheme in SIZES:
        window.page.set_viewport_size({"width": width, "height": 900})
        window.page.emulate_media(color_scheme=scheme)
        found = Axe().run(window.page, options=RULES).response["violations"]
        window.complaints += [f"{width} {scheme}: {_said(one)}" for one in found]
        window.complaints += _sideways(window)
    window.page.set_viewport_size({"width": NARROWEST, "height": 900})
    return [*window.complaints, *_sideways(window)]


def _said(violation: dict) -> str:
    return f"{violation['id']} at {violation['nodes'][0]['target']}"


def _sideways(window: Window) -> list[str]:
    wide, seen = window.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{wide} pixels wide in a window of {seen}"] if wide > seen else []


def test_every_page_of_who_runs_the_programme(ours: House, signed_in: Callable[..., Window]):
    window = signed_in(ours.reader)
    wrong = {page: look(window, address) for page, address in pages(ours).items()}
    assert {page: complaints for page, complaints in wrong.items() if complaints} == {}


def test_every_page_for_everybody(signed_in: Callable[..., Window]):
    window = signed_in(None)
    wrong = {page: look(window, address) for page, address in PUBLIC.items()}
    assert {page: complaints for page, complaints in wrong.items() if complaints} == {}


def test_pages_on_which_there_is_nothing_yet(ours: House, signed_in: Callable[..., Window]):
    window = signed_in(ours.cast.gus)
    empty = [reverse(name) for name in ("home:week", "meet:index", "meet:remarks", "meet:hand_overs")]
    wrong = {address: look(window, address) for address in empty}
    assert {address: complaints for address, complaints in wrong.items() if complaints} == {}


def named(
    resolver: URLResolver, space: str = "", above: tuple = ()
) -> Iterator[tuple[str, URLPattern, tuple]]:
    """Every address that has a name, with the parameters it takes."""
    for pattern in resolver.url_patterns:
        takes = (*above, *pattern.pattern.converters.values())
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{pattern.namespace}:" if pattern.namespace else space, takes)
        else:
            yield f"{space}{pattern.name}", takes


def test_every_page_that_can_be_opened_is_among_them(ours: House):
    there = [address for page, address in (pages(ours) | PUBLIC).items() if page != "no such page"]
    looked_at = {resolve(address.partition("?")[0]).view_name for address in there}
    client = client_for(ours.reader)
    left = set()
    for name, takes in named(get_resolver()):
        address = reverse(name, args=[PARAMETERS[type(one).__name__] for one in takes])
        if name not in looked_at and client.get(address).status_code != ONLY_POST:
            left.add(name)
    assert left == SENDS_ON
