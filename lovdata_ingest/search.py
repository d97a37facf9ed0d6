"""Full text over everything loaded: ranked hits with address and snippet, the two written standards as one."""

from __future__ import annotations

import contextlib
import hashlib
import re
import sqlite3
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from lovdata_ingest.address import Address, natural_key
from lovdata_ingest.cache import cache_folder, replacing
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.model import Document, Language, Node

if TYPE_CHECKING:
    from lovdata_ingest.corpus import Corpus, DataSet, Loaded

FOLDING_FILE = "search_folding.yaml"
_VERSION = "1"
_WEIGHTS = "4.0, 1.0, 0.2"  # bm25: a hit in a heading, in the text, in a note of amendment
_GAZETTE_SHARE = 0.6  # a hit in an act as promulgated counts less than one in the law as it stands
_UNITS = ("ledd", "paragraph", "item", "continuation", "table", "footnote", "gazette_note", "caption")
_WORD = re.compile(r"[^\W_]+")
_QUERY = re.compile(r'"(?P<phrase>[^"]*)"|(?P<word>\S+)')


class SearchError(LovdataError):
    """Words that cannot be searched for."""


class Hit(Struct, frozen=True):
    """A place in the law where the words stand.

    ``matches`` are the positions of the words in ``snippet``. ``score`` falls with the rank; its scale has no meaning.
    """

    address: Address
    act: str
    title: str
    heading: str
    snippet: str
    matches: tuple[tuple[int, int], ...]
    score: float
    language: Language
    gazette: bool


class Results(Struct, frozen=True):
    """Hits, best first. ``some_words`` is set where no place held all the words and these hold some of them."""

    query: str
    hits: tuple[Hit, ...]
    some_words: bool = False


# --- words ------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _folding() -> tuple[re.Pattern[str], dict[str, str], Callable[[str], str]]:
    """Parts of words in nynorsk, what they are in bokmål, both without endings; and what takes endings off."""
    import snowballstemmer  # type: ignore[import-untyped]

    from lovdata_ingest.yaml_file import read_yaml

    text = files("data").joinpath(FOLDING_FILE).read_text(encoding="utf-8")
    stem: Callable[[str], str] = snowballstemmer.stemmer("norwegian").stemWord
    pairs = {stem(nn): stem(nb) for nn, nb in read_yaml(text, dict[str, str], name=FOLDING_FILE).items()}
    longest_first = sorted((part for part in pairs if len(part) > 3), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first))), pairs, stem


@lru_cache(maxsize=400_000)
def fold_word(word: str) -> str:
    """A word as it is compared: lower case, without its ending, parts in nynorsk as in bokmål.

    >>> fold_word("barnevernstenesta") == fold_word("Barnevernstjenesten")
    True
    """
    pattern, pairs, stem = _folding()
    stemmed = stem(word.casefold())
    return pairs.get(stemmed) or pattern.sub(lambda part: pairs[part[0]], stemmed)


def fold_text(text: str) -> str:
    """The folded words of *text*, with one space between them."""
    return " ".join(map(fold_word, _WORD.findall(text)))


def match_expression(query: str, *, every: bool = True) -> str:
    """*query* in the language of SQLite's FTS5: all words (or any), ``"phrases"`` in quotes, ``beginning*``.

    Raises:
        SearchError: if it holds no word.
    """
    parts = []
    for part in _QUERY.finditer(query):
        words = [fold_word(word) for word in _WORD.findall(part["phrase"] or part["word"] or "")]
        if not words:
            continue
        prefix = "*" if part["word"] is not None and part["word"].endswith("*") else ""
        if prefix:
            words[-1] = _WORD.findall(part["word"])[-1].casefold()  # the beginning itself, not its stem
        parts.append(f'"{" ".join(words)}"{" *" if prefix else ""}')
    if not parts:
        raise SearchError(f"{query!r} har ingen ord å søke etter. Eksempel: pliktgraf search samarbeid barnehage")
    return (" AND " if every else " OR ").join(parts)


# --- what is indexed --------------------------------------------------------------------------------------------------


class Unit(Struct, frozen=True):
    """One row of the index: where it is, and its words. A ledd has the words of its list; a note is kept apart."""

    address: str
    heading: str
    text: str
    note: str = ""


