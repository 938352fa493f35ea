"""The door for operators: `coalface <command>`, one file a command."""

import argparse
import importlib
import os
import pkgutil
import sys
from pathlib import Path


def commands() -> list[str]:
    """The names of all commands; `import_` is written with its underscore because Python keeps the word."""
    return sorted(module.name.rstrip("_") for module in pkgutil.iter_modules(__path__))


def parser() -> argparse.ArgumentParser:
    """The command line, put together from what each command's file says."""
    whole = argparse.ArgumentParser(
        prog="coalface", description="Meets customers, and follows what they said."
    )
    choices = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in commands():
        module = _module(name)
        module.arguments(choices.add_parser(name, help=module.HELP, description=module.HELP))
    return whole


def main(arguments: list[str] | None = None) -> None:
    """Run one command; some choose another home before anything is read from it."""
    options = parser().parse_args(arguments)
    command = _module(options.command)
    if hasattr(command, "home"):
        os.environ.setdefault("COALFACE_HOME", command.home(options))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalface.settings")
    import django

    django.setup()
    sys.exit(command.run(options))


def _module(name: str):
    file = name if (Path(__file__).parent / f"{name}.py").exists() else f"{name}_"
    return importlib.import_module(f"coalface.console.{file}")
