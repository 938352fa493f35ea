"""One step of the five whys."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WhyForm(forms.Form):
    """Because of what?"""

    text = forms.CharField(label=_("Because …"), max_length=300)
