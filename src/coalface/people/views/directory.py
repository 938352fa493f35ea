"""Pages about us: the directory, one person, and – for those who look after it – who may do what."""

from datetime import datetime

from allauth.account.views import password_change, reauthenticate
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coalface.people import actions, queries
from coalface.people.forms import (
    AccountForm,
    ChangeForm,
    GrantForm,
    LeaveForm,
    PersonForm,
    PolicyForm,
    PositionForm,
    SearchForm,
    UnitForm,
)
from coalface.permissions import Right, needs, rights_of
from coalface.policies import POLICIES, number
from coalface.records.models import Grant, Person
from coalface.records.tables import Table
from coalface.shell.paging import page_of
from coalface.shell.rows import Offer, taken

CODE_TAKEN = gettext_lazy("Somebody else has this staff code.")


@needs(Right.SEE_PEOPLE)
def index(request: HttpRequest) -> HttpResponse:
    """Who works here, unit by unit."""
    today = timezone.localdate()
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = queries.directory(today, wanted.get("q", ""), wanted.get("unit"))
    if file := taken(request, Offer(_columns(request), found)):
        return file
    context = {
        "form": form,
        "chosen": wanted.get("unit"),
        "page": page_of(request, found),
        "searching": any(wanted.values()),
        "tree": queries.tree(today),
        "may_manage": request.rights.has(Right.MANAGE_PEOPLE),
        "may_import": queries.everywhere(request.rights, Right.MANAGE_PEOPLE),
        "may_issue": queries.team_of(request.person, request.rights, today).exists(),
        "may_share": request.rights.has(Right.SET_UP_DEVICES),
        "may_choose": queries.everywhere(request.rights, Right.MANAGE_PEOPLE),
        "small": request.small,
    }
    return render(request, "people/index.html", context)


def _columns(request: HttpRequest) -> Table:
    """Staff codes for those who give them out; no levels where nobody asks for them."""
    left_out = [] if queries.everywhere(request.rights, Right.MANAGE_PEOPLE) else ["staff_code"]
    return queries.PEOPLE.without(*left_out, *(["level"] if request.small else []))


@needs(Right.SEE_PEOPLE)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody's place here; figures only if they are one's own or were published."""
    return _page(request, get_object_or_404(Person, pk=pk))


@needs(Right.MANAGE_PEOPLE)
def add(request: HttpRequest) -> HttpResponse:
    """Somebody joins."""
    now = timezone.now()
    units = queries.units_within(request.rights, Right.MANAGE_PEOPLE)
    form = PersonForm(request.POST or None, units=units, today=timezone.localdate(now), small=request.small)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_person(by=request.person, now=now, **form.cleaned_data)
        except actions.StaffCodeTaken:
            form.add_error("staff_code", CODE_TAKEN)
        else:
            messages.success(request, _("%(name)s is in the directory.") % {"name": added.name})
            return redirect("people:person", added.pk)
    return render(request, "people/add.html", {"form": form, "small": request.small})


@needs(Right.MANAGE_PEOPLE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a name, an address, a staff code; an address only by those who could let them in."""
    one, now = _managed(request, pk), timezone.now()
    known = {name: getattr(one, name) for name in ("name", "email", "staff_code", "language")}
    form = ChangeForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"] != one.email and not _may_let_in(request, one, now):
            raise PermissionDenied(Right.MANAGE_PEOPLE)
        try:
            actions.change_person(person=one, by=request.person, now=now, **form.cleaned_data)
        except actions.StaffCodeTaken:
            form.add_error("staff_code", CODE_TAKEN)
        except actions.EmailTaken:
            form.add_error("email", _("Somebody else signs in with this address."))
        else:
            messages.success(request, _("Changed."))
            return redirect("people:person", one.pk)
    context = {"form": form, "who": one, "small": request.small}
    return render(request, "people/change.html", context, status=422 if form.errors else 200)


@needs(Right.MANAGE_PEOPLE)
def add_unit(request: HttpRequest) -> HttpResponse:
    """A region, site or department is added below another one."""
    form = UnitForm(request.POST or None, units=queries.units_within(request.rights, Right.MANAGE_PEOPLE))
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_unit(by=request.person, now=timezone.now(), **form.cleaned_data)
        except actions.KeyTaken:
            form.key_is_taken()
        else:
            messages.success(request, _("%(name)s is part of the organisation.") % {"name": added.name})
            return redirect("people:index")
    return render(request, "people/add_unit.html", {"form": form, "small": request.small})


