"""1,000 remarks, 200 photos, through cellars, killed tabs, resends and killed servers: all there, once."""

import base64
import io
import math
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser.phone import Phone
from tests.browser.server import Server

SEED = int(os.environ.get("STORM_SEED", "20260302"))
REMARKS, PHOTOS, ROUNDS = 1_000, 200, 25
LONGEST = 280

MODULE = """const at = performance.getEntriesByType("resource").map((one) => one.name)
    .find((name) => /\\/store\\.[0-9a-f]{12}\\.js$/.test(name));
  const store = await import(at);"""
KEEP = f"""async (items) => {{
  {MODULE}
  const account = (await store.fact("account")) ?? null;
  const bytes = (words) => Uint8Array.from(atob(words), (letter) => letter.charCodeAt(0));
  await store.keep(items.map(({{ jpeg, ...item }}) => {{
    const blob = jpeg && {{ blob: new Blob([bytes(jpeg)], {{ type: "image/jpeg" }}), name: "x.jpg" }};
    return {{ account, made: Date.now(), ...item, ...blob }};
  }}));
}}"""
RESEND = f"""async (share) => {{
  {MODULE}
  const sent = (await store.everything()).filter((one) => one.state === "sent" && one.type !== "photo");
  const again = sent.slice(0, Math.ceil(sent.length * share)).map(({{ id }}) => id);
  for (const id of again) await store.change(id, {{ state: "waiting" }});
  store.tell({{ again }});
}}"""
LEFT = f"""async () => {{
  {MODULE}
  const counts = {{}};
  for (const {{ state }} of await store.everything()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}}"""
NUDGE = "dispatchEvent(new Event('online'))"


class Storm:
    """Three phones of two people, one server, and what each phone was given to keep."""

    def __init__(self, browser: Browser, server: Server) -> None:
        self.chance = Random(SEED)
        self.server = server
        self.told = server.build()
        server.start()
        server.wait()
        self.phones = [self._phone(browser, name) for name in ("Olga Lindner", "Olga Lindner", "Rolf Huber")]
        self.remarks: list[dict[str, tuple[str, str]]] = [{}, {}, {}]
        self.photos: dict[str, str] = {}
        self.tried = 0

    def _phone(self, browser: Browser, name: str) -> Phone:
        phone = Phone(browser.new_context(viewport={"width": 390, "height": 800}), self.server.site)
        phone.sign_in(self.told[name]["session"])
        phone.visits = self.told[name]["visits"]
        phone.install()
        phone.has_a_signal = True
        return phone

    def uuid7(self) -> str:
        """An id as a device makes it, from the seed."""
        bits = (int(time.time() * 1000) << 80) | (0x7 << 76) | (0x2 << 62)
        bits |= (self.chance.getrandbits(12) << 64) | self.chance.getrandbits(62)
        words = f"{bits:032x}"
        return "-".join((words[:8], words[8:12], words[12:16], words[16:20], words[20:]))

    def write(self, which: int, remarks: int, photos: int) -> None:
        """So many remarks at once, the first of them with a photo each."""
        items = []
        for n in range(remarks):
            remark = self._remark(which)
            items.append(remark)
            if n < photos:
                items.append(self._photo(remark["id"]))
        self.phones[which].page.evaluate(KEEP, items)

    def _remark(self, which: int) -> dict:
        visit = self.chance.choice(self.phones[which].visits)
        words = f"Said {sum(map(len, self.remarks))}: “{self.chance.getrandbits(40):x}”"
        body = {"encounter": visit, "kind": "complaint", "text": words, "reading": "", "said_by": "customer"}
        body |= {"customer": None, "touchpoint": None, "told_afterwards": False}
        key = self.uuid7()
        self.remarks[which][key] = (words, visit)
        return {"id": key, "type": "remark", "body": body}

    def _photo(self, remark: str) -> dict:
        key = self.uuid7()
        self.photos[key] = remark
        jpeg = base64.b64encode(picture(self.chance)).decode()
        return {"id": key, "type": "photo", "of": remark, "ofType": "remark", "body": {}, "jpeg": jpeg}

    def write_by_hand(self, which: int) -> None:
        """One more as people do it."""
        phone, words = self.phones[which], f"By hand {self.chance.getrandbits(40):x}"
        phone.write(words)
        phone.keep()
        written = next(one for one in phone.items() if one["body"].get("text") == words)
        self.remarks[which][written["id"]] = (words, written["body"]["encounter"])

    def trouble(self, which: int) -> None:
        """Something goes wrong, or stops going wrong."""
        phone = self.phones[which]
        happens = self.chance.choice(["cellar", "cellar", "killed tab", "resend", "second tab", "server"])
        if happens == "cellar":
            phone.has_a_signal = not phone.has_a_signal
            phone.has_signal(phone.has_a_signal)
        elif happens == "killed tab":
            phone.new_tab()
        elif happens == "resend":
            phone.page.evaluate(RESEND, self.chance.random() / 3)
        elif happens == "second tab":
            phone.context.new_page().goto(f"{phone.site}/meet/capture/")
        else:
            self.server.kill()
            self.tried += 1
            self.server.start()

    def calm(self) -> list[dict[str, int]]:
        """Everybody is back in the light and the server up, until nothing waits or nothing moves any more."""
        if not self.tried:
            self.server.kill()
            self.server.start()
        self.server.wait()
        for phone in self.phones:
            phone.has_signal(True)
            phone.new_tab()
        fewest, since = math.inf, time.monotonic()
        while time.monotonic() - since < LONGEST:
            left = [phone.page.evaluate(LEFT) for phone in self.phones]
            waiting = sum(counts.get("waiting", 0) for counts in left)
            if not waiting:
                return left
            if waiting < fewest:
                fewest, since = waiting, time.monotonic()
            for phone in self.phones:
                phone.page.evaluate(NUDGE)
            time.sleep(2)
        raise AssertionError(f"still waiting: {left}")


