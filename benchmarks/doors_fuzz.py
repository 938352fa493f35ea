"""Ten thousand made-up requests: the API as promised, and every public page of the URL conf.

Two processes, each with a house of its own on SQLite. The API gets what schemathesis makes of our OpenAPI
document, rightly and wrongly formed, mixed with things that are there; whoever sends has every right. Public
pages get links that are good, spoilt or invented, and forms filled in with their own fields and with others.
"""

import json
import logging
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle

from benchmarks.bars import Bar, measured

EXAMPLES = int(os.environ.get("EXAMPLES", "10000"))
PUBLIC_SHARE = 0.25
PROCESSES = 2
AT_ONCE = 15
SEED = 20_260_302
# What a public page may answer; anything else is a failure.
PAGES_ANSWER = {200, 301, 302, 303, 304, 400, 403, 404, 405, 409, 410, 413, 415, 422, 429}
FIELD = re.compile(r'<(?:input|textarea|select|button)\b[^>]*\bname="([^"]+)"(?:[^>]*\bvalue="([^"]*)")?')
OTHERS = ("q", "page", "text", "kind", "next", "id", "sequence", "x")
NASTY = (
    "", " ", "0", "-1", "9" * 400, "1e400", "NaN", "null", "true", "\U0001f600" * 50, "a" * 20_000,
    "\x7f\x1b", "\u202eabc", "<script>alert(1)</script>", "' OR 1=1 --", "../../etc/passwd", "%00",
    "{{ 7*7 }}", "=1+1", "2026-02-30", "0001-01-01T00:00", "00000000-0000-0000-0000-000000000000",
    "\u00df\u0130\ufb01", "a\r\nSet-Cookie: x=1", "a\0b",
)  # fmt: skip


def bars() -> Iterator[Bar]:
    """Both processes side by side, then one line for the API and one for public pages."""
    began = time.monotonic()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "benchmarks.doors_fuzz", str(part)], stdout=subprocess.PIPE, text=True
        )
        for part in range(PROCESSES)
    ]
    told = [measured(one.communicate()[0]) for one in running]
    seconds = time.monotonic() - began
    for kind, name in (("api", "operations of the API"), ("public", "public pages")):
        sent = sum(one[kind]["sent"] for one in told)
        failures = [failure for one in told for failure in one[kind]["failures"]]
        for failure in failures[:20]:
            print(f"    {failure}")
        counted = f"{len(failures)} of {sent:,} failed"
        yield Bar(f"made-up requests to {name}", counted, "0", not failures and sent > 0, f"{seconds:.0f} s")
    sent = sum(one[kind]["sent"] for one in told for kind in ("api", "public"))
    yield Bar("made-up requests in all", f"{sent:,}", f"≥ {EXAMPLES:,}", sent >= EXAMPLES)


