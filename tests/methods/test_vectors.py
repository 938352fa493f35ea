"""Sentence vectors: the graph against the same weights multiplied by hand, and whatever text comes."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import erf

from coalface.methods.vectors import HEADS, LAYERS, WIDTH, encoder, weights

encode = encoder()
pytestmark = pytest.mark.skipif(
    encode is None, reason="the optional packages for sentence vectors are missing"
)

SENTENCES = [
    "Where is my card?",
    "I paid twice for the same thing and nobody answers the telephone.",
    "Wo ist meine Karte? Überweisung läuft nicht …",
    "ok",
    " ".join(["The branch was closed when I came, although the page said it was open."] * 40),
]


def by_hand(ids):
    """One sentence through the six layers in numpy: the peer that knows nothing of ONNX."""
    named = weights()

    def normed(rows, name):
        rows = rows - rows.mean(-1, keepdims=True)
        rows = rows / np.sqrt((rows**2).mean(-1, keepdims=True) + 1e-12)
        return rows * named[f"{name}.weight"] + named[f"{name}.bias"]

    def dense(rows, name):
        return rows @ named[f"{name}.weight"].T + named[f"{name}.bias"]

    state = (
        named["embeddings.word_embeddings.weight"][ids] + named["embeddings.token_type_embeddings.weight"][0]
    )
    state = normed(state + named["embeddings.position_embeddings.weight"][: len(ids)], "embeddings.LayerNorm")
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}"
        query, key, value = (
            dense(state, f"{name}.attention.self.{part}").reshape(len(ids), HEADS, -1).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(WIDTH / HEADS))
        seen = (scores / scores.sum(-1, keepdims=True)) @ value
        seen = dense(seen.transpose(1, 0, 2).reshape(len(ids), WIDTH), f"{name}.attention.output.dense")
        state = normed(seen + state, f"{name}.attention.output.LayerNorm")
        inner = dense(state, f"{name}.intermediate.dense")
        inner = inner * 0.5 * (1 + erf(inner / np.sqrt(2)))
        state = normed(dense(inner, f"{name}.output.dense") + state, f"{name}.output.LayerNorm")
    mean = state.mean(0)
    return mean / np.linalg.norm(mean)


def test_the_graph_gives_what_the_weights_give_by_hand():
    expected = [by_hand(encode.tokenizer.encode(sentence).ids) for sentence in SENTENCES]
    assert ((encode(SENTENCES) * np.array(expected)).sum(1) > 0.9999).all()


def test_every_row_has_length_one_and_an_empty_text_has_no_row():
    rows = encode(["Where is my card?", "", " \n\u200b", "🙂", "\ud800", "x" * 1_000_000, "ما هذا"])
    lengths = np.linalg.norm(rows, axis=1).round(4).tolist()
    assert (rows.dtype, rows.shape, lengths) == (np.float32, (7, 384), [1, 0, 0, 1, 1, 1, 1])


def test_no_text_gives_no_row():
    assert encode([]).shape == (0, 384)


def test_sentences_that_mean_the_same_lie_closer_than_sentences_that_share_words():
    one, same, words = encode(["My card has not arrived.", "The card never came.", "My flight has arrived."])
    assert float(one @ same) > float(one @ words)


@settings(deadline=None, max_examples=15)
@given(st.lists(st.text(max_size=60), max_size=6), st.randoms(use_true_random=False))
def test_a_row_does_not_depend_on_its_neighbours(texts, chance):
    order = list(range(len(texts)))
    chance.shuffle(order)
    together, alone = encode([texts[at] for at in order]), encode(texts)
    assert np.allclose(together, alone[order], atol=1e-5)


def test_the_graph_is_built_once_however_many_ask_at_the_same_time(tmp_path):
    cache = tmp_path / "models"
    with ThreadPoolExecutor(3) as pool:
        several = list(pool.map(lambda _: encoder(cache), range(3)))
    rows = [one(SENTENCES[:1]) for one in several]
    assert np.allclose(rows, encode(SENTENCES[:1]), atol=1e-6)
    assert [path.suffix for path in cache.iterdir()] == [".onnx"]


def test_without_the_optional_packages_there_is_no_encoder():
    assert encoder(needs=("a_package_nobody_has",)) is None