def picture(chance: Random) -> bytes:
    """A small JPEG that is unlike any other; now and then one that needs several pieces."""
    size = (700, 600) if chance.random() < 0.05 else (96, 72)
    kept = io.BytesIO()
    pixels = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    pixels.convert("RGB").save(kept, "JPEG", quality=90)
    return kept.getvalue()


@pytest.fixture
def storm(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Storm]:
    """The calm before it."""
    request.node.add_report_section("setup", "repeat it with", f"STORM_SEED={SEED}")
    server = Server(tmp_path / "home")
    try:
        storm = Storm(browser, server)
        yield storm
        for phone in storm.phones:
            phone.context.close()
    finally:
        server.kill()


def rows(home: Path, query: str) -> list[tuple]:
    """What the server has kept, read from its file."""
    with closing(sqlite3.connect(home / "coalface.sqlite3")) as ledger:
        return ledger.execute(query).fetchall()


REMARKS_KEPT = """SELECT remark.id, text, encounter_id, device, sequence, noted_at
  FROM records_remark remark JOIN records_verbatim verbatim ON verbatim.id = verbatim_id
  ORDER BY device, sequence"""
PHOTOS_KEPT = "SELECT id, remark_id FROM records_attachment WHERE kept_at IS NOT NULL"


def test_nothing_is_lost_and_nothing_is_there_twice(storm: Storm):
    chance, by_hand = storm.chance, 0
    for number in range(ROUNDS):
        which = chance.randrange(3)
        storm.write(which, (REMARKS - 2 * ROUNDS // 2) // ROUNDS, PHOTOS // ROUNDS)
        if number % 2 and by_hand < ROUNDS:
            storm.write_by_hand(which)
            by_hand += 1
        storm.trouble(chance.randrange(3))
    storm.write(0, REMARKS - sum(map(len, storm.remarks)), PHOTOS - len(storm.photos))
    left = storm.calm()
    assert [set(counts) for counts in left] == [{"sent"}] * 3

    kept = rows(storm.server.home, REMARKS_KEPT)
    given = {key.replace("-", ""): said for phone in storm.remarks for key, said in phone.items()}
    assert len(kept) == len(given) == REMARKS
    assert {row[0]: (row[1], row[2]) for row in kept} == {
        key: (words, visit.replace("-", "")) for key, (words, visit) in given.items()
    }
    devices = dict.fromkeys(row[3] for row in kept)
    told = [[row[0] for row in kept if row[3] == device] for device in devices]
    written = [[key.replace("-", "") for key in phone] for phone in storm.remarks]
    assert sorted(told) == sorted(written)
    assert all(_times_rise([row for row in kept if row[3] == device]) for device in devices)
    photos = {key.replace("-", ""): remark.replace("-", "") for key, remark in storm.photos.items()}
    assert dict(rows(storm.server.home, PHOTOS_KEPT)) == photos
    assert rows(storm.server.home, "SELECT COUNT(*) FROM records_secondversion") == [(0,)]
    assert len(photos) == PHOTOS


def _times_rise(of_a_device: list[tuple]) -> bool:
    """At each encounter no remark is dated before one that the device counted earlier."""
    visits = {row[2] for row in of_a_device}
    times = [[row[5] for row in of_a_device if row[2] == visit] for visit in visits]
    return all(one == sorted(one) for one in times)
