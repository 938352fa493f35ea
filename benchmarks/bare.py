# ruff: noqa: E501 – a row of a table reads best as one line
"""The peers of our list pages: bare Django views with the same fields of the same rows in a plain table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template, engines
from django.urls import include, path
from django.utils import timezone

from coalface.act.queries import fixes
from coalface.customers.queries import named
from coalface.hear.queries import heard
from coalface.meet.queries import encounters_of, fates, held_by, in_state, shown, waiting_for
from coalface.people.queries import directory
from coalface.permissions import Right, rights_of
from coalface.plan.queries import due
from coalface.records.models import Consequence, Customer, HandOver, Issue, Remark
from coalface.understand.queries import awareness_of, issues, mentions_of, unsure
from coalface.verify.queries import lines
from coalface.verify.queries.verdicts import fixes_to_judge
from coalface.worker.queries import failed_consequences, failed_messages

Rows = Callable[[HttpRequest], Iterable]

BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ name }}</title>
<link rel="stylesheet" href="/static/bare.css"></head><body><h1>{{ name }}</h1>{% block content %}{% endblock %}
</body></html>"""

TABLE = """{% extends base %}{% block content %}<table>{% for one in rows %}<tr>CELLS</tr>{% endfor %}</table>
{% if page.has_next %}<a href="?page={{ page.next_page_number }}">Next</a>{% endif %}{% endblock %}"""

FIX = """<td><a href="{% url 'act:fix' one.pk %}">{{ one.title }}</a></td><td>{{ one.issue.title }}</td>
<td>{{ one.unit.name }}</td><td>{{ one.due_on|date }}</td><td>{{ one.shipped_at|date }}</td><td>{{ one.owner.name }}</td>
<td>{{ one.ruling }}</td>"""
ENCOUNTER = """<td><a href="{% url 'meet:encounter' one.pk %}">{{ one.format.name }}</a></td>
<td>{{ one.starts_at|date }}</td><td>{{ one.unit.name }}</td><td>{{ one.noted }}</td><td>{{ one.unanswered }}</td>
<td>{% for guest in one.guests.all %}{{ guest.customer.name }} {% endfor %}</td>
<td>{% for who in one.attendances.all %}{{ who.person.name }} {% endfor %}</td>"""
MENTION = """<td>{% firstof one.remark.verbatim.text one.feedback.verbatim.text %}</td><td>{{ one.unit.name }}</td>
<td>{{ one.happened_at|date }}</td><td>{% firstof one.remark.kind one.feedback.kind %}</td>
<td>{% firstof one.remark.customer.name one.feedback.customer.name %}</td><td>{{ one.settled_at|date }}</td>"""


@dataclass(frozen=True)
class Peer:
    """A list page of ours, and how the same rows are fetched and shown without anything around them."""

    page: str
    rows: Rows
    cells: str
    more: Callable[[list], Iterable] = list


def _remarks(request: HttpRequest) -> Iterable:
    mine = Remark.objects.filter(noted_by=request.user.person)
    return mine.select_related("verbatim", "reading", "customer", "encounter__unit").order_by(
        "-noted_at", "-id"
    )


def _with_fates(rows: list[Remark]) -> list:
    fate = fates(rows, timezone.now())
    return [(one, fate[one.pk]) for one in rows]


def _with_awareness(rows: list[Issue]) -> list:
    known = awareness_of(rows)
    return [(one, known[one.pk]) for one in rows]


def _and_held(rows: list[HandOver]) -> list:
    """The page shows what one has accepted below what one is offered."""
    return rows + list(held_by(rows[0].receiver)[:50])


def _and_messages(rows: list[Consequence]) -> list:
    """The page shows messages below consequences."""
    return rows + list(failed_messages()[:50])


def _encounters(state: str) -> Rows:
    return lambda request: shown(in_state(encounters_of(request.user.person), state))


def _within(request: HttpRequest, right: Right):
    return rights_of(request.user.person, timezone.now()).within(right)


