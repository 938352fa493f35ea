"""Routing: how often the label is right, how true the confidence is, what it costs; peers learn the same."""

import json
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from benchmarks.bars import Bar, measured
from benchmarks.understand_sets import Labelled, banking77, clinc150
from coalface.methods import routing
from coalface.methods.calibration import calibration_error
from coalface.methods.kernels import turns
from coalface.methods.phrases import PhraseRouter, Phrases
from coalface.methods.routing import Router

SHOTS, FOLDS, CLAUSES, AT_ONCE = 8, 5, 10_000, 500
RIGHT_FEW, RIGHT_FEW_WORDS, RIGHT_FULL, RIGHT_INSIDE, LEFT_OUTSIDE = 0.82, 0.68, 0.93, 0.92, 0.80
OFF_AT_MOST, SLOWER_AT_MOST, WARM_WITHIN, MEGABYTES = 0.05, 1.25, 1.0, 900
TEXTS, A_SECOND = 20_000, 5_000


def bars() -> Iterable[Bar]:
    """A label left to a person counts as wrong everywhere. Peers always answer."""
    yield from _banking()
    yield from _clinc()
    yield _phrases()
    yield from _costs()


def _banking() -> Iterable[Bar]:
    from sklearn.model_selection import StratifiedKFold

    everything, found = banking77(), defaultdict(list)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    split = folds.split(everything.texts, everything.labels.astype(str))
    for draw, (learned, asked) in enumerate(split):
        mixed = np.random.default_rng(draw).permutation(learned)
        few = mixed[turns(everything.labels[mixed].astype(str)) < SHOTS]
        for size, at in (("few", few), ("full", learned)):
            for name, figure in _one(everything[at], everything[asked], size == "few").items():
                found[size, name].append(figure)
    said = {key: float(np.mean(figures)) for key, figures in found.items()}
    yield _right("Banking77, 8 examples per label, with vectors", said, "few", "both", RIGHT_FEW)
    yield _right("Banking77, 8 examples per label, words alone", said, "few", "words", RIGHT_FEW_WORDS)
    yield _true("Banking77, 8 examples per label", said, "few")
    yield _right("Banking77, all examples, with vectors", said, "full", "both", RIGHT_FULL)
    yield _true("Banking77, all examples", said, "full")
    print(f"    all examples, words alone: {said['full', 'words']:.3f} (LinearSVC {said['full', 'svm']:.3f})")


def _one(learned: Labelled, asked: Labelled, few: bool) -> dict[str, float]:
    """Shares right and calibration errors of one fold, ours and the peers'."""
    router = Router.fit(learned.texts, learned.labels, vectors=learned.vectors)
    figures = {}
    for name, vectors in (("both", asked.vectors), ("words", None)):
        routes = router.predict(asked.texts, vectors=vectors)
        right = [route.label == label for route, label in zip(routes, asked.labels, strict=True)]
        forced = [
            (route.label or route.runners_up[0][0]) == label
            for route, label in zip(routes, asked.labels, strict=True)
        ]
        figures |= {name: np.mean(right), f"{name} forced": np.mean(forced)}
        figures[f"{name} off"] = calibration_error([route.confidence for route in routes], right)
    return figures | _peers(learned, asked, few)


def _peers(learned: Labelled, asked: Labelled, few: bool) -> dict[str, float]:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.svm import LinearSVC

    told, heard = _ngrams(learned, asked)
    figures = {
        "svm": np.mean(LinearSVC().fit(told, learned.labels.astype(str)).predict(heard) == asked.labels)
    }
    told = hstack([told, csr_matrix(learned.vectors)], format="csr")
    heard = hstack([heard, csr_matrix(asked.vectors)], format="csr")
    one = LinearSVC().fit(told, learned.labels.astype(str))
    scores = one.decision_function(heard)
    right = one.classes_[scores.argmax(1)] == asked.labels
    figures |= {"one svm": np.mean(right), "raw off": calibration_error(_softmax(scores).max(1), right)}
    if few:
        chances = _logistic(learned).predict_proba(asked.vectors)
        right = np.unique(learned.labels.astype(str))[chances.argmax(1)] == asked.labels
        figures |= {"logistic": np.mean(right), "logistic off": calibration_error(chances.max(1), right)}
    return figures


