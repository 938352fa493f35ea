"""Routing: what is learned from settled clauses, how sure it may be, when it leaves a clause to a person."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalface.methods.calibration import calibration_error
from coalface.methods.kernels import Kernel
from coalface.methods.ngrams import stems
from coalface.methods.routing import Route, Router

THINGS = {
    "card": ["card", "debit card", "plastic", "credit card", "bank card"],
    "queue": ["queue", "line", "counter", "branch", "waiting room"],
    "fee": ["fee", "charge", "costs", "statement fee", "price"],
}
FRAMES = [
    "the {} was a problem",
    "I complain about the {}",
    "{}!",
    "why this {}?",
    "nobody helps with my {}",
    "the {} again",
]
TEXTS = [frame.format(thing) for things in THINGS.values() for thing in things for frame in FRAMES]
LABELS = [label for label, things in THINGS.items() for _ in things for _ in FRAMES]


def rows(texts):
    """Vectors of a made-up encoder: which thing is spoken of, and a little of everything else."""
    made = np.random.default_rng(5).normal(size=(len(texts), 16)).astype(np.float32) / 8
    for row, text in zip(made, texts, strict=True):
        for place, things in enumerate(THINGS.values()):
            row[place] += sum(thing in text for thing in things)
    return made / np.linalg.norm(made, axis=1, keepdims=True)


ROUTER = Router.fit(TEXTS, LABELS, vectors=rows(TEXTS))
BY_WORDS = Router.fit(TEXTS, LABELS, vectors=None)


def labels(router, texts, vectors=None):
    return [route.label for route in router.predict(texts, vectors=vectors)]


@pytest.mark.parametrize("made", [None, rows])
def test_what_was_learned_is_found_again_in_other_words(made):
    texts = ["this card is a problem", "the queue at the counter", "such a fee"]
    router = ROUTER if made else BY_WORDS
    assert labels(router, texts, made and made(texts)) == ["card", "queue", "fee"]


def test_a_text_without_a_vector_is_judged_by_its_words_alone():
    texts = ["the debit card was a problem", "the long line"]
    assert ROUTER.predict(texts, vectors=np.zeros((2, 16))) == ROUTER.predict(texts, vectors=None)


def test_a_router_made_by_words_ignores_vectors():
    texts = ["the debit card was a problem"]
    assert BY_WORDS.predict(texts, vectors=rows(texts)) == BY_WORDS.predict(texts, vectors=None)


def test_the_same_examples_make_the_same_router():
    again = Router.fit(TEXTS, LABELS, vectors=rows(TEXTS))
    assert again.predict(TEXTS, vectors=rows(TEXTS)) == ROUTER.predict(TEXTS, vectors=rows(TEXTS))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(max_size=80) | st.sampled_from(TEXTS), max_size=8))
def test_every_text_gets_one_answer_whose_chances_add_up(texts):
    for route in BY_WORDS.predict(texts, vectors=None):
        chances = [chance for _, chance in route.runners_up]
        named = [name for name, _ in route.runners_up]
        assert route.label not in named and len(set(named)) == len(named)
        assert chances == sorted(chances, reverse=True)
        assert 0 <= route.confidence <= 1 and all(0 <= chance <= 1 for chance in chances)
        assert route.label is None or route.confidence + sum(chances) <= 1 + 1e-4
        assert route.label is None or all(chance <= route.confidence for chance in chances)


@settings(deadline=None, max_examples=12)
@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.sampled_from(["a", "b", "c", None])),
        max_size=9,
    )
)
def test_any_few_examples_make_a_router(examples):
    texts, given_labels = [text for text, _ in examples], [label for _, label in examples]
    router = Router.fit(texts, given_labels, vectors=None)
    found = router.predict([*texts, "something else"], vectors=None)
    assert {route.label for route in found} <= {*given_labels, None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "\u200b",
        "…",
        "x" * 1_000_000,
        "x " * 500_000,
        "كيف حالك card",
        "🙂🙂🙂",
        "\ud800",
        "<script>alert(1)</script>",
    ],
    ids=["empty", "blank", "no width", "dots", "one word", "many words", "mixed", "emoji", "half", "script"],
)
def test_whatever_comes_is_answered_calmly_and_soon(text):
    began = time.thread_time()
    (route,) = BY_WORDS.predict([text], vectors=None)
    learned = BY_WORDS.learn([text], ["fee"], vectors=None)
    assert isinstance(route, Route) and time.thread_time() - began < 20
    assert labels(learned, [text]) == ["fee"]


def test_an_empty_text_belongs_nowhere():
    assert ROUTER.predict([""], vectors=np.zeros((1, 16))) == [Route(None, 0.0)]


def test_no_examples_know_nothing():
    assert Router.fit([], [], vectors=None).predict(["card"], vectors=None) == [Route(None, 0.0)]


def test_with_one_label_only_the_same_words_are_known():
    router = Router.fit(["the card", "my card"], ["card", "card"], vectors=None)
    assert router.predict(["THE  card", "a queue"], vectors=None) == [
        Route("card", 0.95),
        Route(None, 0.0, (("card", 0.5),)),
    ]


def test_two_labels_with_one_example_each_are_enough_to_begin():
    router = Router.fit(["card blocked", "long queue"], ["card", "queue"], vectors=None)
    assert labels(router, ["my card", "the queue"]) == ["card", "queue"]


def test_a_label_with_a_single_example_beside_many_can_win():
    router = Router.fit([*TEXTS, "the parking garage is too dark"], [*LABELS, "parking"], vectors=None)
    assert labels(router, ["parking garage too dark"]) == ["parking"]


@pytest.mark.parametrize("made", [None, rows])
def test_a_correction_counts_at_once_and_the_old_router_stays(made):
    router, text = (ROUTER, TEXTS[:1]) if made else (BY_WORDS, TEXTS[:1])
    vectors = made and made(text)
    corrected = router.learn(text, ["fee"], vectors=vectors)
    assert (labels(router, text, vectors), labels(corrected, text, vectors)) == (["card"], ["fee"])


@pytest.mark.parametrize("made", [None, rows])
def test_a_new_label_is_learned_without_beginning_again(made):
    router = ROUTER if made else BY_WORDS
    texts = ["the app crashes", "crash of the app at sign-in", "app is down"]
    learned = router.learn(texts, ["app"] * 3, vectors=made and made(texts))
    asked = ["the app crashes again", "the debit card was a problem"]
    assert labels(learned, asked, made and made(asked)) == ["app", "card"]


def test_a_correction_to_none_leaves_the_same_words_to_a_person():
    learned = ROUTER.learn(["the card!"], [None], vectors=rows(["the card!"]))
    (route,) = learned.predict(["The card!"], vectors=rows(["The card!"]))
    assert (route.label, route.confidence) == (None, 0.95)


def test_what_belongs_nowhere_is_left_alone_when_examples_of_it_are_given():
    nowhere = [
        f"my {thing} likes {food}"
        for thing in ("dog", "aunt", "neighbour", "cat")
        for food in ("soup", "tea", "jam")
    ]
    router = Router.fit([*TEXTS, *nowhere], [*LABELS, *[None] * len(nowhere)], vectors=None)
    found = router.predict(["my uncle likes soup", "the debit card was a problem"], vectors=None)
    assert [route.label for route in found] == [None, "card"]
    assert found[0].confidence > 0.5


def test_what_lies_farther_than_anything_learned_is_left_to_a_person():
    lost = -rows(["the card was a problem"])
    (route,) = ROUTER.predict(["the card was a problem, of a kind"], vectors=lost)
    assert route.label is None and route.runners_up[0][1] <= 0.5


def test_a_router_that_mostly_guesses_names_only_what_it_rather_knows():
    chance = np.random.default_rng(7)
    known = [(f"{thing} {number}", label) for label in THINGS for number, thing in enumerate(THINGS[label])]
    noise = ["".join(chance.choice(list("abcdefghij"), 6)) + " thing" for _ in range(160)]
    guessed = [str(chance.integers(8)) for _ in noise]
    texts, given_labels = zip(*known * 2, *zip(noise, guessed, strict=True), strict=True)
    router = Router.fit(texts[:-40], given_labels[:-40], vectors=None)
    found = router.predict([*texts[-40:], "credit card 3"], vectors=None)
    assert sum(route.label is None for route in found[:-1]) >= 20
    assert found[-1].label == "card"


def test_stems_meet_in_any_order():
    assert stems("Payments declined") == ["payme", "decli", "decli payme"]
    assert set(stems("declined payment")) == set(stems("Payments declined"))


@pytest.mark.parametrize("rare", [1, 2], ids=["one", "two"])
def test_the_frequent_label_does_not_swallow_the_rare_one(rare):
    texts = [*TEXTS, *["the lift is stuck", "stuck in your lift"][:rare]]
    router = Router.fit([*texts, *TEXTS[:30] * 9], [*LABELS, *["lift"] * rare, *["card"] * 270], vectors=None)
    assert labels(router, ["the lift was stuck", "a long queue"]) == ["lift", "queue"]


def test_the_same_words_under_two_labels_are_said_with_half_a_heart():
    texts = ["it does not work"] * 20
    router = Router.fit([*TEXTS, *texts], [*LABELS, *["card", "fee"] * 10], vectors=None)
    assert labels(router, ["the long queue"]) == ["queue"]
    assert all(chance <= 0.95 for _, chance in router.predict(texts[:1], vectors=None)[0].runners_up)


def test_half_of_the_examples_without_a_vector_are_learned_by_their_words():
    vectors = rows(TEXTS)
    vectors[::2] = 0
    router = Router.fit(TEXTS, LABELS, vectors=vectors)
    asked = ["this card is a problem", "the queue at the counter", "such a fee"]
    assert labels(router, asked, rows(asked)) == labels(router, asked) == ["card", "queue", "fee"]


def test_learning_one_by_one_ends_where_learning_all_at_once_does():
    vectors, targets = rows(TEXTS), np.arange(len(TEXTS)) % 3
    together = Kernel.fit(vectors, targets, 3)
    landmarks = Kernel.fit(vectors, np.r_[targets[:-4], [0] * 4], 3)
    moved = landmarks.learn(vectors[:2], np.array([1, 1]), 4)
    assert np.allclose(moved.weights[:, 3], 0)
    assert together.scores(vectors).shape == (len(TEXTS), 3)
    once = Kernel.fit(vectors, targets, 3)
    twice = once.learn(vectors[5:6], targets[5:6], 3)
    solved = twice.inverse @ _told(once.landmarks, np.r_[vectors, vectors[5:6]], np.r_[targets, targets[5]])
    assert np.allclose(twice.weights, solved, atol=1e-3)


def _told(landmarks, vectors, targets):
    near = np.exp(2 * (vectors @ landmarks.T - 1))
    return near.T @ np.eye(3)[targets]


def test_leaving_one_out_is_what_learning_without_it_gives():
    vectors, targets = rows(TEXTS), np.array([list(THINGS).index(label) for label in LABELS])
    near = np.exp(2 * (vectors.astype(float) @ vectors.T.astype(float) - 1))
    punished = 0.1 * near + 1e-4 * np.eye(len(TEXTS))
    kept = np.arange(1, len(TEXTS))
    inner = near[kept].T @ near[kept] + punished
    expected = near[0] @ np.linalg.solve(inner, near[kept].T @ np.eye(3)[targets[kept]])
    found = Kernel.fit(vectors, targets, 3).without_itself(vectors, targets)[0]
    assert np.allclose(found, expected, atol=1e-3)


def test_confidence_is_right_as_often_as_it_says():
    chance = np.random.default_rng(3)
    things = [label for label in THINGS for _ in range(150)]
    said = [chance.choice(THINGS[label if chance.random() < 0.7 else "fee"]) for label in things]
    texts = [chance.choice(FRAMES).format(word) + f" {number}" for number, word in enumerate(said)]
    learned, asked = chance.permutation(450)[:200], chance.permutation(450)[200:]
    router = Router.fit([texts[at] for at in learned], [things[at] for at in learned], vectors=None)
    found = router.predict([texts[at] for at in asked], vectors=None)
    right = [route.label == things[at] for route, at in zip(found, asked, strict=True)]
    assert calibration_error([route.confidence for route in found], right) < 0.12


def test_lists_of_different_length_are_refused():
    with pytest.raises(ValueError, match="2 texts, 1 labels"):
        Router.fit(["a", "b"], ["x"], vectors=None)
    with pytest.raises(ValueError, match="1 texts, 2 vectors"):
        ROUTER.predict(["a"], vectors=np.zeros((2, 16)))
