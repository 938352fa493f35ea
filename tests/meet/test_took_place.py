"""Whether it took place is asked in words that fit the kind."""

import pytest

from tests.meet import at
from tests.meet.formats import notice, of_kind
from tests.people import client_for


@pytest.mark.parametrize(
    ("kind", "asks", "says"),
    [
        ("conversation", "Did you meet?", "We met"),
        ("listening", "Did you listen?", "I listened"),
        ("own_walk", "Did you walk it?", "I walked it"),
        ("care_walk", "Did you walk it?", "I walked it"),
        ("town_hall", "Did it take place?", "It took place"),
        ("incognito", "Did it take place?", "It took place"),
    ],
)
def test_on_the_page_and_in_the_list(cast, kind, asks, says):
    notice(cast)
    met, olga = of_kind(cast, kind), client_for(cast.olga)
    page = olga.get(at("encounter", met.pk)).content.decode()
    assert asks in page and says in page
    assert asks in olga.get(at("index")).content.decode()


@pytest.mark.parametrize(
    ("kind", "words"), [("conversation", "Good that you met."), ("care_walk", "What did you see or hear?")]
)
def test_so_is_the_word_of_thanks(cast, kind, words):
    met = of_kind(cast, kind)
    page = client_for(cast.olga).post(at("hold", met.pk), {"minutes": 30}, follow=True)
    assert words in page.content.decode()
