"""What it costs to note something: taps and seconds, bytes over the wire, and the first paint in a cellar."""

import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.pages import fetched
from tests.browser.phone import Phone
from tests.browser.server import Server

BAR_TAPS, BAR_SECONDS, BAR_BYTES, BAR_PAINT = 4, 15.0, 60_000, 1_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WORDS = "I had to say my number three times, and then the line went dead."
KEYSTROKE = 60
SLOWER, PAINTS = 4, 7
ONLINE = "the same page online, without worker"
PAINTED = """() => new Promise((seen) => new PerformanceObserver((list, observer) => {
  const first = list.getEntriesByName("first-contentful-paint")[0];
  if (first) { observer.disconnect(); seen(first.startTime); }
}).observe({ type: "paint", buffered: true }))"""
WRITABLE = """() => new Promise((seen) => {
  const look = () => document.activeElement?.id === "text" ? seen(performance.now()) : setTimeout(look, 5);
  look();
})"""


class Thumb:
    """Counts what a person taps; typing goes at the pace of a quick phone keyboard."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.began = page, 0, time.monotonic()

    def tap(self, selector: str) -> None:
        """One tap."""
        self.page.locator(selector).first.click()
        self.taps += 1

    def type(self) -> None:
        """The words, into whatever has the focus."""
        self.page.keyboard.type(WORDS, delay=KEYSTROKE)

    def took(self) -> tuple[int, float]:
        """Taps and seconds since the page was asked for."""
        return self.taps, time.monotonic() - self.began


def by_capture(phone: Phone) -> tuple[int, float]:
    """From opening the page without a signal until the words are kept."""
    phone.has_signal(False)
    thumb = Thumb(phone.page)
    phone.open()
    phone.page.wait_for_function("document.activeElement.id === 'text'")
    thumb.type()
    thumb.tap("#kinds label")
    thumb.tap("#save")
    phone.page.wait_for_selector(".item")
    phone.has_signal(True)
    return thumb.took()


def by_form(phone: Phone) -> tuple[int, float]:
    """The same on the page of the encounter, with a signal: from My encounters on."""
    page = phone.context.new_page()
    thumb = Thumb(page)
    page.goto(f"{phone.site}/meet/")
    thumb.tap("main .items a")
    thumb.tap("main form button[type=submit]")
    thumb.tap("[name=text]")
    thumb.type()
    thumb.tap(".pills label")
    thumb.tap("form.note button[type=submit]")
    page.wait_for_selector(".remark")
    return thumb.took()


def shell_bytes(site: str, cookie: str, address: str) -> int:
    """What a page and the files it names weigh over the wire; modules are those the worker lists."""
    size, _, html = fetched(site + address, cookie)
    named = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', html)
    if address.startswith("/meet/capture/"):
        worker_size, _, worker = fetched(f"{site}/meet/capture/worker.js", cookie)
        manifest_size, _, _ = fetched(f"{site}/meet/capture/manifest.webmanifest", cookie)
        size += worker_size + manifest_size
        named += re.findall(r'"(/static/[^"]+)"', worker.partition("\n")[0])
    return size + sum(fetched(site + one, cookie)[0] for one in dict.fromkeys(named))


def first_paints(phone: Phone, offline: bool) -> tuple[list[float], list[float]]:
    """Milliseconds until something is seen, and until one can write, on a processor four times slower."""
    paints, writable = [], []
    phone.has_signal(not offline)
    for _ in range(PAINTS):
        page = phone.context.new_page()
        slow = phone.context.new_cdp_session(page)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"{phone.site}/meet/capture/")
        paints.append(page.evaluate(PAINTED))
        writable.append(page.evaluate(WRITABLE))
        page.close()
    phone.has_signal(True)
    return paints, writable


def phone_of(browser: Browser, server: Server, session: str, **more: object) -> Phone:
    """A phone whose owner has signed in."""
    phone = Phone(browser.new_context(viewport={"width": 360, "height": 740}, **more), server.site)
    phone.sign_in(session)
    return phone


def measure(browser: Browser, server: Server) -> bool:
    """The table; whether every bar is met."""
    session = server.build()["Olga Lindner"]["session"]
    server.start()
    server.wait()
    phone = phone_of(browser, server, session)
    phone.install()
    taps, seconds = by_capture(phone)
    form_taps, form_seconds = by_form(phone)
    cookie = f"sessionid={session}"
    weight, form_weight = (shell_bytes(server.site, cookie, at) for at in ("/meet/capture/", "/meet/"))
    paints, writable = first_paints(phone, offline=True)
    without = phone_of(browser, server, session, service_workers="block")
    bare_paints, bare_writable = first_paints(without, offline=False)
    middle = statistics.median
    lines = (
        ("taps from open to saved", taps, form_taps, BAR_TAPS, "the form of the encounter, online"),
        ("seconds from open to saved, typing along", seconds, form_seconds, BAR_SECONDS, "the same form"),
        ("bytes of the shell over the wire", weight, form_weight, BAR_BYTES, "My encounters, fonts apart"),
        ("ms to the first paint, no signal, CPU ÷ 4", middle(paints), middle(bare_paints), BAR_PAINT, ONLINE),
        ("ms until one can write, the same way", middle(writable), middle(bare_writable), None, ONLINE),
    )
    print(f"\n{'':44}{'ours':>10}{'peer':>10}{'bar':>10}   peer")
    return all([row(*line) for line in lines])


def row(name: str, ours: float, peer: float, bar: float | None, what: str) -> bool:
    """One line; whether its bar is met."""
    met = bar is None or ours <= bar
    figures = f"{ours:>10,.4g}{peer:>10,.4g}" if ours < 1_000 else f"{ours:>10,.0f}{peer:>10,.0f}"
    print(f"{name:44}{figures}{bar or '–':>10}   {what}{'' if met else '  MISSED'}")
    return met


def main() -> int:
    """A server and a browser of its own; 1 where a bar is missed."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory(prefix="coalface-bench-") as folder, sync_playwright() as playwright:
        server = Server(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try:
            met = measure(browser, server)
        finally:
            browser.close()
            server.kill()
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