def units(document: Document) -> Iterator[Unit]:
    """The ledd, paragraphs, headings and notes of a document, in its order."""
    yield Unit(document.refid, f"{document.header.title} {' '.join(document.header.short_titles)}", "")
    yield from _units_below(document.body, Address(document.refid), "")


def _units_below(node: Node, place: Address, heading: str) -> Iterator[Unit]:
    here = node.address or place
    if node.kind in ("section", "division", "new_section", "change", "document_change"):
        heading = node.title or heading
        if node.kind == "division" and node.title:
            yield Unit(str(here), node.title, "")
    for child in node.children:
        if child.kind == "note":
            yield Unit(str(here), "", "", child.text)
        elif child.kind in _UNITS or (child.kind == "list" and node.kind not in _UNITS):
            yield Unit(str(child.address or here), heading, words_of(child))
        elif child.kind in ("new_heading",):
            yield Unit(str(child.address or here), child.text, "")
        elif child.kind != "heading":
            yield from _units_below(child, here, heading)
    if node.kind == "section" and not any(child.kind in _UNITS for child in node.children) and heading:
        yield Unit(str(here), heading, "")


def words_of(node: Node) -> str:
    """The words of a node and all below it, notes left out."""
    return " ".join(part.text for part in node.walk() if part.text and part.kind != "note")


# --- the index of one data set ----------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _version() -> str:
    from lovdata_ingest.corpus import readers_version

    digest = hashlib.sha256(f"{_VERSION} {readers_version()}".encode())
    digest.update(Path(__file__).read_bytes())
    digest.update(files("data").joinpath(FOLDING_FILE).read_bytes())
    return digest.hexdigest()[:16]


def _path(about: DataSet) -> Path:
    key = hashlib.sha256(about.path.encode()).hexdigest()[:12]
    return cache_folder("search", f"{Path(about.path).name.split('.')[0]}-{key}.sqlite")


def _build(database: sqlite3.Connection, about: DataSet, documents: Iterable[Document]) -> None:
    database.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;"
        "CREATE TABLE about (sha256 TEXT, version TEXT);"
        "CREATE TABLE units (id INTEGER PRIMARY KEY, document INTEGER, address TEXT, heading TEXT, note INTEGER);"
        "CREATE VIRTUAL TABLE words USING fts5(heading, text, note, content='', tokenize=\"unicode61 remove_diacritics 0\");"
    )
    row = 0
    for number, document in enumerate(documents):
        kept, folded = [], []
        for unit in units(document):
            row += 1
            kept.append((row, number, unit.address, unit.heading, bool(unit.note)))
            folded.append((row, fold_text(unit.heading), fold_text(unit.text), fold_text(unit.note)))
        database.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?)", kept)
        database.executemany("INSERT INTO words (rowid, heading, text, note) VALUES (?, ?, ?, ?)", folded)
    database.execute("INSERT INTO words (words) VALUES ('optimize')")
    database.execute("INSERT INTO about VALUES (?, ?)", (about.sha256, _version()))
    database.commit()


def _open(path: Path, about: DataSet) -> sqlite3.Connection | None:
    """The kept index; None where there is none, or it is of other data, another version, or damaged."""
    if not path.is_file():
        return None
    try:
        database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        if database.execute("SELECT sha256, version FROM about").fetchall() == [(about.sha256, _version())]:
            return database
        database.close()
    except sqlite3.DatabaseError:
        pass
    return None


def _index(loaded: Loaded, progress: Callable[[Path], None] | None) -> sqlite3.Connection:
    """The index of a data set, built once and kept; in memory where it cannot be kept."""
    about = loaded.about
    path = _path(about)
    kept = _open(path, about)
    if kept is not None:
        return kept
    if progress is not None:
        progress(Path(about.path))
    try:
        with replacing(path) as neighbour, contextlib.closing(sqlite3.connect(neighbour)) as database:
            _build(database, about, map(loaded.read, about.entries))
        built = _open(path, about)
        if built is not None:
            return built
        reason = "it could not be read back"
    except (OSError, sqlite3.OperationalError) as error:
        reason = str(error)
    warnings.warn(
        f"{path.parent}: the index could not be kept ({reason}); the search goes on, but the next one builds it anew. "
        "Free some space, or set PLIKTGRAF_CACHE to another folder",
        stacklevel=2,
    )
    database = sqlite3.connect(":memory:")
    _build(database, about, map(loaded.read, about.entries))
    return database


# --- searching --------------------------------------------------------------------------------------------------------


