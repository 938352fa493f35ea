"""A customer is forgotten: nothing of them is left anywhere, and every count stays."""

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

from coalface.customers.actions import (
    AlreadyAnswered,
    NothingToErase,
    ask_to_be_forgotten,
    carry_out,
    erase,
    erase_again,
    erase_receipt,
    finish_erasures,
    refuse_erasure,
)
from coalface.customers.queries import (
    TEXTS,
    Kept,
    belongings_of,
    erased_list,
    erased_so_far,
    fields_with_words,
    mark_of,
    reachable,
    texts,
    words_of,
)
from coalface.edges.photo import arriving_path, picture_path
from coalface.hear.actions import NewFeedback, take_in
from coalface.records.history import history_of
from coalface.records.models import (
    Attachment,
    Clause,
    ClauseVector,
    Customer,
    Erasure,
    Feedback,
    Guest,
    Receipt,
    Summary,
    SummarySentence,
    Theme,
    ThemeClause,
    ThemeRun,
    Transcript,
    Verbatim,
)
from coalface.understand.actions import read_some
from tests.customers.everything import remember_everything
from tests.people import NOW, lindner
from tests.understand import heard

MARKER = "Xylographin"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_home(settings, tmp_path):
    """Files that an erasure takes away are those of this test alone."""
    settings.HOME = tmp_path
    settings.ATTACHMENTS, settings.RECORDINGS = tmp_path / "attachments", tmp_path / "recordings"


def dump() -> str:
    """Every value of every column of every table there is."""
    whole = StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                whole.write(f"{table} {row!r}\n")
    return whole.getvalue()


def counts() -> dict[str, int]:
    return {
        model._meta.model_name: model._default_manager.count()
        for model in apps.get_app_config("records").get_models()
    }


def mark_everything(customer: Customer) -> int:
    """Write the marker into every text about a customer that an erasure does not explicitly keep."""
    marked, found = 0, belongings_of(customer)
    for model, ids in found.items():
        for field in texts(model):
            if not isinstance(TEXTS[model][field.name], Kept):
                for row in model._default_manager.filter(pk__in=ids):
                    value = getattr(row, field.name)
                    if field.name == "email":
                        value = f"{MARKER}.{row.pk}@home.example"
                    elif isinstance(value, list | dict):
                        value = [MARKER] if isinstance(value, list) else {"said": MARKER}
                    else:
                        value = f"{MARKER} {str(row.pk)[-4:]}"
                    setattr(row, field.name, value)
                    row.save(update_fields=[field.name])
                    marked += 1
    return marked + Verbatim.objects.filter(pk__in=words_of(found)).update(text=f"{MARKER} said so")


@pytest.mark.parametrize("start", [Customer, Feedback], ids=["customer", "feedback"])
def test_what_becomes_of_every_text_is_said(start):
    said = {model._meta.model_name: set(TEXTS.get(model, {})) for model in reachable(start)}
    assert said == {
        model._meta.model_name: {field.name for field in texts(model)} for model in reachable(start)
    }


