"""`coalface import`: a file of anything comes in; the second reading changes nothing."""

import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

HELP = "Bring in a file: coalface import customers list.csv, or undo it: coalface import --undo 7"
KINDS = ("feedback", "customers", "people", "purchases", "figures", "exposures", "referrals", "departures")

NO_TEXT = {".xlsx", ".xls", ".ods", ".parquet", ".json", ".jsonl", ".ndjson"}


def arguments(parser: ArgumentParser) -> None:
    """What, from where, by which map."""
    parser.add_argument("what", nargs="?", choices=KINDS, help="what the file holds")
    parser.add_argument("file", nargs="?", type=Path, help="the file; .gz is unpacked while reading")
    parser.add_argument("--map", type=Path, help="which column means what; see docs/using/import.md")
    parser.add_argument("--source", default="", help="a short name of the system the file comes from")
    parser.add_argument("--try", dest="only_try", action="store_true", help="say what would happen, and stop")
    parser.add_argument(
        "--mend", action="store_true", help="take all proposals, and what is whole of a broken file"
    )
    parser.add_argument("--changes", action="store_true", help="take over what differs from what is there")
    parser.add_argument("--undo", type=int, metavar="RUN", help="take back what a run brought in")
    parser.add_argument(
        "--as", dest="email", default="", help="who brings it in (an address in the directory)"
    )


def run(options: Namespace) -> int:
    """0 when all rows are in, 1 when some were refused, 2 when the file cannot be used, 130 when stopped."""
    from coalface.console.prepare import prepare
    from coalface.importers.reading import CannotRead

    if not options.undo and not (options.what and options.file):
        print("Say what the file holds, and where it is: coalface import customers list.csv", file=sys.stderr)
        return 2
    prepare()
    try:
        return _undo(options) if options.undo else _bring_in(options)
    except (CannotRead, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Nothing is lost: the same command goes on where it stood.", file=sys.stderr)
        return 130


def _by(options: Namespace):
    from coalface.records.models import Person

    return Person.objects.filter(email__iexact=options.email).first() if options.email else None


def _bring_in(options: Namespace) -> int:
    from django.utils import timezone
    from tqdm import tqdm

    from coalface.importers.actions import bring_in, try_where_it_lies

    how, meaning = _mapping(options)
    given = {"kind": options.what, "path": options.file, "by": _by(options), "now": timezone.now()}
    given |= {"reading": how, "mapping": meaning}
    with tqdm(unit="B", unit_scale=True, desc=options.file.name, disable=None) as bar:
        show = partial(_show, bar)
        if options.only_try:
            done = try_where_it_lies(**given, progress=show)
        else:
            more = {"changes": options.changes, "mending": options.mend}
            done = bring_in(**given, **more, trying=show, progress=show)
    return _say(done, tried=options.only_try)


def _mapping(options: Namespace):
    """How the file is written and what its columns mean, as somebody wrote it down or as it is recognised."""
    from dataclasses import replace

    from coalface.importers.maps import read_map, recognised_map
    from coalface.importers.reading import guessed

    if options.map:
        how, meaning = read_map(options.map, kind=options.what)
        if options.file.suffix.lower() in NO_TEXT:
            how = guessed(options.file, name=options.file.name)
    else:
        how, meaning = recognised_map(options.file, kind=options.what)
        for name, column in meaning.columns.items():
            print(f"  {name} = “{column}”", file=sys.stderr)
    return how, replace(meaning, source=options.source or meaning.source)


def _say(done, *, tried: bool) -> int:
    from coalface.importers.queries import reasons

    would = "would be " if tried else ""
    changed = f", {done.changed:,} {would}changed" if done.changed else ""
    print(
        f"{done.taken_in:,} {would}taken in{changed}, {done.already_there:,} already there, "
        f"{done.refused:,} refused."
    )
    for each in reasons(done):
        mending = f"; --mend would do {each.mending}" if each.mending and not each.mended else ""
        print(f"  {each.rows:,} × {each.column or 'the row'}: {each.reason}{mending}")
    for row in done.refused_rows.all()[:20]:
        print(f"  {row}")
    if done.failure:
        print(f"The file ended too early ({done.failure}): what stands before line {done.line:,} counts.")
    if not tried:
        print(f"Run {done.pk}: coalface import --undo {done.pk} takes it back.")
    return 1 if done.refused or done.failure else 0


def _undo(options: Namespace) -> int:
    from django.utils import timezone

    from coalface.importers.actions import NothingToUndo, undo
    from coalface.importers.queries import kept
    from coalface.records.models import ImportRun

    run = ImportRun.objects.filter(pk=options.undo).first()
    try:
        if run is None:
            raise NothingToUndo(options.undo)
        undo(run=run, by=_by(options), now=timezone.now())
    except NothingToUndo:
        print(f"There is nothing of run {options.undo} to take back.", file=sys.stderr)
        return 2
    print(f"Run {options.undo} is taken back.")
    for noun, why, count in kept(run):
        print(f"  {count:,} × {noun} stays: {why}")
    return 0


def _show(bar, progress) -> None:
    """Move the bar; the first word of a run that was stopped says where it goes on."""
    if bar.total is None and progress.line and progress.taken_in + progress.already_there:
        print(f"Going on after line {progress.line:,} of a reading that was stopped.", file=sys.stderr)
    bar.total = progress.bytes_total
    bar.set_postfix_str(f"line {progress.line:,}", refresh=False)
    bar.update(progress.bytes_read - bar.n)
