"""Real complaints read through: sorted by what an analyst decided, and themes that she makes issues."""

import csv
import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from django.db.models import Count
from django.urls import reverse

from coalface.importers.actions import bring_in
from coalface.importers.feedback.map import read_map
from coalface.policies import number
from coalface.records.models import Clause, Feedback, Issue, Mention, SortedBy, Theme, Verbatim
from coalface.understand.actions import Mark, check_sorting, discover_weekly, keep_up, read_some
from coalface.understand.queries import last_search, telling_quotes, waiting_themes
from coalface.worker.actions import drain
from tests.journeys.conftest import Clock
from tests.journeys.reading import Page, Reader
from tests.journeys.test_real_file import MAP
from tests.people import NOW, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.real]

# Those with words of the spring of 2019, as they are; the whole file is measured in docs/using/themes.md.
FROM, LAST = ("2019/3/2", "2019/3/3", "2019/4/"), "Date received"
SAID = 131
WORDS = "Consumer complaint narrative"
# What the analyst calls the regulator's labels, by which she decides here.
NAMED = {
    "Incorrect information on your report": "My credit report says what is wrong",
    "Attempts to collect debt not owed": "They want money that I do not owe",
}
DECIDES = 40
FOUND = "What the search has found"


def test_an_analyst_makes_issues_of_real_words(cast: Cast, clock: Clock, real_data: Path, tmp_path: Path):
    real_words_come_in(cast, real_data, tmp_path)
    all_is_read_through()
    adam = Reader(cast.adam)
    adam_names_two_issues(adam)
    adam_decides_about_some(adam, clock)
    the_rest_is_sorted_or_waits(clock)
    adam_reads_how_often_it_was_right(adam, clock)
    themes_are_proposed_in_their_own_words(adam, clock)
    adam_decides_about_four_of_them(adam)
    the_issue_page_shows_what_was_said(adam)
    the_other_pages_are_calm(adam)


def real_words_come_in(cast: Cast, folder: Path, place: Path) -> None:
    with gzip.open(folder / "cfpb" / "complaints.csv.gz", "rt", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[WORDS] and row[LAST].startswith(FROM)]
    part = place / "spring.csv"
    with part.open("w", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)
    map = read_map(MAP)
    run = bring_in(kind="feedback", path=part, reading=map.how, mapping=map.meaning, by=cast.adam, now=NOW)
    assert (run.taken_in, run.refused, len(rows)) == (len(rows), 0, SAID)
    drain(now=NOW)


def all_is_read_through() -> None:
    """Nothing is left, nothing is lost; the regulator has put XXXX in place of what tells who somebody is."""
    mark = Mark()
    while read_some(now=NOW, mark=mark):
        continue
    assert set(Verbatim.objects.values_list("language", flat=True)) == {"en"}
    assert Verbatim.objects.filter(masks=None).count() == 0
    assert Mention.objects.unsure().count() == SAID
    assert Counter(kind for words in Verbatim.objects.all() for *_, kind in words.masks) == {}
    clauses = Clause.objects.select_related("verbatim")
    assert clauses.count() > 5 * SAID
    assert all(one.text.strip() and one.text in one.verbatim.text for one in clauses)


def adam_names_two_issues(adam: Reader) -> None:
    for title in NAMED.values():
        form = adam.open(reverse("understand:propose"))
        assert adam.send(form, "", title=title, kind="product", confirm="yes").says(title)
    drain(now=NOW)


def adam_decides_about_some(adam: Reader, clock: Clock) -> None:
    """One after the other, as the pile asks; what is neither belongs to no issue."""
    done: Counter[str] = Counter()
    for _ in range(DECIDES):
        page, address, asked = what_is_asked(adam)
        title = NAMED.get(asked.feedback.topic, "")
        adam.send(page, address, decision="other" if title else "none", other=title)
        now = clock.wait(minutes=1)
        drain(now=now)
        keep_up(now=now)
        done[title] += 1
    assert min(done[title] for title in NAMED.values()) >= 5


def what_is_asked(adam: Reader) -> tuple[Page, str, Mention]:
    page = adam.open(reverse("understand:unsure"))
    address = next(form.action for form in page.forms if re.search(r"/unsure/\d+/", form.action))
    pk = int(re.search(r"/unsure/(\d+)/", address)[1])
    return page, address, Mention.objects.select_related("feedback").get(pk=pk)


