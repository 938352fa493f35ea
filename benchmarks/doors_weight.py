# ruff: noqa: E501 – what was measured is told in long lines
"""How much memory a file of five gigabytes needs: looked through, tried out and taken in as a stream."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from benchmarks.bars import Bar, measured

GIGABYTES: Final = float(os.environ.get("COALFACE_BENCH_GIGABYTES", "5"))
PROMISED_MB: Final = 300
LETTER: Final = 90_000  # characters of one row; near the longest that is taken in
INSIDE: Final = "inside"


def bars() -> Iterable[Bar]:
    """In a process of its own, whose peak counts from its first byte, Django and the database included."""
    with tempfile.TemporaryDirectory(prefix="coalface-bench-") as home:
        environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        environment |= {"COALFACE_HOME": home, "DJANGO_SETTINGS_MODULE": "coalface.settings"}
        command = [sys.executable, "-m", "benchmarks.doors_weight", INSIDE]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    said = measured(done.stdout)
    if said is None:
        yield Bar("Memory for a large file", "no answer", f"<= {PROMISED_MB} MB", False, done.stderr[-300:])
        return
    peak = max(said["trial_mb"], said["taken_in_mb"])
    beside = (
        f"bare Python with Django {said['bare_mb']:.0f} MB; trial {said['trial_mb']:.0f} MB in {said['trial_seconds']:.0f} s "
        f"(columns looked through, then every row), taking in {said['taken_in_mb']:.0f} MB in {said['seconds']:.0f} s; "
        f"{said['rows']:,} rows of {LETTER:,} letters, {said['refused']:,} of them refused as too long so that the disk "
        f"holds what goes in; plain CSV on the disk"
    )
    yield Bar(
        f"Memory for a file of {said['bytes'] / 1e9:.1f} GB",
        f"{peak:.0f} MB at the peak",
        f"<= {PROMISED_MB} MB",
        peak <= PROMISED_MB and said["bytes"] >= 5e9,
        beside,
    )


def written(path: Path) -> int:
    """A file of letters; nine of ten are longer than what is taken in, so that the database stays small."""
    words = "Nobody at the counter could say why it took so long. " * (LETTER // 53 + 1)
    good, long = words[:2_000], words[:LETTER] + " " + words[:20_000]
    rows = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("id,received_at,kind,text\n")
        while file.tell() < GIGABYTES * 1e9 if rows % 100 == 0 else True:
            file.write(f'L-{rows},2025-03-01T10:00:00+00:00,complaint,"{good if rows % 10 == 0 else long}"\n')
            rows += 1
    return rows


def measure() -> None:
    """Trial and taking in, one after the other; what was measured as JSON on the last line."""
    import django

    django.setup()
    from django.utils import timezone

    from coalface.console.prepare import prepare
    from coalface.importers.actions import approve, carry_on, try_where_it_lies
    from coalface.people.actions import found_organisation

    prepare()
    now = timezone.now()
    found_organisation(name="Bench", key="bench", time_zone="UTC", now=now)
    bare = _peak()
    path = Path(os.environ["COALFACE_HOME"]) / "letters.csv"
    written(path)
    began = time.monotonic()
    run = try_where_it_lies(kind="feedback", path=path, by=None, now=now)
    tried, trial = time.monotonic(), _peak()
    run = carry_on(run=approve(run=run, by=None, now=now), now=now, path=path)
    said = {
        "bytes": path.stat().st_size, "bare_mb": bare, "trial_mb": trial, "taken_in_mb": _peak(),
        "trial_seconds": tried - began, "seconds": time.monotonic() - tried, "rows": run.rows, "refused": run.refused,
    }  # fmt: skip
    path.unlink()
    print(json.dumps(said))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        measure()
    else:
        for bar in bars():
            print(bar)
