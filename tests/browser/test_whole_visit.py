"""A whole visit: brief, no signal, six remarks with photos, closing, the customer asked, the weekly mail."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from coalface.home.actions import send_digests
from coalface.meet.actions import ask_guests
from coalface.records.models import Attachment, Encounter, Guest
from coalface.worker.actions import drain, send_messages
from tests.browser.conftest import Window
from tests.browser.phone import CONTROLLED, Phone
from tests.browser.test_capture import phones, visit
from tests.browser.test_capture_care import attach, photo
from tests.edges.dovecot import PostOffice
from tests.journeys.rows import House
from tests.people import PASSWORD

__all__ = ("phones", "visit")

# what was said, what it is, who said it, whether a picture goes with it
HEARD = [
    ("The form asks for my address twice.", "Complaint", "Quentin Roy", True),
    ("Fay explained it so well.", "Compliment", "Quentin Roy", False),
    ("Could the till take coins again?", "Idea", "Quentin Roy", False),
    ("We may not open the second till before ten.", "Rule in the way", "One of us", True),
    ("The sign points to the wrong door.", "Obstacle", "Somebody", True),
    ("At Brandt they call back within the hour.", "Competitor", "Quentin Roy", False),
]
RARER = {"Obstacle", "Rule in the way", "Competitor"}


def test_a_leaders_whole_visit(
    ours: House,
    visit: Encounter,
    phones: Callable[..., Phone],
    signed_in: Callable[..., Window],
    browser: Browser,
    post: PostOffice,
):
    olgas = phones(None)
    she_reads_the_brief(olgas, ours)
    she_writes_down_six_things_in_the_cellar(olgas)
    everything_arrives(olgas, visit)
    she_answers_for_each(olgas, visit)
    sven_takes_over_what_she_handed_him(signed_in(ours.cast.sven), ours)
    she_finishes_and_thinks_it_over(olgas, visit)
    quentin_is_asked_and_says_that_we_listened(browser, olgas.site, visit, post)
    her_week_comes_by_mail(ours, post)


def she_reads_the_brief(olgas: Phone, ours: House) -> None:
    """At her desk; then she opens the page for notes once, so that it is on her phone."""
    page = olgas.page
    page.goto(olgas.site)
    page.get_by_label("Email").fill(ours.cast.olga.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Read the brief").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Quentin Roy")
    expect(page.get_by_role("heading", name="Said last")).to_be_visible()
    page.get_by_role("link", name="Note on the phone").click()
    expect(page.locator("#note")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    page.evaluate(CONTROLLED)


def she_writes_down_six_things_in_the_cellar(olgas: Phone) -> None:
    """Without a signal; in between the tab is closed."""
    olgas.has_signal(False)
    olgas.new_tab()
    for number, (words, kind, who, with_picture) in enumerate(HEARD):
        more = olgas.page.get_by_role("button", name="More…")
        if kind in RARER and more.is_visible():
            more.click()
        olgas.write(words, kind, who)
        if with_picture:
            attach(olgas, f"{number}.jpg", photo(with_place=number == 0))
        olgas.keep()
        if number == 2:
            olgas.new_tab()
    olgas.stands("6 wait for a signal")


def everything_arrives(olgas: Phone, visit: Encounter) -> None:
    """Once, in her order, and the picture without the place where it was taken."""
    olgas.has_signal(True)
    olgas.arrived()
    rows = visit.remarks.order_by("sequence").values_list("verbatim__text", "customer__name", "said_by")
    assert [row[0] for row in rows] == [words for words, *_ in HEARD]
    assert [row[1:] for row in rows][3:5] == [(None, "employee"), (None, "customer")]
    pictures = Attachment.objects.filter(remark__encounter=visit).order_by("remark__sequence")
    assert [one.location_removed for one in pictures] == [True, False, False]
    assert all(one.kept_at for one in pictures)


def she_answers_for_each(olgas: Phone, visit: Encounter) -> None:
    """Each of the six ends in another way, and the page says what it still waits for."""
    page = olgas.page
    page.goto(olgas.site + reverse("meet:encounter", args=[visit.pk]))
    expect(page.get_by_role("heading", name="6 things were said")).to_be_visible()
    page.get_by_role("button", name="Nobody came along").click()
    form, praise, coins, rule, sign, brandt = visit.remarks.order_by("sequence")
    tap(page, form, "Mine")
    tap(page, sign, "Fixed now")
    tap(page, brandt, "Keep as knowledge")
    fold_out(page, praise, "Pass on to…", "Whom is it about?", "Fay Burns", "Pass it on")
    fold_out(page, coins, "Decline…", "Why not?", "The machine cannot count them.", "Decline")
    fold_out(page, rule, "Hand over to…", "Who can change it?", "Sven Olsen", "Hand it over")
    expect(page.get_by_text("1 hand-over waits for Sven Olsen")).to_be_visible()
    expect(page.get_by_role("button", name="Finish")).to_have_count(0)


def tap(page: Page, remark: object, answer: str) -> None:
    """One tap answers for it."""
    page.locator(f"#remark-{remark.pk}").get_by_role("button", name=answer, exact=True).click()
    page.wait_for_load_state()


def fold_out(page: Page, remark: object, fold: str, label: str, words: str, send: str) -> None:
    """Some answers want a name or a reason."""
    line = page.locator(f"#remark-{remark.pk}")
    line.get_by_text(fold, exact=True).click()
    line.get_by_label(label).fill(words)
    line.get_by_role("button", name=send, exact=True).click()
    page.wait_for_load_state()


def sven_takes_over_what_she_handed_him(window: Window, ours: House) -> None:
    """Until he says yes it is hers."""
    window.open(reverse("meet:hand_overs"))
    line = window.page.locator("li").filter(has_text="We may not open the second till before ten.")
    line.get_by_role("button", name="I take it").click()
    expect(window.page.get_by_text("It is yours now.")).to_be_visible()
    assert window.complaints == []


def she_finishes_and_thinks_it_over(olgas: Phone, visit: Encounter) -> None:
    """Nobody but her reads what she will do differently."""
    page = olgas.page
    page.reload()
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_text("Finished. Thank you.")).to_be_visible()
    page.get_by_label("What will I do differently?").fill("I ask at the till before I ask in the office.")
    page.get_by_role("button", name="Keep it").click()
    kept = visit.reflections.get()
    assert (kept.words.text, kept.shared_at) == ("I ask at the till before I ask in the office.", None)


def quentin_is_asked_and_says_that_we_listened(
    browser: Browser, site: str, visit: Encounter, post: PostOffice
) -> None:
    """The next morning, in his own mailbox; two taps, and nobody he met sees them."""
    tomorrow = timezone.localtime().replace(hour=10) + timedelta(days=1)
    the_worker_runs(ask_guests, tomorrow)
    [mail] = post.mails("quentin@home.example")
    assert mail["Subject"] == "Thank you for your time. Did we listen?"
    link = re.search(r"https?://[^/\s]+(/c/heard/\S+)", mail.get_content())
    page = browser.new_context().new_page()
    page.goto(site + link.group(1))
    page.get_by_role("button", name="Yes, you listened").click()
    page.get_by_role("button", name="No, it did not").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.context.close()
    guest = Guest.objects.get(encounter=visit)
    assert (guest.listened, guest.felt_like_a_sale) == (True, False)


def her_week_comes_by_mail(ours: House, post: PostOffice) -> None:
    """On Monday, with what became of what she raised, and a way to stop it."""
    today = timezone.localtime().replace(hour=9)
    monday = today + timedelta(days=7 - today.weekday())
    the_worker_runs(send_digests, monday)
    *_, weekly = [mail for mail in post.mails(ours.cast.olga.email) if "List-Unsubscribe" in mail]
    assert weekly["Subject"].startswith("Your week: last customer met")
    assert weekly["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "WHAT BECAME OF WHAT YOU RAISED" in weekly.get_content()
    assert "I ask at the till" not in weekly.get_content()


def the_worker_runs(job: Callable[..., object], now: datetime) -> None:
    """What is due that day is done, what follows from it too, and mail leaves."""
    job(now=now)
    drain(now=now)
    send_messages(now=now)