def _clinc() -> Iterable[Bar]:
    learned, outside = clinc150("train"), clinc150("oos_train")
    inside, nobody = clinc150("val"), clinc150("oos_val")
    texts = [*learned.texts, *outside.texts]
    labels = [*learned.labels, *[None] * len(outside)]
    router = Router.fit(texts, labels, vectors=np.vstack([learned.vectors, outside.vectors]))
    routes = router.predict(inside.texts, vectors=inside.vectors)
    left = router.predict(nobody.texts, vectors=nobody.vectors)
    right = np.array([route.label == label for route, label in zip(routes, inside.labels, strict=True)])
    alone = np.array([route.label is None for route in left])
    peers = ", ".join(
        f"{name} {accuracy:.3f} at {recall:.2f}"
        for name, (accuracy, recall) in _thresholds(learned, outside, inside, nobody).items()
    )
    yield Bar(
        "CLINC150, right label / left alone what has none",
        f"{right.mean():.3f} / {alone.mean():.2f}",
        f">= {RIGHT_INSIDE} at >= {LEFT_OUTSIDE}",
        right.mean() >= RIGHT_INSIDE and alone.mean() >= LEFT_OUTSIDE,
        peers,
    )
    off = calibration_error([route.confidence for route in routes], right)
    mixed = calibration_error([route.confidence for route in [*routes, *left]], [*right, *alone])
    yield Bar(
        "CLINC150, calibration error (with what has no label)",
        f"{off:.3f} ({mixed:.3f})",
        f"<= {OFF_AT_MOST}",
        max(off, mixed) <= OFF_AT_MOST,
    )


def _thresholds(learned: Labelled, outside: Labelled, inside: Labelled, nobody: Labelled) -> Any:
    """Peers that answer above the score that leaves alone as much of `outside` as we aim for."""
    from sklearn.svm import LinearSVC

    aimed = LEFT_OUTSIDE + 1.645 * (LEFT_OUTSIDE * (1 - LEFT_OUTSIDE) / len(outside)) ** 0.5
    told, heard = _ngrams(
        learned,
        Labelled(
            *(
                np.concatenate(parts)
                for parts in zip(
                    *((one.texts, one.labels, one.vectors) for one in (outside, inside, nobody)), strict=True
                )
            )
        ),
    )
    svm = LinearSVC().fit(told, learned.labels.astype(str))
    logistic = _logistic(learned)
    vectors = np.vstack([outside.vectors, inside.vectors, nobody.vectors])
    found = {}
    for name, scores in (
        ("LinearSVC", svm.decision_function(heard)),
        ("MiniLM + logistic", logistic.predict_proba(vectors)),
    ):
        highest, names = scores.max(1), svm.classes_[scores.argmax(1)]
        least = np.quantile(highest[: len(outside)], aimed)
        middle = slice(len(outside), len(outside) + len(inside))
        accuracy = np.mean((highest[middle] >= least) & (names[middle] == inside.labels))
        found[name] = accuracy, np.mean(highest[middle.stop :] < least)
    return found


def _phrases() -> Bar:
    """Twenty routes of five phrases each; seconds of one core."""
    words = ("card", "fee", "wait", "app", "form")
    router = PhraseRouter(
        [Phrases(f"issue_{at}", tuple(f"{word}{at} thing*" for word in words)) for at in range(20)]
    )
    texts = [
        f"I called about card{at % 20} things. Nobody at the counter knew, the fée{at % 7} was wrong!"
        for at in range(TEXTS)
    ]
    began = time.thread_time()
    right = all(router.match(text)[0].issue == f"issue_{at % 20}" for at, text in enumerate(texts))
    speed = TEXTS / (time.thread_time() - began)
    name = "short texts through the phrases of twenty routes"
    return Bar(name, f"{speed:,.0f}/s", f">= {A_SECOND:,}/s", right and speed >= A_SECOND)


