"""What is asked about a transcript: the file or the words, and whose voices these are."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalface.edges.transcripts import is_recording
from coalface.meet.actions import Voice
from coalface.policies import number
from coalface.records.models import Customer, Person, Speaker, TranscriptSpeaker

from .remarks import KINDS

NOTHING = "nothing"


class TranscriptForm(forms.Form):
    """A file, or words typed or pasted."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("A transcript as WebVTT, SRT or JSON, or plain notes."),
        required=False,
        allow_empty_file=True,
    )
    words = forms.CharField(
        label=_("Or paste the words here"),
        help_text=_("A blank line between two thoughts; “Anna: …” says who speaks."),
        required=False,
        max_length=2_000_000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        file, words = given.get("file"), given.get("words", "").strip()
        given["is_recording"] = bool(file) and is_recording(file.read(12))
        most = int(number("recording_megabytes" if given["is_recording"] else "transcript_megabytes"))
        if not file and not words and not self.errors:
            self.add_error("file", _("Choose a file, or paste some words."))
        elif file and file.size > most * 2**20:
            too_large = _("This is larger than %(most)s MB. Cut it in two, or leave out what is not talk.")
            self.add_error("file", too_large % {"most": most})
        elif file and not given["is_recording"]:
            file.seek(0)
            given["content"], given["name"] = file.read(), file.name
        elif not file:
            given["content"], given["name"] = words.replace("\r\n", "\n").encode(), ""
        return given


class VoicesForm(forms.Form):
    """Whose voices these are, one field a voice."""

    def __init__(
        self,
        *args: Any,
        voices: Iterable[TranscriptSpeaker],
        begins: Callable[[TranscriptSpeaker], str],
        guests: Sequence[Customer],
        ours: Sequence[Person] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.voices, self.guests = list(voices), {f"customer-{guest.pk}": guest for guest in guests}
        self.names = {
            **dict.fromkeys((person.name for person in ours), str(Speaker.EMPLOYEE)),
            **{guest.name: key for key, guest in self.guests.items()},
        }
        choices = [
            ("", _("Leave out")),
            *((key, guest.name) for key, guest in self.guests.items()),
            (Speaker.CUSTOMER, _("Another customer") if guests else _("A customer")),
            (Speaker.EMPLOYEE, _("One of us")),
        ]
        for voice in self.voices:
            self.fields[f"voice-{voice.pk}"] = forms.ChoiceField(
                label=voice.label or _("No name"),
                choices=choices,
                required=False,
                initial=self._now(voice),
                help_text=f"“{begins(voice)}”",
            )

    def _now(self, voice: TranscriptSpeaker) -> str:
        named = f"customer-{voice.customer_id}"
        if voice.said_by:
            return named if named in self.guests else voice.said_by
        label = voice.label.lower()
        alike = {key for name, key in self.names.items() if f"{name.lower()} ".startswith(f"{label} ")}
        return alike.pop() if label and len(alike) == 1 else ""

    def said(self) -> list[Voice]:
        """Every voice as the form was filled in."""
        found = []
        for voice in self.voices:
            who = self.cleaned_data[f"voice-{voice.pk}"]
            guest = self.guests.get(who)
            found.append(Voice(voice, Speaker.CUSTOMER if guest else who, guest))
        return found


class PassageForm(forms.Form):
    """What a passage is, or that there is nothing to note."""

    kind = forms.ChoiceField(choices=(*KINDS, (NOTHING, NOTHING)))
