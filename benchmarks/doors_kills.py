# ruff: noqa: E501 – what was measured is told in long lines
"""A thousand SIGKILLs while two real files come in and are taken back: nothing lost, nothing doubled."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from benchmarks.bars import Bar, measured

KILLS: Final = int(os.environ.get("COALFACE_BENCH_KILLS", "1000"))
FILES: Final = {"cfpb": "cfpb/complaints.csv.gz", "sf311": "sf311/cases.csv.gz"}
MAPS: Final = Path(__file__).parents[1] / "docs" / "using" / "maps"
INSIDE: Final = "inside"
LIFE: Final = (0.005, 0.4)


def real_data() -> Path | None:
    """The folder with the real files, if there is one."""
    named = os.environ.get("COALFACE_REAL_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    return folder if all((folder / name).is_file() for name in FILES.values()) else None


def bars() -> Iterable[Bar]:
    """Half of the kills on each database."""
    promised = "0 lost, 0 doubled, all resumable"
    if real_data() is None:
        name = "Kills while CFPB and SF 311 come in"
        yield Bar(name, "no data", promised, False, "set COALFACE_REAL_DATA")
        return
    url = 'DATABASE_URL="postgres://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/$PGDATABASE"'
    here = f"{sys.executable} -m benchmarks.doors_kills {INSIDE} {KILLS // 2}"
    commands = {
        "SQLite": here.split(),
        "PostgreSQL": ["pg_virtualenv", "-t", "sh", "-c", f"export {url}; exec {here}"],
    }
    for database, command in commands.items():
        with tempfile.TemporaryDirectory(prefix="coalface-bench-") as home:
            environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
            environment |= {"COALFACE_HOME": home, "DJANGO_SETTINGS_MODULE": "coalface.settings"}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        yield _bar(database, promised, done.stdout, done.stderr)


def _bar(database: str, promised: str, out: str, error: str) -> Bar:
    name = f"Kills while CFPB and SF 311 come in, {database}"
    said = measured(out)
    if said is None:
        return Bar(name, "no answer", promised, False, error[-300:])
    held = said["kills"] >= KILLS // 2 and said["lost"] == said["doubled"] == said["stuck"] == 0
    beside = (
        f"{said['kills']} kills, {said['carried']} files taken in whole and {said['undone']} taken back in spite "
        f"of them, {said['stuck']} stuck; {said['rows']:,} rows in the two files"
    )
    return Bar(name, f"{said['lost']} lost, {said['doubled']} doubled", promised, held, beside)


def survive(work: Callable[[], None], *, done: Callable[[], bool], chance: random.Random, most: int) -> int:
    """Let a child work and kill it at some moment, again and again until the work is done; how many died.

    At most so many are killed; the last one lives as long as it needs.
    """
    from django.db import connections

    killed = 0
    while not done():
        for connection in connections.all(initialized_only=True):
            connection.close()
            if getattr(connection, "close_pool", None):
                connection.close_pool()
        child = os.fork()
        if child == 0:
            _live(work)
        if killed < most:
            time.sleep(chance.uniform(*LIFE))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        if os.WIFEXITED(status) and os.WEXITSTATUS(status):
            raise RuntimeError(f"a child ended by itself with {os.WEXITSTATUS(status)}")
    return killed


def _live(work: Callable[[], None]) -> None:
    """The whole life of a child: it never returns into its parent's code."""
    status = 1
    try:
        work()
        status = 0
    finally:
        os._exit(status)


def measure(kills: int) -> None:
    """Both files in and out again, until so many died; what was found as JSON on the last line."""
    import django

    django.setup()
    from django.utils import timezone

    from coalface.console.prepare import prepare
    from coalface.people.actions import found_organisation

    prepare()
    now = timezone.now()
    found_organisation(name="Bench", key="bench", time_zone="UTC", now=now)
    said = {"kills": 0, "lost": 0, "doubled": 0, "stuck": 0, "carried": 0, "undone": 0, "rows": 0}
    chance = random.Random(4)
    began = time.monotonic()
    while said["kills"] < kills and time.monotonic() - began < 3_000:
        said["rows"] = 0
        for name in FILES:
            _one_file(name, said, chance, kills, now)
    print(json.dumps(said))


def _one_file(name: str, said: dict[str, int], chance: random.Random, kills: int, now: Any) -> None:
    from coalface.importers.actions import approve, begin, carry_on, choose, try_out, undo
    from coalface.importers.maps import read_map
    from coalface.records.models import Feedback, ImportRun, Verbatim

    path = real_data() / FILES[name]
    how, meaning = read_map(MAPS / f"{name}.toml", kind="feedback")
    with path.open("rb") as file:
        run = begin(kind="feedback", file=file, name=path.name, by=None, now=now)
    run = choose(run=run, mapping=meaning.as_json(), reading=how, by=None, now=now)
    run = try_out(run=run, now=now)
    rows, pk = run.rows - run.refused, run.pk
    approve(run=run, by=None, now=now)

    def fresh() -> ImportRun:
        return ImportRun.objects.get(pk=pk)

    left = kills - said["kills"]
    said["kills"] += survive(
        lambda: carry_on(run=fresh(), now=now),
        done=lambda: fresh().ended_at is not None,
        chance=chance,
        most=left,
    )
    ids = list(Feedback.objects.filter(source=name).values_list("source_id", flat=True))
    said["lost"] += rows - len(set(ids))
    said["doubled"] += len(ids) - len(set(ids)) + abs(fresh().taken_in - rows)
    said["stuck"] += bool(fresh().failure)
    said["carried"] += 1
    said["rows"] += rows
    left = kills - said["kills"]
    said["kills"] += survive(
        lambda: undo(run=fresh(), by=None, now=now),
        done=lambda: fresh().undone_at is not None,
        chance=chance,
        most=left,
    )
    said["doubled"] += Feedback.objects.count() + Verbatim.objects.count()
    said["undone"] += 1


if __name__ == "__main__":
    if sys.argv[1:2] == [INSIDE]:
        measure(int(sys.argv[2]))
    else:
        for bar in bars():
            print(bar)
