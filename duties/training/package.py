"""From a model that ``spacy train`` wrote to the small one that ships in ``data/models``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy
import srsly  # type: ignore[import-untyped]

_DROPPED = ("vocab/lookups.bin", "vocab/vectors", "vocab/vectors.cfg", "vocab/key2row")


def halve(data: bytes) -> bytes:
    """Return a thinc model's bytes with its weights in half precision."""
    message: dict[str, Any] = srsly.msgpack_loads(data, use_list=True)
    for params in message["params"]:
        for name, value in params.items():
            if isinstance(value, numpy.ndarray) and value.dtype == numpy.float32:
                params[name] = value.astype(numpy.float16)
    packed: bytes = srsly.msgpack_dumps(message)
    return packed


def package(trained: Path, target: Path, about: dict[str, Any]) -> int:
    """Write the model in *trained* to *target* for shipping, *about* added to its ``meta.json``; return its bytes."""
    if target.exists():
        shutil.rmtree(target)
    shutil.copytree(trained, target)
    for model in target.glob("*/model"):
        model.write_bytes(halve(model.read_bytes()))
    for name in _DROPPED:
        (target / name).unlink(missing_ok=True)
    # The corpus is not to be rebuilt from the model: of its words only the labels' and lemma trees' strings stay.
    meta = json.loads((target / "meta.json").read_text(encoding="utf-8"))
    meta.update(about)
    (target / "meta.json").write_text(json.dumps(meta, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())
