"""Where documents come from: archives (streamed, never unpacked), folders and single files."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Literal

from msgspec import Struct

from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document

if TYPE_CHECKING:
    from concurrent.futures import Future

ARCHIVE_SUFFIXES = (".tar.bz2", ".tar.gz", ".tar", ".tbz2", ".tgz")
DOCUMENT_SUFFIXES = (".xml", ".html", ".htm")

# Lovdata's archives unpack to 9 to 14 times their size, and the largest document has 2 MB.
MAX_MEMBER = 64 * 2**20
MAX_RATIO = 100
MIN_TOTAL = 64 * 2**20  # below this no archive is a bomb, however well it is packed

_BATCH = 512 * 2**10  # bytes of XML handed to a process at a time


class SourceError(LovdataError):
    """A source that cannot be read at all: missing, no archive, cut short, or unsafe. Carries its path."""

    def __init__(self, path: Path, message: str) -> None:
        self.path = path
        super().__init__(f"{path}: {message}")


class SourceFile(Struct, frozen=True):
    """The bytes of one document. ``name`` is the file's stem, ``source`` where it lies (``a.tar.bz2!nl/b.xml``)."""

    name: str
    suffix: str
    source: str
    data: bytes


class Unread(Struct, frozen=True):
    """A file that gave no document: it is ``empty`` (zero bytes, as Lovdata has some), or reading it ``failed``."""

    name: str
    source: str
    kind: Literal["empty", "failed"]
    reason: str


OnUnread = Callable[[Unread], None]


def read_documents(
    paths: Iterable[Path], *, on_unread: OnUnread | None = None, processes: int = 1
) -> Iterator[Document]:
    """Read every document of *paths* in order: archives, folders, ``.xml`` and saved ``.html`` files.

    Args:
        paths: an archive (``.tar.bz2``, ``.tar.gz``, ``.tar``), a folder (its documents and archives, by name), or a
            document.
        on_unread: called with each file that gave no document, which lets the others go on; without it the first
            failure is raised, and empty files are passed over.
        processes: how many processes parse; the order stays the same.

    Raises:
        SourceError: if a source is missing, is no archive, is cut short or corrupt, or is unsafe.
        LovdataError: if a document cannot be read and *on_unread* is not given.
    """
    files = read_files(paths, on_empty=on_unread)
    results = (read_or_report(file) for file in files) if processes <= 1 else _read_in_pool(files, processes)
    for result in results:
        if isinstance(result, Document):
            yield result
        elif on_unread is None:
            raise LovdataError(result.reason)
        else:
            on_unread(result)


def read_document(file: SourceFile) -> Document:
    """Read one document with the reader that its suffix asks for.

    Raises:
        LovdataError: if it is no document of Lovdata, or one without a word.
    """
    if file.suffix == ".xml":
        from lovdata_ingest.xml_reader import read_xml

        document = read_xml(file.data, name=file.name, source=file.source)
    else:
        from lovdata_ingest.html_reader import read_html

        document = read_html(file.data, name=file.name, source=file.source)
    if not any(node.text or node.label for node in document.body.walk()):
        raise LovdataError(f"{file.name}: {document.refid} holds not a single word. Fetch it again")
    return document


def read_or_report(file: SourceFile) -> Document | Unread:
    """Read one document; what stands in the way is a result."""
    try:
        return read_document(file)
    except LovdataError as error:
        return Unread(file.name, file.source, "failed", str(error))


def read_files(paths: Iterable[Path], *, on_empty: OnUnread | None = None) -> Iterator[SourceFile]:
    """The documents of *paths* as bytes, in order; files of zero bytes are reported to *on_empty* and left out.

    Raises:
        SourceError: see `read_documents`.
    """
    for path in paths:
        for file in _files_of(Path(path)):
            if file.data:
                yield file
            elif on_empty is not None:
                reason = "the file holds no bytes; Lovdata published it without its text"
                on_empty(Unread(file.name, file.source, "empty", reason))


