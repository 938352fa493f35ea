"""What is asked for when somebody decides about a proposal."""

import re
from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.records.models import Issue, IssueKind, SummaryKind, Theme

from .issues import KINDS

NUMBERED: Final = re.compile(r"\s*#(\d{1,18})\b.*", re.DOTALL)


class NameForm(forms.Form):
    """The name a proposal gets when it becomes an issue, and what kind of thing it is."""

    title = forms.CharField(label=_("What do customers experience?"), max_length=160)
    kind = forms.ChoiceField(label=_("What is it about?"), choices=KINDS, initial=IssueKind.SERVICE)


class AskForm(forms.Form):
    """Whether a language model is asked for a name or for a summary."""

    kind = forms.ChoiceField(choices=SummaryKind)


class TakeForm(forms.Form):
    """The name that was proposed, or what a person made of it."""

    title = forms.CharField(max_length=160)


class PartForm(forms.Form):
    """What a proposal is part of: an issue by its title, or another proposal by its number."""

    into = forms.CharField(label=_("It is the same as"), max_length=300)

    def whole(self) -> Issue | Theme:
        """What was chosen; raises DoesNotExist or MultipleObjectsReturned where it fits none, or several."""
        given = self.cleaned_data["into"].strip()
        issues = Issue.objects.standing().filter(title__iexact=given)
        numbered = NUMBERED.fullmatch(given)
        if numbered and not issues.exists():
            return Theme.objects.waiting().get(pk=int(numbered[1]))
        return issues.get()


class SplitForm(forms.Form):
    """Which clauses go into a proposal of their own."""

    clauses = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, clauses: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clauses"].choices = [(clause, "") for clause in clauses]
