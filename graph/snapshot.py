"""The snapshot: the facts that the program computed from Lovdata's data of a given date, so that it answers at once.

It holds addresses, headings, norms, references, findings, scores and hashes; never a sentence of the law. One command
writes it (``pliktgraf snapshot``), and a test computes it anew and compares.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from duties.frame import Frame
from graph.finding import Finding
from graph.inputs import ActFacts, DataSource, Inputs
from graph.matrix import Matrix
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document
from lovdata_ingest.references.reference import Reference

T = TypeVar("T")
FORMAT = 1
_LISTS: dict[str, Any] = {
    "facts": ActFacts, "frames": Frame, "references": Reference, "findings": Finding,
}  # fmt: skip


class TextHash(Struct, frozen=True):
    """SHA-256 of the words of a ledd or item, its first 16 hexadecimal digits: tells whether the text is the same."""

    address: str
    sha256: str


class About(Struct, frozen=True):
    """Which data the snapshot was computed from, by which version, for which acts."""

    format: int
    version: str
    data: DataSource
    acts: tuple[str, ...]


class Snapshot(Struct, frozen=True):
    """Everything in ``data/snapshot``."""

    about: About
    facts: tuple[ActFacts, ...]
    frames: tuple[Frame, ...]
    references: tuple[Reference, ...]
    findings: tuple[Finding, ...]
    matrix: Matrix
    hashes: tuple[TextHash, ...]

    def inputs(self) -> Inputs:
        """What `graph.analyse.analyse` takes instead of documents."""
        return Inputs(
            acts=self.about.acts, frames=self.frames, references=self.references, facts=self.facts,
            findings=self.findings, matrix=self.matrix, data=self.about.data,
        )  # fmt: skip


def text_hashes(documents: Iterable[Document]) -> tuple[TextHash, ...]:
    """A hash for each place of *documents* that has words of its own, in the order of the law."""
    return tuple(
        TextHash(str(node.address), hashlib.sha256(node.text.encode()).hexdigest()[:16])
        for document in documents
        for node in document.body.of("ledd", "item", "continuation", "paragraph")
        if node.address is not None and node.text
    )


def _lines(values: Iterable[Any]) -> bytes:
    encode = msgspec.json.Encoder(enc_hook=str).encode
    return b"".join(encode(value) + b"\n" for value in values)


def write_snapshot(snapshot: Snapshot, folder: Path) -> None:
    """Write the snapshot as files that show their changes line by line; each is written whole or not at all."""
    from lovdata_ingest.cache import writing

    contents = {f"{name}.jsonl": _lines(getattr(snapshot, name)) for name in (*_LISTS, "hashes")}
    contents["matrix.json"] = msgspec.json.format(msgspec.json.encode(snapshot.matrix), indent=1) + b"\n"
    contents["about.json"] = msgspec.json.format(msgspec.json.encode(snapshot.about), indent=1) + b"\n"
    for name, content in contents.items():
        with writing(folder / name) as file:
            file.write(content)


def snapshot_folder() -> Traversable:
    """Where the snapshot lies in the installed package."""
    return files("data").joinpath("snapshot")


def _read_lines(folder: Traversable, name: str, kind: type[T]) -> tuple[T, ...]:
    return tuple(msgspec.json.Decoder(kind).decode_lines(folder.joinpath(f"{name}.jsonl").read_bytes()))


def load_snapshot(folder: Traversable | None = None) -> Snapshot:
    """Read the snapshot, the one that ships with the program unless *folder* names another.

    Raises:
        LovdataError: if there is none, or one of another format.
    """
    where = folder if folder is not None else snapshot_folder()
    try:
        about = msgspec.json.decode(where.joinpath("about.json").read_bytes(), type=About)
        if about.format != FORMAT:
            raise LovdataError(f"{where}: a snapshot of format {about.format}; this version reads {FORMAT}. "
                               "Write it anew with 'pliktgraf snapshot --source …'")  # fmt: skip
        lists = {name: _read_lines(where, name, kind) for name, kind in _LISTS.items()}
        matrix = msgspec.json.decode(where.joinpath("matrix.json").read_bytes(), type=Matrix)
        return Snapshot(about, **lists, matrix=matrix, hashes=_read_lines(where, "hashes", TextHash))
    except (FileNotFoundError, msgspec.MsgspecError) as error:
        raise LovdataError(f"{where}: no snapshot that can be read ({error}). Write it with "
                           "'pliktgraf snapshot --source gjeldende-lover.tar.bz2', or install the program anew") from error  # fmt: skip


_WORDS = 11  # a run of twelve words of an act is its sentence; headings, terms and titles are cut before


def shortened(text: str) -> str:
    """The first words of *text*, with an ellipsis where some were left out: the snapshot quotes no sentences."""
    words = text.split()
    return text if len(words) <= _WORDS else " ".join(words[:_WORDS]) + " …"


def _kept_facts(facts: ActFacts) -> ActFacts:
    sections = (
        replace(s, heading=shortened(s.heading), defines=tuple((ledd, shortened(term)) for ledd, term in s.defines))
        for s in facts.sections
    )
    return replace(facts, sections=tuple(sections))


def make_snapshot(chosen: tuple[Document, ...], everything: tuple[Document, ...], data: DataSource) -> Snapshot:
    """Compute the snapshot of *chosen* acts, with *everything* that is loaded as targets of references."""
    from graph.analyse import analyse
    from graph.pipeline import inputs_of
    from graph.version import version

    inputs = inputs_of(chosen, everything, data)
    analysis = analyse(inputs)
    acts = tuple(document.refid for document in chosen)
    known = set(acts)
    return Snapshot(
        About(FORMAT, version(), data, acts),
        tuple(_kept_facts(facts) for facts in analysis.facts if facts.refid in known or _named(facts.refid, analysis.findings)),
        inputs.frames, tuple(replace(r, text=shortened(r.text)) for r in inputs.references), analysis.findings, analysis.matrix, text_hashes(chosen),
    )  # fmt: skip


def _named(refid: str, findings: Iterable[Finding]) -> bool:
    return any(place.startswith(refid + "/") or place == refid for finding in findings for place in finding.provisions)
