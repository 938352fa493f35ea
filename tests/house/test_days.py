"""A browser's own calendar takes a day in one form only, in any language: else the field stays empty."""

import ast

import pytest

from tests.house.rules.source import PACKAGE

FORMS = sorted(
    path
    for path in PACKAGE.rglob("*.py")
    if "DateInput" in path.read_text() or "TimeInput" in path.read_text()
)
PICKERS = {"DateInput", "TimeInput", "DateTimeInput"}


def without_format(source: str) -> list[int]:
    """The lines on which a picker says nothing of its form."""
    return [
        call.lineno
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in PICKERS
        and "format" not in {word.arg for word in call.keywords}
    ]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_day_that_stands_in_a_form_is_written_as_browsers_read_it(path):
    assert without_format(path.read_text()) == []


def test_a_picker_that_would_stay_empty_is_seen():
    assert without_format('x = forms.DateInput(attrs={"type": "date"})') == [1]
