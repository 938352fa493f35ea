"""What every page shares: the frame, the rail, the weight, the colours."""

import gzip
import re
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

import coalface.shell
from coalface.permissions import Rights
from coalface.records.models import Grant, Person, Role
from coalface.shell.templatetags.navigation import ROOMS, entry, navigation
from coalface.shell.views import design
from tests.people import client_for

STATIC = Path(coalface.shell.__file__).parent / "static"
INLINE = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
READABLE = 4.5
ON_SURFACES = [
    ("ink", "paper"), ("ink", "sheet"), ("ink", "well"),
    ("soft", "paper"), ("soft", "sheet"), ("soft", "well"),
    ("ember", "paper"), ("ember", "sheet"), ("on-ember", "ember"), ("on-ember", "ember-dark"),
    ("ember-dark", "ember-wash"), ("good", "good-wash"), ("warn", "warn-wash"), ("bad", "bad-wash"),
    ("bad", "paper"), ("bad", "sheet"), ("deep", "deep-wash"),
]  # fmt: skip


def somebody(role: Role, path: str = "/design/") -> HttpRequest:
    request = RequestFactory().get(path)
    request.person = Person(name="Ruth Amsler")
    request.small = False
    request.rights = Rights((Grant(person=request.person, role=role),))
    return request


@pytest.fixture(scope="module")
def components() -> str:
    return design.__wrapped__(somebody(Role.MEMBER)).content.decode()


def test_the_page_of_components_has_no_inline_code(components: str):
    assert INLINE.findall(components) == []


def test_a_page_has_one_heading_a_way_past_the_rail_and_its_language(components: str):
    assert components.count("<h1>") == 1
    assert '<a class="skip" href="#main">' in components
    assert '<html lang="en">' in components


def test_signing_out_is_a_form(components: str):
    assert '<form method="post" action="/accounts/logout/" data-sign-out>' in components


def test_the_first_page_weighs_less_than_a_hundred_kilobytes_font_apart(components: str):
    sheets = [path.read_bytes() for path in sorted((STATIC / "shell").iterdir())]
    assert sum(len(gzip.compress(part)) for part in [components.encode(), *sheets]) < 40_000


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_an_error_page_stands_on_its_own_and_says_what_to_do(name: str):
    html = render_to_string(f"{name}.html")
    assert INLINE.findall(html) == []
    assert '<a class="button first" href="/">' in html


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "surface"), ON_SURFACES)
def test_words_can_be_read_on_every_surface(words: str, surface: str, scheme: int):
    tokens = {name: shades for name, *shades in TOKEN.findall((STATIC / "shell/tokens.css").read_text())}
    assert contrast(tokens[words][scheme], tokens[surface][scheme]) >= READABLE


def test_every_token_that_is_used_exists():
    sheets = "".join(path.read_text() for path in (STATIC / "shell").glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)", sheets)) - set(re.findall(r"--([\w-]+):", sheets)) == set()


def everything() -> HttpRequest:
    """Somebody who holds every role."""
    request = somebody(Role.MEMBER)
    request.rights = Rights(tuple(Grant(person=request.person, role=role) for role in Role))
    return request


def test_every_line_of_the_rail_leads_to_a_page():
    hidden = [room for room in ROOMS if entry(room, everything().rights, "/") is None]
    assert [room.page for room in hidden if not room.unless] == []


def test_a_small_organisation_sees_no_programme_and_no_plan():
    request = everything()
    request.small = True
    lines = navigation({"request": request, "csrf_token": "x"})["entries"]
    assert [line.room.page for line in lines if line.room.large_only] == []


def test_the_room_one_stands_in_is_marked():
    lines = navigation({"request": somebody(Role.MEMBER, "/act/12/"), "csrf_token": "x"})["entries"]
    assert [line.room.page for line in lines if line.here] == ["act:index"]


def test_a_room_that_is_not_built_is_not_in_the_rail(settings):
    settings.ROOT_URLCONF = "coalface.shell.urls"
    assert [entry(room, somebody(Role.MEMBER).rights, "/") for room in ROOMS] == [None] * len(ROOMS)


def test_an_address_that_no_database_can_look_up_is_refused(cast):
    browser = client_for(cast.mina)
    for address in (
        "/people/?unit=%00",
        "/customers/?unit=a%00",
        "/meet/?whose=all&unit=%00",
        "/people/%00/",
    ):
        assert browser.get(address).status_code == 400
    assert browser.get("/people/?unit=0").status_code == 200
