"""What a phone keeps is cared for: refused, full, too old, carried away and back, deleted, seen by all."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect
from pytest_django.fixtures import Settings

from coalface.meet.actions import call_off
from coalface.records.models import Attachment, Encounter, Format, FormatKind, Outcome, Remark, SecondVersion
from tests.browser.phone import Phone
from tests.browser.test_capture import MORE, WORDS, olgas, phones, said, visit
from tests.journeys.rows import House

__all__ = ("olgas", "phones", "visit")

GPS = 0x8825
SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, select, textarea, summary, label, input")]
  .filter((one) => !one.matches(".unseen, .skip, .voice label, .place > label, .met label, .unit"))
  .filter((one) => one.offsetParent && one.type !== "radio")
  .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([name]) => name)"""


def photo(with_place: bool = False) -> bytes:
    """A small JPEG, with the place it was taken or without."""
    kept = io.BytesIO()
    picture = Image.effect_noise((320, 240), 60).convert("RGB")
    exif = picture.getexif()
    if with_place:
        exif.get_ifd(GPS)[1] = "N"
        exif.get_ifd(GPS)[2] = (47.0, 22.0, 0.0)
    picture.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def attach(phone: Phone, name: str, content: bytes) -> None:
    """Take a photo, as far as a page can tell."""
    file = {"name": name, "mimeType": "image/jpeg", "buffer": content}
    phone.page.locator("#photo").set_input_files([file])
    expect(phone.page.locator("#photos li")).to_have_count(1)


def test_a_photo_goes_with_the_remark_and_without_its_place(olgas: Phone, ours: House):
    olgas.has_signal(False)
    olgas.write(WORDS)
    attach(olgas, "shelf.jpg", photo(with_place=True))
    page = olgas.new_tab()
    expect(page.locator("#photos li")).to_have_count(1)
    olgas.keep()
    expect(olgas.line(WORDS)).to_contain_text("1 photo")
    olgas.has_signal(True)
    olgas.arrived()
    expect(olgas.line(WORDS)).to_contain_text("Sent. The place where it was taken was removed.")
    kept = Attachment.objects.get(remark__isnull=False)
    assert (kept.remark.verbatim.text, kept.location_removed) == (WORDS, True)
    assert kept.kept_at is not None
    assert [one["bytes"] for one in olgas.items()] == [0, 0]


def test_a_file_that_is_no_photo_is_said_to_be_none_and_the_words_stay(olgas: Phone, ours: House):
    olgas.write(WORDS)
    attach(olgas, "setup.jpg", b"MZ\x90\x00" + bytes(400))
    olgas.keep()
    olgas.stands("1 needs you")
    line = olgas.line(WORDS)
    expect(line).to_contain_text("This file is not a photo. What was said is kept all the same.")
    assert said(ours.cast.olga) == [(WORDS, "complaint")]
    line.get_by_role("button", name="Delete").click()
    olgas.page.get_by_role("button", name="Delete it").click()
    olgas.arrived()


def test_what_was_called_off_is_refused_with_why_and_finds_another_place(
    olgas: Phone, ours: House, visit: Encounter
):
    call_off(encounter=visit, outcome=Outcome.CANCELLED, by=ours.cast.olga, now=timezone.now())
    olgas.write(WORDS)
    olgas.keep()
    olgas.stands("1 needs you")
    line = olgas.line(WORDS)
    expect(line).to_contain_text("This encounter did not take place.")
    line.get_by_role("button", name="Back into the field").click()
    expect(olgas.page.locator("#text")).to_have_value(WORDS)
    olgas.page.locator("#place").select_option("met")
    olgas.keep()
    olgas.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