def one_part(part: int) -> dict[str, dict]:
    """What one of the processes sends, and what went wrong."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    logging.disable(logging.WARNING)  # refusals are what is wanted here
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    share = EXAMPLES // PROCESSES + 1
    public = int(share * PUBLIC_SHARE)
    return {"api": _api(part, share - public), "public": _public(part, public)}


def _api(part: int, wanted: int) -> dict:
    from django.core.wsgi import get_wsgi_application

    from coalface.people.actions import choose, grant
    from coalface.permissions import SCOPES
    from coalface.records.models import Role
    from tests.api.fuzzing import ASKED, OPERATIONS, sender
    from tests.people import NOW, lindner

    cast = lindner()
    for role in (Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR):
        grant(person=cast.olga, role=role, unit=cast.root, by=None, now=NOW)
    choose(key="api_calls_a_minute", value=10_000, by=cast.ada, now=NOW)
    ours = sender(cast, cast.olga, *SCOPES)
    app = get_wsgi_application()
    sent, failures = 0, []
    for turn, (label, mode) in enumerate(cycle(ASKED[part::PROCESSES])):
        if sent >= wanted:
            break
        operation = OPERATIONS[label]
        operation.app = operation.schema.app = app
        most = min(AT_ONCE, wanted - sent)
        done, failure = _some(ours, operation, mode, label, seed=SEED + turn, most=most)
        sent += done
        failures += [f"{label} ({mode.value}): {failure}"] if failure else []
    return {"sent": sent, "failures": failures}


def _some(ours, operation, mode, label: str, *, seed: int, most: int) -> tuple[int, str]:
    """Some examples for one operation: how many were sent, and what failed first."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    sent = 0
    quick = settings(
        max_examples=most,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @seeded(seed)
    @quick
    @given(
        case=operation.as_strategy(generation_mode=mode),
        invented=st.sets(st.sampled_from(sorted(ours.known)), max_size=4),
        again=st.booleans(),
    )
    def answers_as_promised(case, invented, again) -> None:
        nonlocal sent
        sent += 1
        left = {"id"} if label != "PATCH /api/photos/{id}" and not again else set()
        ours.send(case, label, {name: ours.known[name] for name in set(ours.known) - invented - left})

    try:
        answers_as_promised()
    except Exception as failure:  # noqa: BLE001  (whatever it was, it is told)
        return sent, " ".join(str(failure).split())[:600]
    return sent, ""


def _public(part: int, wanted: int) -> dict:
    from django.test import Client
    from django.urls import get_resolver

    chance = random.Random(SEED + part)
    client = Client(raise_request_exception=False)
    places = sorted(_anyones(get_resolver().url_patterns))
    good = _good_addresses()
    links = [address.strip("/").split("/")[-1] for address in good]
    forms: dict[str, dict[str, str]] = {}
    sent, failures = 0, []
    while sent < wanted:
        address = chance.choice(good)
        if chance.random() < 0.6:
            address = "".join(_part(piece, chance, links) for piece in chance.choice(places))
        verb = chance.choice(("get", "get", "post", "post", "post", "head", "put", "delete", "options"))
        data = _filled(forms.get(address, {}), chance)
        if verb in ("put", "delete", "options"):
            answer = getattr(client, verb)(address, json.dumps(data), content_type="application/json")
        else:
            answer = getattr(client, verb)(address, data)
        sent += 1
        if answer.status_code not in PAGES_ANSWER:
            failures.append(f"{verb.upper()} {address[:200]}: {answer.status_code}")
        elif verb == "get" and answer.get("Content-Type", "").startswith("text/html"):
            forms[address] = dict(FIELD.findall(answer.content.decode()))
    return {"sent": sent, "failures": failures}


def _anyones(patterns, above: tuple = ()) -> Iterator[tuple]:
    """Every address that anybody may open, as fixed pieces and as the kinds of what stands between them."""
    from django.urls import URLResolver

    from coalface.permissions import Anyone

    for pattern in patterns:
        here = (*above, *re.findall(r"<[^>]+>|[^<]+", str(pattern.pattern)))
        if isinstance(pattern, URLResolver):
            yield from _anyones(pattern.url_patterns, here)
        elif isinstance(getattr(pattern.callback, "right", None), Anyone):
            yield ("/", *here)


def _part(piece: str, chance: random.Random, links: list[str]) -> str:
    from urllib.parse import quote

    if not piece.startswith("<"):
        return piece
    if "int:" in piece:
        return str(chance.choice((0, 1, 7, 2**31, 2**63, 10**30)))
    if "uuid:" in piece:
        return chance.choice(("01900000-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000"))
    good = chance.choice(links)
    place = chance.randrange(len(good))
    spoilt = good[:place] + chance.choice("aZ0-_:.") + good[place + 1 :]
    return quote(chance.choice((good, good, spoilt, chance.choice(NASTY)[:300] or "x")), safe=":.-_")


def _filled(fields: dict[str, str], chance: random.Random) -> dict[str, str]:
    data = {name: chance.choice((value, value, *chance.sample(NASTY, 2))) for name, value in fields.items()}
    for _ in range(chance.randrange(3)):
        data[chance.choice(OTHERS)] = chance.choice(NASTY)
    return {name: value for name, value in data.items() if chance.random() < 0.9}


def _good_addresses() -> list[str]:
    """The public pages of a house where much has happened."""
    from django.utils import timezone

    from tests.journeys.rows import add_rows, addresses, house

    ours = house(_cast(), timezone.now())
    add_rows(ours, 0, 2)
    return [address for address in addresses(ours).values() if address.startswith("/c/")]


def _cast():
    from coalface.records.models import Customer, Format, Person, Unit
    from tests.people import Cast

    people = {one.name.split()[0].lower(): one for one in Person.objects.all()}
    units = {one.key: one for one in Unit.objects.all()}
    customers = {one.name.split()[0].lower(): one for one in Customer.objects.present()}
    known = people | units | customers | {"root": units["lindner"], "visit": Format.objects.get(key="visit")}
    return Cast(**{name: known[name] for name in Cast.__dataclass_fields__})


if __name__ == "__main__":
    print(json.dumps(one_part(int(sys.argv[1]))))
