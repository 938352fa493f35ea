"""Say it, the public form, under load: nothing is lost, everybody is answered quickly, and a flood is cut."""

import gzip
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uuid_utils.compat as uuid

from benchmarks.bars import Bar

SECONDS, CONNECTIONS, PLACES = 20, 16, 200
LET_IN = 30  # the policy say_calm_per_address
SCRIPT = Path(__file__).with_name("say.lua")
BAR_RATE, BAR_P99, BAR_BYTES = 100, 500, 50_000
INSTALL = "Saying it under load needs: apt-get install wrk postgresql postgresql-common"
BARE = "a bare view that writes one row"


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk saw: how many were taken (2xx, 3xx), sent away (429) or went wrong; milliseconds; seconds."""

    taken: int
    cut: int
    other: int
    p50: float
    p99: float
    seconds: float


def bars() -> Iterable[Bar]:
    """Weigh the pages, then load the form as a small server in production would be loaded."""
    if not (shutil.which("wrk") and shutil.which("pg_virtualenv")):
        raise SystemExit(INSTALL)
    # a server of its own that is thrown away, with the durability of a real one
    command = ["pg_virtualenv", "-t", sys.executable, "-m", "benchmarks.doors_say"]
    ran = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    for line in ran.stdout.splitlines():
        if line.startswith("BAR\t"):
            name, measured, promised, held, beside = line.split("\t")[1:]
            yield Bar(name, measured, promised, held == "True", beside)


def measure(home: Path) -> Iterator[Bar]:
    """Every promise of the public pages; the flood last, as it fills the counts."""
    settle_in(home)
    furnish()
    with served() as site:
        page, bytes_of_it = max(weigh(site).items(), key=lambda one: one[1])
        held = bytes_of_it <= BAR_BYTES
        yield Bar(
            "bytes of the heaviest public page, all told", f"{bytes_of_it}", f"≤ {BAR_BYTES}", held, page
        )
        bare = wrk(site, "/bare/say/", places=0, many=True)
        before = rows_at_rest()
        said = wrk(site, "/c/say/", places=PLACES, many=True)
        written, rate = rows_at_rest() - before, said.taken / said.seconds
        beside = f"{BARE}: {bare.taken / bare.seconds:.0f}, {bare.p99:.0f} ms"
        yield Bar("submissions per second", f"{rate:.0f}", f"≥ {BAR_RATE}", rate >= BAR_RATE, beside)
        yield Bar("p99 of a submission", f"{said.p99:.0f} ms", f"< {BAR_P99} ms", said.p99 < BAR_P99)
        # wrk hangs up when its time is over: what was being answered then is written, and counted by nobody
        held = 0 <= written - said.taken <= CONNECTIONS and not (said.other or said.cut)
        yield Bar("answered and not written", f"{max(said.taken - written, 0)} of {said.taken}", "0", held)
        before = rows_at_rest()
        flood = wrk(site, "/c/say/", places=PLACES, many=False)
        let_in, sent = rows_at_rest() - before, flood.taken + flood.cut
        held = let_in <= LET_IN and flood.cut > 0 and not flood.other
        yield Bar("let in of a flood from one address", f"{let_in} of {sent}", f"≤ {LET_IN}", held)


def settle_in(home: Path) -> None:
    """A new installation on the PostgreSQL server that pg_virtualenv started for us."""
    given = {name: os.environ[f"PG{name}"] for name in ("USER", "PASSWORD", "HOST", "PORT", "DATABASE")}
    os.environ |= {
        "COALFACE_HOME": str(home),
        "DATABASE_URL": "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{DATABASE}".format(**given),
        "COALFACE_HOSTS": "127.0.0.1",
        "COALFACE_TRUSTED_PROXIES": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "coalface.settings",
    }
    import django

    django.setup()
    from coalface.console.prepare import prepare

    prepare()


def furnish() -> None:
    """Lindner & Co with posters at many tables."""
    from django.utils import timezone

    from coalface.hear.actions import open_place
    from tests.people import lindner

    cast, now = lindner(), timezone.now()
    for number in range(PLACES):
        open_place(unit=cast.north, name=f"Table {number}", by=None, now=now, code=f"p{number:05}")


def rows() -> int:
    """How much was said in public."""
    from coalface.records.models import Receipt

    return Receipt.objects.filter(feedback__verbatim__isnull=False).count()


def rows_at_rest() -> int:
    """The same, once what wrk left behind unanswered has been written too."""
    count = -1
    while count != (count := rows()):
        time.sleep(2)
    return count


@contextmanager
def served() -> Iterator[str]:
    """Granian and the worker, started as `coalface serve` starts them."""
    from coalface.console.serve import _granian

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served_by = [*_granian(), "--port", str(port), "benchmarks.say_bare:application"]
    work = [sys.executable, "-m", "coalface", "work"]
    children = [subprocess.Popen(command, start_new_session=True) for command in (served_by, work)]
    site = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{site}/c/say/")
        yield site
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait(timeout=30)


def wait_for(address: str) -> None:
    """Until it answers."""
    for _ in range(240):
        try:
            urllib.request.urlopen(address).close()
        except urllib.error.URLError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{address} does not answer")


def wrk(site: str, path: str, *, places: int, many: bool) -> Load:
    """Send for a while from a few connections."""
    env = os.environ | {"SAY_PATH": path, "SAY_PLACES": str(places), "SAY_MANY": "yes" if many else "no"}
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "10s", "-s", str(SCRIPT), site]
    ran = subprocess.run(command, env=env, stdout=subprocess.PIPE, text=True, check=True)
    numbers = re.search(r"^RESULT (.*)$", ran.stdout, re.MULTILINE)[1].split()
    return Load(*(int(one) for one in numbers[:3]), *(float(one) for one in numbers[3:]))


def weigh(site: str) -> dict[str, int]:
    """Bytes over the wire of each public page with every style, script and picture it names."""
    said = {"id": str(uuid.uuid7()), "kind": "compliment", "text": "So kind, all of you."}
    pages = {page: fetched(site + page) for page in ("/c/say/", "/c/say/p00000/", "/c/say/p00000/kiosk/")}
    pages |= {
        page: fetched(site + page) for page in ("/c/say/look/", "/c/better/x/", "/c/heard/x/", "/c/ask/x/")
    }
    pages["a receipt"] = fetched(f"{site}/c/say/", said)
    number, secret = re.findall(r'<dd translate="no">([^<]+)</dd>', pages["a receipt"][1])
    pages["what became of it"] = fetched(f"{site}/c/say/look/", {"number": number, "secret": secret})
    parts = re.compile(r'(?:href|src|data-worker)="(/static/[^"]+)"')
    return {
        page: size + sum(fetched(site + one)[0] for one in dict.fromkeys(parts.findall(html)))
        for page, (size, html) in pages.items()
    }


def fetched(address: str, said: dict[str, str] | None = None) -> tuple[int, str]:
    """How many bytes an answer has on the wire, head and all, and what it says."""
    body = urllib.parse.urlencode(said).encode() if said else None
    request = urllib.request.Request(address, body, {"Accept-Encoding": "gzip"})
    try:
        answer = urllib.request.urlopen(request)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        content, head = answer.read(), len(str(answer.headers))
        packed = answer.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(content) if packed else content).decode("utf-8", "replace")
    return head + len(content), text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for bar in measure(Path(folder)):
            print("BAR", bar.name, bar.measured, bar.promised, bar.held, bar.beside, sep="\t")
