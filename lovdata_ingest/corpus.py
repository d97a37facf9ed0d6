"""Everything that is loaded: which data there is, its acts by name, and the parsed documents kept between runs."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import msgspec
from msgspec import Struct

from lovdata_ingest.acts import (
    ActMatch,
    ActName,
    Succession,
    UnknownAct,
    match_act,
    reform_act,
    reform_acts,
    succession,
)
from lovdata_ingest.address import Address
from lovdata_ingest.cache import cache_folder, writing
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document, Language, Node
from lovdata_ingest.provision import read_provision, same_provision
from lovdata_ingest.sources import SourceError, Unread, files_below, is_archive, read_documents

SOURCE_VARIABLE = "PLIKTGRAF_LOVDATA"
# So Lovdata names the archives of Norsk Lovtidend and of the regulations in force: large, and seldom needed.
_GAZETTE = re.compile(r"lovtidend-")
_REGULATIONS = re.compile(r"gjeldende-.*forskrifter")

_LARGE = 2**20  # bytes of a source for which starting a second process pays

_MAGIC = b"pliktgraf corpus 1\n"
_TRAILER = struct.Struct(">QQI")  # where the index begins, its length, its checksum
_READERS = ("address.py", "model.py", "header.py", "language.py", "xml_reader.py", "html_reader.py", "sources.py")


class NotLoaded(LovdataError):
    """An act that exists but whose text is not in the loaded data."""


class NoSuchProvision(LovdataError):
    """An act has no such section. Carries the address asked for and the sections nearest to it."""

    def __init__(self, address: Address, nearest: Sequence[Address]) -> None:
        self.address, self.nearest = address, tuple(nearest)
        near = ", ".join(map(str, nearest))
        super().__init__(f"{address}: loven har ingen slik bestemmelse." + (f" Nærmest: {near}" if near else ""))


class Found(Struct, frozen=True):
    """Where the words of a user lead: one place, or several where an old section was divided.

    ``succession`` is set where they name a section of a replaced act; ``match`` tells how the act was understood.
    """

    match: ActMatch
    addresses: tuple[Address, ...]
    succession: Succession | None = None


class Entry(Struct, frozen=True, array_like=True):
    """What is known of a document without reading its text, and where its text lies in the cache."""

    name: str
    refid: str
    title: str
    short_titles: tuple[str, ...]
    abbreviations: tuple[str, ...]
    language: Language
    gazette: bool  # as promulgated in Norsk Lovtidend, not as consolidated
    in_force: tuple[dt.date | None, ...]
    offset: int = 0
    length: int = 0
    checksum: int = 0

    def in_force_on(self, day: dt.date) -> bool:
        """Whether any of the act's dates of commencement had come on *day*."""
        return any(date is not None and date <= day for date in self.in_force)


class DataSet(Struct, frozen=True):
    """One source as it was read: its fingerprint, its documents and the files that gave none.

    ``date`` is when Lovdata last changed the file, where `fetch` wrote it down; else None.
    """

    path: str
    size: int
    modified: int
    sha256: str
    readers: str
    entries: tuple[Entry, ...] = ()
    unread: tuple[Unread, ...] = ()
    date: dt.date | None = None


@lru_cache(maxsize=1)
def readers_version() -> str:
    """A mark of the readers' own source: documents parsed by another version are not taken from the cache."""
    digest = hashlib.sha256(_MAGIC)
    for name in _READERS:
        file = Path(__file__).with_name(name)
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:16]


# --- one data set, read or taken from the cache -----------------------------------------------------------------------


class Loaded:
    """One data set with its documents at hand, in memory or in the cache file."""

    def __init__(self, about: DataSet, read: Callable[[Entry], Document]) -> None:
        self.about = about
        self.read = read


def _nothing_in(loaded: Sequence[Loaded]) -> str:
    reasons = [unread.reason for one in loaded for unread in one.about.unread]
    shown = "".join(f"\n    {reason}" for reason in reasons[:3])
    more = f"\n    and {len(reasons) - 3} more" if len(reasons) > 3 else ""
    return f"no document could be read; expected acts or regulations of Lovdata.{shown}{more}"


