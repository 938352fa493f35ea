"""What is asked when somebody joins, moves, gets a right or a sign-in."""

from datetime import date, timedelta

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from coalface.people.queries import positions_on
from coalface.permissions import SCOPES, Rights
from coalface.policies import Choice
from coalface.records.models import Level, Person, Role, Unit, UnitKind

LEVELS = (
    ("", _("Nobody has said")),
    (Level.FRONT_LINE, _("Front line")),
    (Level.SUPERVISOR, _("Supervisor")),
    (Level.MIDDLE, _("Middle")),
    (Level.TOP, _("Top")),
)
ROLES = (
    (Role.MEMBER, _("Member: sees what everybody sees")),
    (Role.LEADER, _("Leader: meets customers and opens fixes")),
    (Role.PROGRAMME_MANAGER, _("Programme manager: plans, sorts and looks after customers")),
    (Role.ANALYST, _("Analyst: sorts and studies")),
    (Role.ADMINISTRATOR, _("Administrator: people, rights and what failed")),
)
UNIT_KINDS = (
    (UnitKind.REGION, _("Region")),
    (UnitKind.SITE, _("Site")),
    (UnitKind.DEPARTMENT, _("Department")),
)
SCOPE_WORDS = {
    "feedback:read": _("Read feedback, with its words"),
    "feedback:write": _("Bring feedback in"),
    "remarks:read": _("Read remarks"),
    "customers:read": _("Read customers"),
    "customers:write": _("Write customers"),
    "people:read": _("Read who works here"),
    "exposures:read": _("Read exposures"),
    "exposures:write": _("Write exposures"),
    "issues:read": _("Read issues"),
    "fixes:read": _("Read fixes"),
    "verdicts:read": _("Read verdicts"),
    "chains:read": _("Read chains, from what was said to who was told"),
}
USUALLY_LASTS = timedelta(days=90)
STAFF_CODE = _("With it and a PIN they come in without an e-mail address. The first PIN brings one.")
LANGUAGES = (("en", _("English")), ("de", _("German")), ("fr", _("French")))


class SearchForm(forms.Form):
    """Whom to list."""

    q = forms.CharField(label=_("Name or job"), required=False, max_length=80)
    unit = forms.ModelChoiceField(
        Unit.objects.order_by("path"),
        label=_("Where"),
        required=False,
        to_field_name="key",
        empty_label=_("All"),
    )


class PositionForm(forms.Form):
    """Where somebody works, as what, and since when; a small organisation is not asked for levels."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Where"), empty_label=None)
    job = forms.CharField(label=_("Job"), required=False, max_length=120)
    level = forms.ChoiceField(label=_("Level"), choices=LEVELS, required=False)
    manager = forms.ModelChoiceField(
        Person.objects.none(), label=_("Reports to"), required=False, empty_label=_("Nobody")
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: object, units, today: date, small: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        working = positions_on(today).order_by().values("person")
        self.fields["manager"].queryset = Person.objects.filter(pk__in=working)
        self.fields["starts_on"].initial = today
        if small:
            del self.fields["level"]


class PersonForm(PositionForm):
    """Somebody who joins."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    staff_code = forms.CharField(label=_("Staff code"), required=False, max_length=32, help_text=STAFF_CODE)
    language = forms.ChoiceField(label=_("Reads"), choices=LANGUAGES)
    field_order = ("name", "email", "unit", "job", "level", "manager", "starts_on", "language", "staff_code")


class ChangeForm(forms.Form):
    """What the directory says about somebody."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    staff_code = forms.CharField(label=_("Staff code"), required=False, max_length=32, help_text=STAFF_CODE)
    language = forms.ChoiceField(label=_("Reads"), choices=LANGUAGES)


class KeyedForm(forms.Form):
    """A name, and the short name made from it, which is asked for only where that one is not free."""

    data: QueryDict
    name = forms.CharField(label=_("Name"))
    key = forms.SlugField(
        label=_("Short name"),
        required=False,
        max_length=50,
        widget=forms.HiddenInput,
        help_text=_("Used in addresses: letters without accents, digits and hyphens."),
    )

    def clean(self) -> dict[str, object]:
        """The short name as given, or as the name makes it."""
        given: dict[str, object] = super().clean()
        if "key" in self.errors:
            self._ask(self.data["key"])
        elif "name" in given and not given["key"]:
            given["key"] = slugify(given["name"])[:50]
            if not given["key"]:
                self._ask("")
                self.add_error("key", _("This name makes no short name: please give one."))
        return given

    def key_is_taken(self) -> None:
        """Show the short name that is not free, so that another can be given."""
        self._ask(self.cleaned_data["key"])
        self.add_error("key", _("Something else has this short name already: please give another."))

    def _ask(self, key: str) -> None:
        field = self.fields["key"]
        field.widget, field.required = forms.TextInput(attrs={"maxlength": "50"}), True
        self.data = self.data.copy()
        self.data["key"] = key


class UnitForm(KeyedForm):
    """A part of the organisation, and what it hangs on."""

    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=UNIT_KINDS, initial=UnitKind.SITE)
    parent = forms.ModelChoiceField(Unit.objects.none(), label=_("Belongs to"), empty_label=None)
    field_order = ("name", "key", "kind", "parent")

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units


class LeaveForm(forms.Form):
    """The first day on which somebody works here no more."""

    on = forms.DateField(
        label=_("Works here no more from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class GrantForm(forms.Form):
    """A role, and for which part of the organisation."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("For"),
        empty_label=None,
        help_text=_("This part of the organisation and everything below it."),
    )

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class AccountForm(forms.Form):
    """A sign-in."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    password = forms.CharField(
        label=_("First password"),
        min_length=10,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Ten characters or more. They can change it once they are in."),
    )

    def clean_password(self) -> str:
        """Not one of those that everybody tries first."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]


