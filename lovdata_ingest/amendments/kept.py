"""The gazette read once: what the amending acts order and when it came into force, kept on disk between runs."""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from lovdata_ingest.amendments.replay import Gazette
from lovdata_ingest.cache import cache_folder, writing
from lovdata_ingest.model import Document

_PLAIN = {
    ("builtins", name) for name in ("dict", "list", "tuple", "set", "frozenset", "str", "int", "bool", "getattr")
} - {("builtins", "getattr")} | {("datetime", "date"), ("re", "_compile"), ("collections", "defaultdict"),
                                 ("copyreg", "_reconstructor"), ("builtins", "object")}  # fmt: skip


class _Reader(pickle.Unpickler):
    """Reads nothing but values of this package and plain ones: a file that was tampered with runs no code."""

    def find_class(self, module: str, name: str) -> Any:
        if module.startswith("lovdata_ingest.") or (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of a gazette")


@lru_cache(maxsize=1)
def _version() -> str:
    import lovdata_ingest

    digest = hashlib.sha256()
    for file in sorted(Path(str(lovdata_ingest.__file__)).parent.rglob("*.py")):
        if "proposals" not in file.parts and "references" not in file.parts:
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()


def kept_gazette(
    sources: Iterable[str], acts: Callable[[], Mapping[str, Document]], make: Callable[[], Gazette]
) -> Gazette:
    """The gazette of these sources, from disk when it was read before with this version of the program.

    Args:
        sources: what the gazette depends on: hashes of the archives, options.
        acts: the promulgated acts by refid, as `Gazette.acts`; they are not kept, since the sources are.
        make: reads the gazette.
    """
    key = hashlib.sha256("\n".join((_version(), *sources)).encode()).hexdigest()[:40]
    path = cache_folder("gazette", f"{key}.pickle")
    gazette = Gazette.__new__(Gazette)
    try:
        state = _Reader(io.BytesIO(path.read_bytes())).load()
        gazette.__dict__.update(state)
        gazette.acts = dict(acts())
        return gazette
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, ImportError, IndexError):
        pass  # not read before, by another version, or damaged: read anew
    gazette = make()
    state = {name: value for name, value in vars(gazette).items() if name != "acts"}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob("*.pickle"):
            old.unlink()
        with writing(path) as file:
            file.write(pickle.dumps(state, pickle.HIGHEST_PROTOCOL))
    except OSError:  # a folder that cannot be written costs time, nothing else
        pass
    return gazette