def test_other_words_under_the_same_id_are_kept_aside_for_a_person(olgas: Phone, ours: House):
    olgas.write(WORDS)
    olgas.keep()
    olgas.arrived()
    twice = """async (id) => {
      const { change, item, tell } = await import("/static/meet/capture/store.js");
      const { body } = await item(id);
      await change(id, { state: "waiting", body: { ...body, text: "Something else." } });
      tell({ again: [id] });
    }"""
    olgas.page.evaluate(twice, olgas.items()[0]["id"])
    expect(olgas.line("Something else.")).to_contain_text("Both are kept, and a person decides.")
    assert SecondVersion.objects.get(sent_by=ours.cast.olga).verbatim.text == "Something else."
    assert said(ours.cast.olga) == [(WORDS, "complaint")]
    olgas.page.get_by_role("link", name="See both").click()
    expect(olgas.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_full_phone_says_so_and_the_words_stay_in_the_field(
    phones: Callable[..., Phone], ours: House, visit: Encounter, tmp_path: Path
):
    phone = phones(ours.cast.olga)
    session = phone.context.new_cdp_session(phone.context.new_page())
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.site, "quotaSize": 1})
    page = phone.open()
    phone.write(WORDS)
    expect(page.get_by_text("This phone’s storage is full.")).to_be_visible()
    page.locator("#save").click()
    expect(page.locator("#text")).to_have_value(WORDS)
    with page.expect_download() as waiting:
        page.locator("#notices").get_by_role("button", name="Download all unsent").click()
    waiting.value.save_as(tmp_path / "notes.json")
    notes = json.loads((tmp_path / "notes.json").read_text())
    assert [one["body"]["text"] for one in notes["items"]] == [WORDS]
    session.send("Storage.overrideQuotaForOrigin", {"origin": phone.site})
    phone.keep()
    phone.arrived()
    expect(page.get_by_text("This phone’s storage is full.")).to_have_count(0)
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


def test_a_page_too_old_for_the_server_keeps_everything(olgas: Phone, ours: House, settings: Settings):
    settings.CAPTURE_SCHEMA = settings.OLDEST_CAPTURE_SCHEMA = 2
    olgas.write(WORDS)
    olgas.keep()
    expect(olgas.page.get_by_text("too old for the server. Everything is kept")).to_be_visible()
    assert olgas.states() == ["waiting"]
    settings.CAPTURE_SCHEMA = settings.OLDEST_CAPTURE_SCHEMA = 1
    olgas.page.get_by_role("button", name="Send now").click()
    olgas.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


def test_what_is_unsent_is_carried_to_another_phone_and_read_twice(
    olgas: Phone, phones: Callable[..., Phone], ours: House, tmp_path: Path
):
    olgas.has_signal(False)
    olgas.write(WORDS)
    attach(olgas, "shelf.jpg", photo())
    olgas.keep()
    olgas.write(MORE, "Idea")
    olgas.keep()
    with olgas.page.expect_download() as waiting:
        olgas.page.get_by_role("button", name="Download all unsent").click()
    waiting.value.save_as(tmp_path / "notes.json")
    other = phones(ours.cast.olga)
    other.install()
    other.has_signal(False)
    for words in ("2 notes were read from the file.", "0 notes were read from the file."):
        other.page.locator("#restore").set_input_files(tmp_path / "notes.json")
        expect(other.page.get_by_text(words)).to_be_visible()
    other.has_signal(True)
    olgas.has_signal(True)
    for phone in (other, olgas):
        phone.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint"), (MORE, "idea")]
    assert Attachment.objects.exclude(kept_at=None).count() == 1
    other.page.locator("#restore").set_input_files(
        [{"name": "x.json", "mimeType": "application/json", "buffer": b"[1]"}]
    )
    expect(other.page.get_by_text("This file holds no notes of Coalface.")).to_be_visible()


def test_what_arrived_leaves_the_phone_after_a_while(olgas: Phone):
    olgas.write(WORDS)
    attach(olgas, "shelf.jpg", photo())
    olgas.keep()
    olgas.arrived()
    expect(olgas.line(WORDS)).to_be_visible()
    olgas.page.clock.set_fixed_time(timezone.now() + timedelta(minutes=11))
    olgas.page.evaluate("dispatchEvent(new Event('online'))")
    expect(olgas.line(WORDS)).to_have_count(0)
    assert olgas.items() == []