KEYPAD = {"inputmode": "numeric", "autocomplete": "off", "class": "keys secret"}
WHY_NOT = {
    "not_digits": _("A PIN is made of digits."),
    "short": _("At least six digits, please."),
    "long": _("At most twelve digits, please."),
    "own_code": _("Not your staff code, please: it stands on lists."),
    "repeats": _("The same digits again and again are guessed first."),
    "runs": _("Digits in a row are guessed first."),
    "same": _("This is the PIN you were given. Please choose one that only you know."),
}


class DoorForm(forms.Form):
    """A staff code and its PIN; nothing here is kept by the browser."""

    code = forms.CharField(
        label=_("Staff code"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "class": "keys"}),
    )
    pin = forms.CharField(label=_("PIN"), max_length=40, widget=forms.TextInput(attrs=KEYPAD))

    def __init__(self, *args: object, numbers_only: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if numbers_only:
            self.fields["code"].widget.attrs["inputmode"] = "numeric"


class BadgeForm(forms.Form):
    """What stands in a badge's code; away from shared devices the PIN as well."""

    badge = forms.CharField(
        label=_("Badge"),
        max_length=400,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "keys secret"}),
    )
    pin = forms.CharField(label=_("PIN"), max_length=40, widget=forms.TextInput(attrs=KEYPAD))

    def __init__(self, *args: object, shared: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if shared:
            del self.fields["pin"]


class NewPinForm(forms.Form):
    """A PIN of one's own, twice."""

    pin = forms.CharField(
        label=_("New PIN"),
        max_length=40,
        widget=forms.TextInput(attrs=KEYPAD),
        help_text=_("Six to twelve digits that nobody guesses: no rows, no repeats, not your staff code."),
    )
    again = forms.CharField(
        label=_("The same once more"), max_length=40, widget=forms.TextInput(attrs=KEYPAD)
    )

    def clean(self) -> dict[str, object]:
        """Both times the same."""
        given: dict[str, object] = super().clean()
        if given.get("pin") != given.get("again") and not self.errors:
            self.add_error("again", _("The two are not the same."))
        return given

    def too_easy(self, why: str) -> None:
        """Say why this PIN will not do."""
        self.add_error("pin", WHY_NOT[why])


class OwnPinForm(NewPinForm):
    """A new PIN, by somebody who knows the present one."""

    present = forms.CharField(label=_("Present PIN"), max_length=40, widget=forms.TextInput(attrs=KEYPAD))
    field_order = ("present", "pin", "again")


class DeviceForm(forms.Form):
    """What people call this till, and where it stands."""

    name = forms.CharField(label=_("Name of this device"), max_length=80)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Where it stands"), empty_label=None)

    def __init__(self, *args: object, units, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units


class TeamForm(forms.Form):
    """Who of a team gets a pass, and which."""

    people = forms.ModelMultipleChoiceField(Person.objects.none())
    what = forms.ChoiceField(choices=(("pin", "pin"), ("badge", "badge")))

    def __init__(self, *args: object, people, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = people


class PolicyForm(forms.Form):
    """A number within what the policy allows."""

    value = forms.FloatField(label=_("Number"), widget=forms.NumberInput(attrs={"step": "any"}))

    def __init__(self, *args: object, policy: Choice, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["value"]
        field.validators += [MinValueValidator(policy.least), MaxValueValidator(policy.most)]
        field.help_text = _("From %(least)g to %(most)g; %(default)g unless you choose.") % {
            "least": policy.least,
            "most": policy.most,
            "default": policy.default,
        }


class TokenForm(forms.Form):
    """What a program may do, and until when: never more than whoever makes the token."""

    name = forms.CharField(
        label=_("Which program is it for?"), max_length=80, help_text=_("So that you know it again.")
    )
    scopes = forms.MultipleChoiceField(label=_("It may"), widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("The first day on which it opens nothing any more. Empty: until you revoke it."),
    )

    def __init__(self, *args: object, rights: Rights, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        mine = [(scope, SCOPE_WORDS[scope]) for scope, right in SCOPES.items() if rights.has(right)]
        self.fields["scopes"].choices = mine
        self.fields["expires_on"].initial = today + USUALLY_LASTS
        self.today = today

    def clean_expires_on(self) -> date | None:
        """A day to come, if any."""
        until: date | None = self.cleaned_data["expires_on"]
        if until and until <= self.today:
            raise forms.ValidationError(_("This has to be after today."))
        return until
