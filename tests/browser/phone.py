"""A phone: its own storage, its own tabs, with and without a signal."""

import os
import signal
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

ITEMS = """async () => {
  const found = performance.getEntriesByType("resource").map((one) => one.name)
    .find((name) => /\\/store(\\.[0-9a-f]{12})?\\.js$/.test(name));
  const { everything } = await import(found ?? "/static/meet/capture/store.js");
  return (await everything()).map(({ blob, ...rest }) => ({ ...rest, bytes: blob ? blob.size : 0 }));
}"""

# Waited for by the page itself: what Playwright asks again and again, the page's policy on code refuses.
CONTROLLED = """async () => {
  const workers = navigator.serviceWorker;
  if (!workers.controller)
    await new Promise((go) => workers.addEventListener("controllerchange", go, { once: true }));
}"""

PATIENCE = 80


class Phone:
    """Somebody's phone with the page of capture on it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context, self.site = context, site
        self.page: Page = context.new_page()

    def sign_in(self, session: str) -> None:
        """With the key of a session; whoever was signed in before is so no more."""
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])

    def open(self, query: str = "") -> Page:
        """The page, ready to write."""
        self.page.goto(f"{self.site}/meet/capture/{query}")
        expect(self.page.locator("#note")).to_be_visible()
        return self.page

    def install(self) -> Page:
        """The page after a first visit, kept by its worker."""
        self.open()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        self.page.evaluate(CONTROLLED)
        return self.page

    def has_signal(self, there: bool) -> None:
        """Into the cellar, or out of it."""
        self.context.set_offline(not there)

    def write(self, words: str, kind: str = "Complaint", *more: str) -> None:
        """What was said, one tap for what it is, one more for each further choice."""
        self.page.locator("#text").fill(words)
        for choice in (kind, *more):
            self.page.get_by_text(choice, exact=True).click()

    def keep(self) -> None:
        """The one button; the words are on this phone when the field is empty again."""
        self.page.locator("#save").click()
        expect(self.page.locator("#text")).to_have_value("")

    def new_tab(self) -> Page:
        """The tab is killed, and the page opened again."""
        self.page.close(run_before_unload=False)
        self.page = self.context.new_page()
        return self.open()

    def kill_tab(self) -> None:
        """The system ends the tab's process without asking, as phones do when memory is short."""
        session = self.context.browser.new_browser_cdp_session()
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        with self.page.expect_event("crash"):
            for process in processes:
                if process["type"] == "renderer":
                    os.kill(process["id"], signal.SIGKILL)
        session.detach()
        self.page = self.context.new_page()

    def items(self) -> list[dict[str, Any]]:
        """Everything the phone keeps."""
        return self.page.evaluate(ITEMS)

    def states(self) -> list[str]:
        """How far each item has come, in the phone's own order."""
        return [one["state"] for one in self.items()]

    def line(self, words: str):
        """The line of the queue with these words."""
        return self.page.locator(".item").filter(has_text=words)

    def arrived(self) -> None:
        """Everything on this phone was sent, and it says so."""
        for _ in range(PATIENCE):
            if set(self.states()) <= {"sent"}:
                return self.stands("All sent")
            self.page.wait_for_timeout(250)
        raise AssertionError(self.items())

    def stands(self, words: str) -> None:
        """What the page says at its top."""
        expect(self.page.locator("#standing-words")).to_have_text(words, timeout=15_000)
