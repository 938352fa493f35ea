"""Personal data stands in somebody's words only for who needs it: on pages, in files, for programs."""

import pytest

from coalface.records.models import Attendance, Verbatim
from coalface.shell.personal import in_brackets, pieces, shortened
from coalface.understand.actions import read_some
from tests.meet import held, said
from tests.people import NOW, client_for
from tests.understand import heard, issue_of

pytestmark = pytest.mark.django_db
MAIL = "a@b.example"
WORDS = f"I waited. Write to {MAIL}!"


def said_before(cast):
    """Fay noted it; Sven was there, too."""
    visit = held(cast, cast.fay)
    Attendance.objects.create(encounter=visit, person=cast.sven, depth="conversing", minutes=30)
    return said(visit, by=cast.fay, text=WORDS)


def kept(text, masks=None):
    return Verbatim(text=text, masks=masks)


def test_words_nobody_read_through_are_looked_through_when_they_are_shown():
    assert in_brackets(kept(WORDS)) == "I waited. Write to [e-mail]!"


def test_words_that_were_read_through_show_what_was_found_then():
    assert in_brackets(kept("Anna wrote", [[0, 4, "name"]])) == "[name] wrote"
    assert in_brackets(kept(WORDS, [])) == WORDS


def test_a_span_shows_no_part_of_a_mask():
    words = kept("abc SECRET def", [[4, 10, "name"]])
    spans = ((0, 4), (0, 6), (5, 8), (6, 14), (10, 14))
    assert [in_brackets(words, start=start, end=end) for start, end in spans] == [
        "abc ", "abc [name]", "[name]", "[name] def", " def",
    ]  # fmt: skip


def test_who_needs_it_sees_it_as_it_was_said():
    assert in_brackets(kept(WORDS), openly=True) == WORDS


def test_a_mask_is_never_cut_in_two():
    found = pieces(kept(WORDS), openly=False)
    assert "".join(piece.text for piece in shortened(found, 20)) == "I waited. Write to …"
    assert "".join(piece.text for piece in shortened(found, 5)) == "I wa…"


def test_nothing_changes_where_nothing_personal_is():
    assert [piece.text for piece in pieces(kept("Great staff, dreadful app."), openly=False)] == [
        "Great staff, dreadful app."
    ]


def test_a_page_shows_a_word_of_ours_instead(cast):
    remark = said_before(cast)
    own, other = (
        client_for(person).get(f"/meet/remarks/{remark.pk}/").content.decode()
        for person in (cast.fay, cast.sven)
    )
    assert (MAIL in own, MAIL in other) == (True, False)
    assert '<span class="masked"><span class="unseen">hidden: </span>e-mail</span>!' in other
    assert "masked" not in own.replace("masked.css", "")


def test_whoever_may_see_the_customers_sees_it_on_the_page_and_in_the_file(cast):
    [one] = heard(cast, WORDS, reported_by=cast.fay)
    issue_of(cast, "Waiting", "waited")
    page, file = (
        b"".join(client_for(cast.olga).get(address)).decode()
        for address in (f"/hear/{one.pk}/", "/hear/?as=csv")
    )
    assert (MAIL in page, MAIL in file) == (True, True)


def test_a_program_reads_a_word_in_brackets(cast):
    remark = said_before(cast)
    read_some(now=NOW)
    texts = [
        client_for(person).get(f"/api/remarks/{remark.pk}").json()["text"] for person in (cast.fay, cast.sven)
    ]
    assert texts == [WORDS, "I waited. Write to [e-mail]!"]
