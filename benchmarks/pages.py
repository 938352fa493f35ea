"""What our list pages cost beside a bare Django view of the same rows, and what a first visit weighs."""

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

Costs = dict[str, tuple[list[float], list[float]]]

BAR_TIMES, BAR_BYTES = 3.0, 100_000
FEW, MANY, ROUNDS = 3, 50, 15


def settle_in(home: Path) -> None:
    """A new installation of its own, on SQLite, with the peers' addresses beside ours."""
    os.environ |= {"COALFACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "coalface.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "benchmarks.bare"

    from coalface.console.prepare import prepare

    prepare()


def queries_of(client, address: str) -> int:
    """How often a page asks the database, the second time."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def cost_of(client, address: str) -> float:
    """CPU-milliseconds of one request, answered in this process."""
    began = time.process_time()
    response = client.get(address)
    spent = time.process_time() - began
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return spent * 1000


def list_pages() -> bool:
    """Fill the house and look at every list page beside its peer; whether all bars are met."""
    from django.test import Client
    from django.utils import timezone

    from benchmarks.bare import PEERS
    from tests.journeys.rows import add_rows, addresses, house
    from tests.people import lindner

    ours = house(lindner(), timezone.now() - timedelta(hours=8))
    add_rows(ours, 0, FEW)
    client = Client(SERVER_NAME="localhost")
    client.force_login(ours.reader.account)
    pages = addresses(ours)
    few = {peer.page: queries_of(client, pages[peer.page]) for peer in PEERS}
    add_rows(ours, FEW, MANY)
    many = {peer.page: queries_of(client, pages[peer.page]) for peer in PEERS}
    costs = {peer.page: ([], []) for peer in PEERS}
    for _ in range(ROUNDS):
        for page, (mine, peers) in costs.items():
            mine.append(cost_of(client, pages[page]))
            peers.append(cost_of(client, f"/bare/{page}/"))
    return report(few, many, costs)


def report(few: dict[str, int], many: dict[str, int], costs: Costs) -> bool:
    """The table; of each page its best round counts, as the others were disturbed by other work."""
    print(f"\n{MANY} rows: queries, and CPU beside a bare view of the same rows (best of {ROUNDS} rounds)\n")
    print(f"{'page':22}{'queries':>10}{'at 50':>7}{'ours ms':>10}{'bare ms':>10}{'times':>8}")
    good = True
    for page, (mine, peers) in costs.items():
        times = min(mine) / min(peers)
        met = times <= BAR_TIMES and many[page] <= few[page]
        good = good and met
        figures = f"{few[page]:>10}{many[page]:>7}{min(mine):>10.1f}{min(peers):>10.1f}{times:>8.2f}"
        print(f"{page:22}{figures}{'' if met else '  MISSED'}")
    print(f"\nBars: at 50 rows no more queries than at 3; at most {BAR_TIMES} times the CPU.")
    return good


@contextmanager
def served(home: Path) -> Iterator[str]:
    """This home, served as `coalface serve` does."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"COALFACE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "coalface.settings"}
    server = subprocess.Popen([sys.executable, "-m", "coalface", "serve", "--port", str(port)], env=env)
    site = f"http://localhost:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{site}/accounts/login/").close()
                break
            except urllib.error.URLError:
                time.sleep(0.5)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)


def fetched(address: str, cookie: str) -> tuple[int, str, str]:
    """How much comes over the wire for an address, in which encoding, and what it says."""
    headers = {"Accept-Encoding": "gzip, br", "Cookie": cookie}
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        body, encoding = answer.read(), answer.headers.get("Content-Encoding", "as it is")
    if encoding == "gzip":
        import gzip

        return len(body), encoding, gzip.decompress(body).decode(errors="replace")
    return len(body), encoding, body.decode(errors="replace")


def first_load(home: Path) -> bool:
    """Print what a browser fetches that sees My week for the first time; whether it stays under the bar."""
    from django.test import Client

    from coalface.records.models import Person

    client = Client(SERVER_NAME="localhost")
    client.force_login(Person.objects.get(name="Mina Aziz").account)
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    with served(home) as site:
        size, encoding, html = fetched(f"{site}/", cookie)
        rows = [("My week", size, encoding)]
        linked = re.findall(r'(?:href|src)="(/static/[^"]+)"', html)
        styles = ""
        for address in dict.fromkeys(linked):
            size, encoding, words = fetched(site + address, cookie)
            rows.append((address, size, encoding))
            styles += words if address.endswith(".css") else ""
    fonts = [row for row in rows if row[0].endswith(".woff2")]
    rest = [row for row in rows if row not in fonts]
    return weigh(rest, fonts)


def weigh(rest: list[tuple[str, int, str]], fonts: list[tuple[str, int, str]]) -> bool:
    """The table of what was fetched."""
    print("\nFirst load of My week, over the wire\n")
    for name, size, encoding in (*rest, *fonts):
        print(f"{name:62}{size:>9,}  {encoding}")
    total = sum(size for _, size, _ in rest)
    good = total <= BAR_BYTES
    print(f"\n{'together, fonts apart':62}{total:>9,}{'' if good else '  MISSED'}")
    print(f"{'fonts':62}{sum(size for _, size, _ in fonts):>9,}")
    print(f"Bar: at most {BAR_BYTES:,} bytes, fonts apart.")
    return good


def main() -> int:
    """Both tables; 1 where a bar is missed."""
    with tempfile.TemporaryDirectory(prefix="coalface-bench-") as folder:
        home = Path(folder)
        settle_in(home)
        quick = list_pages()
        light = first_load(home)
    return 0 if quick and light else 1


if __name__ == "__main__":
    sys.exit(main())
