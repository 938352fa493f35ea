"""`make pictures`: every page of the demo at three widths, light and dark, into docs/pictures."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HOME = Path("var/demo-bank").resolve()
TARGET = Path(os.environ.get("PICTURES", "docs/pictures"))
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
TALLEST = 1_700
PASSWORD = "meet a customer"
LEADER, MANAGER, ADMINISTRATOR = "verena.amsler", "mirjam.kofler", "andrea.frey"
A_PLAN = "main th[scope=row] a"
A_BOARD = f"{A_PLAN} >> main a[href$='/board/']"
A_FIX = "main th[scope=row] a"
THE_SCREEN = f"{A_FIX}:has-text('screen at the entrance')"
AN_OPPORTUNITY = "main a[href$='/opportunity/']"
A_MEETING = "main .items a[href^='/act/meetings/']"
A_VERDICT = "main h2 a[href^='/verify/']"
AN_EVENT = "main a:has-text('matchmaking')"
# name of the picture, whose eyes, address, or the links to follow from there, one after the other
PAGES = (
    ("sign-in", "", "/accounts/login/", ""),
    ("staff-code", "", "/c/door/", ""),
    ("say-it", "", "/c/say/?in=en", ""),
    ("receipt", "", "/c/say/look/?in=en", ""),
    ("heard-and-done", "", "/c/heard/?in=en", ""),
    ("my-week", LEADER, "/", ""),
    ("encounters", LEADER, "/meet/", ""),
    ("encounter", LEADER, "/meet/", "main table a, main .items a"),
    ("capture", LEADER, "/meet/capture/", ""),
    ("hand-overs", "lukas.brand", "/meet/hand-overs/", ""),
    ("my-week-at-the-counter", "sofia.marques", "/", ""),
    ("passed-on", "sofia.marques", "/hear/mine/", ""),
    ("feedback", MANAGER, "/hear/", ""),
    ("issues", MANAGER, "/understand/", ""),
    ("issue", MANAGER, "/understand/", "main th[scope=row] a"),
    ("issue-said", MANAGER, "/understand/", "main a[href*='/mentions/']"),
    ("not-sure", MANAGER, "/understand/unsure/", ""),
    ("themes", MANAGER, "/understand/themes/", ""),
    ("theme", MANAGER, "/understand/themes/", "main article h2 a"),
    ("theme-split", MANAGER, "/understand/themes/", "main a[href$='/split/']"),
    ("journey", MANAGER, "/understand/journey/", ""),
    ("journey-changed", MANAGER, "/understand/journey/?edit=1", ""),
    ("journey-counted", MANAGER, "/understand/journey/?edit=1&count=new", ""),
    ("touchpoint", MANAGER, "/understand/journey/", "main .stop.misery h3 a"),
    ("competitors", MANAGER, "/understand/competitors/", ""),
    ("competitor", MANAGER, "/understand/competitors/", "main th[scope=row] a"),
    ("whom", MANAGER, "/understand/competitors/whom/", ""),
    ("fixes", MANAGER, "/act/", ""),
    ("fix", MANAGER, "/act/", "main a[href^='/act/']:not([href='/act/'])"),
    ("fixes-board", MANAGER, "/act/board/", ""),
    ("fix-live", MANAGER, "/act/?show=shipped", A_FIX),
    ("fix-declined", MANAGER, "/act/?show=declined", A_FIX),
    ("fix-to-decide", MANAGER, "/act/?waits=decide", A_FIX),
    ("fix-asked", MANAGER, "/act/?waits=accept", A_FIX),
    ("fix-changed", MANAGER, "/act/", f"{A_FIX} >> main a[href$='/change/']"),
    ("fix-costs", MANAGER, "/act/?show=shipped", f"{A_FIX} >> main a[href$='/costs/']"),
    ("opportunity", MANAGER, "/act/?show=shipped&lane=opportunity", f"{A_FIX} >> {AN_OPPORTUNITY}"),
    ("meetings", MANAGER, "/act/meetings/", ""),
    ("agenda", MANAGER, "/act/meetings/", A_MEETING),
    ("minutes", MANAGER, "/act/meetings/", "main .items li:nth-child(2) a"),
    ("meeting-called", MANAGER, "/act/meetings/call/", ""),
    ("five-whys", MANAGER, "/act/?show=shipped", f"{THE_SCREEN} >> main a[href*='/whys/']"),
    ("chain", MANAGER, "/act/?show=shipped", f"{A_FIX} >> main a[href*='/chain/fix/']"),
    ("to-tell", MANAGER, "/act/tell/", ""),
    ("letters", MANAGER, "/act/tell/", "main td a[href^='/act/tell/']"),
    ("published", MANAGER, "/act/heard/", ""),
    ("published-words", MANAGER, "/act/heard/", "main th[scope=row] a"),
    ("poster", MANAGER, "/act/heard/", "main a[href*='/poster/']"),
    ("exposures", MANAGER, "/verify/exposures/", ""),
    ("yardstick", MANAGER, "/act/?waits=register", f"{A_FIX} >> main a[href$='/register/']"),
    ("yardstick-amended", MANAGER, "/verify/", "main a:has-text('screen') >> main a[href$='/amend/']"),
    ("verdict-no-change", MANAGER, "/verify/?show=no_change", A_VERDICT),
    ("verdict-too-early", MANAGER, "/verify/?show=not_enough_evidence", A_VERDICT),
    ("verdicts", MANAGER, "/verify/", ""),
    ("verdict", MANAGER, "/verify/", "main a[href^='/verify/']:not([href='/verify/'])"),
    ("contact", LEADER, "/measure/contact/", ""),
    ("awareness", LEADER, "/measure/awareness/", ""),
    ("costs-and-gains", LEADER, "/measure/costs/", ""),
    ("chain-measured", LEADER, "/measure/chain/", ""),
    ("people", MANAGER, "/people/", ""),
    ("customers", MANAGER, "/customers/", ""),
    ("customer", MANAGER, "/customers/", "main th[scope=row] a"),
    ("twins", MANAGER, "/customers/duplicates/", "main a[href*='/merge/']"),
    ("import", MANAGER, "/import/", ""),
    ("import-trial", MANAGER, "/import/", "main .items a"),
    ("imported", MANAGER, "/import/", "main .items li:nth-child(2) a"),
    ("research", MANAGER, "/hear/research/", ""),
    ("study", MANAGER, "/hear/research/", "main .items a, main th[scope=row] a"),
    ("places", MANAGER, "/hear/places/", ""),
    ("place", MANAGER, "/hear/places/", "main .items a, main th[scope=row] a"),
    ("search", MANAGER, "/search/?q=card", ""),
    ("plan", MANAGER, "/plan/", ""),
    ("plans", MANAGER, "/plan/plans/", ""),
    ("plan-one", MANAGER, "/plan/plans/", A_PLAN),
    ("plan-changes", MANAGER, "/plan/plans/", f"{A_PLAN} >> main a[href$='/changes/']"),
    ("plan-board", MANAGER, "/plan/plans/", A_BOARD),
    ("plan-match", MANAGER, "/plan/plans/", f"{A_BOARD} >> main .match.best h3 a"),
    (
        "plan-another-customer",
        MANAGER,
        "/plan/plans/",
        f"{A_BOARD} >> main .match.best h3 a >> main a[href$='/customer/']",
    ),
    ("plan-wanted", MANAGER, "/plan/plans/add/", ""),
    ("slots", MANAGER, "/plan/slots/", ""),
    ("slot", MANAGER, "/plan/slots/", "main th[scope=row] a"),
    ("slots-offered", MANAGER, "/plan/slots/add/", ""),
    ("promises", MANAGER, "/plan/promises/", ""),
    ("rhythm", MANAGER, "/plan/commitments/add/", ""),
    ("let-off", MANAGER, "/plan/exemptions/add/", ""),
    ("my-times", LEADER, "/plan/times/", ""),
    ("working-hours", ADMINISTRATOR, "/plan/hours/", ""),
    ("my-calendar", LEADER, "/plan/calendar/", ""),
    ("event", MANAGER, "/meet/?whose=all&state=next", AN_EVENT),
    ("event-asked", MANAGER, "/meet/?whose=all&state=next", f"{AN_EVENT} >> main a[href$='/ask-all/']"),
    ("event-tables", MANAGER, "/meet/?whose=all&state=next", f"{AN_EVENT} >> main a[href$='/tables/']"),
    ("programme", MANAGER, "/programme/", ""),
    ("programs", MANAGER, "/api/docs/", ""),
    ("failed", ADMINISTRATOR, "/worker/", ""),
    ("design", MANAGER, "/design/", ""),
)
# A list as somebody copies it from a spreadsheet, three of its rows not right.
LIST = """Name\tE-mail\tCustomer no.\tSince
Anna Beck\tanna@beck.example\tTV-13001\t12.03.2021
Ben Ort\tben@@ort.example\tTV-13002\t05.06.2022
Cleo Fay\tcleo@fay.example\tTV-13003\t31.02.2021
Dana Lux\tdana@lux.example\tTV-13004\t28.09.2019
Eli Moss\t\tTV-13005\t1.13.2020
Fred Ober\tfred@ober.example\tTV-13006\t17.11.2023
"""


@contextmanager
def served() -> Iterator[str]:
    """The demo bank on a free port of this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"COALFACE_HOME": str(HOME)}
    command = [sys.executable, "-m", "coalface", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=env)
    site = f"http://localhost:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{site}/accounts/login/")
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.5)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def sign_in(page: Page, site: str, who: str) -> None:
    """Sign in as somebody from the demo."""
    page.goto(f"{site}/accounts/login/")
    page.fill("input[name=login]", f"{who}@three-valleys.example")
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit], form button[type=submit]")
    page.wait_for_load_state("networkidle")


