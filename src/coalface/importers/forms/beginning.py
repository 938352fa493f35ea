"""What it is, and the list itself: pasted, or a file."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.policies import number

MOST_PASTED: Final = 2_000_000


class BeginForm(forms.Form):
    """Paste or choose: nothing else is asked before the columns are seen."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=(), widget=forms.RadioSelect(attrs={"class": "pills"})
    )
    words = forms.CharField(
        label=_("Paste your list"),
        help_text=_("Copy the cells in your spreadsheet, the first line with the names of the columns too."),
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=forms.Textarea(attrs={"rows": 7, "class": "list", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        help_text=_("CSV, Excel, JSON lines or Parquet, as it is. You can drop it here."),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"class": "drop", "data-drop": ""}),
    )

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        file, most = given.get("file"), int(number("import_megabytes"))
        if not file and not given.get("words", "").strip() and not self.errors:
            self.add_error("words", _("Paste a list, or choose a file."))
        elif file and file.size > most * 2**20:
            too_large = _(
                "This is larger than %(most)s MB. Whoever runs Coalface can do it: coalface import."
            )
            self.add_error("file", too_large % {"most": most})
        return given
