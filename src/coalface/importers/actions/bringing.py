"""A whole file in one go, from where it lies: for a console, whose caller has it at hand again."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coalface.records.models import ImportRun, Person

from ..mapping import Mapping as Meaning
from ..progress import Progress, nobody
from ..reading import How
from .beginning import approve, begin_where_it_lies, mend
from .carrying import carry_on
from .trial import tried_out


def bring_in(
    *,
    kind: str,
    path: Path,
    by: Person | None,
    now: datetime,
    reading: How | None = None,
    mapping: Meaning | None = None,
    changes: bool = False,
    mending: bool = False,
    trying: Callable[[Progress], object] = nobody,
    progress: Callable[[Progress], object] = nobody,
) -> ImportRun:
    """Try the file out, then take in what is good; the same call again goes on where it was stopped.

    A file that cannot be read to its end takes nothing in, unless `mending` asks for what is whole.
    """
    run = begin_where_it_lies(
        kind=kind, path=path, name=path.name, by=by, now=now, reading=reading, mapping=mapping
    )
    if not run.approved_at:
        run, broken = tried_out(run=run, now=now, path=path, progress=trying)
        if broken and not mending:
            raise broken
        if mending:
            mend(run=run, by=by, now=now)
        run = approve(run=run, by=by, now=now, changes=changes)
    return carry_on(run=run, now=now, path=path, progress=progress)


def try_where_it_lies(
    *,
    kind: str,
    path: Path,
    by: Person | None,
    now: datetime,
    reading: How | None = None,
    mapping: Meaning | None = None,
    progress: Callable[[Progress], object] = nobody,
) -> ImportRun:
    """Say what would become of a file, and take nothing in; a broken one counts up to where it breaks."""
    run = begin_where_it_lies(
        kind=kind, path=path, name=path.name, by=by, now=now, reading=reading, mapping=mapping
    )
    return tried_out(run=run, now=now, path=path, progress=progress)[0]
