"""`coalface import`: read a file of feedback by a map; the second reading changes nothing."""

import sys
from argparse import ArgumentParser, Namespace
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
        feedback_map = read_map(options.map)
        with tqdm(unit="B", unit_scale=True, desc=options.file.name, disable=not sys.stderr.isatty()) as bar:

            def show(progress) -> None:
                bar.total = progress.bytes_total
                bar.update(progress.bytes_read - bar.n)

            done = read_feedback(
                path=options.file, map=feedback_map, by=by, now=timezone.now(), progress=show
            )
    except (CannotRead, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(f"{done.taken_in:,} taken in, {done.already_there:,} already there, {done.refused:,} refused.")
    for row in done.refused_rows.all()[:20]:
        print(f"  {row}")
    return 0