def _tell_of_failures(about: DataSet) -> None:
    failed = [unread for unread in about.unread if unread.kind == "failed"]
    if failed and about.entries:
        others = f"; and {len(failed) - 1} more" if len(failed) > 1 else ""
        warnings.warn(
            f"{about.path}: {len(failed)} of {len(failed) + len(about.entries)} files could not be read and are left out: "
            f"{failed[0].reason}{others}. 'pliktgraf ingest' names them all",
            stacklevel=2,
        )


def load_data_set(
    path: Path,
    *,
    processes: int | None = None,
    cache: bool = True,
    progress: Callable[[Path], None] | None = None,
) -> Loaded:
    """One archive, folder of documents or document, from the cache where nothing has changed.

    Args:
        path: the source.
        processes: how many processes parse; None for two where the source is large and the machine has two cores.
        cache: whether to use and fill the cache.
        progress: called with *path* if it must be read anew and that may take a while.

    Raises:
        SourceError: if the source cannot be read.
    """
    keep = cache and (is_archive(path) or path.is_dir())
    kept = _cache_path(path)
    if keep:
        found = _open_cache(kept, path)
        if found is not None:
            return found
    unread: list[Unread] = []

    def read() -> Iterator[Document]:
        unread.clear()
        workers = processes or (2 if about.size > _LARGE and (os.cpu_count() or 1) > 1 else 1)
        return read_documents(_files(path), on_unread=unread.append, processes=workers)

    if path.is_dir() and _files(path) == [path]:
        for _ in read_documents([path]):  # holds nothing to read: the reader says what it looked for
            pass
    about = _fingerprint(path)
    if progress is not None and keep:
        progress(path)
    if keep:
        try:
            _write_cache(kept, about, read(), unread)
        except _NothingToKeepError:
            return Loaded(msgspec.structs.replace(about, unread=tuple(unread)), _no_document)
        except OSError as error:
            warnings.warn(
                f"{kept.parent}: the parsed documents could not be kept ({error.strerror}); the work goes on, "
                "but the next run reads them anew. Free some space, or set PLIKTGRAF_CACHE to another folder",
                stacklevel=2,
            )
        else:
            found = _open_cache(kept, path)
            if found is not None:
                return found
    return _in_memory(about, read(), unread)


def _no_document(entry: Entry) -> Document:
    raise LookupError(entry.name)


def _in_memory(about: DataSet, documents: Iterable[Document], unread: list[Unread]) -> Loaded:
    held = list(documents)
    entries = tuple(_entry(document, offset=index) for index, document in enumerate(held))
    about = msgspec.structs.replace(about, entries=entries, unread=tuple(unread))
    return Loaded(about, lambda entry: held[entry.offset])


def _entry(document: Document, *, offset: int, length: int = 0, checksum: int = 0) -> Entry:
    header = document.header
    return Entry(
        document.name, header.refid, header.title, header.short_titles, header.abbreviations, document.language,
        header.document_id.startswith("LTI/"), tuple(c.date for c in header.in_force), offset, length, checksum,
    )  # fmt: skip


def _files(path: Path) -> list[Path]:
    """The file itself; of a folder its documents, or the folder where it has none, for the reader to complain of."""
    return ([file for file in files_below(path) if not is_archive(file)] or [path]) if path.is_dir() else [path]


def _fingerprint(path: Path) -> DataSet:
    """Size, time and content of a source; of a folder, of all its documents together."""
    digest, size, modified = hashlib.sha256(), 0, 0
    for file in _files(path):
        stat = file.stat()
        size, modified = size + stat.st_size, max(modified, stat.st_mtime_ns)
        if path.is_dir():
            digest.update(f"{file.relative_to(path)}\0{stat.st_size}\0".encode())
        with file.open("rb") as stream:
            while chunk := stream.read(2**20):
                digest.update(chunk)
    return DataSet(str(path.resolve()), size, modified, digest.hexdigest(), readers_version(), date=_date_of(path))


def _date_of(path: Path) -> dt.date | None:
    """When Lovdata last changed the file, from the list that `fetch` keeps beside it."""
    try:
        listed = msgspec.json.decode((path.parent / "fetched.json").read_bytes())
        return dt.date.fromisoformat(listed[path.name]["lastModified"][:10])
    except (OSError, msgspec.MsgspecError, KeyError, TypeError, ValueError):
        return None


