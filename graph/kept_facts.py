"""Norms of acts, worked out once: kept in memory by document, on disk by the act's words and the rules' version."""

from __future__ import annotations

import contextlib
import hashlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec

from duties.frame import Frame
from lovdata_ingest.cache import cache_folder, writing
from lovdata_ingest.model import Document

_WORTH_A_PROCESS = 200_000  # characters, about a third of a second of reading
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
    return frames_of_documents((document,))


def frames_of_documents(documents: Iterable[Document]) -> tuple[Frame, ...]:
    """The norms of several acts, in their order; acts not kept are shared between two processes where that pays."""
    wanted = tuple(documents)
    paths = {id(document): _path_of(document) for document in wanted if _in_memory(document) is None}
    missing = []
    for document in wanted:
        if id(document) in paths:
            frames = _on_disk(paths[id(document)])
            if frames is None:
                missing.append(document)
            else:
                _frames[id(document)] = (document, frames)
    for document, frames in zip(missing, _find_all(missing), strict=True):
        _keep(paths[id(document)], frames)
        _frames[id(document)] = (document, frames)
    return tuple(frame for document in wanted for frame in _frames[id(document)][1])


def _in_memory(document: Document) -> tuple[Frame, ...] | None:
    kept = _frames.get(id(document))
    return kept[1] if kept is not None and kept[0] is document else None


def _path_of(document: Document) -> Path:
    key = hashlib.sha256(msgspec.msgpack.encode((document.refid, document.language, document.body))).hexdigest()[:32]
    return cache_folder("frames", rules_version(), f"{key}.msgpack")


def _on_disk(path: Path) -> tuple[Frame, ...] | None:
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=tuple[Frame, ...])
    except (OSError, msgspec.MsgspecError):
        return None


def _keep(path: Path, frames: tuple[Frame, ...]) -> None:
    with contextlib.suppress(OSError):  # a folder that cannot be written costs time, nothing else
        path.parent.mkdir(parents=True, exist_ok=True)
        with writing(path) as file:
            file.write(msgspec.msgpack.encode(frames))


def _find_all(documents: Sequence[Document]) -> Iterator[tuple[Frame, ...]]:
    """The norms of *documents*, found now: in a copy of this process beside it where there is enough to read."""
    from duties.find import find_frames

    half, rest = _halves(documents)
    if not rest or (os.cpu_count() or 1) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        yield from (tuple(find_frames(document)) for document in documents)
        return
    # A forked copy has the documents and the lexicon already; only the norms travel back.
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    other = context.Process(target=_find_there, args=(rest, there), daemon=True)
    other.start()
    there.close()
    try:
        found = {id(document): tuple(find_frames(document)) for document in half}
        try:
            packed = msgspec.msgpack.decode(here.recv_bytes(), type=list[tuple[Frame, ...]])
        except (EOFError, OSError):  # the copy was ended from outside: read its acts here
            packed = [tuple(find_frames(document)) for document in rest]
    finally:
        here.close()
        other.terminate()
        other.join()
    found |= {id(document): frames for document, frames in zip(rest, packed, strict=True)}
    yield from (found[id(document)] for document in documents)


def _find_there(documents: Sequence[Document], pipe: Connection) -> None:
    from duties.find import find_frames

    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        pipe.send_bytes(msgspec.msgpack.encode([tuple(find_frames(document)) for document in documents]))


def _halves(documents: Sequence[Document]) -> tuple[list[Document], list[Document]]:
    """Two shares of about the same amount of text; the second is empty where sharing would not pay."""
    sizes = {id(document): sum(len(node.text) for node in document.body.walk()) for document in documents}
    shares: tuple[list[Document], list[Document]] = ([], [])
    weights = [0, 0]
    if sum(sizes.values()) < _WORTH_A_PROCESS:
        return list(documents), []
    for document in sorted(documents, key=lambda one: -sizes[id(one)]):
        lighter = weights.index(min(weights))
        shares[lighter].append(document)
        weights[lighter] += sizes[id(document)]
    return shares
