"""Programs that ask, and systems that are told."""

from datetime import datetime

from coalface.people.actions.tokens import make_token
from coalface.worker.actions.webhooks import add_webhook
from tests.people import Cast


def let_programs_in(cast: Cast, number: int, now: datetime) -> None:
    """One more of each."""
    make_token(name=f"Till {number}", scopes=["issues:read"], expires_on=None, by=cast.mina, now=now)
    told = {"address": f"https://93.184.215.14/{number}", "kinds": ["fix.judged"], "by": cast.ada}
    add_webhook(name=f"System {number}", now=now, **told)
