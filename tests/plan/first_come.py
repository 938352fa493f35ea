"""A planner of a dozen lines, real but simple: who comes first takes the first slot and customer."""

from dataclasses import dataclass

from coalface.methods.meetings import Match, Problem


@dataclass(frozen=True)
class Found:
    """As much of an answer as the ledger writes down."""

    matches: tuple[Match, ...]
    owed: int
    met: int
    objective: float = 1.0
    bound: float | None = 2.0
    exact: bool = False
    conflict: None = None
    disturbed: int = 0


def first_come(problem: Problem, *, seed: int) -> Found:
    """Locked matches stay, then the previous ones, then everybody in turn; nobody twice at a time."""
    seats = {one.key: one.seats for one in problem.openings}
    openings = {one.key: one for one in problem.openings}
    free = {one.key for one in problem.candidates}
    matches: dict[str, Match] = {}
    busy: dict[str, set[str]] = {}

    def take(match: Match) -> bool:
        person = match.seeker.partition(".")[0]
        if (
            match.seeker in matches
            or not seats.get(match.opening)
            or match.opening in busy.get(person, set())
        ):
            return False
        if match.candidate and match.candidate not in free:
            return False
        matches[match.seeker] = match
        seats[match.opening] -= 1
        free.discard(match.candidate or "")
        busy.setdefault(person, set()).update({match.opening, *openings[match.opening].clashes})
        return True

    for match in (*problem.locked, *problem.previous):
        take(match)
    for seeker in problem.seekers:
        for slot in sorted(seeker.slots, key=int) if seeker.owes else ():
            who = sorted(free & problem.may_meet[seeker.key]) if openings[slot].customers else [None]
            if who and take(Match(seeker.key, slot, who[0], "best")):
                break
    owed = sum(one.owes for one in problem.seekers)
    return Found(tuple(matches.values()), owed, sum(one.seeker in matches for one in matches.values()))