def test_everything_holds_a_row_of_every_table(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    Erasure.objects.create(customer=cast.petra, asked_at=NOW, due_on=NOW.date(), done_at=NOW)
    assert set(belongings_of(cast.petra)) == reachable()


def test_nothing_of_a_customer_is_left_and_every_count_stays(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    Verbatim.objects.create(text=f"And {MARKER} {str(cast.petra.pk)[-4:]} stood beside me")
    assert mark_everything(Customer.objects.get(pk=cast.petra.pk)) >= 40
    petra = Customer.objects.get(pk=cast.petra.pk)
    assert MARKER in dump()
    before = counts() | {"erasure": counts()["erasure"] + 1, "event": counts()["event"] + 2}
    wish = erase(customer=petra, by=cast.ada, now=NOW)
    left = [line for line in dump().splitlines() if MARKER.lower() in line.lower() or "Petra F." in line]
    assert left == []
    assert counts() == before
    assert (wish.done_at, wish.done_by, wish.reached["words"]) == (NOW, cast.ada, 12)


def test_what_was_made_of_their_words_goes_with_them(cast):
    [theirs] = heard(cast, f"The {MARKER} was cold.", customer=cast.petra)
    [others] = heard(cast, f"{cast.petra.name} froze.", customer=cast.rosa)
    theme = theme_of(theirs.verbatim, others.verbatim)
    assert read_some(now=NOW) == 2
    erase(customer=cast.petra, by=cast.ada, now=NOW)
    assert [model.objects.count() for model in (ClauseVector, ThemeClause, Summary, SummarySentence)] == [
        0
    ] * 4
    assert set(Clause.objects.values_list("polarity", flat=True)) == {None}
    assert Theme.objects.get(pk=theme.pk).terms == []
    theirs.verbatim.refresh_from_db()
    others.verbatim.refresh_from_db()
    assert (theirs.verbatim.masks, others.verbatim.masks) == ([], None)
    assert MARKER.lower() not in dump().lower()


def test_the_words_of_a_theme_that_nobody_else_says_go_with_whoever_said_them(cast):
    [theirs] = heard(cast, f"The {MARKER} train was late.", customer=cast.petra)
    others = heard(cast, *(f"A late train, number {number}." for number in range(5)), customer=cast.rosa)
    theme = theme_of(theirs.verbatim, *(one.verbatim for one in others))
    before = Theme.objects.create(found_in=theme.found_in, seen_in=theme.seen_in, terms=[MARKER.lower()])
    Theme.objects.filter(pk=theme.pk).update(terms=["late", MARKER.lower(), "train"])
    apart = Theme.objects.create(found_in=theme.found_in, seen_in=theme.seen_in, terms=["doors"])
    erase(customer=cast.petra, by=cast.ada, now=NOW)
    assert [Theme.objects.get(pk=one.pk).terms for one in (theme, before, apart)] == [
        ["late", "train"], [], ["doors"],
    ]  # fmt: skip


def theme_of(*verbatims: Verbatim) -> Theme:
    """Clauses with all that machines make of them, in one theme with a summary of its own."""
    run = ThemeRun.objects.create(as_of=NOW.date(), seed=1, clauses=2, noise=0, shared=0, ended_at=NOW)
    theme = Theme.objects.create(found_in=run, seen_in=run, terms=[MARKER])
    summary = Summary.objects.create(theme=theme, kind="summary", language="en", model="m", asked_at=NOW)
    sentence = SummarySentence.objects.create(summary=summary, order=1, text=f"It is {MARKER}.")
    for verbatim in verbatims:
        clause = Clause.objects.create(
            verbatim=verbatim, start=0, end=len(verbatim.text), polarity="negative"
        )
        ClauseVector.objects.create(clause=clause, encoder="m", numbers=b"12")
        ThemeClause.objects.create(clause=clause, theme=theme)
        sentence.clauses.add(clause)
    return theme


def test_every_word_of_theirs_is_reached(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    pointing = {model._meta.model_name for model in reachable() if fields_with_words(model)}
    assert pointing == {
        "careitem", "departure", "disposition", "feedback", "handoveranswer", "message", "passage",
        "promisetocustomer", "remark", "secondversion",
    }  # fmt: skip


def test_who_they_were_goes_and_what_counts_stays(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    erase(customer=cast.petra, by=cast.ada, now=NOW)
    one = Customer.objects.get(pk=cast.petra.pk)
    assert (one.name, one.reference, one.email, one.phone, one.segment, one.household) == (
        f"#{str(one.pk)[-6:]}", None, "", "", "", None,
    )  # fmt: skip
    assert (one.unit, one.language, one.erased_at) == (cast.north, "en", NOW)
    assert one.consents.filter(withdrawn_at=None).count() == 0
    assert Transcript.objects.get().name == "vtt"
    passages = Verbatim.objects.filter(text__startswith="Thank you").values_list("text", flat=True)
    assert list(passages) == ["Thank you, ██████████, for coming"]
    waiting = one.messages.get()
    assert (waiting.gave_up_at, waiting.error, waiting.about) == (NOW, "stopped", {})
    assert Guest.objects.get(customer=one).token == ""
    kinds = [event.kind for event in history_of(one)]
    assert kinds[-1] == "customer.erased"


def test_a_name_that_another_customer_has_stays_in_the_words_of_others(cast):
    Customer.objects.create(name="petra frei")
    said = Verbatim.objects.create(text="Petra Frei is my name")
    erase(customer=cast.petra, by=None, now=NOW)
    said.refresh_from_db()
    assert said.text == "Petra Frei is my name"


def test_the_list_outside_the_ledger_holds_ids_and_times(cast):
    merged = Customer.objects.create(name="P. Frei", merged_into=cast.petra)
    erase(customer=merged, by=None, now=NOW)
    (line,) = erased_so_far()
    assert line == {"at": NOW.isoformat(), "customers": [str(cast.petra.pk), str(merged.pk)]}
    assert erased_list().stat().st_mode & 0o777 == 0o600
    assert Customer.objects.get(pk=merged.pk).erased_at == NOW
    with pytest.raises(NothingToErase):
        erase(customer=Customer.objects.get(pk=cast.petra.pk), by=None, now=NOW)


def test_half_a_line_in_the_list_is_no_line(cast):
    erase(customer=cast.petra, by=None, now=NOW)
    with erased_list().open("a") as file:
        file.write('{"at": "20')
    assert len(list(erased_so_far())) == 1


def test_after_an_old_copy_the_list_is_done_again(cast):
    for _ in range(2):
        assert erase_again(customers=[str(cast.petra.pk), str(cast.rosa.pk)], feedback=[], now=NOW) in (2, 0)
    assert Customer.objects.exclude(erased_at=None).count() == 2


def test_photos_sound_uploads_and_mails_go_from_the_disk(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    photos = list(Attachment.objects.all())
    paths = [*(picture_path(one.pk) for one in photos), arriving_path(photos[0].pk)]
    sound = settings.RECORDINGS / f"{Guest.objects.get().encounter_id}.1.2.recording"
    upload = settings.HOME / "imports" / "petra.csv"
    mail, other = settings.HOME / "mail" / "1.log", settings.HOME / "mail" / "2.log"
    for path in (*paths, sound, upload, mail, other):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("To: petra@home.example" if path == mail else "nothing")
    wish = erase(customer=Customer.objects.get(pk=cast.petra.pk), by=None, now=NOW)
    assert [path.name for path in (*paths, sound, upload, mail, other) if path.exists()] == ["2.log"]
    assert (wish.reached["files"], wish.reached["imports"]) == (4, 2)
    assert set(Attachment.objects.values_list("kept_at", "refusal")) == {(None, "erased")}
    picture_path(photos[0].pk).write_text("came back")
    assert (finish_erasures(now=NOW), finish_erasures(now=NOW)) == (1, 0)


def test_what_others_said_in_the_same_group_keeps_its_photos(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    encounter = Guest.objects.get().encounter
    Guest.objects.create(encounter=encounter, customer=cast.rosa)
    photo = Attachment.objects.create(
        encounter=encounter, added_by=cast.olga, added_at=NOW, size=1, sha256="1", kept_at=NOW
    )
    erase(customer=cast.petra, by=None, now=NOW)
    photo.refresh_from_db()
    assert photo.kept_at == NOW


def test_a_wish_is_one_wish_and_answered_once(cast):
    wish = ask_to_be_forgotten(customer=cast.petra, by=cast.mina, now=NOW)
    assert ask_to_be_forgotten(customer=cast.petra, by=cast.mina, now=NOW + DAY) == wish
    assert wish.due_on == (NOW + 30 * DAY).date()
    with pytest.raises(ValueError, match="mood"):
        refuse_erasure(wish=wish, reason="mood", by=cast.ada, now=NOW)
    refused = refuse_erasure(wish=wish, reason="legal_claim", by=cast.ada, now=NOW)
    assert (refused.refused_at, refused.refusal) == (NOW, "legal_claim")
    with pytest.raises(AlreadyAnswered):
        carry_out(wish=wish, by=cast.ada, now=NOW)
    assert ask_to_be_forgotten(customer=cast.petra, by=cast.mina, now=NOW) != wish


def test_who_holds_a_receipt_is_forgotten_without_a_name(cast):
    remember_everything(cast, cast.petra, cast.rosa)
    receipt = Receipt.objects.get()
    erase_receipt(receipt=receipt, by=None, now=NOW)
    feedback = Feedback.objects.get()
    assert (feedback.verbatim.text, feedback.verbatim.erased_at, feedback.topic) == ("", NOW, "")
    assert Receipt.objects.get().email == ""
    assert Customer.objects.get(pk=cast.petra.pk).erased_at is None
    assert json.loads(Path(erased_list()).read_text())["feedback"] == [str(feedback.pk)]


def test_what_was_erased_does_not_come_back_with_the_same_file(cast):
    row = NewFeedback(
        source="crm", source_id="petra.frei/9", channel="web", kind="idea", received_at=NOW, unit=cast.north,
        text="Later trains", customer=cast.petra,
    )  # fmt: skip
    take_in(rows=[row], by=None, now=NOW)
    erase(customer=cast.petra, by=None, now=NOW)
    assert Feedback.objects.get().source_id == mark_of("crm", "petra.frei/9")
    assert take_in(rows=[row], by=None, now=NOW).already_there == 1
    assert Feedback.objects.get().verbatim.text == ""


def test_two_things_said_without_an_id_of_their_own_are_both_forgotten(cast):
    rows = [
        NewFeedback(
            source="web", source_id="", channel="web", kind="complaint", received_at=NOW, unit=cast.north,
            customer=cast.petra, text=text,
        )
        for text in ("The lift is broken.", "And the stairs are steep.")
    ]  # fmt: skip
    take_in(rows=rows, by=None, now=NOW)
    erase(customer=cast.petra, by=cast.mina, now=NOW)
    said = Feedback.objects.filter(customer=cast.petra).values_list("source_id", "verbatim__text")
    assert list(said) == [("", ""), ("", "")]


@pytest.mark.django_db(transaction=True)
def test_not_a_byte_is_left_in_the_file_of_the_ledger():
    cast = lindner()
    row = NewFeedback(
        source="crm", source_id="1", channel="web", kind="idea", received_at=NOW, unit=cast.north,
        text=f"{MARKER} said so", customer=cast.petra,
    )  # fmt: skip
    take_in(rows=[row], by=None, now=NOW)
    files = [Path(f"{connection.settings_dict['NAME']}{end}") for end in ("", "-wal")]
    erase(customer=cast.petra, by=None, now=NOW)
    there = [path for path in files if connection.vendor == "sqlite" and path.exists()]
    assert [path.name for path in there if MARKER.encode() in path.read_bytes()] == []
    assert [path.name for path in there if b"Petra Frei" in path.read_bytes()] == []