def _files_of(path: Path) -> Iterator[SourceFile]:
    if not path.exists():
        raise SourceError(path, "there is no such file or folder. Give an archive, a folder or a document of Lovdata")
    if path.is_dir():
        yield from _files_in_folder(path)
    elif path.suffix.lower() in DOCUMENT_SUFFIXES:
        yield SourceFile(path.stem, path.suffix.lower(), str(path), _bytes_of(path))
    else:
        yield from _members(path)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_MEMBER:
            raise SourceError(path, f"larger than {MAX_MEMBER >> 20} MiB, which no document of Lovdata is; not read")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(path, f"cannot be read: {error.strerror}") from error


def is_archive(path: Path) -> bool:
    """Whether *path* is named as a tar archive."""
    return path.name.lower().endswith(ARCHIVE_SUFFIXES)


def files_below(folder: Path) -> list[Path]:
    """The documents and archives in *folder* and below, hidden ones left out, in the order of their names."""
    return sorted(
        file
        for file in folder.rglob("*")
        if (is_archive(file) or file.suffix.lower() in DOCUMENT_SUFFIXES)
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
        and file.is_file()
    )


def _files_in_folder(folder: Path) -> Iterator[SourceFile]:
    found = files_below(folder)
    if not found:
        raise SourceError(
            folder,
            f"no document and no archive in this folder (looked for {', '.join(ARCHIVE_SUFFIXES[:3])}, .xml, .html)",
        )
    for file in found:
        yield from _files_of(file)


# --- archives ---------------------------------------------------------------------------------------------------------


class _Bounded(io.RawIOBase):
    """The unpacked stream of an archive, which may not grow past *limit* bytes; remembers how it ended."""

    def __init__(self, stream: BinaryIO, path: Path, limit: int) -> None:
        self.stream, self.path, self.limit = stream, path, limit
        self.total = 0
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.total += len(data)
        if self.total > self.limit:
            raise SourceError(
                self.path,
                f"unpacks to more than {self.limit >> 20} MiB, over {MAX_RATIO} times its size: a decompression bomb, "
                "no archive of Lovdata (theirs unpack to about 10 times). Nothing more was read",
            )
        if data:
            self.tail = (self.tail + data[-1024:])[-1024:]
        return data


def _unpacked(path: Path) -> BinaryIO:
    """The archive's tar stream, by the first bytes of the file, whatever its name."""
    with path.open("rb") as file:
        start = file.read(512)
    if not start:
        raise SourceError(path, "the file is empty; expected an archive of Lovdata. Fetch it again")
    if start.startswith(b"BZh"):
        return bz2.open(path)  # type: ignore[return-value]
    if start.startswith(b"\x1f\x8b"):
        return gzip.open(path)  # type: ignore[return-value]
    if start[257:262] == b"ustar":
        return path.open("rb")
    if start.lstrip()[:1] == b"<":
        raise SourceError(
            path, "holds a web page or XML, not an archive. Was an error page saved in its place? Fetch it again"
        )
    if start.startswith(b"PK"):
        raise SourceError(path, "is a zip archive; expected .tar.bz2, .tar.gz or .tar. Unpack it and give the folder")
    raise SourceError(path, "neither an archive (.tar.bz2, .tar.gz, .tar), a folder nor a document (.xml, .html)")


def opens_as_archive(path: Path) -> None:
    """Check that *path* is a tar archive with a first member that is safe; the rest is not read.

    Raises:
        SourceError: if it is not.
    """
    members = _members(path, all_kinds=True)
    if next(members, None) is None:
        raise SourceError(path, "the archive holds no file")
    members.close()


