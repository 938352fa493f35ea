"""Who may do what: one table of rights, and the decorator by which each view names its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from typing import Final

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from coalface.policies import number
from coalface.records.models import Grant, Person, Role, Unit

View = Callable[..., HttpResponse]


class Right(StrEnum):
    """What a page or a button asks for."""

    SEE_DESIGN = "see_design"
    SEE_MY_WEEK = "see_my_week"
    SEARCH = "search"
    SEE_PEOPLE = "see_people"
    SEE_ISSUES = "see_issues"
    SEE_FIXES = "see_fixes"
    SEE_VERDICTS = "see_verdicts"
    SEE_FIGURES = "see_figures"
    SEE_FEEDBACK = "see_feedback"
    SEE_CUSTOMERS = "see_customers"
    SEE_ENCOUNTERS_OF_OTHERS = "see_encounters_of_others"
    SEE_PROGRAMME = "see_programme"
    REPORT_FEEDBACK = "report_feedback"
    MEET_CUSTOMERS = "meet_customers"
    ANSWER_HAND_OVERS = "answer_hand_overs"
    SORT = "sort"
    PROPOSE_ISSUES = "propose_issues"
    CONFIRM_ISSUES = "confirm_issues"
    OPEN_FIXES = "open_fixes"
    SHIP_FIXES = "ship_fixes"
    DECIDE_FIXES = "decide_fixes"
    REGISTER_EVALUATIONS = "register_evaluations"
    JUDGE = "judge"
    PLAN = "plan"
    MANAGE_PEOPLE = "manage_people"
    ISSUE_PASSES = "issue_passes"
    SET_UP_DEVICES = "set_up_devices"
    MANAGE_CUSTOMERS = "manage_customers"
    SEE_VALUE = "see_value"
    ANSWER_WISHES = "answer_wishes"
    SET_CONSENT_RULES = "set_consent_rules"
    IMPORT = "import"
    OPEN_PLACES = "open_places"
    ANSWER_FEEDBACK = "answer_feedback"
    RETRY_FAILED = "retry_failed"
    USE_API = "use_api"
    TAKE_IN = "take_in"
    MANAGE_WEBHOOKS = "manage_webhooks"


class Anyone:
    """The right of a public page behind a signed link or a throttle."""

    def __repr__(self) -> str:
        return "ANYONE"


ANYONE: Final = Anyone()

# Of every page, unless it says otherwise itself: no proxy keeps it, and a browser asks again.
PRIVATE: Final = "private, no-cache"

EVERYONE = frozenset(Role)
LEADING = frozenset({Role.LEADER, Role.PROGRAMME_MANAGER, Role.ANALYST})
PROGRAMME = frozenset({Role.PROGRAMME_MANAGER})
STUDYING = frozenset({Role.PROGRAMME_MANAGER, Role.ANALYST})
ADMINISTERING = frozenset({Role.ADMINISTRATOR})

RIGHTS: Final[dict[Right, frozenset[Role]]] = {
    Right.SEE_DESIGN: EVERYONE,
    Right.SEE_MY_WEEK: EVERYONE,
    Right.SEARCH: EVERYONE,
    Right.SEE_PEOPLE: EVERYONE,
    Right.SEE_ISSUES: EVERYONE,
    Right.SEE_FIXES: EVERYONE,
    Right.SEE_VERDICTS: EVERYONE,
    Right.SEE_FIGURES: EVERYONE,
    Right.SEE_FEEDBACK: LEADING,
    Right.SEE_CUSTOMERS: LEADING,
    Right.SEE_ENCOUNTERS_OF_OTHERS: PROGRAMME,
    Right.SEE_PROGRAMME: STUDYING,
    Right.REPORT_FEEDBACK: EVERYONE,
    Right.MEET_CUSTOMERS: EVERYONE,
    Right.ANSWER_HAND_OVERS: EVERYONE,
    Right.SORT: STUDYING,
    Right.PROPOSE_ISSUES: EVERYONE,
    Right.CONFIRM_ISSUES: STUDYING,
    Right.OPEN_FIXES: LEADING,
    Right.SHIP_FIXES: EVERYONE,
    # What somebody else was asked to decide; who was asked may without it (act.queries.may_decide).
    Right.DECIDE_FIXES: frozenset({Role.LEADER}),
    Right.REGISTER_EVALUATIONS: LEADING,
    Right.JUDGE: LEADING,
    Right.PLAN: PROGRAMME,
    Right.MANAGE_PEOPLE: PROGRAMME | ADMINISTERING,
    # For one's own direct reports; for others it takes MANAGE_PEOPLE (people.queries.may_issue).
    Right.ISSUE_PASSES: EVERYONE,
    Right.SET_UP_DEVICES: PROGRAMME | ADMINISTERING | {Role.LEADER},
    Right.MANAGE_CUSTOMERS: PROGRAMME,
    Right.SEE_VALUE: LEADING,
    Right.ANSWER_WISHES: PROGRAMME | ADMINISTERING,
    Right.SET_CONSENT_RULES: PROGRAMME | ADMINISTERING,
    Right.IMPORT: STUDYING | ADMINISTERING,
    Right.OPEN_PLACES: LEADING - {Role.ANALYST},
    Right.ANSWER_FEEDBACK: LEADING - {Role.ANALYST},
    Right.RETRY_FAILED: ADMINISTERING | PROGRAMME,
    Right.USE_API: EVERYONE,
    Right.TAKE_IN: STUDYING | ADMINISTERING,
    Right.MANAGE_WEBHOOKS: ADMINISTERING | PROGRAMME,
}

# What a program's token may be narrowed to, and the right of its person that each scope passes on.
SCOPES: Final[dict[str, Right]] = {
    "feedback:read": Right.SEE_FEEDBACK,
    "feedback:write": Right.TAKE_IN,
    "remarks:read": Right.MEET_CUSTOMERS,
    "customers:read": Right.SEE_CUSTOMERS,
    "customers:write": Right.MANAGE_CUSTOMERS,
    "people:read": Right.SEE_PEOPLE,
    "exposures:read": Right.SEE_VERDICTS,
    "exposures:write": Right.REGISTER_EVALUATIONS,
    "issues:read": Right.SEE_ISSUES,
    "fixes:read": Right.SEE_FIXES,
    "verdicts:read": Right.SEE_VERDICTS,
    # Whole; what was said only with the scope to read that, and as far as its person may.
    "chains:read": Right.SEE_FIXES,
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do today, read once a request."""

    grants: tuple[Grant, ...]

    def has(self, right: Right) -> bool:
        """Whether the right is theirs in some part of the organisation."""
        return any(grant.role in RIGHTS[right] for grant in self.grants)

    def reach(self, right: Right, unit: Unit) -> bool:
        """Whether the right is theirs in this unit."""
        return any(grant.role in RIGHTS[right] and grant.unit.contains(unit) for grant in self.grants)

    def within(self, right: Right, field: str = "unit") -> Q:
        """A filter which leaves the rows whose unit lies where the right is theirs."""
        where = Q(pk__in=())
        for grant in self.grants:
            if grant.role in RIGHTS[right]:
                where |= Q(**{f"{field}__path__startswith": grant.unit.path})
        return where

    def units(self, right: Right) -> Q:
        """A filter which leaves the units where the right is theirs."""
        where = Q(pk__in=())
        for grant in self.grants:
            if grant.role in RIGHTS[right]:
                where |= Q(path__startswith=grant.unit.path)
        return where


def rights_of(person: Person, now: datetime) -> Rights:
    """The rights of somebody on the day of `now`; who has left has none."""
    today = timezone.localdate(now)
    if person.has_left(today):
        return Rights(())
    return Rights(tuple(person.grants.in_force(today).select_related("unit")))


def is_small(today: date) -> bool:
    """Whether so few work here that levels, cadences and unused rooms stay out of sight."""
    enough = int(number("small_organisation_below"))
    return len(Person.objects.working(today).values_list("pk")[:enough]) < enough


def needs(right: Right | Anyone) -> Callable[[View], View]:
    """Name the right a view needs; inside, `request.person` and `request.rights` are at hand."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if isinstance(right, Anyone):
                answer = view(request, *args, **kwargs)
                answer.setdefault("Cache-Control", PRIVATE)
                return answer
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.person = request.user.person
            request.rights = rights_of(request.person, timezone.now())
            request.small = is_small(timezone.localdate())
            if not request.rights.has(right):
                raise PermissionDenied(right)
            answer = view(request, *args, **kwargs)
            answer.setdefault("Cache-Control", PRIVATE)
            return answer

        guarded.right = right
        return guarded

    return decorate