PEERS = (
    Peer(
        "people",
        lambda request: directory(timezone.localdate()),
        """<td><a href="{% url 'people:person' one.person_id %}">{{ one.person.name }}</a></td><td>{{ one.job }}</td>
        <td>{{ one.level }}</td><td>{{ one.manager.name }}</td><td>{{ one.unit.name }}</td>""",
    ),
    Peer(
        "customers",
        lambda request: named(Customer.objects.present()),
        """<td><a href="{% url 'customers:customer' one.pk %}">{{ one.name }}</a></td><td>{{ one.reference }}</td>
        <td>{{ one.segment }}</td><td>{{ one.unit.name }}</td><td>{{ one.account_owner.name }}</td>""",
    ),
    Peer(
        "plan",
        lambda request: due(timezone.localdate()),
        """<td><a href="{% url 'people:person' one.person.pk %}">{{ one.person.name }}</a></td>
        <td>{{ one.every_days }}</td><td>{{ one.last_on|date }}</td><td>{{ one.due_on|date }}</td>
        <td>{{ one.next_encounter.starts_at|date }}</td>""",
    ),
    Peer(
        "hand-overs",
        lambda request: waiting_for(request.user.person),
        """<td>{{ one.giver.name }}</td><td>{{ one.offered_at|date }}</td><td>{{ one.answer_due_at|date }}</td>
        {% with remark=one.disposition.remark %}<td><a href="{% url 'meet:remark' remark.pk %}">{{ remark.verbatim.text }}</a></td>
        <td>{{ remark.customer.name }}</td><td>{{ remark.kind }}</td><td>{{ remark.encounter.format.name }}</td>
        <td>{{ remark.encounter.unit.name }}</td><td>{{ remark.encounter.starts_at|date }}</td>{% endwith %}""",
        _and_held,
    ),
    Peer(
        "remarks",
        _remarks,
        """{% with remark=one.0 fate=one.1 %}<td><a href="{% url 'meet:encounter' remark.encounter_id %}">
        {{ remark.verbatim.text }}</a></td><td>{{ remark.kind }}</td><td>{{ remark.customer.name }}</td>
        <td>{{ remark.encounter.unit.name }}</td><td>{{ remark.noted_at|date }}</td><td>{{ fate.code }}</td>
        <td>{{ fate.disposition.by.name }}</td><td>{{ fate.disposition.at|date }}</td>
        <td>{% for issue in fate.issues %}<a href="{% url 'understand:issue' issue.pk %}">{{ issue.title }}</a>{% endfor %}</td>
        {% endwith %}""",
        _with_fates,
    ),
    Peer("open encounters", _encounters("open"), ENCOUNTER),
    Peer("finished encounters", _encounters("finished"), ENCOUNTER),
    Peer(
        "feedback",
        lambda request: heard(within=_within(request, Right.SEE_FEEDBACK)),
        """<td><a href="{% url 'hear:feedback' one.pk %}">{{ one.verbatim.text }}</a></td><td>{{ one.kind }}</td>
        <td>{{ one.channel }}</td><td>{{ one.received_at|date }}</td><td>{{ one.unit.name }}</td>
        <td>{{ one.customer.name }}</td><td>{% for mention in one.speaks_of %}
        <a href="{% url 'understand:issue' mention.issue_id %}">{{ mention.issue.title }}</a>{% endfor %}</td>""",
    ),
    Peer(
        "issues",
        lambda request: issues(today=timezone.localdate()),
        """{% with issue=one.0 %}<td><a href="{% url 'understand:issue' issue.pk %}">{{ issue.title }}</a></td>
        <td>{{ issue.kind }}</td><td><a href="{% url 'understand:mentions' issue.pk %}">{{ issue.said_quarter }}</a></td>
        <td>{{ issue.said_year }}</td><td>{{ issue.first_said_at|date }}</td>
        <td>{% for fix in issue.fixes.all %}<a href="{% url 'act:fix' fix.pk %}">{{ fix.title }}</a> {{ fix.owner.name }}
        {% for verdict in fix.verdicts.all %}{{ verdict.ruling }} {% endfor %}{% endfor %}</td>
        <td>{% for known in one.1 %}{{ known.levels|join:", " }} {{ known.value }} {% endfor %}</td>{% endwith %}""",
        _with_awareness,
    ),
    Peer("mentions", lambda request: mentions_of(Issue.objects.order_by("id").first()), MENTION),
    Peer(
        "unsure",
        lambda request: unsure(_within(request, Right.SORT)),
        "<td>{{ one.issue.title }}</td>" + MENTION,
    ),
    Peer("fixes", lambda request: fixes(), FIX),
    Peer("shipped fixes", lambda request: fixes(show="shipped"), FIX),
    Peer("declined fixes", lambda request: fixes(show="declined"), FIX),
    Peer(
        "verdicts",
        lambda request: fixes_to_judge(),
        """{% with fix=one.fix verdict=one.verdict plan=one.fix.evaluation_plan %}
        <td><a href="{% url 'verify:verdict' fix.pk %}">{{ fix.title }}</a></td><td>{{ fix.issue.title }}</td>
        <td>{{ fix.unit.name }}</td><td>{{ fix.shipped_at|date }}</td><td>{{ verdict.ruling }}</td>
        <td>{{ verdict.events_after }}</td><td>{{ verdict.exposure_after }}</td><td>{{ plan.events_before }}</td>
        <td>{{ plan.exposure_before }}</td><td>{{ plan.measure }}</td><td>{{ verdict.ratio|floatformat:2 }}</td>
        <td>{{ verdict.ratio_low|floatformat:2 }}</td><td>{{ verdict.ratio_high|floatformat:2 }}</td>
        <td>{{ verdict.expected|floatformat }}</td><td>{{ one.on|date }}</td>{% endwith %}""",
        lines,
    ),
    Peer(
        "failed",
        lambda request: failed_consequences(),
        """<td>{{ one.reaction }}{{ one.template }}</td><td>{% firstof one.event.kind one.person.name one.customer.name %}</td>
        <td>{{ one.error }}</td><td>{{ one.tries }}</td><td>{{ one.gave_up_at|date:"DATETIME_FORMAT" }}</td>""",
        _and_messages,
    ),
)


def _compiled(source: str) -> Template:
    return engines["django"].from_string(source).template


_BASE = _compiled(BASE)
_TABLES = {peer.page: _compiled(TABLE.replace("CELLS", peer.cells)) for peer in PEERS}
_BY_PAGE = {peer.page: peer for peer in PEERS}


@login_required
def bare(request: HttpRequest, name: str) -> HttpResponse:
    """Fifty rows in a table, and nothing else."""
    peer = _BY_PAGE[name]
    page = Paginator(peer.rows(request), 50).get_page(request.GET.get("page"))
    context = {"base": _BASE, "name": name, "page": page, "rows": peer.more(list(page))}
    return HttpResponse(_TABLES[name].render(RequestContext(request, context)))


urlpatterns = [path("bare/<str:name>/", bare), path("", include("coalface.urls"))]
