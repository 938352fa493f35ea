"""A study is brought in, read and marked; what is marked counts, and can be taken back."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from coalface.customers.actions import erase
from coalface.hear.actions import (
    AlreadyBrought,
    AlreadyMarked,
    AlreadyWithdrawn,
    NewReport,
    bring_report,
    forget_report,
    mark,
    withdraw_finding,
)
from coalface.hear.queries import pages_of, pieces, span_of
from coalface.records.models import (
    Event,
    Feedback,
    Finding,
    IssueKind,
    Kind,
    Mention,
    ResearchReport,
    SortedBy,
    Verbatim,
)
from coalface.understand.actions import confirm_issue, mark_finding, propose_issue, set_route
from coalface.worker.actions import drain
from tests.edges import papers
from tests.people import NOW, Cast, client_for

WAITING = "I stood there for twenty minutes and nobody said a word."
PAGES = (
    f"How people wait.\n“{WAITING}” (woman, 34)\nAnd once more: twenty minutes.",
    "",
    "A bench would do.",
)


@pytest.fixture
def study(cast: Cast) -> ResearchReport:
    given = NewReport(
        title="Waiting rooms",
        file_name="waiting.pdf",
        fingerprint="f" * 64,
        unit=cast.root,
        pages=PAGES,
        made_by="Institute",
        published_on=date(2026, 2, 2),
        participants=20,
        language="en",
    )
    return bring_report(given=given, by=cast.adam, now=NOW)


def marked(study: ResearchReport, words: str, by, **more) -> Finding:
    page = pages_of(study).get(number=1)
    start = page.verbatim.text.index(words)
    return mark(page=page, start=start, end=start + len(words), kind=Kind.COMPLAINT, by=by, now=NOW, **more)


def test_a_study_is_kept_page_by_page(study: ResearchReport):
    kept = [(page.number, page.verbatim and page.verbatim.text) for page in pages_of(study)]
    assert kept == [(1, PAGES[0]), (2, None), (3, PAGES[2])]


def test_the_same_file_twice_is_one_report(study: ResearchReport, cast: Cast):
    again = NewReport(
        title="Waiting", file_name="copy.pdf", fingerprint="f" * 64, unit=cast.root, pages=["Other words"]
    )
    with pytest.raises(AlreadyBrought) as there:
        bring_report(given=again, by=cast.mina, now=NOW)
    assert there.value.report == study
    assert Verbatim.objects.count() == 2


def test_a_marked_passage_is_feedback_of_the_day_the_study_appeared(study: ResearchReport, cast: Cast):
    finding = marked(study, WAITING, cast.adam)
    feedback = finding.feedback
    assert (feedback.channel, feedback.source, feedback.reported_by, feedback.customer) == (
        "research", "research", None, None,
    )  # fmt: skip
    assert feedback.verbatim.text == WAITING
    assert feedback.received_at == datetime(2026, 2, 2, 12, tzinfo=UTC)
    assert WAITING not in str(list(Event.objects.values_list("payload", flat=True)))


def test_a_passage_is_marked_once(study: ResearchReport, cast: Cast):
    marked(study, WAITING, cast.adam)
    with pytest.raises(AlreadyMarked):
        marked(study, WAITING, cast.mina)
    assert Feedback.objects.count() == 1


def test_it_is_sorted_by_its_words_like_everything_else(study: ResearchReport, cast: Cast):
    issue = propose_issue(title="Nobody speaks", kind=IssueKind.SERVICE, by=cast.adam, now=NOW)
    confirm_issue(issue=issue, by=cast.adam, now=NOW)
    set_route(issue=issue, phrases=["nobody said a word"], by=cast.adam, now=NOW)
    finding = marked(study, WAITING, cast.adam)
    drain(now=NOW)
    mention = Mention.objects.get(feedback=finding.feedback)
    assert (mention.issue, mention.sorted_by, mention.counted) == (issue, SortedBy.ROUTE, True)
    assert mention.clause.text == "and nobody said a word."


def test_who_knows_the_issue_has_settled_it(study: ResearchReport, cast: Cast):
    issue = propose_issue(title="Nobody speaks", kind=IssueKind.SERVICE, by=cast.adam, now=NOW)
    confirm_issue(issue=issue, by=cast.adam, now=NOW)
    page = pages_of(study).get(number=3)
    finding = mark_finding(page=page, start=0, end=7, kind=Kind.IDEA, issue=issue, by=cast.adam, now=NOW)
    drain(now=NOW)
    mention = Mention.objects.get(feedback=finding.feedback)
    assert (mention.issue, mention.sorted_by, mention.settled_by) == (issue, SortedBy.PERSON, cast.adam)


def test_what_was_taken_back_can_be_marked_anew(study: ResearchReport, cast: Cast):
    first = marked(study, WAITING, cast.adam)
    withdraw_finding(finding=first, by=cast.mina, now=NOW)
    with pytest.raises(AlreadyWithdrawn):
        withdraw_finding(finding=first, by=cast.mina, now=NOW)
    first.feedback.refresh_from_db()
    assert first.feedback.withdrawn_at == NOW
    assert marked(study, WAITING, cast.adam).pk != first.pk


def test_what_was_taken_back_speaks_of_no_issue_any_more(study: ResearchReport, cast: Cast):
    issue = propose_issue(title="Nobody speaks", kind=IssueKind.SERVICE, by=cast.adam, now=NOW)
    confirm_issue(issue=issue, by=cast.adam, now=NOW)
    page = pages_of(study).get(number=3)
    finding = mark_finding(page=page, start=0, end=7, kind=Kind.IDEA, issue=issue, by=cast.adam, now=NOW)
    drain(now=NOW)
    assert Mention.objects.counted().count() == 1
    withdraw_finding(finding=finding, by=cast.mina, now=NOW)
    drain(now=NOW)
    assert (Mention.objects.count(), Feedback.objects.standing().count()) == (0, 0)


def test_a_study_that_names_a_customer_forgets_them(study: ResearchReport, cast: Cast):
    words = "Petra Frei of Basel waited, says petra@home.example."
    named = NewReport(
        title="Petra Frei and others",
        file_name="Petra Frei.pdf",
        fingerprint="e" * 64,
        unit=cast.root,
        pages=[words],
    )
    report = bring_report(given=named, by=cast.adam, now=NOW)
    finding = mark(page=report.pages.get(), start=0, end=20, kind=Kind.NEED, by=cast.adam, now=NOW)
    erase(customer=cast.petra, by=cast.mina, now=NOW)
    report.refresh_from_db()
    masked = "██████████"
    assert (report.title, report.file_name) == (f"{masked} and others", f"{masked}.pdf")
    assert report.pages.get().verbatim.text == f"{masked} of Basel waited, says {'█' * 18}."
    said = Feedback.objects.get(pk=finding.feedback_id)
    assert said.verbatim.text == f"{masked} of Basel "


def test_forgetting_a_study_leaves_no_word_and_every_count(study: ResearchReport, cast: Cast):
    marked(study, WAITING, cast.adam)
    forget_report(report=study, by=cast.adam, now=NOW)
    assert set(Verbatim.objects.values_list("text", "erased_at")) == {("", NOW)}
    assert (Feedback.objects.count(), Finding.objects.count()) == (1, 1)


def test_a_quote_is_found_whatever_its_line_breaks_and_marks(study: ResearchReport):
    page = pages_of(study).get(number=1)
    start, end = span_of(page, "“nobody said\n a word.”")
    assert page.verbatim.text[start:end] == "nobody said a word."
    assert span_of(page, "somebody said a word") is None
    assert span_of(page, " “” ") is None


def test_words_that_stand_twice_are_marked_one_after_the_other(study: ResearchReport, cast: Cast):
    first = marked(study, "twenty minutes", cast.adam)
    page = pages_of(study).get(number=1)
    start, _ = span_of(page, "twenty minutes")
    assert start > first.start
    found = [page.verbatim.text[piece.start : piece.end] for piece in pieces(page) if piece.finding]
    assert found == ["twenty minutes"]


# The pages.


def send(client, name: str, content: bytes, **more):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("hear:bring_study"), {"file": file, **more}, follow=True)


def test_a_pdf_is_brought_in_read_and_marked_by_hand(cast: Cast):
    issue = propose_issue(title="Nobody speaks", kind=IssueKind.SERVICE, by=cast.adam, now=NOW)
    confirm_issue(issue=issue, by=cast.adam, now=NOW)
    client = client_for(cast.adam)
    page = send(client, "waiting.pdf", papers.pdf(WAITING, ""), unit=cast.root.pk)
    assert "No words on this page, only a picture: 2." in page.content.decode()
    report = ResearchReport.objects.get()
    address = reverse("understand:mark", args=[report.pk, 1])
    wrong = client.post(address, {"quote": "I did not wait", "kind": "complaint"})
    assert (wrong.status_code, Finding.objects.count()) == (422, 0)
    assert "These words do not stand on this page." in wrong.content.decode()
    done = client.post(
        address, {"quote": "nobody said a word", "kind": "complaint", "issue": issue.pk}, follow=True
    )
    assert "<mark>nobody said a word</mark>" in done.content.decode()
    feedback = Feedback.objects.get()
    for shown in (reverse("hear:feedback", args=[feedback.pk]), reverse("understand:issue", args=[issue.pk])):
        body = client.get(shown).content.decode()
        assert "Report “waiting”" in body
        assert "page 1" in body


def test_pasted_words_are_a_study_of_sections(cast: Cast):
    client = client_for(cast.adam)
    words = {"words": "# First\nA bench.\n# Second\nA clock.", "title": "Workshop", "unit": cast.root.pk}
    page = client.post(reverse("hear:bring_study"), words, follow=True).content.decode()
    assert "Workshop" in page
    assert "Sections" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("pictures.pdf", papers.pdf(""), "only pictures of words"),
        ("locked.pdf", papers.locked_pdf(), "locked with a password"),
        ("torn.pdf", b"%PDF-1.4", "damaged or incomplete"),
        ("slides.key", b"PK\x03\x04", "neither a PDF"),
    ],
    ids=["pictures", "locked", "torn", "slides"],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(cast: Cast, name: str, content: bytes, words: str):
    page = send(client_for(cast.adam), name, content, unit=cast.root.pk)
    assert words in page.content.decode()
    assert ResearchReport.objects.count() == 0


def test_the_same_file_by_the_page_leads_to_the_report(cast: Cast):
    client = client_for(cast.adam)
    for _ in range(2):
        page = send(client, "waiting.pdf", papers.pdf(WAITING), unit=cast.root.pk)
    assert page.redirect_chain[-1][0] == reverse("hear:study", args=[ResearchReport.objects.get().pk])


def test_who_may_not_sort_reads_and_marks_nothing(study: ResearchReport, cast: Cast):
    address = reverse("hear:study_page", args=[study.pk, 1])
    olga, fay = client_for(cast.olga), client_for(cast.fay)
    assert "Mark a passage" not in olga.get(address).content.decode()
    assert olga.get(reverse("hear:bring_study")).status_code == 403
    assert fay.get(address).status_code == 403


def test_a_finding_is_taken_back_by_its_button(study: ResearchReport, cast: Cast):
    finding = marked(study, WAITING, cast.adam)
    client = client_for(cast.adam)
    page = client.post(reverse("hear:withdraw_finding", args=[finding.pk]), follow=True).content.decode()
    assert "Taken back. It counts no more." in page
    assert "<mark>" not in page
    again = client.post(reverse("hear:withdraw_finding", args=[finding.pk]), follow=True).content.decode()
    assert "It was taken back before." in again


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_studies_asks_as_often_for_three_as_for_one(
    cast: Cast, django_assert_num_queries, rows: int
):
    for number in range(rows):
        given = NewReport(
            title=f"Study {number}",
            file_name="a.pdf",
            fingerprint=str(number),
            unit=cast.root,
            pages=["Words"],
        )
        bring_report(given=given, by=cast.adam, now=NOW)
    client = client_for(cast.adam)
    client.get(reverse("hear:research"))
    with django_assert_num_queries(8):
        page = client.get(reverse("hear:research"))
    assert [report.page_count for report in page.context["page"]] == [1] * rows


def test_an_empty_list_says_what_to_do(cast: Cast):
    page = client_for(cast.adam).get(reverse("hear:research")).content.decode()
    assert "No research yet" in page
