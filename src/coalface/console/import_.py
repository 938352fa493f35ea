"""`coalface import`: read a file of feedback by a map; the second reading changes nothing."""

import sys
from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path

HELP = "Read a file: coalface import feedback complaints.csv.gz --map map.toml"


def arguments(parser: ArgumentParser) -> None:
    """What, from where, by which map."""
    parser.add_argument("what", choices=["feedback"], help="what the file holds")
    parser.add_argument("file", type=Path, help="the file; .gz is unpacked while reading")
    parser.add_argument(
        "--map", type=Path, required=True, help="which column means what; see docs/using/import.md"
    )
    parser.add_argument(
        "--as", dest="email", default="", help="who brings it in (an address in the directory)"
    )


def run(options: Namespace) -> int:
    """Read the file with a progress bar, and count what became of its lines."""
    from django.utils import timezone
    from tqdm import tqdm

    from coalface.console.prepare import prepare
    from coalface.importers.feedback import CannotRead, read_feedback, read_map
    from coalface.records.models import Person

    prepare()
    by = Person.objects.filter(email__iexact=options.email).first() if options.email else None
    try:
        with tqdm(unit="B", unit_scale=True, desc=options.file.name, disable=None) as bar:
            done = read_feedback(
                path=options.file,
                map=read_map(options.map),
                by=by,
                now=timezone.now(),
                progress=partial(_show, bar),
            )
    except (CannotRead, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped. Nothing is lost: the same command goes on where it stood.", file=sys.stderr)
        return 130
    print(f"{done.taken_in:,} taken in, {done.already_there:,} already there, {done.refused:,} refused.")
    for row in done.refused_rows.all()[:20]:
        print(f"  {row}")
    return 0


def _show(bar, progress) -> None:
    """Move the bar; the first word of a run that was stopped says where it goes on."""
    if bar.total is None and progress.line:
        print(f"Going on after line {progress.line:,} of a reading that was stopped.", file=sys.stderr)
    bar.total = progress.bytes_total
    bar.set_postfix_str(f"line {progress.line:,}", refresh=False)
    bar.update(progress.bytes_read - bar.n)
