"""`coalface user`: make the first administrator, or a sign-in for somebody in the directory."""

import getpass
import sys
from argparse import ArgumentParser, Namespace
from contextlib import suppress

HELP = "Make a sign-in; on an empty installation also the organisation and its first administrator."


def arguments(parser: ArgumentParser) -> None:
    """Who, and with which role."""
    parser.add_argument("email", help="the address to sign in with")
    parser.add_argument(
        "--name", default="", help="the person's name, if nobody in the directory has that address"
    )
    parser.add_argument(
        "--organisation", default="", help="the organisation's name, needed the first time only"
    )
    parser.add_argument(
        "--role", default="administrator", help="administrator (the default), leader, member …"
    )
    parser.add_argument(
        "--password-from-input", action="store_true", help="read the password from standard input"
    )


def run(options: Namespace) -> int:
    """Ask for a password twice, check it, and make the sign-in."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from coalface.console.prepare import prepare
    from coalface.people.actions import AlreadyHasAnAccount, EmailTaken

    prepare()
    password = sys.stdin.readline().strip() if options.password_from_input else _ask_twice()
    try:
        validate_password(password)
        account = make(options, password)
    except ValidationError as wrong:
        print("That password will not do: " + " ".join(wrong.messages), file=sys.stderr)
        return 2
    except (AlreadyHasAnAccount, EmailTaken):
        print(f"{options.email} has a sign-in already.", file=sys.stderr)
        return 2
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    print(f"{account.email} can sign in now as {options.role} of {account.person.grants.last().unit}.")
    return 0


def make(options: Namespace, password: str):
    """Find or add the organisation and the person, grant the role, open the account: all or nothing."""
    from django.db import transaction
    from django.utils import timezone

    from coalface.people import actions
    from coalface.records.models import Person, Role, Unit

    if options.role not in Role.values:
        raise ValueError(f"There is no role {options.role}; there are {', '.join(Role.values)}.")
    now = timezone.now()
    with transaction.atomic():
        root = Unit.objects.filter(parent=None).first()
        if root is None:
            if not options.organisation:
                raise ValueError('Nothing is here yet: say --organisation "Name of your organisation" too.')
            root = actions.found_organisation(
                name=options.organisation, key="organisation", time_zone=_time_zone(), now=now
            )
        person = Person.objects.filter(email__iexact=options.email).first()
        if person is None:
            person = actions.add_person(
                name=options.name or options.email.partition("@")[0],
                unit=root,
                email=options.email,
                by=None,
                now=now,
                starts_on=timezone.localdate(now),
            )
        with suppress(actions.AlreadyGranted):  # the role was given before, the sign-in was not
            actions.grant(person=person, role=options.role, unit=root, by=None, now=now)
        return actions.open_account(person=person, email=options.email, password=password, by=None, now=now)


def _time_zone() -> str:
    from django.conf import settings

    return settings.TIME_ZONE


def _ask_twice() -> str:
    while True:
        password = getpass.getpass("Password (ten characters or more): ")
        if password == getpass.getpass("Once more: "):
            return password
        print("Those were two different passwords. Again, please.")
