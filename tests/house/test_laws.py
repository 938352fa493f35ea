"""The package and its tests keep the laws."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.house.rules import addresses, pages, shape, style
from tests.house.rules.source import PACKAGE, ROOT, TESTS, Module, modules
from tests.house.rules.tables import tables_elsewhere
from tests.house.rules.writing import writes_outside_actions

Rule = Callable[[Module], Iterator[str]]


def none(complaints: Iterable[str]) -> None:
    """Fail with every complaint on a line of its own."""
    if found := "\n".join(complaints):
        pytest.fail(found, pytrace=False)


@pytest.mark.parametrize(
    "rule", [writes_outside_actions, tables_elsewhere, *style.IN_THE_PACKAGE], ids=lambda rule: rule.__name__
)
def test_the_package_keeps(rule: Rule):
    none(complaint for module in modules(PACKAGE) for complaint in rule(module))


@pytest.mark.parametrize("rule", style.IN_THE_TESTS, ids=lambda rule: rule.__name__)
def test_the_tests_keep(rule: Rule):
    none(complaint for module in modules(TESTS) for complaint in rule(module))


def test_nothing_lies_at_the_top_that_the_plan_does_not_name():
    none(shape.strangers(PACKAGE))


def test_every_room_has_one_shape():
    none(shape.out_of_shape(PACKAGE))


def test_no_page_holds_inline_code():
    none(
        complaint
        for path in pages.templates(PACKAGE)
        for complaint in pages.inline_code(path.relative_to(PACKAGE).as_posix(), path.read_text())
    )


def test_every_list_can_be_taken_along():
    none(
        complaint
        for path in pages.templates(PACKAGE)
        for complaint in pages.nothing_to_take_along(path.relative_to(PACKAGE).as_posix(), path.read_text())
    )


def test_words_are_shown_as_their_reader_may_see_them():
    assert [
        complaint
        for path in pages.templates(PACKAGE)
        for complaint in pages.words_shown_to_all(path.relative_to(PACKAGE).as_posix(), path.read_text())
    ] == []


def test_templates_and_scripts_stay_short():
    limits = [(path, pages.LONGEST_TEMPLATE) for path in pages.templates(PACKAGE)]
    limits += [(path, pages.LONGEST_SCRIPT) for path in pages.scripts(PACKAGE)]
    none(
        complaint
        for path, limit in limits
        for complaint in pages.too_long(path.relative_to(PACKAGE).as_posix(), path.read_text(), limit)
    )


def test_no_file_says_where_it_was_made():
    none(
        complaint
        for path in addresses.tracked(ROOT)
        for complaint in addresses.addresses(path.relative_to(ROOT).as_posix(), addresses.text_of(path))
    )
