"""Search: what its index costs an import, and how soon it answers over 200,000 verbatims, on SQLite."""

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from itertools import accumulate
from statistics import quantiles

from benchmarks.bars import Bar

ROWS = int(os.environ.get("SEARCH_ROWS", "200000"))
IMPORTED, CHUNK = int(os.environ.get("SEARCH_IMPORTED", "20000")), 1_000
COSTS_AT_MOST, ANSWERS_WITHIN = 0.25, 0.3
WORDS = 40_000


def bars() -> Iterable[Bar]:
    """Measured in a process of its own, in a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        env = os.environ | {"COALFACE_HOME": home, "DJANGO_SETTINGS_MODULE": "coalface.settings"}
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.doors_search"]
        told = json.loads(subprocess.run(command, env=env, check=True, capture_output=True).stdout)
    cost = 1 - told["with"] / told["without"]
    yield Bar(
        "feedback with words taken in, with the search index",
        f"{told['with']:,.0f} rows/s",
        f"at most {COSTS_AT_MOST:.0%} slower",
        cost <= COSTS_AT_MOST,
        f"without it {told['without']:,.0f} rows/s ({cost:.0%} slower with it)",
    )
    yield Bar(
        f"search over {told['verbatims']:,} verbatims, 19 of 20 answers",
        f"{told['answer'] * 1000:.0f} ms",
        f"within {ANSWERS_WITHIN * 1000:.0f} ms",
        told["answer"] <= ANSWERS_WITHIN,
        f"looking into every text {told['scan'] * 1000:.0f} ms; index rewritten in {told['forget']:.1f} s",
    )


def sentences(seed: int) -> Iterable[str]:
    """Made-up words that come as often as words do: a few all the time, most hardly ever."""
    chance = random.Random(seed)
    vocabulary = [
        "".join(chance.choices("abcdefghijklmnoprstuvwäöü", k=chance.randint(3, 10))) for _ in range(WORDS)
    ]
    weights = list(accumulate(1 / (place + 3) for place in range(WORDS)))
    while True:
        yield " ".join(chance.choices(vocabulary, cum_weights=weights, k=chance.randint(8, 45))) + "."


def measured() -> dict[str, float]:
    """Take in rows in turns with and without the index, fill up, and search through the page."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    from coalface.people.actions import add_person, found_organisation, grant, open_account
    from coalface.records import search
    from coalface.records.models import Role, Verbatim

    now = _now()
    root = found_organisation(name="Bench", key="bench", time_zone="UTC", now=now)
    olga = add_person(name="Olga", unit=root, level="top", starts_on=now.date(), by=None, now=now)
    grant(person=olga, role=Role.LEADER, unit=root, by=None, now=now)
    open_account(person=olga, email="olga@bench.example", password="a long password", by=None, now=now)
    texts = iter(sentences(4))
    seconds = {"with": 0.0, "without": 0.0}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'search_words%'"
        )
        triggers = cursor.fetchall()
    for turn in range(2 * IMPORTED // CHUNK):
        way = ("with", "without", "without", "with")[turn % 4]  # neither always first
        with connection.cursor() as cursor:
            for name, sql in triggers:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                if way == "with":
                    cursor.execute(sql)
        seconds[way] += _taken_in(root, texts, f"{turn}", now)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO records_search_words (records_search_words) VALUES ('rebuild')")
        for name, sql in triggers:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(sql)
    while Verbatim.objects.count() < ROWS:
        _filled_up(root, texts, now)
    answer, scan = _answers(olga)
    began = time.perf_counter()
    search.forget()
    return {
        "with": IMPORTED / seconds["with"],
        "without": IMPORTED / seconds["without"],
        "verbatims": Verbatim.objects.count(),
        "answer": answer,
        "scan": scan,
        "forget": time.perf_counter() - began,
    }


def _now():
    from django.utils import timezone

    return timezone.now()


def _taken_in(root, texts, turn: str, now) -> float:
    from coalface.hear.actions import NewFeedback, take_in

    rows = [
        NewFeedback(
            source="bench", source_id=f"{turn}-{number}", channel="web", kind="complaint", received_at=now,
            unit=root, text=next(texts),
        )
        for number in range(CHUNK)
    ]  # fmt: skip
    began = time.perf_counter()
    take_in(rows=rows, by=None, now=now)
    return time.perf_counter() - began


def _filled_up(root, texts, now) -> None:
    """More rows of the same kind, without what follows from them."""
    from coalface.records.models import Feedback, Verbatim

    words = Verbatim.objects.bulk_create(Verbatim(text=next(texts)) for _ in range(5 * CHUNK))
    rows = [
        Feedback(source="fill", channel="web", kind="complaint", verbatim=one, unit=root, received_at=now)
        for one in words
    ]
    Feedback.objects.bulk_create(rows, batch_size=CHUNK)


def _answers(olga) -> tuple[float, float]:
    """The page as somebody opens it, for rare, common and no words; beside it a look into every text."""
    from django.test import Client

    from coalface.records.models import Feedback, Verbatim

    client = Client(SERVER_NAME="localhost")
    client.force_login(olga.account)
    client.get("/search/", {"q": "warm"})
    chance = random.Random(1)
    some = [text.split() for text in Verbatim.objects.order_by("?").values_list("text", flat=True)[:60]]
    asked = [" ".join(chance.sample(words, k=chance.randint(1, 3))).strip(".") for words in some]
    asked += [words[0][:2] for words in some[:20]]
    times = []
    for words in asked:
        began = time.perf_counter()
        assert client.get("/search/", {"q": words}).status_code == 200
        times.append(time.perf_counter() - began)
    began = time.perf_counter()
    list(Feedback.objects.filter(verbatim__text__icontains="zzzz").values("pk")[:6])
    return quantiles(times, n=20)[-1], time.perf_counter() - began


if __name__ == "__main__":
    print(json.dumps(measured()))
