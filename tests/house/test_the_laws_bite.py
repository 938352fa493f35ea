"""Each law is shown to fail on a small bad example, and to leave a good one alone."""

import subprocess
from pathlib import Path

import pytest

from tests.house.rules import addresses, pages, shape, style, tables
from tests.house.rules.source import Module
from tests.house.rules.writing import writes_outside_actions

BAD = [
    (writes_outside_actions, "act/views.py", "fix.save()"),
    (writes_outside_actions, "act/views.py", "form.instance.delete()"),
    (writes_outside_actions, "act/queries.py", "Fix.objects.create(title=title)"),
    (writes_outside_actions, "act/tasks.py", "Fix.objects.filter(pk=1).update(shipped_at=now)"),
    (writes_outside_actions, "act/tasks.py", "fixes.update(**changes)"),
    (writes_outside_actions, "act/forms.py", "Fix.objects.get_or_create(title=title)"),
    (writes_outside_actions, "records/tables.py", "Fix.objects.bulk_create(rows)"),
    (writes_outside_actions, "worker/tasks.py", "cursor.execute('update records_fix set lane = 1')"),
    (writes_outside_actions, "act/views.py", "from coalface.records.history import note"),
    (tables.tables_elsewhere, "act/queries.py", "def rows():\n    import pyarrow"),
    (tables.tables_elsewhere, "act/views.py", "from xlsxwriter import Workbook"),
    (tables.tables_elsewhere, "importers/reading/xlsx.py", "from xlsxwriter import Workbook"),
    (tables.tables_elsewhere, "api/fixes.py", "import csv\ncsv.writer(file)"),
    (tables.tables_elsewhere, "api/fixes.py", "from csv import DictWriter"),
    (style.too_long, "act/views.py", "x = 1\n" * 401),
    (style.too_long, "act/views.py", "def long():\n" + "    x = 1\n" * 50),
    (style.towers, "act/views.py", "class Page(Base, Mixin, Another): ..."),
    (style.drawers, "act/utils.py", "x = 1"),
    (style.drawers, "common/dates.py", "x = 1"),
    (style.without_a_word, "act/apps.py", "x = 1"),
    (style.without_a_word, "act/actions.py", "'''Act.'''\ndef ship(*, fix): ..."),
    (style.without_a_word, "act/queries/fixes.py", "'''Read.'''\ndef overdue(*, now): ..."),
    (style.without_a_word, "methods/nps.py", "'''NPS.'''\ndef score(answers): ..."),
    (style.positional_actions, "act/actions.py", "def ship(fix, *, by, now): ..."),
    (
        style.positional_actions,
        "act/actions.py",
        "def ship(*, fix, by): note('fix.shipped', about=fix, by=by)",
    ),
    (
        style.positional_actions,
        "act/actions.py",
        "def ship(*, fix, now): note('fix.shipped', about=fix, at=now)",
    ),
    (style.clocks, "act/queries.py", "now = timezone.now()"),
    (style.clocks, "act/actions.py", "today = date.today()"),
    (style.clocks, "act/actions.py", "today = timezone.localdate()"),
    (style.clocks, "methods/contact.py", "now = datetime.now(UTC)"),
    (style.clocks, "records/models/act/fix.py", "at = models.DateTimeField(default=timezone.now)"),
    (style.clocks, "records/models/act/fix.py", "at = models.DateTimeField(auto_now_add=True)"),
    (style.signals, "act/apps.py", "from django.dispatch import receiver"),
    (style.signals, "act/apps.py", "from django.db.models.signals import post_save"),
    (style.signals, "act/apps.py", "from django.db.models import signals"),
    (style.overrides, "records/models/act/fix.py", "class Fix:\n    def save(self, **options): ..."),
    (style.catches_anything, "worker/tasks.py", "try: go()\nexcept Exception: pass"),
    (style.catches_anything, "worker/tasks.py", "try: go()\nexcept: pass"),
    (style.catches_anything, "worker/tasks.py", "try: go()\nexcept (OSError, BaseException): pass"),
    (style.mocks, "act/test_actions.py", "from unittest.mock import patch"),
    (style.mocks, "act/test_actions.py", "from unittest import mock"),
    (style.mocks, "act/test_actions.py", "def test_ship(mocker): ..."),
    (style.mocks, "act/test_actions.py", "monkeypatch.setattr(actions, 'ship', None)"),
]

