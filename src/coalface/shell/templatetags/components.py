"""The components of every page; each draws one template of shell/components or shell/charts."""

import re
from datetime import date, timedelta
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from coalface.shell import charts

register = template.Library()

ICONS = Path(__file__).parents[1] / "static" / "vendor" / "lucide"


@cache
def drawing(name: str) -> SafeString:
    """The vendored drawing of that name, without its comment and fixed size, to stand in a line of text."""
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    marks = " ".join(re.findall(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>", svg))
    opening = (
        '<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
    )
    # our own vendored files, nothing anybody typed
    return mark_safe(f"{opening}{marks}</svg>")  # nosec B308 B703


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "arrow-right" %}`: decoration beside a word, silent to screen readers."""
    return drawing(name)


@register.filter
def initials(name: str) -> str:
    """Two letters for the circle beside a name."""
    words = [word for word in str(name).replace("-", " ").split() if word[0].isalpha()]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper() if words else "?"


@register.filter
def percent(share: float) -> int:
    """A share of one as whole per cent."""
    return round(share * 100)


@register.filter
def hundred(share: float) -> str:
    """A share as so many of a hundred; below ten with one digit, so that small ones can be told apart."""
    many = share * 100
    return number_format(many, decimal_pos=1 if 0 < many < 10 else 0, use_l10n=True)


@register.filter
def day_before(day: date) -> date:
    """The last day of a stretch that is kept with the first day after it."""
    return day - timedelta(days=1)


@register.filter
def whole(value: float) -> int:
    return round(value)


@register.inclusion_tag("shell/components/badge.html")
def badge(words: str, tone: str = "", icon: str = "") -> dict[str, Any]:
    return {"words": words, "tone": tone, "icon": icon}


@cache
def verdict_drawn(ruling: str | None, language: str) -> SafeString:
    """There are seven of them in each language, and lists show fifty at a time."""
    return render_to_string("shell/components/verdict.html", {"ruling": ruling})


@register.simple_tag
def verdict_badge(ruling: str | None) -> SafeString:
    """The same words, colour and sign for a ruling on every page; None means nobody has judged yet."""
    return verdict_drawn(ruling, get_language())


@register.inclusion_tag("shell/components/person.html")
def person_chip(name: str, href: str = "") -> dict[str, Any]:
    return {"name": name, "href": href}


@register.inclusion_tag("shell/components/quote.html")
def quote(
    words: str, who: str = "", when: str = "", language: str = "", href: str = "", large: bool = False
) -> dict[str, Any]:
    return {"words": words, "who": who, "when": when, "language": language, "href": href, "large": large}


@register.inclusion_tag("shell/components/nothing.html")
def nothing_yet(
    title: str, hint: str = "", action: str = "", href: str = "", icon: str = "droplet"
) -> dict[str, Any]:
    return {"title": title, "hint": hint, "action": action, "href": href, "icon": icon}


@register.inclusion_tag("shell/components/pages.html", takes_context=True)
def pages(context: template.Context, page: Any) -> dict[str, Any]:
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("shell/components/take_along.html", takes_context=True)
def take_along(context: template.Context, rows: str | None = None) -> dict[str, Any]:
    """`{% take_along %}` below a list; where a page has several, `{% take_along "places" %}` names one."""
    return {"rows": rows, "request": context["request"]}


@register.simple_block_tag
def more(content: SafeString) -> SafeString:
    """`{% more %}…{% endmore %}` around the links that are rarely wanted; without any it draws nothing."""
    if not content.strip():
        return content
    return render_to_string("shell/components/more.html", {"links": content})


@register.inclusion_tag("shell/components/stat.html")
def stat(
    label: str,
    figure: charts.Interval | float | None,
    kind: str = "share",
    href: str = "",
    sentence: str = "",
    most: float = 1.0,
    none: str = "",
) -> dict[str, Any]:
    """A number with its sentence; an estimate gets its soft bar, None says "not enough evidence yet"."""
    given = {"label": label, "kind": kind, "href": href, "sentence": sentence, "none": none}
    if figure is None or isinstance(figure, int | float):
        return {**given, "value": figure}
    high = figure.high if figure.high is not None and isfinite(figure.high) else None
    bar = charts.bar(figure, most=most)
    return {**given, "value": figure.estimate, "low": figure.low or 0, "high": high, "bar": bar}


@register.inclusion_tag("shell/components/bar.html")
def soft_bar(figure: charts.Interval, most: float = 1.0) -> dict[str, Any]:
    return {"bar": charts.bar(figure, most=most)}


@register.inclusion_tag("shell/charts/interval_bars.html")
def interval_bars(chart: charts.IntervalBars, title: str, sentence: str = "") -> dict[str, Any]:
    return {"chart": chart, "title": title, "sentence": sentence}


@register.inclusion_tag("shell/charts/dot_plot.html")
def dot_plot(chart: charts.DotPlot, title: str, sentence: str = "") -> dict[str, Any]:
    return {"chart": chart, "title": title, "sentence": sentence}


@register.inclusion_tag("shell/charts/waterline.html")
def waterline(chart: charts.Waterline, title: str, sentence: str = "") -> dict[str, Any]:
    return {"chart": chart, "title": title, "sentence": sentence}


@register.inclusion_tag("shell/charts/before_after.html")
def before_after(chart: charts.BeforeAfter, title: str, sentence: str = "") -> dict[str, Any]:
    return {"chart": chart, "title": title, "sentence": sentence}


@register.inclusion_tag("shell/charts/control_chart.html")
def control_chart(
    chart: charts.ControlWeeks, title: str, sentence: str = "", href: str = ""
) -> dict[str, Any]:
    """`href` leads to the rows, and takes the days of a week."""
    return {"chart": chart, "title": title, "sentence": sentence, "href": href}


@register.inclusion_tag("shell/charts/then_now.html")
def then_now(chart: charts.ThenNow, title: str, sentence: str = "") -> dict[str, Any]:
    return {"chart": chart, "title": title, "sentence": sentence}


@register.inclusion_tag("shell/charts/split_bar.html")
def split_bar(chart: charts.SplitBar, title: str, sentence: str = "") -> dict[str, Any]:
    return {"chart": chart, "title": title, "sentence": sentence}