def try_a_list(browser: Browser, site: str) -> None:
    """Paste a list and look at what would happen, once; it stays there, waiting for a yes."""
    context = browser.new_context()
    page = context.new_page()
    sign_in(page, site, MANAGER)
    page.goto(f"{site}/import/?kind=customers")
    if not page.get_by_text("waits for your yes").count():
        page.fill("main textarea", LIST)
        for _ in ("look at it", "try it out"):
            page.click("main .button.first")
            page.wait_for_load_state("networkidle")
    context.close()


def photograph(browser: Browser, site: str, scheme: str, width: int, wanted: set[str]) -> None:
    """All pages in one size and scheme."""
    signed_in = ""
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    for name, who, address, follow in PAGES:
        if wanted and name not in wanted:
            continue
        if who != signed_in:
            context.close()
            context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
            signed_in = who
            if who:
                sign_in(context.new_page(), site, who)
        page = context.new_page()
        page.goto(f"{site}{address}", wait_until="networkidle")
        for link in filter(None, follow.split(" >> ")):
            if page.locator(link).count():
                page.goto(site + page.locator(link).first.get_attribute("href"))
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(height, 700), TALLEST)})
        page.screenshot(path=TARGET / f"{name}-{width}-{scheme}.jpg", type="jpeg", quality=45)
        page.close()
    context.close()


def main() -> None:
    """Build the demo if need be, then photograph it."""
    subprocess.run(
        [sys.executable, "-m", "coalface", "demo", "--no-serve"],
        check=True,
        env=os.environ | {"COALFACE_HOME": str(HOME)},
        stdout=subprocess.DEVNULL,
    )
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[1:])
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        try_a_list(browser, site)
        for scheme in SCHEMES:
            for width in WIDTHS:
                photograph(browser, site, scheme, width, wanted)
        browser.close()
    print(f"Photographed into {TARGET}.")


if __name__ == "__main__":
    main()