def search(
    corpus: Corpus,
    query: str,
    *,
    acts: Sequence[str] = (),
    limit: int = 20,
    progress: Callable[[Path], None] | None = None,
) -> Results:
    """Find the places where the words stand, best first (bm25; headings count more than text, notes less).

    Either written standard finds the other. All words must stand in one ledd or its heading; where they do so nowhere,
    places with some of them are given, and ``some_words`` says so.

    Args:
        corpus: what is loaded.
        query: words; ``"a phrase"`` in quotes; ``begin*`` for words that begin so.
        acts: refids to stay within; all acts if none.
        limit: how many hits at most.
        progress: called with each data set whose index is built first.

    Raises:
        SearchError: if *query* holds no word.
    """
    sets = [(loaded, _index(loaded, progress)) for loaded in corpus.loaded()]
    try:
        for every in (True, False):
            expression = match_expression(query, every=every)
            rows = [row for loaded, database in sets for row in _rows(loaded, database, expression, acts, limit)]
            if rows:
                break
        rows.sort(key=lambda row: (row.score, natural_key(row.address)))
        wanted = {word for part in _QUERY.finditer(query) for word in _WORD.findall(part[0])}
        hits = tuple(_hit(corpus, row, wanted) for row in rows[:limit])
        return Results(query, hits, some_words=bool(hits) and not every)
    finally:
        for _, database in sets:
            database.close()


def as_json(results: Results) -> str:
    """The results as JSON, addresses as they are printed."""
    hits = [msgspec.to_builtins(hit) | {"address": str(hit.address)} for hit in results.hits]
    return msgspec.json.encode({"query": results.query, "some_words": results.some_words, "hits": hits}).decode()


class _Row(Struct):
    score: float
    address: str
    heading: str
    note: bool
    loaded: Any
    document: int


def _rows(
    loaded: Loaded, database: sqlite3.Connection, expression: str, acts: Sequence[str], limit: int
) -> Iterator[_Row]:
    entries = loaded.about.entries
    within = ""
    if acts:
        numbers = ",".join(str(number) for number, entry in enumerate(entries) if entry.refid in acts)
        within = f" AND document IN ({numbers})"
    found = database.execute(
        "SELECT bm25(words, " + _WEIGHTS + ") AS rank, units.address, units.heading, units.note, document "
        "FROM words JOIN units ON units.id = words.rowid WHERE words MATCH ?" + within + " ORDER BY rank LIMIT ?",
        (expression, limit * 2),
    )
    for rank, address, heading, note, document in found:
        share = _GAZETTE_SHARE if entries[document].gazette else 1.0
        yield _Row(rank * share, address, heading, bool(note), loaded, document)


def _hit(corpus: Corpus, row: _Row, wanted: set[str]) -> Hit:
    from lovdata_ingest.address import parse_address

    entry = row.loaded.about.entries[row.document]
    document = corpus.read(row.loaded, entry)
    address = parse_address(row.address)
    snippet, matches = _snippet(_text_at(document, address, note=row.note) or row.heading, wanted)
    title = entry.short_titles[0] if entry.short_titles else entry.title
    return Hit(address, entry.refid, title, row.heading, snippet, matches, -row.score, entry.language, entry.gazette)


def _text_at(document: Document, address: Address, *, note: bool) -> str:
    node = document.body if not address.path else document.find(address)
    if node is None or not address.path:
        return ""
    if note:
        return " ".join(child.text for child in node.notes)
    return words_of(node) if node.kind in (*_UNITS, "list") else ""


def _snippet(text: str, wanted: set[str], width: int = 160) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of *text* with most of the words, and where they stand in it."""
    folded = {fold_word(word) for word in wanted}
    beginnings = tuple(word.casefold() for word in wanted)
    found = [
        (match.start(), match.end())
        for match in _WORD.finditer(text)
        if fold_word(match[0]) in folded or (len(match[0]) > 3 and match[0].casefold().startswith(beginnings))
    ]
    text = text.replace("\n", " ")
    start = 0
    if found and found[-1][1] > width:
        best = max(found, key=lambda one: (sum(one[0] <= other[0] < one[0] + width for other in found), -one[0]))
        start = max(0, best[0] - 30)
        start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + width)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    before, after = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(before) - start
    matches = tuple((first + shift, last + shift) for first, last in found if first >= start and last <= end)
    return before + text[start:end] + after, matches
