"""What is asked about a study, and about a passage somebody marks in one."""

from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.hear.queries import issues_to_choose, span_of
from coalface.meet.forms import KINDS
from coalface.policies import number
from coalface.records.models import Kind, ReportPage, Unit

FILES: Final = ".pdf,.docx,.txt,.md"


class StudyForm(forms.Form):
    """A file, or words pasted, and what is known about them."""

    file = forms.FileField(
        label=_("The report"),
        help_text=_("A PDF, a Word document or plain notes."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": FILES}),
    )
    words = forms.CharField(
        label=_("Or paste the words here"),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    title = forms.CharField(
        label=_("Title"),
        help_text=_("If you leave it empty, the name of the file will do."),
        max_length=200,
        required=False,
    )
    made_by = forms.CharField(label=_("Who made it"), max_length=120, required=False)
    published_on = forms.DateField(
        label=_("When it appeared"),
        help_text=_("What you mark counts on that day."),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    participants = forms.IntegerField(
        label=_("How many people took part"), min_value=1, max_value=2_000_000_000, required=False
    )
    unit = forms.ModelChoiceField(label=_("Whom it is about"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: Q, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(units).order_by("path")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        file, words = given.get("file"), given.get("words", "").strip()
        most = int(number("research_megabytes"))
        if not file and not words and not self.errors:
            self.add_error("file", _("Choose a file, or paste some words."))
        elif file and file.size > most * 2**20:
            self.add_error("file", _("This is larger than %(most)s MB.") % {"most": most})
        return given


class MarkForm(forms.Form):
    """A passage of a page, what it is, and what it speaks of if the reader knows."""

    quote = forms.CharField(
        label=_("The passage"),
        help_text=_("Select it in the text, or copy it here word for word."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-passage": ""}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=KINDS,
        initial=Kind.COMPLAINT,
        widget=forms.RadioSelect(attrs={"class": "pills"}),
    )
    issue = forms.ModelChoiceField(
        label=_("What does it speak of?"),
        help_text=_("Leave it empty if you do not know: it is sorted by its words."),
        queryset=None,
        required=False,
        empty_label=_("I do not know"),
    )

    def __init__(self, *args: Any, page: ReportPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.fields["issue"].queryset = issues_to_choose()

    def clean_quote(self) -> tuple[int, int]:
        """Where it stands on the page: what is quoted is quoted word for word."""
        span = span_of(self.page, self.cleaned_data["quote"])
        if span is None:
            raise forms.ValidationError(_("These words do not stand on this page. Copy them as they are."))
        return span