def _members(path: Path, *, all_kinds: bool = False) -> Generator[SourceFile, None, None]:
    """The documents of an archive, streamed: one member in memory at a time."""
    limit = max(MIN_TOTAL, MAX_RATIO * path.stat().st_size)
    try:
        with _unpacked(path) as stream:
            bounded = _Bounded(stream, path, limit)
            with tarfile.open(fileobj=bounded, mode="r|", errorlevel=1) as archive:
                for member in archive:
                    file = _member(archive, member, path, all_kinds=all_kinds)
                    if file is not None:
                        yield file
                    archive.members.clear()  # type: ignore[attr-defined]  # tarfile keeps all it has seen
            while bounded.read(2**16):  # the checksum stands at the end
                pass
            if bounded.tail.strip(b"\0"):
                raise SourceError(path, "the archive ends without its end mark: it was cut short. Fetch it again")
    except (EOFError, OSError, tarfile.TarError, zlib.error) as error:
        if isinstance(error, PermissionError | IsADirectoryError):
            raise SourceError(path, f"cannot be read: {error.strerror}") from error
        raise SourceError(path, f"the archive is cut short or corrupt ({error}). Fetch it again") from error


def _member(archive: tarfile.TarFile, member: tarfile.TarInfo, path: Path, *, all_kinds: bool) -> SourceFile | None:
    """One member as a file; None for folders and, unless *all_kinds*, for files that are no documents.

    Raises:
        SourceError: if the member is none that an archive of Lovdata has.
    """
    name = PurePosixPath(member.name)
    if name.is_absolute() or ".." in name.parts or "\\" in member.name or "\0" in member.name:
        raise SourceError(path, f"unsafe archive: the member {member.name!r} points out of it. Nothing of it is used")
    if member.isdir():
        return None
    if member.issym() or member.islnk():
        raise SourceError(path, f"unsafe archive: the member {member.name!r} is a link to {member.linkname!r}")
    if not member.isreg() or member.issparse():
        raise SourceError(path, f"unsafe archive: the member {member.name!r} is a device or another special file")
    suffix = name.suffix.lower()
    if not all_kinds and (suffix not in DOCUMENT_SUFFIXES or name.name.startswith(".")):
        return None
    if member.size > MAX_MEMBER:
        raise SourceError(
            path,
            f"the member {member.name!r} claims {member.size >> 20} MiB; no document of Lovdata has more than "
            f"{MAX_MEMBER >> 20} MiB. Not read",
        )
    content = archive.extractfile(member)
    data = content.read() if content is not None else b""
    return SourceFile(name.stem, suffix, f"{path}!{member.name}", data)


# --- several processes ------------------------------------------------------------------------------------------------


def _read_in_pool(files: Iterator[SourceFile], processes: int) -> Iterator[Document | Unread]:
    """Parse in *processes* processes; this one unpacks. Few batches wait at a time, so memory stays bounded."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(processes, initializer=_ignore_interrupt)
    waiting: deque[Future[bytes]] = deque()
    try:
        for batch in _batches(files):
            waiting.append(pool.submit(_read_batch, batch))
            while len(waiting) > processes + 2:
                yield from _results(waiting.popleft())
        while waiting:
            yield from _results(waiting.popleft())
    except BrokenProcessPool as error:
        raise LovdataError(
            "a process that read documents was ended from outside; try again with one process"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _batches(files: Iterator[SourceFile]) -> Iterator[list[SourceFile]]:
    batch: list[SourceFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file.data)
        if size > _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: list[SourceFile]) -> bytes:
    import msgspec

    results = [read_or_report(file) for file in batch]
    return msgspec.msgpack.encode([(r, None) if isinstance(r, Document) else (None, r) for r in results])


def _results(future: Future[bytes]) -> Iterator[Document | Unread]:
    import msgspec

    for document, unread in msgspec.msgpack.decode(future.result(), type=list[tuple[Document | None, Unread | None]]):
        yield document if document is not None else unread  # type: ignore[misc]


def _ignore_interrupt() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process hears Ctrl-C and ends the others
