"""The exports of common systems are known by their columns, and the ready map fits."""

from itertools import islice
from pathlib import Path

import pytest

from coalface.importers.exports import export_of, exports
from coalface.importers.kinds import KINDS
from coalface.importers.mapping import Mapping
from coalface.importers.reading import guessed, opened

READY = Path(__file__).parent / "ready"


def looked_at(path):
    """The header and the first rows of a file, as they lie below it."""
    with opened(path, guessed(path, name=path.name), name=path.name) as table:
        return table.header, [row.fields for row in islice(table.rows(), 200)]


def mapped(key):
    header, rows = looked_at(READY / f"{key}.csv")
    export = export_of(header)
    return Mapping.of(export.mapping(header, rows, KINDS[export.of].fields))


@pytest.mark.parametrize("export", exports(), ids=lambda export: export.key)
def test_each_export_is_known_by_its_columns(export):
    header, rows = looked_at(READY / f"{export.key}.csv")
    assert export_of(header) is export
    assert export_of(header, of=export.of) is export
    fields = {field.name: field for field in KINDS[export.of].fields}
    meaning = Mapping.of(export.mapping(header, rows, tuple(fields.values())))
    assert set(export.columns) <= set(fields) and set(export.always) <= set(fields)
    assert set(meaning.columns.values()) <= set(header)
    surveys = (
        {"kind"} if export.always.get("channel") == "survey" or export.key == "plain-feedback" else set()
    )
    missing = {name for name, field in fields.items() if field.required} - {*meaning.columns, *meaning.always}
    assert missing <= surveys


def test_a_survey_of_qualtrics_has_two_lines_below_its_header_and_its_questions_tell_what_is_what():
    header, rows = looked_at(READY / "qualtrics.csv")
    assert export_of(header).skip(rows) == 2
    assert mapped("qualtrics").columns == {
        "id": "ResponseId",
        "received_at": "RecordedDate",
        "language": "UserLanguage",
        "customer": "ExternalReference",
        "nps": "Q1",
        "csat": "Q2",
        "text": "Q3",
    }


def test_the_questions_of_other_surveys_are_recognised():
    assert mapped("formbricks").columns == {
        "id": "Response ID",
        "received_at": "Timestamp",
        "customer": "User ID",
        "nps": "1. How likely are you to recommend us?",
        "text": "2. What should we do better?",
    }
    assert mapped("limesurvey").columns == {
        "id": "id",
        "received_at": "submitdate",
        "language": "startlanguage",
        "nps": "G01Q01. How likely are you to recommend us?",
        "text": "G01Q02. Comments",
    }


def test_tickets_are_mapped_as_they_stand():
    assert mapped("zendesk") == Mapping(
        source="zendesk",
        columns={
            "id": "Id",
            "received_at": "Created at",
            "text": "Subject",
            "topic": "Ticket type",
            "channel": "Via",
            "customer": "Requester email",
        },
        always={"kind": "complaint"},
        null=("-",),
    )


def test_another_file_is_none_of_them():
    assert export_of(("Kd-Nr", "Name", "Tel/Mail")) is None
    assert export_of(("Record ID", "First Name", "Last Name", "Email"), of="feedback") is None