@needs(Right.MANAGE_PEOPLE)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody gets a new position; the earlier ones stay readable."""
    one, now = _managed(request, pk), timezone.now()
    units = queries.units_within(request.rights, Right.MANAGE_PEOPLE)
    form = PositionForm(request.POST or None, units=units, today=timezone.localdate(now), small=request.small)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data | {"on": form.cleaned_data["starts_on"]}
        del wanted["starts_on"]
        try:
            actions.move_person(person=one, by=request.person, now=now, **wanted)
        except actions.NotAfterTheLastMove:
            form.add_error("starts_on", _("This has to be after the day their present position began."))
        else:
            messages.success(request, _("The new position is on record."))
            return redirect("people:person", one.pk)
    return render(request, "people/move.html", {"form": form, "who": one, "small": request.small})


@needs(Right.MANAGE_PEOPLE)
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody goes."""
    one, now = _managed(request, pk), timezone.now()
    form = LeaveForm(request.POST or None, initial={"on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.leave(person=one, by=request.person, now=now, **form.cleaned_data)
        except actions.NotAfterTheLastMove:
            form.add_error("on", _("This has to be after the day their present position began."))
        except actions.NobodyWouldManage:
            form.add_error(None, _("Nobody else could manage people then. Give the role to somebody first."))
        except actions.AlreadyLeft:
            form.add_error(None, _("This is on record already."))
        else:
            messages.success(request, _("On record. What they did stays."))
            return redirect("people:person", one.pk)
    heir = queries.who_takes_over(one, timezone.localdate(now))
    context = {"form": form, "who": one, "heir": heir, "small": request.small}
    return render(request, "people/leave.html", context)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    one = _managed(request, pk)
    form = GrantForm(request.POST, units=queries.units_within(request.rights, Right.MANAGE_PEOPLE))
    if not form.is_valid():
        return _page(request, one, grant_form=form)
    try:
        actions.grant(person=one, by=request.person, now=timezone.now(), **form.cleaned_data)
    except actions.AlreadyGranted:
        form.add_error(None, _("They have this role there already."))
        return _page(request, one, grant_form=form)
    messages.success(request, _("Granted, from now on."))
    return redirect("people:person", one.pk)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role back; twice is once."""
    given = get_object_or_404(Grant.objects.select_related("unit"), pk=pk)
    if not request.rights.reach(Right.MANAGE_PEOPLE, given.unit):
        raise PermissionDenied(Right.MANAGE_PEOPLE)
    try:
        actions.revoke(grant=given, by=request.person, now=timezone.now())
    except actions.AlreadyRevoked:
        messages.warning(request, _("This role had been taken back before."))
    except actions.NobodyWouldManage:
        messages.error(request, _("Nobody else could manage people then. Give the role to somebody first."))
    else:
        messages.success(request, _("Taken back."))
    return redirect("people:person", given.person_id)


@needs(Right.MANAGE_PEOPLE)
@require_POST
def open_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody sign in; who may do more elsewhere gets the first password from those who manage there."""
    one, now = _managed(request, pk), timezone.now()
    if not _may_let_in(request, one, now):
        raise PermissionDenied(Right.MANAGE_PEOPLE)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, one, account_form=form)
    try:
        actions.open_account(person=one, by=request.person, now=now, **form.cleaned_data)
    except actions.EmailTaken:
        form.add_error("email", _("Somebody else signs in with this address."))
        return _page(request, one, account_form=form)
    except actions.AlreadyHasAnAccount:
        messages.warning(request, _("They can sign in already."))
    else:
        messages.success(request, _("They can sign in now. Give them the password in person."))
    return redirect("people:person", one.pk)


@needs(Right.SEE_PEOPLE)
@require_POST
def publish_clock(request: HttpRequest) -> HttpResponse:
    """Show everybody how long ago I met a customer; twice is once."""
    try:
        actions.publish_clock(by=request.person, now=timezone.now())
    except actions.AlreadyPublished:
        messages.warning(request, _("Your clock is open already."))
    else:
        messages.success(request, _("Everybody can see your clock now."))
    return redirect("people:person", request.person.pk)


@needs(Right.SEE_PEOPLE)
@require_POST
def withdraw_clock(request: HttpRequest) -> HttpResponse:
    """Take my clock back; twice is once."""
    try:
        actions.withdraw_clock(by=request.person, now=timezone.now())
    except actions.NotPublished:
        messages.warning(request, _("Your clock was not open."))
    else:
        messages.success(request, _("Only you can see your clock now."))
    return redirect("people:person", request.person.pk)


def _managed(request: HttpRequest, pk: int) -> Person:
    one = get_object_or_404(Person, pk=pk)
    if not _may_manage(request, one):
        raise PermissionDenied(Right.MANAGE_PEOPLE)
    return one


def _may_let_in(request: HttpRequest, one: Person, now: datetime) -> bool:
    held = rights_of(one, now).grants
    return all(request.rights.reach(Right.MANAGE_PEOPLE, grant.unit) for grant in held)


def _may_manage(request: HttpRequest, one: Person) -> bool:
    position = one.positions.select_related("unit").order_by("-starts_on", "-id").first()
    return position is not None and request.rights.reach(Right.MANAGE_PEOPLE, position.unit)


def _page(
    request: HttpRequest,
    one: Person,
    grant_form: GrantForm | None = None,
    account_form: AccountForm | None = None,
) -> HttpResponse:
    today, mine = timezone.localdate(), one == request.person
    manages, now = _may_manage(request, one), timezone.now()
    issues = queries.may_issue(one, by=request.person, rights=request.rights, now=now)
    published = queries.published_clock_of(one)
    units = queries.units_within(request.rights, Right.MANAGE_PEOPLE)
    context = {
        "who": one,
        "mine": mine,
        "position": queries.position_of(one, today),
        "positions": one.positions.select_related("unit", "manager").order_by("-starts_on", "-id"),
        "grants": queries.grants_of(one, today) if mine or manages else None,
        "published": published,
        "clock": queries.clock_of(one, today) if mine or published else None,
        "may_manage": manages,
        "may_issue": issues,
        "moved": queries.moved_from(one),
        "passes": queries.passes_of(one, now) if manages or issues or mine else None,
        "grant_form": grant_form or GrantForm(units=units),
        "account_form": account_form or AccountForm(initial={"email": one.email}),
        "grant_wrong": grant_form is not None,
        "account_wrong": account_form is not None,
        "small": request.small,
    }
    return render(request, "people/person.html", context, status=422 if grant_form or account_form else 200)


@needs(Right.MANAGE_PEOPLE)
def policies(request: HttpRequest) -> HttpResponse:
    """The numbers this organisation may choose."""
    _for_everybody(request)
    found = queries.policies_in_force()
    if file := taken(request, Offer(queries.POLICIES_IN_FORCE, found)):
        return file
    return render(request, "people/policies.html", {"policies": found})


@needs(Right.MANAGE_PEOPLE)
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Choose one of them."""
    _for_everybody(request)
    if key not in POLICIES:
        raise Http404(key)
    form = PolicyForm(request.POST or None, policy=POLICIES[key], initial={"value": number(key)})
    if request.method == "POST" and form.is_valid():
        actions.choose(key=key, value=form.cleaned_data["value"], by=request.person, now=timezone.now())
        messages.success(request, _("Chosen. Figures use it from their next computation on."))
        return redirect("people:policies")
    return render(request, "people/choose.html", {"form": form, "policy": POLICIES[key]})


def _for_everybody(request: HttpRequest) -> None:
    """What holds everywhere is chosen by those who manage people everywhere."""
    if not queries.everywhere(request.rights, Right.MANAGE_PEOPLE):
        raise PermissionDenied(Right.MANAGE_PEOPLE)


@needs(Right.SEE_PEOPLE)
def own_addresses(request: HttpRequest) -> HttpResponse:
    """Stands before allauth's page of that address: nobody adds sign-in addresses that nobody confirmed."""
    messages.info(request, _("Sign-in addresses are kept by those who look after people here."))
    return redirect("people:person", request.person.pk)


@needs(Right.SEE_PEOPLE)
def own_password(request: HttpRequest) -> HttpResponse:
    """Stands before allauth's pages: who has no address has no password, but perhaps a PIN."""
    if request.user.email and request.resolver_match.url_name == "account_set_password":
        return redirect("account_change_password")
    if request.user.email:
        return password_change(request)
    messages.info(request, _("You get in without a password. This is where you change your PIN."))
    return redirect("people:own_pin")


@needs(Right.SEE_PEOPLE)
def prove_again(request: HttpRequest) -> HttpResponse:
    """Stands before allauth's page, which asks for a password: who has none signs in again instead."""
    if request.user.email:
        return reauthenticate(request)
    messages.info(request, _("Please come in again with your PIN or your badge."))
    return redirect("people_public:door")