def _costs() -> Iterable[Bar]:
    """In a process of its own, so that its memory is its own."""
    command = [sys.executable, "-m", "benchmarks.understand_routing"]
    told = measured(subprocess.run(command, check=True, capture_output=True, text=True).stdout) or {}
    yield Bar(
        f"routing {CLAUSES:,} new clauses, vectors and all",
        f"{told['routed'] / told['encoded']:.2f} × vectors",
        f"<= {SLOWER_AT_MOST} ×",
        told["routed"] <= SLOWER_AT_MOST * told["encoded"],
        f"vectors alone {CLAUSES / told['encoded']:.0f}/s; routed {CLAUSES / told['routed']:.0f}/s",
    )
    yield Bar(
        f"a correction among {told['examples']:,} examples, the slowest of 20",
        f"{told['warm'] * 1000:.0f} ms",
        f"within {WARM_WITHIN:.0f} s",
        told["warm"] <= WARM_WITHIN and told["heeded"],
        f"learning everything again {told['fitted']:.0f} s ({told['fitted_cpu']:.0f} s of one core)",
    )
    yield Bar(
        "memory at most: encoder, learning, routing",
        f"{told['megabytes']} MB",
        f"< {MEGABYTES} MB",
        told["megabytes"] < MEGABYTES,
        f"after building the encoder alone {told['encoder_megabytes']} MB",
    )


def _right(name: str, said: Any, size: str, kind: str, least: float) -> Bar:
    peers = {"svm": "LinearSVC", "one svm": "n-grams + vectors in one SVM", "logistic": "MiniLM + logistic"}
    beside = [f"{peer} {said[size, key]:.3f}" for key, peer in peers.items() if (size, key) in said]
    figure = said[size, kind]
    forced = f"forced to answer {said[size, f'{kind} forced']:.3f}"
    return Bar(name, f"{figure:.3f}", f">= {least}", figure >= least, "; ".join([forced, *beside]))


def _true(name: str, said: Any, size: str) -> Bar:
    off, words = said[size, "both off"], said[size, "words off"]
    beside = f"raw scores {said[size, 'raw off']:.3f}"
    if (size, "logistic off") in said:
        beside += f"; MiniLM + logistic {said[size, 'logistic off']:.3f}"
    return Bar(
        f"{name}, calibration error (words alone)",
        f"{off:.3f} ({words:.3f})",
        f"<= {OFF_AT_MOST}",
        max(off, words) <= OFF_AT_MOST,
        beside,
    )


def _ngrams(learned: Labelled, asked: Labelled) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    both = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    return both.fit_transform(learned.texts), both.transform(asked.texts)


def _logistic(learned: Labelled) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=10, max_iter=300).fit(learned.vectors, learned.labels.astype(str))


def _softmax(scores: Any) -> Any:
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def told() -> dict[str, Any]:
    """Times and memory: learn 10,000 examples, correct 20, route 10,000 clauses beside their vectors."""
    # The router's own: a worker holds one, not two.
    encode = routing._encoder()
    if encode is None:
        raise SystemExit("Sentence vectors are missing: `make text` installs them.")
    encode(["warm"])
    figures: dict[str, Any] = {"encoder_megabytes": _peak()}
    everything = banking77()
    began, busy = time.perf_counter(), time.process_time()
    router = Router.fit(everything.texts, everything.labels, vectors=everything.vectors)
    figures |= {"fitted": time.perf_counter() - began, "fitted_cpu": time.process_time() - busy}
    figures |= {"examples": len(everything), "warm": 0.0, "heeded": True}
    for at in range(0, 400, 20):
        one, wrong = everything[at : at + 1], everything.labels[-1 - at]
        began = time.perf_counter()
        corrected = router.learn(one.texts, [wrong], vectors=one.vectors)
        figures["warm"] = max(figures["warm"], time.perf_counter() - began)
        figures["heeded"] &= corrected.predict(one.texts, vectors=one.vectors)[0].label == wrong
    clauses = [f"{text} Really." for text in everything.texts[:CLAUSES]]
    router.predict(clauses[:1])
    figures |= {"encoded": 0.0, "routed": 0.0}
    for at in range(0, CLAUSES, AT_ONCE):
        some = clauses[at : at + AT_ONCE]
        for name, what in (("encoded", encode), ("routed", router.predict)):
            began = time.perf_counter()
            what(some)
            figures[name] += time.perf_counter() - began
    return figures | {"megabytes": _peak()}


if __name__ == "__main__":
    print(json.dumps(told()))
