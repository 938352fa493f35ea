"""What happened at an encounter is told in words."""

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from coalface.meet import actions

NOTED = re.compile(r'(?:note\(|kind=)\s*"([a-z_]+\.[a-z_]+)"')
# Not of an encounter's history.
ELSEWHERE = ("photo.", "reflection.", "reminders.", "second_version.", "guest.answered")
SOURCES = sorted(Path(actions.__file__).parent.glob("*.py"))
KINDS = sorted({kind for source in SOURCES for kind in NOTED.findall(source.read_text())})


def test_every_kind_of_event_is_found():
    assert {"encounter.held", "recording.failed", "quota.set", "step.raised"} <= set(KINDS)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if not kind.startswith(ELSEWHERE)])
def test_everything_that_happens_at_an_encounter_has_its_words(kind):
    words = render_to_string("meet/words/event.html", {"kind": kind}).strip()
    assert words and words != kind
