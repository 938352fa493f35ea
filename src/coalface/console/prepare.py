"""`coalface prepare`: bring the database and the static files up to date; harmless when they are."""

from argparse import ArgumentParser, Namespace

HELP = "Bring the database and the static files of this home up to date."


def arguments(parser: ArgumentParser) -> None:
    """None are needed."""


def run(options: Namespace) -> int:
    """Prepare this home and say where it is."""
    from django.conf import settings

    prepare()
    print(f"Ready in {settings.HOME}.")
    return 0


def prepare() -> None:
    """Tables, cache table and static files, as the installed version wants them."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
