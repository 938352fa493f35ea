"""The words of the demo are many, distinct, in three languages, and find their way to their issue."""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

import coalface

WORDS = Path(coalface.__file__).parent / "demo" / "words"
PLANTED = {"card_block": 85, "branch_wait": 75, "statement_fee": 65, "app_logout": 75, "bereavement": 45}
BANK = [*PLANTED, "other", "praise", "wishes"]
KINDS = {
    "complaint",
    "compliment",
    "need",
    "like",
    "dislike",
    "preference",
    "idea",
    "obstacle",
    "rule",
    "competitor",
}
ISSUE_KINDS = {"product", "service", "process", "rule", "people", "price"}
STAGES = {"before", "joining", "using", "problem", "change", "leaving"}


def words(name: str) -> dict:
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def said_in(name: str) -> list[dict]:
    """Everything said in one file, under an issue or not."""
    told = words(name)
    issues = told.get("issue", [])
    nested = [said for issue in issues for said in issue["said"]] if isinstance(issues, list) else []
    return nested + told.get("said", [])


def issues_of_the_bank() -> list[dict]:
    return [words(key)["issue"] for key in PLANTED] + words("other")["issue"]


def plain(text: str) -> str:
    """Lower case without accents: how a keyword route sees a sentence."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def finds(phrases: list[str], text: str) -> bool:
    """Whether one of the phrases stands in the text, on word boundaries; `word*` is a beginning."""
    patterns = [
        rf"\b{re.escape(plain(phrase.removesuffix('*')))}" + ("" if phrase.endswith("*") else r"\b")
        for phrase in phrases
    ]
    return any(re.search(pattern, plain(text)) for pattern in patterns)


def test_there_are_enough_words_and_none_stands_twice():
    texts = [said["text"] for name in [*BANK, "shop"] for said in said_in(name)]
    assert [text for text, times in Counter(plain(text) for text in texts).items() if times > 1] == []
    assert sum(len(said_in(name)) for name in BANK) >= 470


def test_the_bank_hears_three_languages_and_english_most():
    heard = Counter(said["language"] for name in BANK for said in said_in(name))
    total = heard.total()
    assert set(heard) == {"en", "de", "fr"}
    assert 0.65 <= heard["en"] / total <= 0.85
    assert heard["de"] / total >= 0.12
    assert heard["fr"] / total >= 0.08


def test_every_verbatim_says_what_it_is_and_who_said_it():
    for name in [*BANK, "shop"]:
        for said in said_in(name):
            assert set(said) == {"text", "language", "kind", "by"}, said
            assert said["kind"] in KINDS, said
            assert said["by"] in {"customer", "employee"}, said
            assert said["text"] == said["text"].strip() != "", said


@pytest.mark.parametrize(("key", "least"), PLANTED.items())
def test_a_planted_problem_is_told_often_enough(key, least):
    assert words(key)["issue"]["key"] == key
    assert len(said_in(key)) >= least


def test_only_the_front_line_tells_of_bereavement_in_numbers():
    by_employees = {key: sum(said["by"] == "employee" for said in said_in(key)) for key in PLANTED}
    assert by_employees.pop("bereavement") >= 12
    assert max(by_employees.values()) < 8


@pytest.mark.parametrize("key", PLANTED)
def test_the_phrases_of_a_planted_problem_find_most_of_it_and_little_else(key):
    phrases = words(key)["route"]["phrases"]
    own = [finds(phrases, said["text"]) for said in said_in(key)]
    others = [finds(phrases, said["text"]) for name in BANK if name != key for said in said_in(name)]
    assert 0.85 <= sum(own) / len(own) < 1, "some are oblique and belong on the pile of the not sure"
    assert sum(others) / len(others) <= 0.03


def test_no_phrase_finds_what_nobody_has_named():
    phrases = [phrase for key in PLANTED for phrase in words(key)["route"]["phrases"]]
    phrases += [phrase for issue in words("other")["issue"] for phrase in issue["phrases"]]
    told = words("unnamed")
    assert {subject: len(said) for subject, said in told.items()} == {"tax_certificate": 12, "video_call": 10}
    texts = [said["text"] for entries in told.values() for said in entries]
    assert [text for text in texts if finds(phrases, text)] == []


def test_the_smaller_issues_make_a_background():
    issues = words("other")["issue"]
    assert len(issues) >= 14
    assert all(5 <= len(issue["said"]) <= 8 for issue in issues)
    assert sum(len(issue["said"]) for issue in issues) >= 95
    for issue in issues:
        found = [finds(issue["phrases"], said["text"]) for said in issue["said"]]
        assert sum(found) / len(found) >= 0.6, issue["key"]


def test_praise_praises_and_wishes_do_not_complain():
    assert {said["kind"] for said in said_in("praise")} == {"compliment"}
    assert len(said_in("praise")) >= 50
    assert "complaint" not in {said["kind"] for said in said_in("wishes")}
    assert len(said_in("wishes")) >= 45


@pytest.mark.parametrize("company", ["bank", "shop"])
def test_every_issue_stands_at_a_touchpoint_that_exists(company):
    issues = issues_of_the_bank() if company == "bank" else words("shop")["issue"]
    touchpoints = words("touchpoints" if company == "bank" else "shop")["touchpoint"]
    keys = [touchpoint["key"] for touchpoint in touchpoints]
    assert len(keys) == len(set(keys))
    assert [touchpoint["order"] for touchpoint in touchpoints] == list(range(1, len(keys) + 1))
    assert {touchpoint["stage"] for touchpoint in touchpoints} <= STAGES
    assert {issue["touchpoint"] for issue in issues} <= set(keys)
    assert {issue["kind"] for issue in issues} <= ISSUE_KINDS
    assert len({issue["key"] for issue in issues}) == len(issues)
    assert len({issue["title"] for issue in issues}) == len(issues)


def test_there_are_names_enough_for_thousands_of_customers():
    people = words("people")
    least = {"first_names": 140, "last_names": 220, "company_names": 60}
    assert set(people) == set(least)
    for pool, number in least.items():
        assert len(people[pool]) == len(set(people[pool])) >= number


def test_the_shop_has_twelve_people_and_forty_customers():
    shop = words("shop")
    assert (len(shop["shop"]["staff"]), len(shop["shop"]["customers"])) == (12, 40)
    assert shop["shop"]["staff"][0]["name"] == shop["shop"]["owner"] == "Mara Hollis"
    assert all(len(issue["said"]) >= 10 for issue in shop["issue"])
    kinds = Counter(said["kind"] for said in shop["said"])
    assert kinds == {"compliment": 12, "idea": 6}
