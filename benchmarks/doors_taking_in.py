# ruff: noqa: E501, SIM905 – words and what was measured are told in long lines
"""How fast a file of feedback comes in: with events and what follows from them, beside a bare COPY or executemany."""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from benchmarks.bars import Bar, measured

ROWS: Final = int(os.environ.get("COALFACE_BENCH_ROWS", "40000"))
PROMISED: Final = {"PostgreSQL": 3_000, "SQLite": 1_500}
ISSUES: Final = 20
WORDS: Final = (
    "the queue was long and nobody came to the counter although three people stood behind it my card did not "
    "work in the shop and the call centre could not say why it took two weeks until somebody answered my letter "
    "the form asked again for what you know already the fee on the statement was never explained to me the app "
    "logs me out whenever I change the page delivery came on another day than promised thank you for your help"
).split()
INSIDE: Final = "inside"


def bars() -> Iterable[Bar]:
    """PostgreSQL on a cluster of its own, SQLite in a home of its own."""
    postgres = ["pg_virtualenv", "-t", "sh", "-c"]
    url = 'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"'
    here = f"{sys.executable} -m benchmarks.doors_taking_in {INSIDE}"
    yield _bar("PostgreSQL", [*postgres, f"{url} exec {here}"])
    yield _bar("SQLite", here.split())


def _bar(database: str, command: list[str]) -> Bar:
    with tempfile.TemporaryDirectory(prefix="coalface-bench-") as home:
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"COALFACE_HOME": home, "DJANGO_SETTINGS_MODULE": "coalface.settings"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = measured(done.stdout)
    if said is None:
        return Bar(
            f"Feedback into {database}",
            "no answer",
            f">= {PROMISED[database]:,}/s",
            False,
            done.stderr[-300:],
        )
    rate, bare = said["rows"] / said["seconds"], said["rows"] / said["bare"]
    beside = (
        f"bare {said['peer']} {bare:,.0f}/s, {bare / rate:.1f} times ours; taking in alone "
        f"{said['rows'] / said['carrying']:,.0f}/s, sorting alone {said['rows'] / said['sorting']:,.0f}/s; "
        f"trial {said['rows'] / said['trying']:,.0f}/s; {said['mentions']:,} mentions, {said['consequences']:,} consequences"
    )
    return Bar(
        f"Feedback into {database}, {said['rows']:,} rows, events and consequences",
        f"{rate:,.0f} rows/s",
        f">= {PROMISED[database]:,}/s",
        rate >= PROMISED[database],
        beside,
    )


def written(path: Path) -> Path:
    """A file of feedback: words of thirty or so, a label, a score, a place, a customer."""
    chance = random.Random(4)
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "received_at", "kind", "text", "topic", "nps", "unit"])
        for number in range(ROWS):
            words = " ".join(chance.choices(WORDS, k=chance.randint(8, 50)))
            moment = f"2025-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:15:00+00:00"
            topic = chance.choice(["", "card", "fees", "branch"])
            out.writerow(
                [
                    f"N-{number}",
                    moment,
                    "complaint",
                    words,
                    topic,
                    chance.randint(0, 10),
                    chance.choice(["north", "south"]),
                ]
            )
    return path


def settled() -> None:
    """An organisation with two units and twenty issues with their words."""
    from django.utils import timezone

    from coalface.console.prepare import prepare
    from coalface.people.actions import add_unit, found_organisation
    from coalface.understand.actions import confirm_issue, propose_issue, set_route

    prepare()
    now = timezone.now()
    root = found_organisation(name="Bench", key="bench", time_zone="UTC", now=now)
    for key in ("north", "south"):
        add_unit(key=key, name=key.title(), kind="site", parent=root, by=None, now=now)
    for number in range(ISSUES):
        issue = propose_issue(title=f"Issue {number}", kind="service", by=None, now=now)
        confirm_issue(issue=issue, by=None, now=now)
        phrases = [f"{WORDS[number * 3]} {WORDS[number * 3 + 1]}", f"{WORDS[number * 3 + 2]} word{number}"]
        topics = ["fees"] if number == 0 else []
        set_route(issue=issue, phrases=phrases, topics=topics, by=None, now=now)


def measure() -> None:
    """Everything in this process, one after the other; what was measured as JSON on the last line."""
    import django

    django.setup()
    from django.db import connection
    from django.utils import timezone

    from coalface.importers.actions import approve, carry_on, try_where_it_lies
    from coalface.records.models import Consequence, Mention
    from coalface.worker.actions import drain

    settled()
    with tempfile.TemporaryDirectory(prefix="coalface-bench-") as folder:
        path = written(Path(folder) / "feedback.csv")
        bare, peer = _bare(path, connection)
        now = timezone.now()
        drain(now=now)
        began = time.perf_counter()
        run = try_where_it_lies(kind="feedback", path=path, by=None, now=now)
        tried = time.perf_counter()
        run = approve(run=run, by=None, now=now)
        run = carry_on(run=run, now=now, path=path)
        carried = time.perf_counter()
        drain(now=timezone.now())
        sorted_at = time.perf_counter()
    print("cpu", time.process_time(), file=sys.stderr)
    assert (run.taken_in, run.refused) == (ROWS, 0), (run.taken_in, run.refused)
    said = {
        "rows": ROWS, "bare": bare, "peer": peer, "trying": tried - began, "carrying": carried - tried,
        "sorting": sorted_at - carried, "seconds": sorted_at - tried, "mentions": Mention.objects.count(),
        "consequences": Consequence.objects.filter(done_at__isnull=False).count(),
    }  # fmt: skip
    print(json.dumps(said))


def _bare(path: Path, connection) -> tuple[float, str]:
    """The same rows into a table without anything: COPY, or executemany in thousands."""
    columns = "id text, received_at text, kind text, words text, topic text, nps text, unit text"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bare ({columns})")
        began = time.perf_counter()
        with path.open(newline="", encoding="utf-8") as file:
            rows = csv.reader(file)
            next(rows)
            if connection.vendor == "postgresql":
                with cursor.copy("COPY bare FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
                peer = "COPY"
            else:
                cursor.executemany("INSERT INTO bare VALUES (%s, %s, %s, %s, %s, %s, %s)", list(rows))
                peer = "executemany"
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE bare")
    return took, peer


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        measure()
    else:
        for bar in bars():
            print(bar)