def _unchanged(about: DataSet, path: Path) -> bool:
    files = _files(path)
    stats = [file.stat() for file in files]
    if about.size != sum(stat.st_size for stat in stats):
        return False
    if about.modified == max((stat.st_mtime_ns for stat in stats), default=0) and not path.is_dir():
        return True
    return about.sha256 == _fingerprint(path).sha256  # copied or touched: the content decides


def _cache_path(path: Path) -> Path:
    key = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
    return cache_folder("corpus", f"{path.name.split('.')[0] or 'folder'}-{key}.msgpack")


class _NothingToKeepError(Exception):
    """A source gave no document: no cache file is written."""


def _write_cache(kept: Path, about: DataSet, documents: Iterable[Document], unread: list[Unread]) -> None:
    """Documents one after another, then the index, then where the index is. *unread* is filled while they are read."""
    encode = msgspec.msgpack.Encoder().encode
    with writing(kept) as file:
        file.write(_MAGIC)
        offset, entries = len(_MAGIC), []
        for document in documents:
            data = encode(document)
            file.write(data)
            entries.append(_entry(document, offset=offset, length=len(data), checksum=zlib.crc32(data)))
            offset += len(data)
        if not entries:
            raise _NothingToKeepError
        index = encode(msgspec.structs.replace(about, entries=tuple(entries), unread=tuple(unread)))
        file.write(index)
        file.write(_TRAILER.pack(offset, len(index), zlib.crc32(index)))


def _open_cache(kept: Path, path: Path) -> Loaded | None:
    """The data set as kept; None where nothing is kept, or another version, another content, or a damaged file."""
    try:
        with kept.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                return None
            file.seek(-_TRAILER.size, os.SEEK_END)
            start, length, checksum = _TRAILER.unpack(file.read(_TRAILER.size))
            if start + length + _TRAILER.size != kept.stat().st_size:
                return None
            file.seek(start)
            index = file.read(length)
        if zlib.crc32(index) != checksum:
            return None
        about = msgspec.msgpack.decode(index, type=DataSet)
        if about.readers != readers_version() or not _unchanged(about, path):
            return None
    except (OSError, msgspec.MsgspecError, struct.error):
        return None
    return Loaded(about, _KeptDocuments(kept, path).read)


class _KeptDocuments:
    """Reads single documents from a cache file, checking each; a damaged one makes the file be made anew."""

    def __init__(self, kept: Path, path: Path) -> None:
        self.kept, self.path = kept, path
        self.decode = msgspec.msgpack.Decoder(Document).decode

    @cached_property
    def data(self) -> memoryview:
        import mmap

        with self.kept.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def read(self, entry: Entry) -> Document:
        data = self.data[entry.offset : entry.offset + entry.length]
        if zlib.crc32(data) == entry.checksum:
            return self.decode(data)
        return self._again(entry)

    def _again(self, entry: Entry) -> Document:
        warnings.warn(f"{self.kept}: damaged; the documents are read from {self.path} again", stacklevel=2)
        with contextlib.suppress(OSError):
            self.kept.unlink()
        for document in read_documents([self.path], on_unread=lambda _: None):
            if document.name == entry.name and document.refid == entry.refid:
                return document
        raise LovdataError(f"{self.path}: {entry.refid} is no longer in it. Run the command again")


# --- all data sets ----------------------------------------------------------------------------------------------------


