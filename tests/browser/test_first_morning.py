"""A stranger with an old list thanks the first customer within ten minutes and eleven decisions."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from coalface.importers.actions import approve, carry_on, try_out
from coalface.people.actions import add_person, found_organisation, grant, open_account
from coalface.records.models import Customer, Encounter, Feedback, Guest, ImportRun, Person, Role
from tests.browser.conftest import Window
from tests.browser.stranger import CUSTOMERS, first_morning, list_of_customers
from tests.people import PASSWORD, client_for

MOST_DECISIONS, MOST_SECONDS = 11, 600


@pytest.fixture
def hanna(transactional_db: None) -> Person:
    """Hanna, who founded a workshop this minute and knows nothing of Coalface."""
    now = timezone.now()
    shop = found_organisation(name="Berg Bicycles", key="berg", time_zone="Europe/Zurich", now=now)
    person = add_person(
        name="Hanna Berg", unit=shop, starts_on=now.date(), email="hanna@berg.example", by=None, now=now
    )
    grant(person=person, role=Role.PROGRAMME_MANAGER, unit=shop, by=None, now=now)
    open_account(person=person, email=person.email, password=PASSWORD, by=None, now=now)
    return person


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Window:
    return Window(browser.new_context(locale="en-GB").new_page(), live_server.url)


def test_a_stranger_thanks_the_first_of_43_customers(hanna: Person, window: Window, tmp_path: Path):
    path = list_of_customers(tmp_path)
    stranger = first_morning(
        window.page, window.site, email=hanna.email, password=PASSWORD, path=path, look=lambda _place: None
    )
    assert len(stranger.decisions) <= MOST_DECISIONS
    assert stranger.seconds <= MOST_SECONDS
    assert Customer.objects.count() == CUSTOMERS
    assert window.complaints == []
    first = Customer.objects.get(pk=window.page.url.rstrip("/").rsplit("/", 1)[-1])
    assert window.page.get_by_role("heading", name=f"Thank {first.name}").is_visible()
    stranger.press("I thanked them when they were here")
    met = Encounter.objects.get()
    assert window.page.url.endswith(f"/meet/{met.pk}/")
    assert Guest.objects.get().thanked_at is not None


def test_a_list_is_dropped_anywhere_on_the_page(hanna: Person, window: Window, signed_in_as, tmp_path: Path):
    signed_in_as(window, hanna)
    window.open("/import/")
    handle = window.page.evaluate_handle(
        """() => { const held = new DataTransfer();
        held.items.add(new File(["Name\\nAnna Lang\\n"], "list.csv")); return held; }"""
    )
    window.page.dispatch_event("h1", "drop", {"dataTransfer": handle})
    window.page.get_by_role("button", name="Look at it").click()
    assert window.page.get_by_text("Anna Lang").is_visible()
    assert window.complaints == []


def test_the_page_of_a_long_list_moves_on_by_itself(
    hanna: Person, window: Window, signed_in_as, tmp_path: Path
):
    signed_in_as(window, hanna)
    window.open("/import/")
    path = tmp_path / "long.csv"
    path.write_text("Name;E-Mail\n" + "".join(f"C {n};c{n}@home.example\n" for n in range(1_200)))
    window.page.set_input_files("input[type=file]", path)
    for words in ("Look at it", "Try it out", "Take in 1,200 customers"):
        window.page.get_by_role("button", name=words).click()
    window.page.get_by_text("0 of 1,200 rows").wait_for()
    carry_on(run=ImportRun.objects.get(), now=timezone.now())
    window.page.get_by_role("heading", name="1,200 customers are in").wait_for(timeout=10_000)
    assert window.complaints == []


@pytest.fixture
def signed_in_as():
    """Let a window be somebody's."""

    def sign_in(window: Window, person: Person) -> None:
        session = client_for(person).cookies["sessionid"].value
        window.page.context.add_cookies([{"name": "sessionid", "value": session, "url": window.site}])

    return sign_in


REAL = {
    "cfpb": ("cfpb/complaints.csv.gz", {"kind": "complaint"}),
    "sf311": ("sf311", {"kind": "complaint"}),
}


@pytest.mark.real
@pytest.mark.parametrize("name", sorted(REAL))
def test_real_complaints_go_in_by_the_browser(
    hanna: Person, window: Window, signed_in_as, real_data: Path, name: str
):
    where, once = REAL[name]
    path = real_data / where
    path = next(one for one in sorted(path.iterdir()) if ".csv" in one.name) if path.is_dir() else path
    signed_in_as(window, hanna)
    window.open("/import/?kind=feedback")
    window.page.set_input_files("input[type=file]", path)
    window.page.get_by_role("button", name="Look at it").click()
    for field, value in once.items():
        window.page.locator(f"[name=once-{field}]").select_option(value)
    window.page.get_by_role("button", name="Try it out").click()
    window.page.wait_for_url("**/import/*/")
    later = timezone.now() + timedelta(seconds=1)
    run = ImportRun.objects.get()
    tried = run if run.tried_at else try_out(run=run, now=later)
    window.page.get_by_role("button", name="Take in").wait_for(timeout=20_000)
    done = carry_on(run=approve(run=tried, by=hanna, now=later), now=later)
    window.page.reload()
    window.page.get_by_role("heading", name="are in").wait_for()
    assert Feedback.objects.count() == done.taken_in
    assert done.taken_in > 1_000
    assert window.complaints == []
