"""Norms of acts, worked out once: kept in memory by document, on disk by the act's words and the rules' version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from duties.frame import Frame
from lovdata_ingest.cache import cache_folder, writing
from lovdata_ingest.model import Document

_frames: dict[int, tuple[Document, tuple[Frame, ...]]] = {}


@lru_cache(maxsize=1)
def rules_version() -> str:
    """A mark of the source and the data that norms are found with; another version finds them anew."""
    import data
    import duties
    import lovdata_ingest

    digest = hashlib.sha256()
    for package in (duties, data, lovdata_ingest):
        root = Path(str(package.__file__)).parent
        for file in sorted((*root.rglob("*.py"), *root.rglob("*.yaml"), *root.rglob("*.tsv"), *root.glob("*.json"))):
            if package is lovdata_ingest and file.parent != root:
                continue
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def frames_of_document(document: Document) -> tuple[Frame, ...]:
    """The norms of one act, from memory, from disk, or found now and kept."""
    kept = _frames.get(id(document))
    if kept is not None and kept[0] is document:
        return kept[1]
    key = hashlib.sha256(msgspec.msgpack.encode((document.refid, document.language, document.body))).hexdigest()[:32]
    path = cache_folder("frames", rules_version(), f"{key}.msgpack")
    frames: tuple[Frame, ...]
    try:
        frames = msgspec.msgpack.decode(path.read_bytes(), type=tuple[Frame, ...])
    except (OSError, msgspec.MsgspecError):
        from duties.find import find_frames

        frames = tuple(find_frames(document))
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with writing(path) as file:
                file.write(msgspec.msgpack.encode(frames))
        except OSError:  # a folder that cannot be written costs time, nothing else
            pass
    _frames[id(document)] = (document, frames)
    return frames


def frames_of_documents(documents: Iterable[Document]) -> tuple[Frame, ...]:
    """The norms of several acts, in their order."""
    return tuple(frame for document in documents for frame in frames_of_document(document))
