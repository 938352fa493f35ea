"""Each component draws what it is given, in any language, and never code in the page."""

import pytest
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import translation

from coalface.methods.results import Estimate, wilson
from coalface.records.models import Ruling
from coalface.shell.charts import Level, Waterline
from coalface.shell.paging import page_of
from coalface.shell.templatetags.components import ICONS, drawing, initials


def drawn(source: str, **given: object) -> str:
    """What a page sees of it, with the white space of the templates folded."""
    template = Template("{% load components %}" + source)
    html = template.render(RequestContext(given.pop("request", None), given))
    return " ".join(html.split()).replace(" </", "</")


@pytest.mark.parametrize("name", sorted(path.stem for path in ICONS.glob("*.svg")))
def test_every_vendored_icon_can_be_drawn(name: str):
    svg = drawing(name)
    assert svg.startswith('<svg class="icon"')
    assert svg.endswith("/></svg>")


def test_an_icon_is_silent():
    assert 'aria-hidden="true"' in drawn('{% icon "ear" %}')


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ruth Amsler", "RA"), ("Anne-Lise du Pont", "AP"), ("Élodie", "É"), ("  ", "?"), ("7 of 9", "O")],
)
def test_initials(name: str, letters: str):
    assert initials(name) == letters


def test_a_badge_says_its_words_and_escapes_them():
    assert drawn("{% badge words tone='bad' %}", words="<b>late</b>") == (
        '<span class="badge bad">&lt;b&gt;late&lt;/b&gt;</span>'
    )


@pytest.mark.parametrize("ruling", Ruling.values)
def test_every_ruling_has_its_words_and_its_sign(ruling: str):
    html = drawn("{% verdict_badge ruling %}", ruling=ruling)
    assert html.startswith('<span class="badge ')
    assert "<svg" in html
    assert "Not judged yet" not in html


def test_a_fix_nobody_has_judged_says_so():
    assert drawn("{% verdict_badge None %}") == '<span class="badge">Not judged yet</span>'


def test_a_quote_is_marked_with_the_language_it_was_said_in():
    assert drawn("{% quote words who='Frau Z.' language='de' %}", words="Viermal erzählt.") == (
        '<figure class="quote"><blockquote lang="de">Viermal erzählt.</blockquote>'
        "<figcaption>Frau Z.</figcaption></figure>"
    )


def test_a_number_comes_with_its_soft_bar_and_its_interval():
    html = drawn("{% stat 'Known at the top' figure %}", figure=Estimate(0.19, 0.14, 0.24, 38, "example"))
    assert '<span class="stat-figure">19 %</span>' in html
    assert '<rect class="band" x="14.00%" y="1" width="10.00%"' in html
    assert '<span class="stat-sentence">between 14 and 24 %</span>' in html


@pytest.mark.parametrize("figure", [None, wilson(0, 0)])
def test_what_cannot_be_said_is_said_in_words(figure: Estimate | None):
    html = drawn("{% stat 'Known' figure %}", figure=figure)
    assert '<span class="stat-figure none">Not enough evidence yet</span>' in html
    assert "<svg" not in html


def test_an_interval_without_an_end_says_at_least():
    ratio = Estimate(1.5, 0.75, float("inf"), 4, "exact")
    assert "at least 0.75" in drawn("{% stat 'Ratio' figure kind='times' most=4 %}", figure=ratio)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("days", 1, "1 day"),
        ("days", 12, "12 days"),
        ("share", 0.214, "21 %"),
        ("times", 0.84, "× 0.84"),
        ("hours", 2.5, "2.5 h"),
        ("score", -12, "-12"),
    ],
)
def test_a_number_is_written_with_its_unit(kind: str, value: float, words: str):
    html = drawn("{% stat 'x' value kind=kind %}", value=value, kind=kind)
    assert f'<span class="stat-figure">{words}</span>' in html


def test_a_number_opens_its_rows():
    assert drawn("{% stat 'Met' 3 kind='count' href='/rows/' %}").startswith('<a class="stat" href="/rows/">')


def test_lengths_in_a_drawing_keep_their_point_in_german():
    chart = Waterline([Level("Spitze", Estimate(0.195, 0.143, 0.242, 38, "example"))])
    with translation.override("de"):
        html = drawn("{% waterline chart title='Was bekannt ist' %}", chart=chart)
    assert 'y="103.38"' in html
    assert '="103,38"' not in html


def test_a_list_of_one_page_has_no_page_links():
    assert drawn("{% pages page %}", page=Paginator(range(3), 50).page(1)) == ""


def test_page_links_keep_what_was_filtered_for():
    request = RequestFactory().get("/fixes/?lane=week&page=2")
    html = drawn("{% pages page %}", page=page_of(request, range(120)), request=request)
    assert "51–100 of 120" in html
    assert 'href="?lane=week&amp;page=1"' in html
    assert 'href="?lane=week&amp;page=3"' in html


@pytest.mark.parametrize(("asked", "shown"), [("", 1), ("2", 2), ("9", 3), ("x", 1)])
def test_a_page_that_does_not_exist_becomes_the_nearest_one(asked: str, shown: int):
    request = RequestFactory().get("/", {"page": asked})
    assert page_of(request, range(120)).number == shown


def test_what_is_rarely_wanted_waits_below_one_word():
    html = drawn("{% more %}{% if may %}<a href='/rare/'>Rare</a>{% endif %}{% endmore %}", may=True)
    assert html.startswith('<details class="rare"><summary class="button quiet">More<svg')
    assert html.endswith("""<div class="menu"><a href='/rare/'>Rare</a></div></details>""")


def test_a_menu_without_anything_is_not_drawn():
    assert drawn("{% more %} {% if may %}<a href='/rare/'>Rare</a>{% endif %} {% endmore %}").strip() == ""