def test_incognito_the_field_asks_what_was_seen_and_keeps_no_words_of_theirs(olgas: Phone, visit: Encounter):
    Format.objects.filter(pk=visit.format_id).update(kind=FormatKind.INCOGNITO)
    page = olgas.open()
    expect(page.get_by_label("What did you see?")).to_be_visible()
    olgas.has_signal(False)
    olgas.write("She waited ten minutes.", "Complaint")
    olgas.keep()
    page.locator("#told input").check()
    olgas.write(WORDS, "Complaint")
    olgas.keep()
    seen, told = (one["body"] for one in olgas.items())
    assert (seen["text"], seen["reading"], seen["customer"]) == ("", "She waited ten minutes.", None)
    assert (told["text"], told["reading"], told["told_afterwards"]) == (WORDS, "", True)


def test_a_browser_without_encryption_is_told_the_recipe(phones: Callable[..., Phone]):
    phone = phones(None)
    phone.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    phone.page.goto(f"{phone.site}/meet/capture/")
    expect(phone.page.get_by_role("heading", name="This address is not encrypted")).to_be_visible()
    expect(phone.page.get_by_text("tls internal")).to_be_visible()
    expect(phone.page.locator("#text")).to_have_count(0)


def test_deleting_asks_first(olgas: Phone):
    olgas.has_signal(False)
    olgas.write(WORDS)
    olgas.keep()
    for answer, left in (("Keep it", 1), ("Delete it", 0)):
        olgas.line(WORDS).get_by_role("button", name="Delete").click()
        olgas.page.get_by_role("dialog").get_by_role("button", name=answer).click()
        expect(olgas.line(WORDS)).to_have_count(left)
    assert olgas.items() == []


def test_signing_out_asks_when_something_waits_and_takes_names_off_the_phone(olgas: Phone, ours: House):
    olgas.has_signal(False)
    olgas.write(WORDS)
    olgas.keep()
    olgas.has_signal(True)
    olgas.page.route("**/api/remarks/**", lambda route: route.abort())
    page = olgas.context.new_page()
    page.route("**/api/remarks/**", lambda route: route.abort())
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{olgas.site}/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Something you wrote is still on this device")).to_be_visible()
    page.get_by_role("button", name="Stay").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    expect(olgas.page.get_by_text("1 note of somebody else waits on this phone.")).to_be_visible()
    assert "Quentin" not in olgas.page.content()
    assert WORDS not in olgas.page.content()
    assert olgas.states() == ["waiting"]


def test_nobody_is_asked_who_left_nothing(olgas: Phone):
    page = olgas.page
    page.goto(f"{olgas.site}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_with_the_keyboard_alone(olgas: Phone, ours: House):
    page = olgas.page
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "save":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#text")).to_be_focused()
    olgas.arrived()
    assert said(ours.cast.olga) == [(WORDS, "complaint")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_read_and_reach_everything(
    phones: Callable[..., Phone], ours: House, visit: Encounter, scheme: str
):
    phone = phones(ours.cast.olga, color_scheme=scheme, has_touch=True, reduced_motion="reduce")
    page = phone.install()
    page.set_viewport_size({"width": 360, "height": 740})
    call_off(encounter=visit, outcome=Outcome.CANCELLED, by=ours.cast.olga, now=timezone.now())
    phone.write(WORDS)
    phone.keep()
    phone.stands("1 needs you")
    phone.has_signal(False)
    phone.write(MORE, "Idea")
    phone.keep()
    page.locator("#save").click()
    page.get_by_role("button", name="More…").click()
    page.get_by_text("What I make of it").first.click()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert page.evaluate(SMALL_TARGETS) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.evaluate("document.getAnimations().length") == 0
    assert Remark.objects.filter(noted_by=ours.cast.olga).exclude(device="").count() == 0
