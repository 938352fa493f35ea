"""The words of the demo companies, as they stand in words/*.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
PLANTED = ("card_block", "branch_wait", "statement_fee", "app_logout", "bereavement")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing somebody says."""

    text: str
    language: str
    kind: str
    by: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What customers experience, the phrases that point to it, and what they say about it."""

    key: str
    title: str
    kind: str
    touchpoint: str
    phrases: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A touchpoint on the customers' way."""

    key: str
    name: str
    stage: str
    order: int


@dataclass(frozen=True, slots=True)
class Shop:
    """The small company: its people and customers, what they say."""

    name: str
    staff: tuple[dict, ...]
    customers: tuple[str, ...]
    problems: tuple[Problem, ...]
    stops: tuple[Stop, ...]
    said: tuple[Said, ...]


def problems() -> tuple[Problem, ...]:
    """The five planted problems first, then the background of smaller ones."""
    planted = []
    for key in PLANTED:
        page = _page(key)
        planted.append(_problem(page["issue"] | page["route"], page["said"]))
    return (*planted, *(_problem(entry, entry["said"]) for entry in _page("other")["issue"]))


def praise() -> tuple[Said, ...]:
    """What customers are grateful for."""
    return _said(_page("praise")["said"])


def wishes() -> tuple[Said, ...]:
    """Needs, ideas, preferences and what competitors do."""
    return _said(_page("wishes")["said"])


def unnamed(subject: str) -> tuple[Said, ...]:
    """What nobody at the bank has named: `tax_certificate`, `video_call`."""
    return _said(_page("unnamed")[subject])


def answers(kind: str) -> tuple[Said, ...]:
    """What the bank's own people write: `reasons` for declining, `promises`, `reflections`."""
    return tuple(Said(text, "en", kind, "employee") for text in _page("answers")[kind])


def gathering(kind: str) -> tuple[Said, ...]:
    """What is said at a `focus_group` or an `event`, and asked in a `town_hall`."""
    return _said(_page("gatherings")[kind])


def gathering_words(kind: str) -> str:
    """The `notice` of incognito visits, what was `seen` on one, and the `debrief` after it."""
    return _page("gatherings")[kind]


def stops() -> tuple[Stop, ...]:
    """The touchpoints of the bank in order."""
    return tuple(Stop(**entry) for entry in _page("touchpoints")["touchpoint"])


def hands_on() -> dict:
    """What leaders did, heard and saw on a shift, at calls and on their walks."""
    return _page("hands_on")


def customers_way() -> dict:
    """How the steps of the bank's customers are linked and rated, and what is said with a rating."""
    return _page("journey")


def study() -> dict:
    """The pages of a study somebody made for the bank, and the passages that were marked in them."""
    return _page("study")


def changes(company: str) -> dict:
    """What the `bank` or the `shop` says of its changes: reasons, whys, minutes, and in public."""
    return _page(f"{company}_changes")


def names(kind: str) -> list[str]:
    """`first_names`, `last_names` or `company_names` of the region."""
    return _page("people")[kind]


def shop() -> Shop:
    """Everything about the bicycle workshop."""
    page = _page("shop")
    return Shop(
        name=page["shop"]["name"],
        staff=tuple(page["shop"]["staff"]),
        customers=tuple(page["shop"]["customers"]),
        problems=tuple(_problem(entry, entry["said"]) for entry in page["issue"]),
        stops=tuple(Stop(**entry) for entry in page["touchpoint"]),
        said=_said(page["said"]),
    )


def visit_on_record() -> bytes:
    """A visit as a machine wrote it down."""
    return (WORDS / "visit.vtt").read_bytes()


@cache
def _page(name: str) -> dict:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def _said(entries: list[dict]) -> tuple[Said, ...]:
    return tuple(Said(entry["text"], entry["language"], entry["kind"], entry["by"]) for entry in entries)


def _problem(entry: dict, said: list[dict]) -> Problem:
    return Problem(
        key=entry["key"],
        title=entry["title"],
        kind=entry["kind"],
        touchpoint=entry["touchpoint"],
        phrases=tuple(entry["phrases"]),
        said=_said(said),
    )