def the_rest_is_sorted_or_waits(clock: Clock) -> None:
    """What it is sure of counts; of the rest it says what it thinks, and waits. Nothing is lost."""
    keep_up(now=clock.wait(minutes=15))
    learnt = Mention.objects.filter(sorted_by=SortedBy.MODEL, settled_at=None)
    sure_from = number("learned_sure_from")
    assert all(one.confidence >= sure_from for one in learnt.counted())
    suggested = learnt.unsure().exclude(suggested=None)
    assert suggested.exists() and all(0 < one.confidence < sure_from for one in suggested)
    assert Feedback.objects.filter(mentions__isnull=False).distinct().count() == SAID


def adam_reads_how_often_it_was_right(adam: Reader, clock: Clock) -> None:
    overall, english = check_sorting(now=clock.now)
    assert (overall.decided, english.decided, english.language) == (DECIDES, DECIDES, "en")
    assert 0 <= overall.right <= overall.suggested <= DECIDES
    page = adam.open(reverse("understand:unsure"))
    assert page.says("How right sorting was", f"Of {overall.suggested} issues it had named")


def themes_are_proposed_in_their_own_words(adam: Reader, clock: Clock) -> None:
    """Seven years later nobody says anything newer, and they are found all the same."""
    run = discover_weekly(now=clock.now)
    assert run.clauses > 5 * SAID and run.noise < run.clauses / 2
    themes = list(waiting_themes(last_search()))
    assert 10 <= len(themes) <= 60 and all(theme.terms for theme in themes)
    terms = {word.casefold() for theme in themes for term in theme.terms for word in term.split()}
    assert {"identity", "debt", "mortgage", "credit", "payment"} <= terms
    assert not any("xx" in term for term in terms)
    quotes = [row.clause for row in telling_quotes(themes)]
    assert len(quotes) > 2 * len(themes)
    assert all(quote.text in quote.verbatim.text for quote in quotes)
    page = adam.open(reverse("understand:themes"))
    assert page.says(f"{len(themes)} things customers speak of that have no name yet.")


def adam_decides_about_four_of_them(adam: Reader) -> None:
    """One gets its name, two become one, one is split, one is nothing: each by one press."""
    sized = waiting_themes(last_search()).annotate(size=Count("theme_clauses")).order_by("-size", "pk")
    named, whole, part, cut, nothing = sized[:5]
    said = set(Feedback.objects.filter(verbatim__clauses__theme_clause__theme=named))
    assert press(adam, "confirm_theme", named, title=FOUND).says(f"“{FOUND}” is an issue now.")
    assert press(adam, "merge_theme", part, into=f"#{whole.pk}").says("They are one now.")
    form = adam.open(reverse("understand:split_theme", args=[cut.pk]))
    clauses = cut.theme_clauses.count()
    adam.send(form, "", clauses=cut.theme_clauses.order_by("clause").first().clause_id)
    assert (cut.theme_clauses.count(), Theme.objects.order_by("pk").last().theme_clauses.count()) == (
        clauses - 1,
        1,
    )
    press(adam, "decline_theme", nothing)
    assert {theme.pk for theme in waiting_themes(last_search())}.isdisjoint({named.pk, part.pk, nothing.pk})
    counted = Mention.objects.counted().filter(issue__title=FOUND, settled_by__isnull=False)
    assert {one.feedback for one in counted.select_related("feedback")} == said


def press(adam: Reader, name: str, theme: Theme, **given: str) -> Page:
    page = adam.open(reverse("understand:theme", args=[theme.pk]))
    return adam.send(page, reverse(f"understand:{name}", args=[theme.pk]), **given)


def the_issue_page_shows_what_was_said(adam: Reader) -> None:
    """Word for word, when, and by whom it was sorted; nothing is said of days on which nobody spoke."""
    issue = Issue.objects.get(title=FOUND)
    page = adam.open(reverse("understand:issue", args=[issue.pk]))
    assert page.says(FOUND, "In customers’ words", "Past 90 days0", "How it came here", "By a person")
    counted = Mention.objects.counted().filter(issue=issue)
    rows = adam.open(reverse("understand:mentions", args=[issue.pk]))
    assert rows.says(f"Said {counted.count()} times")
    newest = counted.select_related("clause__verbatim").order_by("-happened_at", "-pk")[0]
    assert rows.says(" ".join(newest.clause.text.split()))


def the_other_pages_are_calm(adam: Reader) -> None:
    told = {
        "competitors": "No competitor yet",
        "whom": "Nobody is left to be named",
        "journey": "No touchpoint yet",
        "index": FOUND,
    }
    for name, words in told.items():
        assert adam.open(reverse(f"understand:{name}")).says(words)
