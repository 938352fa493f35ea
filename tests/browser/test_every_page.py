"""Every page, light and dark, wide and narrow: readable by everybody, and nothing goes wrong behind it."""

from collections.abc import Callable, Iterator

import uuid_utils.compat as uuid
from axe_playwright_python.sync_playwright import Axe
from django.urls import get_resolver, resolve, reverse
from django.urls.resolvers import URLResolver

from tests.browser.conftest import Window
from tests.journeys.rows import House, addresses
from tests.people import client_for

ALL_RULES = {"resultTypes": ["violations"]}
COLOURS = ALL_RULES | {"runOnly": ["color-contrast"]}
SIZES = (
    (1280, "light", ALL_RULES),
    (1280, "dark", COLOURS),
    (360, "dark", ALL_RULES),
    (360, "light", COLOURS),
)
NARROWEST = 320
PUBLIC = {
    "sign in": "/accounts/login/",
    "staff code and PIN": "/c/door/",
    "a badge": "/c/badge/",
    "forgotten password": "/accounts/password/reset/",
    "mail is on its way": "/accounts/password/reset/done/",
    "link is no longer good": "/accounts/password/reset/key/1-x/",
    "password is new": "/accounts/password/reset/key/done/",
    "closed sign-up": "/accounts/signup/",
    "inactive account": "/accounts/inactive/",
    "an answer nobody asked for": "/c/better/forged/",
    "questions to nobody": "/c/heard/forged/",
    "a mail nobody sent": "/c/stop/forged/",
    "a reminder nobody sent": "/c/no-reminders/forged/",
    "capture": "/meet/capture/",
    "a question for nobody": "/c/ask/forged/",
    "nobody is asked to come": "/c/come/forged/",
    "no letter to stop": "/c/no-news/forged/",
    "heard and done nowhere": "/c/heard/at/nowhere/",
    "heard and done in Polish": "/c/heard/?in=pl",
    "say it": "/c/say/",
    "say it in Polish": "/c/say/?in=pl",
    "say it nowhere": "/c/say/nowhere/",
    "look up a receipt": "/c/say/look/",
}
OWN = {
    "sign out": "/accounts/logout/",
    "password": "/accounts/password/change/",
    "who are you": "/accounts/reauthenticate/",
    "addresses": "/accounts/email/",
    "no PIN yet": "/people/pin/",
    "no such page": "/nowhere/",
    "encounters to come": "/meet/?state=next",
    "another system tells us": "/worker/webhooks/in/",
    "search": "/search/",
    "nothing is found": "/search/?q=zzzz",
}
# What only takes a form says so, or leads back to where the form is.
SHOWS_NOTHING = {302, 405}
# allauth keeps these addresses; no mail of ours leads to them.
BY_MAIL_ONLY = {"account_confirm_email", "account_email_verification_sent"}
# Pictures that stand on a page; what answers programs and shows nothing.
DRAWN, PROGRAMS = {"meet:heard_code", "meet:photo"}, "api:"
# Files to take along.
FILES = {
    "importers:sample", "importers:refused_file", "meet_public:come_calendar", "calendar_public:feed",
}  # fmt: skip
# What a browser reads for itself.
FOR_BROWSERS = {"meet:capture_worker", "meet:capture_manifest"}
PARAMETERS = {
    "IntConverter": "1",
    "UUIDConverter": str(uuid.uuid7()),
    "StringConverter": "x",
    "SlugConverter": "x",
}


def pages(ours: House) -> dict[str, str]:
    """What somebody who has signed in can open."""
    return addresses(ours) | OWN


def look(window: Window, address: str) -> list[str]:
    """Everything that is wrong with one page, in each size and scheme."""
    window.complaints.clear()
    window.page.set_viewport_size({"width": 1280, "height": 900})
    window.open(address)
    for width, scheme, rules in SIZES:
        window.page.set_viewport_size({"width": width, "height": 900})
        window.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(window.page, options=rules).response["violations"]
        window.complaints += [f"{width} {scheme}: {_said(one)}" for one in found]
        window.complaints += _sideways(window)
    window.page.set_viewport_size({"width": NARROWEST, "height": 900})
    return [*window.complaints, *_sideways(window)]


def _said(violation: dict) -> str:
    return f"{violation['id']} at {violation['nodes'][0]['target']}"


def _sideways(window: Window) -> list[str]:
    wide, seen = window.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{wide} pixels wide in a window of {seen}"] if wide > seen else []


def wrong(window: Window, addresses: dict[str, str]) -> list[str]:
    """Everything that is wrong with any of these pages."""
    found = {page: look(window, address) for page, address in addresses.items()}
    return [f"{page}: {complaint}" for page, complaints in found.items() for complaint in complaints]


def test_every_page_of_who_runs_the_programme(ours: House, signed_in: Callable[..., Window]):
    assert wrong(signed_in(ours.reader), pages(ours)) == []


def test_every_page_for_everybody(signed_in: Callable[..., Window]):
    assert wrong(signed_in(None), PUBLIC) == []


def test_pages_on_which_there_is_nothing_yet(ours: House, signed_in: Callable[..., Window]):
    empty = (
        "home:week", "meet:index", "meet:remarks", "meet:hand_overs", "meet:reflections", "hear:report",
        "hear:mine",
    )  # fmt: skip
    assert wrong(signed_in(ours.cast.gus), {page: reverse(page) for page in empty}) == []


BROKEN = f"""<p style="color: red">inline</p><img src="/static/nowhere.png"><pre>{"x" * 999}</pre>"""


def test_these_eyes_see_what_is_wrong(ours: House, signed_in: Callable[..., Window]):
    window = signed_in(ours.reader)
    window.open("/people/add/")
    with window.page.expect_event("response"):
        window.page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", BROKEN)
    axe = Axe().run(window.page, options=ALL_RULES).response["violations"]
    assert "image-alt" in [one["id"] for one in axe]
    assert "Content Security Policy" in "".join(window.complaints)
    assert "404" in "".join(window.complaints)
    assert _sideways(window) != []


def named(resolver: URLResolver, space: str = "", above: tuple = ()) -> Iterator[tuple[str, tuple]]:
    """The name of every address, with the parameters it takes."""
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
        if name in looked_at | BY_MAIL_ONLY | DRAWN | FILES | FOR_BROWSERS or name.startswith(PROGRAMS):
            continue
        address = reverse(name, args=[PARAMETERS[type(one).__name__] for one in takes])
        if client.get(address).status_code not in SHOWS_NOTHING:
            left.add(name)
    assert left == set()
