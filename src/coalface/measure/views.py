"""Figures of the organisation as they were last stored, and one's own as they are now."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coalface.measure import queries
from coalface.methods.results import Estimate
from coalface.permissions import Right, needs
from coalface.policies import number
from coalface.records.models import ChosenBy, Depth, Level, Snapshot
from coalface.shell import charts
from coalface.shell.charts import rows
from coalface.shell.rows import Offer, taken

LEVELS = {
    Level.TOP: _("Top"),
    Level.MIDDLE: _("Middle"),
    Level.SUPERVISOR: _("Supervisors"),
    Level.FRONT_LINE: _("Front line"),
}
DEPTHS = {
    Depth.DOING: _("doing"),
    Depth.RESOLVING: _("resolving a complaint"),
    Depth.CONVERSING: _("in conversation"),
    Depth.GROUP: _("in a group"),
    Depth.BESIDE: _("sitting beside"),
    Depth.LISTENING: _("listening in"),
    Depth.OWN_WALK: _("as one's own customer"),
    Depth.READING: _("reading"),
}
CHOSEN_BY = {
    ChosenBy.PLANNER: _("drawn by lot"),
    ChosenBy.PERSON: _("by the leader"),
    ChosenBy.ACCOUNT_TEAM: _("by the account team"),
    ChosenBy.CUSTOMER: _("by the customer"),
}

TOLD = _("They heard what became of it")
LINKS = {
    "issue": _("sorted to an issue"),
    "fix": _("has a fix"),
    "verdict": _("judged"),
    "told": _("told"),
}
HEARD = {"listened": _("We listened"), "felt_like_a_sale": _("It felt like a sales pitch")}


@needs(Right.SEE_FIGURES)
def index(request: HttpRequest) -> HttpResponse:
    """The room begins with contact."""
    return redirect("measure:contact")


@needs(Right.SEE_FIGURES)
def contact(request: HttpRequest) -> HttpResponse:
    """One's own figures, which nobody else sees; below them the organisation's."""
    now = timezone.now()
    own, snapshot = queries.mine(request.person, now), _stored("contact")
    context = {
        "mine": own,
        "minutes": _minutes(own.minutes) if own else None,
        "snapshot": None if request.small else snapshot,
        "small": request.small,
        "may_see_customers": request.rights.has(Right.SEE_CUSTOMERS),
        "k": int(number("smallest_group")),
    }
    if context["snapshot"]:
        context |= _organisation(snapshot, request.person.pk)
    if file := taken(request, *_contact_offers(context)):
        return file
    return render(request, "measure/contact.html", context)


def _contact_offers(shown: dict[str, Any]) -> list[Offer]:
    """What the page shows, with the same gaps where few people stand behind a figure."""
    clocks, depths, chosen = (shown.get(name) for name in ("clocks", "depths", "chosen"))
    heard, told = shown.get("heard"), shown.get("told")
    return [
        Offer(rows.CLOCKS, clocks.rows if clocks else ()),
        Offer(queries.STRETCHES, shown.get("stretches") or ()),
        Offer(rows.parts("depths"), depths.parts if depths else ()),
        Offer(rows.intervals("chosen"), chosen.rows if chosen else ()),
        Offer(rows.intervals("heard"), heard.rows if heard else ()),
        Offer(rows.intervals("told"), told.rows if told else ()),
        Offer(queries.SEGMENTS, shown.get("segments") or ()),
        Offer(rows.parts("my_minutes"), shown["minutes"].parts if shown["minutes"] else ()),
    ]


@needs(Right.SEE_FIGURES)
def awareness(request: HttpRequest) -> HttpResponse:
    """Which of what customers say has reached whom."""
    now = timezone.now()
    snapshot = None if request.small else _stored("awareness")
    groups = list(reversed(snapshot.figures["groups"])) if snapshot else []
    context = {
        "snapshot": snapshot,
        "small": request.small,
        "since": timezone.localdate(now - queries.LATELY),
        "k": int(number("smallest_group")),
        "groups": [group_words(group["group"]) for group in groups],
        "someone": _waterline(groups, "someone"),
        "typical": _waterline(groups, "typical"),
        "top": groups[-1] if groups else None,
        "top_words": group_words(groups[-1]["group"]) if groups else "",
        "hidden": [LEVELS[level] for level in snapshot.figures["hidden"]] if snapshot else [],
        "issues": _with_mine(request, snapshot, now) if groups else [],
        "unheard": [] if groups else _unheard(request, now),
    }
    if file := taken(request, *_awareness_offers(context)):
        return file
    return render(request, "measure/awareness.html", context)


def _awareness_offers(shown: dict[str, Any]) -> list[Offer]:
    known = [
        {"issue": row["issue"].title, "lately": row["lately"], "group": group, "word": word}
        for row in shown["issues"]
        for group, word in [(_("You"), row["mine"]), *row["by_group"]]
    ]
    return [
        Offer(queries.KNOWN, known),
        Offer(rows.levels("someone"), shown["someone"].levels),
        Offer(rows.levels("typical"), shown["typical"].levels),
        Offer(queries.UNHEARD, shown["unheard"]),
    ]


def _unheard(request: HttpRequest, now: datetime) -> list[queries.Unheard]:
    readable = request.rights.within(Right.SEE_FEEDBACK)
    return queries.unheard(request.person, now, readable, most=20)


@needs(Right.SEE_FIGURES)
def chain(request: HttpRequest) -> HttpResponse:
    """Of what was heard at each level: how much has an issue, a fix, a verdict, and was told."""
    snapshot = None if request.small else _stored("chain")
    groups = list(snapshot.figures["groups"]) if snapshot else []
    context = {
        "snapshot": snapshot,
        "small": request.small,
        "k": int(number("smallest_group")),
        "groups": [
            {"name": group_words(one["group"]), "n": one["n"], "people": one["people"], "bars": _links(one)}
            for one in groups
        ],
        "hidden": [LEVELS[level] for level in snapshot.figures["hidden"]] if snapshot else [],
        "may_see_value": request.rights.has(Right.SEE_VALUE),
    }
    shown = [row | {"group": group_words(one["group"])} for one in groups for row in one["links"]]
    labelled = [row | {"link": LINKS[row["link"]]} for row in shown]
    if file := taken(request, Offer(queries.CHAIN, labelled)):
        return file
    return render(request, "measure/chain.html", context)


@needs(Right.SEE_VALUE)
def costs(request: HttpRequest) -> HttpResponse:
    """What listening and changing cost in a year, and what may be kept by it."""
    found = queries.costs_and_gains(timezone.now())
    context = {"found": found, "rate": number("hour_costs"), "small": request.small}
    return render(request, "measure/costs.html", context)


def _links(group: dict) -> charts.IntervalBars:
    rows = [
        charts.IntervalRow(LINKS[row["link"]], _figure(row) if row["n"] else None, n=row["count"])
        for row in group["links"]
    ]
    return charts.IntervalBars(rows)


def group_words(group: str) -> str:
    """The name of a level, or of levels that were joined until they were enough people."""
    return " + ".join(str(LEVELS[level]) for level in group.split("+"))


def _stored(kind: str) -> Snapshot | None:
    unit = queries.root_unit()
    return queries.newest(kind, unit) if unit else None


def _organisation(snapshot: Snapshot, viewer: int) -> dict[str, Any]:
    figures = snapshot.figures
    return {
        "figures": figures,
        "clocks": _clocks(snapshot, viewer),
        "stretches": figures["stretches"],
        "depths": _minutes({row["depth"]: row["minutes"] for row in figures["depths"]["shown"]}),
        "heard": _heard(figures.get("heard") or {}),
        "told": _told(figures.get("told")),
        "told_within": int(number("told_within_days")),
        "chosen": _chosen(figures["chosen_by"]) if figures["chosen_by"] else None,
        "segments": _segments(figures["fairness"]) if figures["fairness"] else None,
    }


def _clocks(snapshot: Snapshot, viewer: int) -> charts.DotPlot:
    rows = [
        charts.DotRow(
            clock.person.name,
            clock.days,
            clock.rate,
            clock.resolved,
            clock.of,
            mine=clock.person.pk == viewer,
        )
        for clock in queries.clocks(snapshot)
    ]
    median = snapshot.figures["median"]
    people = median["n"] if median["days"] is not None else None
    return charts.DotPlot(rows, median=median["days"], people_in_median=people)


def _figure(row: dict) -> Estimate | None:
    """A stored estimate with its interval; None where nothing could be said."""
    if row["estimate"] is None:
        return None
    n = row["n"]
    return Estimate(row["estimate"], row["low"], row["high"], n, "stored")


def _minutes(minutes: dict[str, int]) -> charts.SplitBar | None:
    parts = [
        charts.Part(words, minutes[depth], tone=str(depth))
        for depth, words in DEPTHS.items()
        if minutes.get(depth)
    ]
    return charts.SplitBar(parts) if parts else None


def _chosen(figures: dict) -> charts.IntervalBars:
    shares = [(CHOSEN_BY[row["by"]], row) for row in figures["by"]]
    shares.append((_("announced"), figures["announced"]))
    rows = [charts.IntervalRow(words, _figure(row), n=row["count"]) for words, row in shares]
    return charts.IntervalBars(rows)


def _heard(figures: dict) -> charts.IntervalBars | None:
    """What guests said about us; None in figures stored before they were asked, and below one group."""
    rows = [
        charts.IntervalRow(words, _figure(figures[name]), n=figures[name]["n"])
        for name, words in HEARD.items()
        if figures.get(name)
    ]
    return charts.IntervalBars(rows) if rows else None


def _told(figures: dict | None) -> charts.IntervalBars | None:
    """The share told; None in figures stored before it was one, and where few customers stand behind it."""
    if figures is None:
        return None
    return charts.IntervalBars([charts.IntervalRow(TOLD, _figure(figures), n=figures["n"])])


def _segments(fairness: dict) -> list[dict]:
    met, base = sum(fairness["met"].values()), sum(fairness["base"].values())
    return [
        {
            "segment": segment,
            "met": fairness["met"].get(segment, 0),
            "share_met": fairness["met"].get(segment, 0) / met if met else None,
            "share_base": count / base,
        }
        for segment, count in sorted(fairness["base"].items())
    ]


def _waterline(groups: list[dict], kind: str) -> charts.Waterline:
    return charts.Waterline(
        [
            charts.Level(
                group_words(group["group"]),
                _wide(group[kind]),
                unseen=group["issues"] - group["aware"] if kind == "someone" else None,
            )
            for group in groups
        ]
    )


def _wide(figure: dict) -> Estimate:
    """An estimate from a single source might be anything; from none it is nothing."""
    low, high = figure["low"], figure["high"]
    if low is None:
        low, high = 0.0, 1.0 if figure["n"] else 0.0
    return Estimate(figure["estimate"], low, high, figure["n"], "stored")


def _with_mine(request: HttpRequest, snapshot: Snapshot, now: datetime) -> list[dict]:
    own, aware_from = queries.own_awareness(request.person, now), number("aware_from")
    return [
        {
            "issue": row.issue,
            "lately": row.issue.lately,
            "mine": queries.word_for(own.get(row.issue.pk, 0.0), aware_from),
            "by_group": [(group_words(one.group), one.word) for one in reversed(row.by_group)],
        }
        for row in queries.known_issues(snapshot, now)
    ]
