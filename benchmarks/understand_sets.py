"""The public sets that understanding is measured on, and their sentence vectors."""

import csv
import gzip
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from coalface.methods.vectors import encoder

# Folders `banking77` (train.csv) and `clinc150` (train_val.json.gz) as their authors publish them.
PLACES = (os.environ.get("COALFACE_REAL_DATA", "data"), "../shared/data")
DATA = next((Path(place) for place in PLACES if Path(place).is_dir()), Path(PLACES[0]))
KEPT = os.environ.get("UNDERSTAND_VECTORS", "")


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts, what people said they are, and a row of numbers each."""

    texts: Any
    labels: Any
    vectors: Any

    def __getitem__(self, at: Any) -> "Labelled":
        return Labelled(self.texts[at], self.labels[at], self.vectors[at])

    def __len__(self) -> int:
        return len(self.texts)


def banking77() -> Labelled:
    """10,003 messages to a bank, 77 intents, in the order of the file."""
    with (DATA / "banking77/train.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return _labelled("banking77_train", [row["text"] for row in rows], [row["category"] for row in rows])


def clinc150(part: str) -> Labelled:
    """`train`, `val` (150 intents), `oos_train` or `oos_val` (none of them)."""
    with gzip.open(DATA / "clinc150/train_val.json.gz", "rt", encoding="utf-8") as file:
        pairs = json.load(file)[part]
    return _labelled(f"clinc150_{part}", [text for text, _ in pairs], [label for _, label in pairs])


def _labelled(name: str, texts: Sequence[str], labels: Sequence[str]) -> Labelled:
    path = Path(KEPT) / f"{name}.npy"
    if KEPT and path.exists():
        vectors = np.load(path)
    else:
        encode = encoder()
        if encode is None:
            raise SystemExit("Sentence vectors are missing: `make text` installs them.")
        vectors = encode(texts)
        if KEPT:
            np.save(path, vectors)
    words, named = np.empty(len(texts), object), np.empty(len(texts), object)
    words[:], named[:] = texts, labels
    return Labelled(words, named, vectors)
