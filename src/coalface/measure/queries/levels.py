"""Who of us knows what customers say: sightings joined with mentions, by person and by level."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from coalface.methods.awareness import Coverage, Sightings, awareness, level_coverage
from coalface.methods.hiding import merged_groups, shown_beside_total
from coalface.methods.results import Estimate
from coalface.policies import number, numbers
from coalface.records.models import Depth, Issue, Level, Person, Position, Sighting

# Beside the depths: those of a group who never heard of it.
NOT_AT_ALL = "not_at_all"
FROM_THE_TOP = (Level.TOP, Level.MIDDLE, Level.SUPERVISOR, Level.FRONT_LINE)


@dataclass(frozen=True, slots=True)
class Seen:
    """One of us came to know of one thing that speaks of an issue."""

    person: int
    issue: int
    depth: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True)
class GroupCoverage:
    """What one group of at least k people knows; `group` joins its levels with +.

    `through` says by issue how many came to know it by which depth, as far as k lets it be told.
    """

    group: str
    people: int
    coverage: Coverage
    through: list[dict[str, int]]


@dataclass(frozen=True, slots=True)
class LevelsKnow:
    """All groups large enough, over the same issues; `hidden` are levels too small even when joined."""

    groups: list[GroupCoverage]
    hidden: list[str]
    issues: list[int]


def seen(now: datetime, person: Person | None = None) -> Iterator[Seen]:
    """Sightings of things that count for a standing issue: two queries."""
    for said, source in (("remark", "remark__encounter_id"), ("feedback", "feedback_id")):
        mentions = f"{said}__mentions"
        rows = Sighting.objects.filter(
            **{
                f"{mentions}__counted": True,
                f"{mentions}__issue__confirmed_at__isnull": False,
                f"{mentions}__issue__merged_into": None,
            },
            at__lte=now,
        )
        if person is not None:
            rows = rows.filter(person=person)
        values = rows.order_by().values_list("person_id", f"{mentions}__issue_id", "depth", "at", F(source))
        for who, issue, depth, at, where in values:
            yield Seen(who, issue, depth, at, f"{said}:{where}")


def own_awareness(person: Person, now: datetime) -> dict[int, float]:
    """How much of each issue one person knows, 0 to 1; issues they never heard of are absent."""
    weights, half_life = numbers("depth_"), number("half_life_days")
    heard: dict[int, list[tuple[float, float]]] = {}
    for sighting in seen(now, person):
        age = (now - sighting.at).total_seconds() / 86_400
        heard.setdefault(sighting.issue, []).append((weights[sighting.depth], age))
    return {issue: awareness(sightings, half_life=half_life) for issue, sightings in heard.items()}


def what_levels_know(today: date, now: datetime) -> LevelsKnow:
    """Coverage of all standing issues by each level, as positions are held on that day."""
    issues = list(Issue.objects.standing().order_by("id").values_list("id", flat=True))
    members: dict[str, list[int]] = {level: [] for level in FROM_THE_TOP}
    held = Position.objects.held(today).exclude(level="").order_by("person_id")
    for person, level in held.values_list("person_id", "level"):
        members[level].append(person)
    sizes = [(str(level), len(members[level])) for level in FROM_THE_TOP]
    k = int(number("smallest_group"))
    groups = merged_groups(sizes, k) if issues else []
    sightings = list(seen(now)) if groups else []
    known = []
    for levels, people in groups:
        group = [person for level in levels for person in members[level]]
        coverage = _coverage(sightings, group, issues, now)
        through = [_shown(ways, people, k) for ways in _ways(sightings, group, issues)]
        known.append(GroupCoverage("+".join(levels), people, coverage, through))
    shown = {level for levels, _ in groups for level in levels}
    return LevelsKnow(known, [level for level, size in sizes if size and level not in shown], issues)


def _ways(sightings: list[Seen], group: list[int], issues: list[int]) -> list[Counter[str]]:
    """By issue how many of the group came to know it by which depth; each counts once, by their deepest."""
    ours, rank = set(group), {depth: place for place, depth in enumerate(Depth.values)}
    deepest: dict[tuple[int, int], str] = {}
    for row in sightings:
        if row.person in ours:
            before = deepest.setdefault((row.issue, row.person), row.depth)
            deepest[row.issue, row.person] = min(before, row.depth, key=rank.__getitem__)
    by_issue: dict[int, Counter[str]] = {issue: Counter() for issue in issues}
    for (issue, _), depth in deepest.items():
        if issue in by_issue:
            by_issue[issue][depth] += 1
    return list(by_issue.values())


def _shown(ways: Counter[str], people: int, k: int) -> dict[str, int]:
    """The parts of a group whose size everybody sees; what k hides has no key, and nothing else tells it."""
    parts = {**ways, NOT_AT_ALL: people - ways.total()}
    shown = shown_beside_total(parts, k)
    return {way: n for way, n in sorted(parts.items()) if way in shown and n}


def _coverage(sightings: list[Seen], group: list[int], issues: list[int], now: datetime) -> Coverage:
    weights = numbers("depth_")
    person_at = {person: place for place, person in enumerate(group)}
    issue_at = {issue: place for place, issue in enumerate(issues)}
    ours = [row for row in sightings if row.person in person_at and row.issue in issue_at]
    source_at = {source: place for place, source in enumerate(sorted({row.source for row in ours}))}
    return level_coverage(
        Sightings(
            person=[person_at[row.person] for row in ours],
            issue=[issue_at[row.issue] for row in ours],
            weight=[weights[row.depth] for row in ours],
            age_days=[(now - row.at).total_seconds() / 86_400 for row in ours],
            source=[source_at[row.source] for row in ours],
        ),
        persons=len(group),
        issues=len(issues),
        half_life=number("half_life_days"),
    )


def awareness_figures(known: LevelsKnow) -> dict:
    """What the page on awareness shows, ready to be stored; Awareness rows tell it issue by issue."""
    aware_from = number("aware_from")
    return {
        "groups": [
            {
                "group": one.group,
                "people": one.people,
                "someone": _figure(one.coverage.someone),
                "typical": _figure(one.coverage.typical),
                "aware": sum(value >= aware_from for value in one.coverage.known),
                "issues": len(known.issues),
            }
            for one in known.groups
        ],
        "hidden": known.hidden,
        "issues": known.issues,
    }


def _figure(estimate: Estimate) -> dict:
    return {
        "estimate": estimate.estimate, "low": estimate.low, "high": estimate.high, "n": estimate.n
    }  # fmt: skip