GOOD = [
    (tables.tables_elsewhere, "records/tables.py", "import csv, pyarrow, xlsxwriter\ncsv.writer(file)"),
    (tables.tables_elsewhere, "importers/reading/parquet.py", "from pyarrow import parquet"),
    (tables.tables_elsewhere, "importers/reading/csv.py", "import csv\ncsv.reader(file)"),
    (writes_outside_actions, "act/actions.py", "fix.save()"),
    (writes_outside_actions, "act/actions/fixes.py", "Fix.objects.create(title=title)"),
    (writes_outside_actions, "shell/charts.py", "seen.update({1}); digest.update(b'x'); cache.delete('x')"),
    (style.too_long, "act/views.py", "def short():\n" + "    x = 1\n" * 49),
    (style.towers, "act/views.py", "class Page(Base, Mixin): ..."),
    (style.without_a_word, "act/__init__.py", ""),
    (style.without_a_word, "act/actions.py", "'''Act.'''\ndef ship(*, fix):\n    '''Ship.'''"),
    (
        style.positional_actions,
        "act/actions.py",
        "def tell(*, event, now): note('told', about=event, at=now)",
    ),
    (
        style.positional_actions,
        "worker/actions/__init__.py",
        "def reap(*, now): note('reaped', about=tick, by=None, at=now)",
    ),
    (style.clocks, "act/views.py", "now = timezone.now()"),
    (style.clocks, "act/queries.py", "today = timezone.localdate(now)"),
    (style.catches_anything, "worker/tasks.py", "try: go()\nexcept (OSError, ValueError): pass"),
    (style.mocks, "edges/test_mail.py", "from unittest.mock import patch"),
    (style.mocks, "act/test_actions.py", "def test_ship(monkeypatch): monkeypatch.setenv('TZ', 'UTC')"),
]


@pytest.mark.parametrize(("rule", "place", "text"), BAD)
def test_the_law_bites(rule, place, text):
    assert len(list(rule(Module(place, text)))) == 1


@pytest.mark.parametrize(("rule", "place", "text"), GOOD)
def test_the_law_leaves_alone(rule, place, text):
    assert list(rule(Module(place, text))) == []


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small house in good order."""
    for place in ("act/apps.py", "act/actions/fixes.py", "act/templates/act/fix.html", "urls.py"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_a_house_in_order_has_no_strangers(package: Path):
    assert [*shape.strangers(package), *shape.out_of_shape(package)] == []


@pytest.mark.parametrize("place", ["act/manager.py", "act/static/plan", "act/services", "act/notes.txt"])
def test_a_stray_file_in_a_room_is_found(package: Path, place: str):
    path = package / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert [complaint.split(":")[0] for complaint in shape.out_of_shape(package)] == [place]


def test_a_stray_file_at_the_top_is_found(package: Path):
    (package / "tools.py").touch()
    assert list(shape.strangers(package)) == ["tools.py: not in the plan of the house"]


INLINE = {
    '<p\n style="color: red">': "a.html:2: a style attribute",
    '<button onclick="go()">': "a.html:1: an on… attribute",
    "<style>p {}</style>": "a.html:1: a <style> element",
    "\n<script>go()</script>": "a.html:2: a <script> without src",
    '<script type="module">go()</script>': "a.html:1: a <script> without src",
    '<a href="javascript:go()">': "a.html:1: a javascript: address",
    "<form hx-vals='js:{a: 1}'>": "a.html:1: a js: value",
    "<form hx-on:submit='go()'>": "a.html:1: an hx-on attribute",
    '<img src="https://example.org/a.png">': "a.html:1: an address on another server",
}


@pytest.mark.parametrize("text", INLINE)
def test_inline_code_is_found(text: str):
    assert list(pages.inline_code("a.html", text)) == [INLINE[text]]


def test_code_in_files_is_left_alone():
    text = """<script src="{% static 'a.js' %}" defer></script> {# <style> #} <p class="on">on = 1</p>"""
    assert list(pages.inline_code("a.html", text)) == []


def test_a_list_that_cannot_be_taken_along_is_found():
    told = ["a.html: a list without {% take_along %}"]
    assert list(pages.nothing_to_take_along("a.html", "{% pages page %}")) == told
    assert list(pages.nothing_to_take_along("a.html", "{% pages page %}{% take_along %}")) == []


def test_bare_words_are_found():
    for text in ("{{ remark.verbatim.text|truncatechars:9 }}", "{% quote x text=made.words.text %}"):
        assert len(list(pages.words_shown_to_all("a.html", text))) == 1
    assert list(pages.words_shown_to_all("a.html", "{% if one.words.text %}{{ form.text }}{% endif %}")) == []


def test_a_long_template_is_found():
    assert list(pages.too_long("a.html", "\n" * 121, 120)) == ["a.html: 121 lines, at most 120"]


@pytest.mark.parametrize(
    "text",
    [
        "--extra-index" + "-url https://example.org",
        "https://pypi." + "org/x",
        "cd /" + "work/main",
        "/" + "root/x",
    ],
)
def test_a_line_that_gives_away_its_place_is_found(text: str):
    assert [complaint.split(":")[:2] for complaint in addresses.addresses("a.md", "x\n" + text)] == [
        ["a.md", "2"]
    ]


def test_a_lock_that_records_addresses_is_found_before_it_is_committed(tmp_path: Path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "uv.lock").write_text("version = 1\n")
    found = [addresses.addresses(path.name, addresses.text_of(path)) for path in addresses.tracked(tmp_path)]
    assert [list(complaints) for complaints in found] == [["uv.lock: this kind of lock records addresses"]]
