"""`coalface demo`: build an invented company once, print how it stands, and serve it."""

import shutil
import time
from argparse import ArgumentParser, Namespace

HELP = "Build the invented bank (or, with --small, the bicycle shop) once, then serve it on localhost."


def arguments(parser: ArgumentParser) -> None:
    """Which company, and whether to serve it."""
    parser.add_argument("--small", action="store_true", help="the bicycle shop of twelve instead of the bank")
    parser.add_argument("--fresh", action="store_true", help="throw the demo away and build it again")
    parser.add_argument("--port", type=int, default=8000, help="the port to serve on (8000)")
    parser.add_argument("--no-serve", action="store_true", help="build and print only")


def home(options: Namespace) -> str:
    """Demos live in homes of their own, so that they never mix with an organisation's data."""
    return "var/demo-shop" if options.small else "var/demo-bank"


def run(options: Namespace) -> int:
    """Build if need be, say how the company stands, serve until Ctrl-C."""
    from coalface.console import serve, summary

    if options.fresh:
        _throw_away()
    if not _built():
        _build(options.small)
    summary.run(Namespace(email="", json=False))
    if options.no_serve:
        return 0
    _greet(options)
    return serve.serve("127.0.0.1", options.port)


def _throw_away() -> None:
    from django.conf import settings
    from django.db import connection

    if settings.HOME.name not in {"demo-bank", "demo-shop"} or connection.vendor != "sqlite":
        raise SystemExit("--fresh throws away only the demo's own home; empty this one yourself.")
    connection.close()
    shutil.rmtree(settings.HOME, ignore_errors=True)
    settings.HOME.mkdir(parents=True)


def _built() -> bool:
    """Whether the story was told to its end; half a story is thrown away, other data is left alone."""
    from coalface.console.prepare import prepare
    from coalface.records.models import Event, Unit

    prepare()
    if Event.objects.filter(kind="demo.built").exists():
        return True
    if Unit.objects.exists():
        _throw_away()
        prepare()
    return False


def _build(small: bool) -> None:
    from django.utils import timezone
    from tqdm import tqdm

    from coalface.demo.actions import build_bank, build_shop

    today = timezone.localdate()
    began = time.process_time()
    if small:
        build_shop(until=today)
    else:
        with tqdm(desc="A year at Three Valleys Bank", unit="day", disable=None) as bar:

            def told(day: int, days: int) -> None:
                bar.total = days + 1
                bar.update()

            build_bank(until=today, told=told)
    print(f"Built in {time.process_time() - began:.0f} CPU-seconds.\n")


def _greet(options: Namespace) -> None:
    from coalface.demo.actions.bank_people import PASSWORD, address
    from coalface.demo.actions.passes import PIN
    from coalface.demo.actions.shop import OWNER_ADDRESS

    who = (
        [OWNER_ADDRESS]
        if options.small
        else [
            f"{address(name):<42} {what}"
            for name, what in (
                ("Verena Amsler", "leads the bank"),
                ("Mirjam Kofler", "runs the programme"),
                ("Konrad Bellmann", "meets customers often – which ones?"),
                ("Sofia Marques", "serves at a counter"),
                ("Andrea Frey", "administers"),
            )
        ]
    )
    print(f"\nOpen http://localhost:{options.port} and sign in with the password “{PASSWORD}” as\n")
    print("\n".join(f"  {line}" for line in who))
    code = "1207" if options.small else "2401"
    print(f"\nor, without an e-mail address, with the staff code {code} and the PIN {PIN}.")
    print("\nCtrl-C ends it. The second start takes seconds.\n", flush=True)
