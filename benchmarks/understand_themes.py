"""Themes: how true the groups and their number are, how they last from week to week, and what they cost."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import product
from math import exp, log
from typing import Any

import numpy as np

from benchmarks.bars import Bar, measured
from benchmarks.understand_sets import Labelled, banking77, clinc150
from coalface.methods.themes import Themes, carry_over, discover

SEED, WEEKS = 1, 4
TRUE_BANKING, TRUE_CLINC, WORDS_BANKING, WORDS_CLINC = 0.77, 0.88, 0.65, 0.77
OFF_AT_MOST, LASTS, MEGABYTES, CLAUSES = 0.25, 0.9, 900, 20_000
# Classes, rows (all, where None), and whether classes are of very different size.
PARTS = (
    (3, None, False),
    (5, 150, False),
    (8, 40, False),
    (8, 240, False),
    (10, None, False),
    (12, 300, False),
    (20, 600, False),
    (20, None, False),
    (30, 900, False),
    (50, 2_500, False),
    (15, None, True),
    (40, None, True),
)
WITHIN, MIXED = 0.75, 3_000


def bars() -> Iterable[Bar]:
    """No number of groups is given; noise counts as one group. Peers are given the true number."""
    yield from _whole("Banking77", banking77(), TRUE_BANKING, WORDS_BANKING)
    yield from _whole("CLINC150", clinc150("train"), TRUE_CLINC, WORDS_CLINC)
    yield from _parts()
    _mixed()
    yield _noise()
    yield from _weeks()
    yield from _costs()


def _whole(name: str, told: Labelled, true: float, true_by_words: float) -> Iterable[Bar]:
    count = len(set(told.labels))
    themes = discover(told.texts, seed=SEED, vectors=told.vectors)
    peers = (_k_means(told.vectors, count), _k_means(_latent(told.texts), count))
    beside = "; ".join(
        f"k-means on {what} with {count} {_figures(told.labels, peer)}"
        for what, peer in zip(("vectors", "TF-IDF-LSA"), peers, strict=True)
    )
    yield _agrees(f"{name}, with vectors: NMI", told.labels, themes, true, beside)
    yield _number(f"{name}, with vectors", count, themes)
    yield _quoted(name, told.texts, themes)
    by_words = discover(told.texts, seed=SEED, vectors=None)
    print(f"    {name} by words alone: {len(by_words.terms)} groups for {count}")
    yield _agrees(f"{name}, words alone: NMI", told.labels, by_words, true_by_words, beside.split("; ")[1])


def _agrees(name: str, labels: Any, themes: Themes, promised: float, beside: str) -> Bar:
    from sklearn.metrics import normalized_mutual_info_score

    said = normalized_mutual_info_score(labels.astype(str), themes.labels)
    figures = f"{_figures(labels, themes.labels)}, noise {themes.noise_share:.3f}"
    return Bar(name, figures, f"NMI ≥ {promised}", said >= promised, beside)


def _figures(labels: Any, found: Any) -> str:
    from sklearn.metrics import adjusted_mutual_info_score, normalized_mutual_info_score

    named = labels.astype(str)
    normalized, adjusted = (
        normalized_mutual_info_score(named, found),
        adjusted_mutual_info_score(named, found),
    )
    return f"{normalized:.3f}, AMI {adjusted:.3f}"


def _number(name: str, true: int, themes: Themes) -> Bar:
    found = len(themes.terms)
    off = abs(found - true) / true
    return Bar(f"{name}: number of groups", f"{found} for {true}", f"± {OFF_AT_MOST:.0%}", off <= OFF_AT_MOST)


def _quoted(name: str, texts: Any, themes: Themes) -> Bar:
    """A quote is a place in what was given, and speaks of its theme; three different ones for each."""
    quotes = [(number, place) for number, places in themes.medoids.items() for place in places]
    true = sum(0 <= place < len(texts) and themes.labels[place] == number for number, place in quotes)
    different = all(len({texts[at] for at in places}) == len(places) for places in themes.medoids.values())
    share = true / max(1, len(quotes))
    return Bar(
        f"{name}: quotes that are clauses of their theme", f"{share:.0%}", "100%", share == 1 and different
    )


def _parts() -> Iterable[Bar]:
    """Smaller heaps of fewer themes, even and uneven: three of four numbers hold the bar of the whole."""
    told = {"Banking77": banking77(), "CLINC150": clinc150("train")}
    off: list[float] = []
    for (name, whole), (classes, rows, uneven), seed in product(told.items(), PARTS, (1, 2)):
        part = _part(whole, classes, rows, uneven, seed)
        themes = discover(part.texts, seed=SEED, vectors=part.vectors)
        true = len(set(part.labels))
        off.append(log(max(1, len(themes.terms)) / true))
        said = f"{true} {'uneven ' if uneven else ''}classes, {len(part)} rows of {name}"
        print(f"    {said}: {len(themes.terms)} groups, NMI {_figures(part.labels, themes.labels)}")
    within = sum(abs(exp(one) - 1) <= OFF_AT_MOST for one in off)
    error = f"log of found / true: root mean square {float(np.mean(np.square(off))) ** 0.5:.3f}"
    name = f"smaller heaps: number of groups within {OFF_AT_MOST:.0%}"
    held = within >= WITHIN * len(off)
    yield Bar(name, f"{within} of {len(off)}", f"≥ {WITHIN:.0%}", held, f"{error}, mean {np.mean(off):+.3f}")


def _part(told: Labelled, classes: int, rows: int | None, uneven: bool, seed: int) -> Labelled:
    """Some classes; uneven ones get smaller with the power .7 of their rank, four rows at least."""
    chance = np.random.default_rng(100 + seed)
    named = told.labels.astype(str)
    at = [
        chance.permutation(np.flatnonzero(named == one))
        for one in chance.permutation(sorted(set(told.labels)))[:classes]
    ]
    if uneven:
        at = [one[: max(4, int(len(one) / (rank + 1) ** 0.7))] for rank, one in enumerate(at)]
    return told[np.sort(chance.permutation(np.concatenate(at))[:rows])]


def _mixed() -> None:
    """Banking77 with sentences of other domains strewn in, one for ten: where they go."""
    told, others = banking77(), clinc150("train")
    chance = np.random.default_rng(SEED)
    some = np.sort(chance.permutation(len(told))[:MIXED])
    strewn = np.sort(chance.permutation(len(others))[: MIXED // 10])
    texts = [*told.texts[some], *others.texts[strewn]]
    vectors = np.vstack([told.vectors[some], others.vectors[strewn]])
    labels = np.array(discover(texts, seed=SEED, vectors=vectors).labels)
    ours, theirs = labels[:MIXED], labels[MIXED:]
    noise = f"noise {(ours < 0).mean():.3f} of the bank's, {(theirs < 0).mean():.3f} of the others"
    apart = f"{_held(ours, theirs):.3f} of the others in {len(_mostly(ours, theirs))} groups mostly theirs"
    print(f"    {MIXED} rows of Banking77, {len(theirs)} of CLINC150 strewn in: {noise}, {apart}")


def _mostly(ours: Any, theirs: Any) -> list[int]:
    return [one for one in set(theirs) - {-1} if (theirs == one).sum() > (ours == one).sum()]


def _held(ours: Any, theirs: Any) -> float:
    return float(np.isin(theirs, _mostly(ours, theirs)).mean())


def _noise() -> Bar:
    """Rows and words by chance: nothing should be found in them."""
    chance = np.random.default_rng(SEED)
    letters = np.array(list("abcdefghijklmnoprstuvw"))
    texts = [" ".join("".join(chance.choice(letters, 6)) for _ in range(8)) for _ in range(1_000)]
    themes = discover(texts, seed=SEED, vectors=chance.normal(size=(len(texts), 384)))
    return Bar("nothing but noise: themes found", str(len(themes.terms)), "none", not themes.terms)


def _weeks() -> Iterable[Bar]:
    """Banking77 comes in over five weeks: half of it, then an eighth more each week."""
    from sklearn.metrics import adjusted_rand_score

    told = banking77()
    told = told[np.random.default_rng(SEED).permutation(len(told))]
    size = [len(told) * (4 + week) // 8 for week in range(WEEKS + 1)]
    themes = discover(told.texts[: size[0]], seed=SEED, vectors=told.vectors[: size[0]])
    before, given, lasted = list(themes.labels), len(themes.terms), []
    afresh = discover(told.texts[: size[1]], seed=SEED, vectors=told.vectors[: size[1]])
    anew = adjusted_rand_score(before, afresh.labels[: size[0]])
    for rows in size[1:]:
        last = [*before, *[-1] * (rows - len(before))]
        part = told[np.arange(rows)]
        themes = carry_over(part.texts, last, first_new=given, seed=SEED, vectors=part.vectors)
        lasted.append(adjusted_rand_score(before, themes.labels[: len(before)]))
        before, given = list(themes.labels), max(given, *(number + 1 for number in themes.terms))
    print(f"    after the last week: {len(themes.terms)} themes, {_figures(told.labels, before)}")
    yield Bar(
        f"the same clauses from week to week, the worst of {WEEKS}: ARI",
        f"{min(lasted):.3f}",
        f"≥ {LASTS}",
        min(lasted) >= LASTS,
        f"grouped afresh {anew:.3f}",
    )


def _costs() -> Iterable[Bar]:
    """In a process of its own, with the vectors given."""
    command = [sys.executable, "-m", "benchmarks.understand_themes"]
    said = measured(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    yield Bar(
        f"{said['clauses']:,} clauses grouped: most memory",
        f"{said['megabytes']:.0f} MB",
        f"< {MEGABYTES} MB",
        said["megabytes"] < MEGABYTES,
        f"{said['seconds']:.0f} s",
    )


def _k_means(rows: Any, count: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(count, n_init=3, random_state=SEED).fit_predict(rows)


def _latent(texts: Any) -> Any:
    """The peer of METHODS 11: word and letter TF-IDF, 200 latent directions."""
    from scipy.sparse import hstack
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    by_word = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    by_letter = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2)
    both = hstack([by_word.fit_transform(texts), by_letter.fit_transform(texts)]).tocsr()
    return normalize(TruncatedSVD(200, random_state=SEED).fit_transform(both))


def main() -> None:
    """Group both sets together, up to the number of clauses, and say what it took."""
    one, other = banking77(), clinc150("train")
    texts = [*one.texts, *other.texts][:CLAUSES]
    vectors = np.vstack([one.vectors, other.vectors])[:CLAUSES]
    del one, other
    began = time.monotonic()
    discover(texts, seed=SEED, vectors=vectors)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"clauses": len(texts), "seconds": time.monotonic() - began, "megabytes": peak}))


if __name__ == "__main__":
    main()
