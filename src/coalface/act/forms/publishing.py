"""Our own words for what we heard and what we did, in each language customers read."""

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.forms.boundfield import BoundField
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Fix, PublishedChange

WORDS = ("heard", "did")


class PublishForm(forms.Form):
    """Two short sentences a language; a language left empty is not public."""

    def __init__(
        self, *args: object, fix: Fix, standing: Mapping[str, PublishedChange], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        labels = {"heard": _("What we heard"), "did": _("What we did")}
        suggested = {"heard": fix.issue.title, "did": fix.title} if not standing else {}
        for language in settings.PUBLIC_LANGUAGES:
            there = standing.get(language)
            ours = suggested if language == settings.LANGUAGE_CODE else {}
            for name in WORDS:
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=labels[name],
                    max_length=300,
                    required=False,
                    initial=getattr(there, name) if there else ours.get(name, ""),
                    widget=forms.Textarea(attrs={"rows": 2, "lang": language}),
                )

    def languages(self) -> list[tuple[str, str, list[BoundField], bool, bool]]:
        """Each language with its name, its two fields, whether it is ours, and whether it is written."""
        found = []
        for code in settings.PUBLIC_LANGUAGES:
            fields = [self[f"{name}_{code}"] for name in WORDS]
            written = any(field.value() or field.errors for field in fields)
            called = capfirst(get_language_info(code)["name_local"])
            found.append((code, called, fields, code == settings.LANGUAGE_CODE, written))
        return found

    def given(self) -> dict[str, tuple[str, str]]:
        """What was written, by language; both parts are there or neither."""
        return {
            code: (self.cleaned_data[f"heard_{code}"], self.cleaned_data[f"did_{code}"])
            for code in settings.PUBLIC_LANGUAGES
        }

    def clean(self) -> None:
        """Half a message is none."""
        for code in settings.PUBLIC_LANGUAGES:
            written = {name: self.cleaned_data.get(f"{name}_{code}") for name in WORDS}
            for name in WORDS:
                if any(written.values()) and not written[name] and f"{name}_{code}" not in self.errors:
                    self.add_error(f"{name}_{code}", _("Write both sentences, or neither."))
