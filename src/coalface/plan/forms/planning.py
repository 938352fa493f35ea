"""What is asked when somebody plans: a draw, a promise, a way of meeting, a time off."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Channel, Depth, Format, FormatKind, Level, Person, Unit

DEPTHS = (
    (Depth.DOING, _("Doing: serving customers oneself")),
    (Depth.RESOLVING, _("Resolving: solving somebody's complaint")),
    (Depth.CONVERSING, _("Conversing: a talk between two")),
    (Depth.GROUP, _("Group: a talk with several")),
    (Depth.BESIDE, _("Beside: sitting with somebody who serves")),
    (Depth.LISTENING, _("Listening: to calls")),
    (Depth.OWN_WALK, _("Own walk: being one's own customer")),
    (Depth.READING, _("Reading: what customers wrote")),
)
KINDS = (
    (FormatKind.CONVERSATION, _("Conversation: we ask, they speak, we write it down")),
    (FormatKind.DROP_IN, _("Drop-in: without an appointment, for as long as a coffee lasts")),
    (FormatKind.SHIFT, _("Hands-on shift: a buddy, safe tasks and an induction come first")),
    (FormatKind.LISTENING, _("Listening session: calls are drawn by chance, and the agent knows")),
    (FormatKind.OWN_WALK, _("Own walk: going our customers’ way, step by step")),
    (FormatKind.CARE_WALK, _("Care walk: does what we send and put up say “we care”?")),
    (FormatKind.FOCUS_GROUP, _("Focus group: several customers, invited so that all kinds are there")),
    (FormatKind.EVENT, _("Event: customers and ours at tables, and nobody sells anything")),
    (FormatKind.TOWN_HALL, _("Town hall: one of us, many customers, and every question gets its answer")),
    (FormatKind.INCOGNITO, _("Incognito: unrecognised at first, and everybody is told afterwards")),
)
LEVELS = (
    ("", _("– one person –")),
    (Level.TOP, _("Top")),
    (Level.MIDDLE, _("Middle")),
    (Level.SUPERVISOR, _("Supervisor")),
    (Level.FRONT_LINE, _("Front line")),
)
CHANNELS = ((Channel.PHONE, _("Phone")), (Channel.EMAIL, _("E-mail")), (Channel.LETTER, _("Letter")))
LOOKING_AHEAD = timedelta(days=366)


class MeetingForm(forms.Form):
    """Who of us meets customers, how, where and when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who of us"), empty_label=None)
    format = forms.ModelChoiceField(Format.objects.order_by("key"), label=_("How"), empty_label=None)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Where"), empty_label=None)
    starts_at = forms.DateTimeField(
        label=_("When"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: object, units, people, now: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["unit"].queryset = units
        self.fields["person"].queryset = people

    def clean_starts_at(self) -> datetime:
        """A time that is still to come, and that somebody will remember."""
        if self.cleaned_data["starts_at"] <= self.now:
            raise forms.ValidationError(_("This time has passed."))
        if self.cleaned_data["starts_at"] > self.now + LOOKING_AHEAD:
            raise forms.ValidationError(_("That is more than a year ahead: plan it when it is nearer."))
        return self.cleaned_data["starts_at"]


class DrawForm(MeetingForm):
    """The draw says which customer; an incognito visit has no guest, so none is drawn for it."""

    channel = forms.ChoiceField(label=_("We ask them by"), choices=CHANNELS)
    seed = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].help_text = _("The customer is drawn among all who are served there.")
        self.fields["format"].queryset = Format.objects.exclude(kind=FormatKind.INCOGNITO).order_by("key")


class PlanForm(MeetingForm):
    """An encounter without a draw: guests are invited later, or nobody is."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    unannounced = forms.BooleanField(
        label=_("Nobody is told beforehand"),
        required=False,
        help_text=_("Only for a format that may happen unannounced."),
    )

    def clean(self) -> dict[str, object]:
        """Only some formats may take people by surprise."""
        given = super().clean()
        format = given.get("format")
        if given.get("unannounced") and format and not format.may_be_unannounced:
            self.add_error("unannounced", _("%(format)s has to be announced.") % {"format": format.name})
        return given


class NoticeForm(forms.Form):
    """What was announced about incognito visits, where and when."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label=_("For whom"),
        empty_label=None,
        help_text=_("It holds there and for every part below."),
    )
    published_on = forms.DateField(
        label=_("Everybody could read it since"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    text = forms.CharField(
        label=_("What was announced, word for word"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: object, units, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["unit"].queryset = units

    def clean_published_on(self) -> date:
        """A day that has come."""
        if self.cleaned_data["published_on"] > self.today:
            raise forms.ValidationError(_("Publish it first: this day has not come yet."))
        return self.cleaned_data["published_on"]


class CommitmentForm(forms.Form):
    """Who promises how often, and in which ways."""

    level = forms.ChoiceField(label=_("Everybody of a level"), choices=LEVELS, required=False)
    job = forms.ChoiceField(label=_("Or everybody who does a job"), required=False)
    person = forms.ModelChoiceField(
        Person.objects.none(), label=_("Or one person"), required=False, empty_label=_("Nobody in particular")
    )
    every_days = forms.IntegerField(
        label=_("At least once in so many days"), min_value=1, max_value=366, initial=30
    )
    formats = forms.ModelMultipleChoiceField(
        Format.objects.order_by("name", "id"),
        label=_("Only these ways of meeting count"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none, and every encounter with customers counts."),
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(
        self, *args: object, people, today: date, levels: bool, jobs: Sequence[str] = (), **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["starts_on"].initial = today
        self.fields["job"].choices = [("", _("– no job in particular –")), *((job, job) for job in jobs)]
        if not (levels and jobs):
            del self.fields["job"]
        if not levels:
            del self.fields["level"]
            self.fields["person"].label = _("Who")
            self.fields["person"].required = True

    def clean(self) -> dict[str, object]:
        """A level, a job or a person, exactly one of them."""
        given = super().clean()
        if sum(bool(given.get(whose)) for whose in ("level", "job", "person")) != 1:
            raise forms.ValidationError(_("Choose a level, a job or one person."))
        return given


class ExemptionForm(forms.Form):
    """Who owes no encounter until when; nobody asks why."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"), empty_label=None)
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    until_on = forms.DateField(
        label=_("Until"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    remote_offered_on = forms.DateField(
        label=_("A way of meeting from anywhere was offered to them on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Nobody is let off before that. The reason is not asked and not stored."),
    )

    def __init__(
        self, *args: object, people, today: date, remote: Sequence[Format], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.remote = remote
        self.fields["person"].queryset = people
        self.fields["starts_on"].initial = today

    def clean(self) -> dict[str, object]:
        """Nothing can have been offered as long as no way of meeting needs no place."""
        if not self.remote:
            raise forms.ValidationError(
                _("No way of meeting can be done from anywhere yet, so none can have been offered.")
            )
        return super().clean()


class ChangeFormatForm(forms.Form):
    """What may change about a way of meeting that was used before."""

    name = forms.CharField(label=_("Name"), max_length=80)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=600, initial=30)
    seats = forms.IntegerField(label=_("For how many customers"), min_value=1, max_value=1000, initial=1)
    guide = forms.CharField(
        label=_("Guide"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One question or step per line, in the order in which they are asked."),
    )
    remote = forms.BooleanField(
        label=_("Can be done from anywhere"),
        required=False,
        help_text=_("By phone or video: for everybody who cannot come to a place."),
    )
    may_be_unannounced = forms.BooleanField(label=_("May happen unannounced"), required=False)

    def clean_guide(self) -> str:
        """Lines without blanks around them, and no empty ones."""
        lines = (line.strip() for line in self.cleaned_data["guide"].splitlines())
        return "\n".join(line for line in lines if line)


class FormatForm(ChangeFormatForm):
    """A way of meeting customers, for the first time."""

    key = forms.SlugField(
        label=_("Short name"), help_text=_("Small letters and hyphens, such as counter-shift.")
    )
    kind = forms.ChoiceField(
        label=_("What kind"),
        help_text=_("It decides what the page of the encounter asks for."),
        choices=KINDS,
        initial=FormatKind.CONVERSATION,
    )
    depth = forms.ChoiceField(label=_("How close"), choices=DEPTHS, initial=Depth.CONVERSING)
    field_order = ("name", "key", "kind", "depth")
