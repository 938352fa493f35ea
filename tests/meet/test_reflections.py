"""What I will do differently: mine alone, until I share it."""

import pytest

from coalface.meet.actions import (
    NotHeld,
    NotTheirs,
    NotThere,
    NoWords,
    finish,
    keep_to_oneself,
    reflect,
    share_reflection,
)
from coalface.meet.queries import reflections_of, shared_reflections
from coalface.records.models import Event, Reflection, Verbatim
from tests.meet import LATER, at, count, held, kinds, planned, said
from tests.people import client_for

WORDS = "Ask before I explain."


def wrote(cast, met, words=WORDS):
    return reflect(encounter=met, words=words, by=cast.olga, now=LATER)


def test_written_changed_and_the_earlier_words_are_gone(cast):
    met = held(cast)
    first = wrote(cast, met)
    assert wrote(cast, met) == first
    assert wrote(cast, met, "  Listen. ") == first
    assert [one.words.text for one in reflections_of(cast.olga)] == ["Listen."]
    assert not Verbatim.objects.filter(text=WORDS).exists()
    assert kinds(first) == ["reflection.written"] * 2


def test_only_who_was_there_and_only_with_words(cast):
    with pytest.raises(NoWords):
        wrote(cast, held(cast), " ")
    with pytest.raises(NotHeld):
        wrote(cast, planned(cast))
    with pytest.raises(NotThere):
        reflect(encounter=held(cast), words=WORDS, by=cast.mina, now=LATER)


def test_shared_and_kept_again(cast):
    met = held(cast)
    mine = wrote(cast, met)
    for _ in range(2):
        share_reflection(reflection=mine, by=cast.olga, now=LATER)
    assert shared_reflections(met, cast.mina) == [mine]
    assert shared_reflections(met, cast.olga) == []
    for _ in range(2):
        keep_to_oneself(reflection=mine, by=cast.olga, now=LATER)
    assert shared_reflections(met, cast.mina) == []
    assert kinds(mine) == ["reflection.written", "reflection.shared", "reflection.kept"]
    for verb in (share_reflection, keep_to_oneself):
        with pytest.raises(NotTheirs):
            verb(reflection=mine, by=cast.mina, now=LATER)


def test_nobody_else_finds_a_private_one_anywhere(cast):
    met = held(cast)
    mine = wrote(cast, met)
    mina = client_for(cast.mina)
    pages = [at("encounter", met.pk), at("reflections"), at("remarks"), at("index") + "?whose=all"]
    assert not any(WORDS in mina.get(page).content.decode() for page in pages)
    assert mina.post(at("share_reflection", mine.pk), {"share": "yes"}).status_code == 404
    assert "reflection.written" not in kinds(met)
    assert WORDS not in str(list(Event.objects.values()))
    share_reflection(reflection=mine, by=cast.olga, now=LATER)
    assert WORDS in mina.get(at("encounter", met.pk)).content.decode()


def test_on_the_page_it_is_asked_of_who_was_there(cast):
    met, olga = held(cast), client_for(cast.olga)
    question = "What will I do differently?"
    assert question not in olga.get(at("encounter", met.pk)).content.decode()
    said(met, cast.olga)
    assert question in olga.get(at("encounter", met.pk)).content.decode()
    assert question not in client_for(cast.mina).get(at("encounter", met.pk)).content.decode()
    assert olga.post(at("reflect", met.pk), {"words": ""}).context["reflection_form"].errors
    assert olga.post(at("reflect", met.pk), {"words": WORDS}).url.endswith("#reflection")
    mine = Reflection.objects.get()
    assert WORDS in olga.get(at("encounter", met.pk)).content.decode()
    olga.post(at("share_reflection", mine.pk), {"share": "yes"})
    assert Reflection.objects.get().shared_at
    answer = olga.post(at("share_reflection", mine.pk), {"share": "no", "from": "list"})
    assert (answer.url, Reflection.objects.get().shared_at) == (at("reflections"), None)


def test_whoever_was_not_there_is_told_so(cast):
    page = client_for(cast.mina).post(at("reflect", held(cast).pk), {"words": WORDS}, follow=True)
    assert "for who was there" in page.content.decode()
    page = client_for(cast.olga).post(at("reflect", planned(cast).pk), {"words": WORDS}, follow=True)
    assert "Say first that you met." in page.content.decode()
    assert not Reflection.objects.exists()


def test_it_never_keeps_an_encounter_open(cast):
    met = held(cast)
    finish(encounter=met, by=cast.olga, now=LATER)
    wrote(cast, met)
    assert kinds(met)[-1] == "encounter.finished"


def test_my_list_asks_as_much_with_three_as_with_one(cast):
    asked = []
    for more in (1, 2):
        for number in range(more):
            wrote(cast, held(cast), f"{WORDS} {more} {number}")
        asked.append(count(client_for(cast.olga), at("reflections")))
    assert asked[0] == asked[1] == 8