class Corpus:
    """All loaded data sets as one: acts by refid and by name, documents read when they are asked for.

    An act that stands in two data sets is taken from the one named last. An act in both written standards (the
    Constitution) keeps both texts; `get` gives the one in bokmål unless told otherwise.

    Archives of the gazette and of regulations beside other data sets wait until something asks for them: `consolidated`
    or an act that is not found for the regulations, `gazette`, `documents`, `entries` or ``len`` for all. Most questions
    never do.
    """

    def __init__(
        self,
        loaded: Sequence[Loaded],
        regulations: Sequence[Callable[[], Loaded]] = (),
        gazette: Sequence[Callable[[], Loaded]] = (),
    ) -> None:
        self._loaded: list[Loaded] = []
        self._regulations, self._gazette = list(regulations), list(gazette)
        self._entries: dict[tuple[bool, str, str], tuple[Entry, Loaded]] = {}
        self._read: dict[tuple[bool, str, str], Document] = {}
        for data_set in loaded:
            self._add(data_set)

    def _add(self, data_set: Loaded) -> None:
        self._loaded.append(data_set)
        for entry in data_set.about.entries:
            standard = "nn" if entry.name.endswith("-nn") else ""
            self._entries[entry.gazette, entry.refid, standard] = entry, data_set

    def _with_regulations(self) -> bool:
        """Read the regulations that wait; whether there were any."""
        waiting, self._regulations = self._regulations, []
        for read in waiting:
            self._add(read())
        if waiting:
            self.__dict__.pop("names", None)  # a cached property
        return bool(waiting)

    def _complete(self) -> None:
        self._with_regulations()
        waiting, self._gazette = self._gazette, []
        for read in waiting:
            self._add(read())

    def __len__(self) -> int:
        self._complete()
        return len(self._entries)

    @property
    def data_sets(self) -> tuple[DataSet, ...]:
        """The sources read so far, with fingerprints, in the order they were read; `documents` reads them all."""
        return tuple(one.about for one in self._loaded)

    @property
    def unread(self) -> tuple[Unread, ...]:
        """The files that gave no document, of the data sets read so far."""
        return tuple(unread for about in self.data_sets for unread in about.unread)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is loaded, without texts, in the order read."""
        self._complete()
        return tuple(entry for entry, _ in self._entries.values())

    @property
    def has_text(self) -> bool:
        """Whether any document is loaded; without, only the snapshot can answer."""
        return bool(self._entries or self._regulations or self._gazette)

    def _document(self, key: tuple[bool, str, str]) -> Document:
        entry, loaded = self._entries[key]
        return loaded.read(entry)

    def documents(self) -> Iterator[Document]:
        """Every document, consolidated and gazette, in the order read. Each call reads them anew."""
        self._complete()
        return (self._document(key) for key in self._entries)

    def consolidated(self) -> Iterator[Document]:
        """The acts and regulations as they stand today, in the order read. Each call reads them anew."""
        self._with_regulations()
        return (self._document(key) for key in tuple(self._entries) if not key[0])

    def gazette(self) -> Iterator[Document]:
        """The acts and regulations as promulgated, in the order read. Each call reads them anew."""
        self._complete()
        return (self._document(key) for key in self._entries if key[0])

    def loaded(self) -> tuple[Loaded, ...]:
        """Every data set, for what is kept per data set (the index of the search)."""
        self._complete()
        return tuple(self._loaded)

    def read(self, loaded: Loaded, entry: Entry) -> Document:
        """The document of *entry* in the data set *loaded*, read once."""
        standard = "nn" if entry.name.endswith("-nn") else ""
        key = (entry.gazette, entry.refid, standard)
        if self._entries.get(key) != (entry, loaded):
            return loaded.read(entry)
        if key not in self._read:
            self._read[key] = loaded.read(entry)
        return self._read[key]

    def __contains__(self, refid: str) -> bool:
        keys = [(gazette, refid, standard) for gazette in (False, True) for standard in ("", "nn")]
        if any(key in self._entries for key in keys):
            return True
        self._complete()
        return any(key in self._entries for key in keys)

    def get(self, refid: str, *, language: Language = "nb", gazette: bool | None = None) -> Document:
        """The act with *refid*, consolidated where there is such a text, else as promulgated.

        Args:
            refid: ``lov/2005-06-17-64``.
            language: which text of an act that has two.
            gazette: True for the text as promulgated only, False for the consolidated one only.

        Raises:
            NotLoaded: if the data holds no such document.
        """
        for kind in (False, True) if gazette is None else (gazette,):
            if kind:
                self._complete()
            elif (False, refid, "") not in self._entries:
                self._with_regulations()
            for standard in ("nn", "") if language == "nn" else ("", "nn"):
                key = (kind, refid, standard)
                if key in self._entries:
                    entry, loaded = self._entries[key]
                    return self.read(loaded, entry)
        raise NotLoaded(self._not_loaded(refid))

    def _not_loaded(self, refid: str) -> str:
        where = ", ".join(Path(about.path).name for about in self.data_sets)
        if not where:
            return f"{refid}: ingen lovtekst er lastet. Kjør 'pliktgraf fetch', eller oppgi en kilde med --source PATH"
        return f"{refid}: ikke blant de {len(self._entries)} dokumentene som er lastet fra {where}"

    @cached_property
    def names(self) -> tuple[ActName, ...]:
        """The names of the loaded consolidated acts, for `match_act`; those in force first."""
        today = dt.datetime.now(tz=dt.UTC).date()
        entries = sorted(
            (entry for (gazette, *_), (entry, _) in self._entries.items() if not gazette),
            key=lambda entry: not entry.in_force_on(today),
        )
        return tuple(
            ActName(entry.refid, entry.title, entry.short_titles, entry.abbreviations, entry.in_force_on(today))
            for entry in entries
        )

    @property
    def short_titles(self) -> dict[str, str]:
        """The first short title of each loaded consolidated act, by refid; the whole title where it has none."""
        return {act.refid: act.short_titles[0] if act.short_titles else act.title for act in self.names}

    def match(self, words: str) -> ActMatch:
        """Which act *words* mean: see `lovdata_ingest.acts.match_act`.

        Raises:
            UnknownAct: if none; the closest names are in the message.
            AmbiguousAct: if several are meant equally well.
        """
        try:
            return match_act(words, self.names)
        except UnknownAct:
            if self._with_regulations():
                return self.match(words)
            if (
                words.startswith(("lov/", "forskrift/")) and words in self
            ):  # promulgated, not consolidated: an amending act
                return ActMatch(words, words, "refid")
            raise

    def find(self, words: str) -> Found:
        """The provision that *words* mean (``bhl § 2 b første ledd``, an address), old acts and numbers led to today's.

        A section number that today's act lacks leads to its successor: that of the act it replaced, or the section that
        bore the number before.

        Raises:
            ProvisionError: if the words are not understood.
            UnknownAct, AmbiguousAct, NotLoaded: for the act.
            NoSuchProvision: if the act has no such section, and no old one is known.
        """
        act, path = read_provision(words)
        match = self.match(act)
        asked = Address(match.refid, path)
        if match.replaced is not None and path:
            return self._succeeded(match, succession(Address(match.replaced.refid, path)))
        document = self.get(match.refid)
        node = _node_at(document, asked)
        if node is not None and node.address is not None:
            return Found(match, (Address(match.refid, node.address.path + path[len(node.address.path) :]),))
        today = reform_act(match.refid)
        for old in today.replaces if today is not None else ():
            followed = succession(Address(old.refid, path))
            if followed is not None and followed.new:
                return self._succeeded(match, followed)
        moved = _renumbered(document, asked)
        if moved is not None:
            return self._succeeded(match, moved)
        raise NoSuchProvision(asked, _nearest(document, asked))

    def _succeeded(self, match: ActMatch, followed: Succession | None) -> Found:
        return Found(match, followed.new if followed is not None else (), followed)

    def chosen(self, acts: Sequence[str] = (), *, everything: bool = False) -> tuple[Document, ...]:
        """The documents that ACT arguments mean: the acts named, else the 14 of the reform, or everything.

        Of the 14, those that are not loaded are left out; of acts named, none is.

        Raises:
            NotLoaded: if an act that was named is not loaded.
            UnknownAct, AmbiguousAct: if a name leads to no act, or to several.
        """
        if acts:
            return tuple(self.get(refid) for refid in dict.fromkeys(self.match(words).refid for words in acts))
        if everything:
            return tuple(self.consolidated())
        return tuple(
            self.get(act.refid, gazette=False) for act in reform_acts() if (False, act.refid, "") in self._entries
        )


def _node_at(document: Document, asked: Address) -> Node | None:
    """The node at *asked* in any case of letters; of an address below the ledd, the innermost part that is a node."""
    path = asked.path
    exact = document.find(asked)
    if exact is not None:
        return exact
    found = None
    for node in document.body.walk():
        if node.address is None or not node.address.path or len(node.address.path) > len(path):
            continue
        depth = len(node.address.path)
        if same_provision(Address(asked.act, path[:depth]), node.address.path[-1]) and (
            [step.casefold() for step in node.address.path] == [step.casefold() for step in path[:depth]]
        ):
            found = node if found is None or depth > len(found.address.path) else found  # type: ignore[union-attr]
    rest = path[len(found.address.path) :] if found is not None and found.address is not None else path
    return found if all(step.startswith("setning/") for step in rest) else None


def _renumbered(document: Document, asked: Address) -> Succession | None:
    """Where the section is today that bore the number asked for, as its note of amendment tells."""
    from lovdata_ingest.notes import former_numbers

    found = former_numbers(document).get(asked.section or "")
    if found is None:
        return None
    address, note = found
    return Succession(asked, address.act, note.date, (address,), "number")


def _nearest(document: Document, asked: Address, limit: int = 3) -> list[Address]:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    number = asked.section
    if number is None:
        return []
    sections = {
        node.address.section: node.address for node in document.sections() if node.address and node.address.section
    }
    near = process.extract(number, list(sections), scorer=Levenshtein.distance, limit=limit, score_cutoff=2)
    return [sections[name] for name, _, _ in near]


def source_paths(sources: Sequence[str | Path] = ()) -> tuple[Path, ...]:
    """The sources to read: those given, else ``PLIKTGRAF_LOVDATA``, else what `fetch` brought; empty if none.

    A folder that holds archives stands for its archives and, if it has any, its loose documents.

    Raises:
        SourceError: if a source that was named does not exist.
    """
    named = [Path(source) for source in sources]
    asked = "" if named else os.environ.get(SOURCE_VARIABLE, "")
    named = named or [Path(part) for part in asked.split(os.pathsep) if part]
    for path in named:
        if not path.exists():
            hint = f" (from the variable {SOURCE_VARIABLE})" if asked else ""
            raise SourceError(path, f"there is no such file or folder{hint}")
    if not named:
        fetched = cache_folder("lovdata")
        named = [fetched] if fetched.is_dir() and any(is_archive(file) for file in fetched.iterdir()) else []
    found: list[Path] = []
    for path in named:
        found += _parts_of_folder(path) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def _parts_of_folder(folder: Path) -> list[Path]:
    archives = [file for file in files_below(folder) if is_archive(file)]
    return [*archives, folder] if _files(folder) != [folder] or not archives else archives


def load(
    sources: Sequence[str | Path] = (),
    acts: Sequence[str] | None = None,
    *,
    processes: int | None = None,
    cache: bool = True,
    progress: Callable[[Path], None] | None = None,
) -> Corpus:
    """Load the data that a command works on; parsed documents are kept in the cache folder for the next run.

    Args:
        sources: archives, folders, documents; none for ``PLIKTGRAF_LOVDATA``, else what `fetch` brought.
        acts: names or refids that must be among them (checked only: the corpus is not made smaller), or None.
        processes: how many processes parse what is not in the cache; None for two where that pays.
        cache: whether to use and fill the cache.
        progress: called with each source that must be read anew, before it is.

    Returns:
        The corpus; it is empty (``has_text`` False) where no source is named and nothing was fetched.

    Raises:
        SourceError: if a source cannot be read.
        UnknownAct, AmbiguousAct, NotLoaded: for *acts*.
    """

    def read(path: Path) -> Loaded:
        loaded = load_data_set(path, processes=processes, cache=cache, progress=progress)
        _tell_of_failures(loaded.about)
        return loaded

    paths = source_paths(sources)
    gazette = [path for path in paths if _GAZETTE.match(path.name)]
    regulations = [path for path in paths if _REGULATIONS.match(path.name)]
    now = [path for path in paths if path not in gazette and path not in regulations]
    if not now:
        now, regulations, gazette = list(paths), [], []
    loaded = [read(path) for path in now]
    if paths and not any(one.about.entries for one in loaded):
        raise SourceError(now[0], _nothing_in(loaded))
    corpus = Corpus(loaded, [partial(read, path) for path in regulations], [partial(read, path) for path in gazette])
    for words in acts or ():
        refid = corpus.match(words).refid
        if refid not in corpus:
            raise NotLoaded(corpus._not_loaded(refid))
    return corpus
