"""Which column means what: one choice a column, and what every row has in common."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalface.importers.mapping import Mapping
from coalface.importers.queries import Sample
from coalface.importers.reading import How
from coalface.importers.recognising import Field
from coalface.importers.rows import Kind
from coalface.meet.forms import KINDS
from coalface.people.forms import LEVELS
from coalface.records.models import Unit

LEAVE_OUT: Final = ""
ENCODINGS: Final = (
    ("utf-8-sig", "UTF-8"),
    ("cp1252", _("Windows, Western Europe (cp1252)")),
    ("cp1250", _("Windows, Central Europe (cp1250)")),
    ("iso8859-15", "ISO 8859-15"),
    ("mac_roman", _("Macintosh")),
    ("utf-16", "UTF-16"),
)
DELIMITERS: Final = ((",", _("Comma ,")), (";", _("Semicolon ;")), ("\t", _("Tab")), ("|", _("Bar |")))
WORDS: Final = {
    **dict(KINDS),
    **dict(LEVELS),
    "before": _("Not with us yet"),
    "joining": _("Is joining"),
    "using": _("Uses what we do"),
    "problem": _("Has a problem"),
    "change": _("Changes something"),
    "leaving": _("Is leaving"),
    "said": _("They said so"),
    "inferred": _("We infer it"),
    "system": _("A system says so"),
}
SAID_ONCE: Final = frozenset({"choice", "unit", "currency"})


class ColumnsForm(forms.Form):
    """The fields of the kind, to be put beside the columns of the file."""

    remember = forms.BooleanField(
        label=_("Remember this for the next list with these columns"), required=False, initial=True
    )

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        sample: Sample,
        mapping: Mapping,
        how: How,
        units: Q,
        sheets: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.sample, self.mapping, self.how = kind, sample, mapping, how
        self.columns = [self._column(place, name) for place, name in enumerate(sample.header)]
        self.once = [self._once(field, units) for field in kind.fields if self._may_be_said_once(field)]
        if how.form == "csv":
            self._choice("encoding", _("Encoding"), ENCODINGS, how.encoding)
            self._choice("delimiter", _("Between two columns stands"), DELIMITERS, how.delimiter)
        if len(sheets) > 1:
            self._choice("sheet", _("Sheet"), [(name, name) for name in sheets], how.sheet)

    def _column(self, place: int, name: str) -> str:
        meant = {column: field for field, column in self.mapping.columns.items()}
        required, rest = _("Must be there"), _("May be there")
        choices = [
            (LEAVE_OUT, _("Leave out")),
            (required, [(one.name, one.label) for one in self.kind.fields if one.required]),
            (rest, [(one.name, one.label) for one in self.kind.fields if not one.required]),
        ]
        key = f"column-{place}"
        label = _("“%(column)s” is") % {"column": name}
        self.fields[key] = forms.ChoiceField(
            label=label, choices=choices, required=False, initial=meant.get(name, LEAVE_OUT)
        )
        return key

    def _may_be_said_once(self, field: Field) -> bool:
        mapped = bool(self.mapping.columns.get(field.name))
        if mapped or (field.of == "key" and (field.name == "id" or not field.required)):
            return False
        return field.required or field.of in SAID_ONCE or field.name in self.mapping.always

    def _once(self, field: Field, units: Q) -> str:
        key, now = f"once-{field.name}", self.mapping.always.get(field.name, "")
        given = {"label": field.label, "required": False, "initial": now, "help_text": field.help}
        if field.of == "unit":
            known = [(unit.key, unit.name) for unit in Unit.objects.filter(units).order_by("path")]
            self.fields[key] = forms.ChoiceField(choices=[("", _("Not said")), *known], **given)
        elif meanings := self.kind.choices.get(field.name):
            known = [(code, WORDS.get(code, code)) for code in dict.fromkeys(meanings.values())]
            self.fields[key] = forms.ChoiceField(choices=[("", _("Not said")), *known], **given)
        else:
            self.fields[key] = forms.CharField(max_length=160, **given)
        return key

    def _choice(self, key: str, label: Any, choices: Any, now: str) -> None:
        known = list(choices)
        if now not in {value for value, _words in known}:
            known.append((now, now))
        self.fields[key] = forms.ChoiceField(label=label, choices=known, initial=now, required=False)

    def clean(self) -> dict[str, Any]:
        """Each field once, and all that must be there."""
        given = super().clean()
        chosen = [given.get(key) for key in self.columns if given.get(key)]
        twice = [name for name, times in Counter(chosen).items() if times > 1]
        for key in self.columns:
            if given.get(key) in twice:
                self.add_error(key, _("Another column is this already. Leave one of them out."))
        said = {*chosen, *(name.removeprefix("once-") for name in self.once if given.get(name))}
        missing = [field for field in self.kind.fields if field.required and field.name not in said]
        if missing and not self.errors:
            names = "”, “".join(str(field.label) for field in missing)
            self.add_error(None, _("No column is “%(names)s” yet. It must be there.") % {"names": names})
        return given

    def meaning(self) -> dict[str, Any]:
        """The mapping as it was chosen."""
        given = self.cleaned_data
        header = self.sample.header
        columns = {given[key]: header[place] for place, key in enumerate(self.columns) if given[key]}
        always = {key.removeprefix("once-"): given[key] for key in self.once if given[key]}
        return replace(self.mapping, columns=columns, always=always).as_json()

    def reading(self) -> How:
        """How the file is read by what was chosen, also where the rest is not filled in."""
        data = self.data
        return replace(
            self.how,
            encoding=data.get("encoding") or self.how.encoding,
            delimiter=data.get("delimiter") or self.how.delimiter,
            sheet=data.get("sheet") or self.how.sheet,
        )

    def rows(self) -> list[tuple[forms.BoundField, str, list[str]]]:
        """Per column its choice, its name and what stands in its first rows."""
        return [
            (self[key], self.sample.header[place], [row.fields[place] for row in self.sample.rows])
            for place, key in enumerate(self.columns)
        ]

    def said_once(self) -> list[forms.BoundField]:
        """What can be said once for every row."""
        return [self[key] for key in self.once]

    @property
    def once_is_needed(self) -> bool:
        """Whether something that must be there stands in no column."""
        return any(field.required and f"once-{field.name}" in self.fields for field in self.kind.fields)
