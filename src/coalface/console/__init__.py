"""The door for operators: `coalface <command>`, one file a command."""

import os
import sys


def main() -> None:
    """Run one of the commands."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalface.settings")
    from coalface.console.commands import run

    sys.exit(run(sys.argv[1:]))
