"""The actors of norm frames: their ids, how they belong together, and the words that stand for them.

``data/actors.yaml`` holds the ids of the annotation guideline with their words; ``data/actor_nouns.tsv`` the nouns
that the whole statute book uses for those who act, reviewed by hand. Where a text names one: `duties.actor_mentions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from duties.declension import Form, expand, is_word, spellings
from lovdata_ingest.errors import LovdataError
from lovdata_ingest.yaml_file import read_yaml

if TYPE_CHECKING:
    from ahocorasick import Automaton

Kind = Literal[
    "body",     # an authority, a service, an enterprise
    "person",   # a human being or a group of them
    "role",     # a noun that stands for another actor in its act: tjenesten, etaten, styret
    "pronoun",  # de, vedkommende, den som
    "thing",    # no actor; kept out of the answer
]  # fmt: skip

KINDS = ("body", "person", "role", "thing")
LEADERS = frozenset({"leder", "styrer", "bestyrer", "direktør", "sjef"})  # stand for the body that they lead
PERSONAL = frozenset({"person", "foresatte", "ansatte", "helsepersonell", "koordinator", "barnekoordinator"})


class ActorError(LovdataError):
    """Faults in the data files on actors, all of one file together."""

    def __init__(self, file: str, faults: list[str]) -> None:
        self.file, self.faults = file, faults
        super().__init__(f"{file}: {len(faults)} fault(s)\n" + "\n".join(f"  {fault}" for fault in faults))


class Actor(Struct, frozen=True, forbid_unknown_fields=True):
    """One id of the guideline. ``words`` are lemmas with their declension, as the data file explains."""

    id: str
    names: dict[str, str]
    sector: str
    government: str
    words: tuple[str, ...]
    is_a: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    owned_by: tuple[str, ...] = ()


class Noun(Struct, frozen=True):
    """One row of the reviewed table. ``count`` is how often the noun stands where an actor may stand."""

    word: str
    kind: Kind
    id: str
    count: int = 0


Doubt = Literal["", "verb", "adjective", "activity", "right"]  # what else a form may be; its neighbours decide


class Entry(Struct, frozen=True):
    """What one written form stands for."""

    id: str
    kind: Kind
    head: str
    form: Form
    weak: bool
    genitive: bool
    doubt: Doubt = ""


NOT_WORD = re.compile(r"[^\w#-]")  # "#" stands for the letters of an act's name
_FLAGS = re.compile(r"(?<=/[cnraj])[+-]+$")
_NO_VERB = re.compile(
    r"(?:tak[ea]r|giv[ea]r|gjev[ea]r|haver|havar|tjenesteyter|tenesteytar|forbruk[ea]r|bygger|borg[ea]r|.{3}eier)$"
)
_PARTICIPLE = re.compile(r"\w{3,}(?:te|de|sette|satte|ne|da|ta|de|ende|ande)")
_ACTIVITIES = frozenset({"virksomhet", "tilsyn", "tjeneste", "ledelse", "ordning", "råd", "avdeling"})


def _doubt(spec: str, lemma: str, written: str, form: Form, kind: Kind) -> Doubt:
    """What a form may be besides a noun for an actor: brukar(verb), skattepliktig, virksomhet (what one does)."""
    declension = spec.rsplit("/", 1)[-1][:1] if "/" in spec else ""
    if spec == "retten":
        return "right"
    if " " in spec:
        return ""
    if declension == "a" and form == "indefinite" and not _NO_VERB.search(lemma):
        return "verb"
    if declension == "j" or (kind == "person" and not declension and _PARTICIPLE.fullmatch(written)):
        return "adjective"
    return "activity" if lemma in _ACTIVITIES and form == "indefinite" else ""


class Ontology:
    """The actors, how they belong together, and the words that stand for them. Made by `load_ontology`."""

    def __init__(
        self, actors: Iterable[Actor], nouns: Iterable[Noun], spelling: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.actors: Mapping[str, Actor] = {actor.id: actor for actor in actors}
        self.nouns = tuple(nouns)
        self.spelling = tuple(spelling)
        self._names: dict[str, Entry] = {}
        self._tails: dict[str, Entry] = {}
        self._roles_in: dict[str, tuple[str, ...]] = {}
        self._compounds: dict[str, Entry | None] = {}  # answers remembered; bounded by the words of the statute book
        for actor in self.actors.values():
            kind: Kind = "person" if actor.id in PERSONAL else "body"
            for word in actor.words:
                self._add(word, actor.id, kind)
        self.idle = tuple(noun.word for noun in self.nouns if not self._add(noun.word, noun.id, noun.kind))
        self._automaton: Automaton | None = None

    def _add(self, spec: str, actor: str, kind: Kind) -> bool:
        """Put the forms of a word into the tables; False when all of them stood there already."""
        known = len(self._names) + len(self._tails)
        flags = _FLAGS.search(spec)
        base = spec[: flags.start()] if flags else spec
        compounds, only_definite = (sign in flags[0] if flags else False for sign in "+-")
        for word in spellings(base, self.spelling):
            for text, form, head in expand(word):
                weak = only_definite and not form.startswith("definite")
                lemma = head and base.rsplit(" ", 1)[-1].split("/")[0].lower()
                text = NOT_WORD.sub(" ", text.replace("é", "e"))
                for written, genitive in ((text, False), (text if text.endswith("s") else text + "s", True)):
                    if genitive and written == text:
                        continue
                    doubt = "" if genitive else _doubt(base, lemma, written, form, kind)
                    entry = Entry(actor, kind, lemma, form, weak, genitive, doubt)
                    self._names.setdefault(written, entry)
                    if compounds and not weak:
                        as_compound = "body" if kind == "role" else kind
                        self._tails.setdefault(written, Entry(actor, as_compound, lemma, form, weak, genitive, doubt))
        return len(self._names) + len(self._tails) > known

    @property
    def automaton(self) -> Automaton:
        """The names as an Aho-Corasick automaton over text in lower case, each between spaces."""
        if self._automaton is None:
            import ahocorasick

            automaton = ahocorasick.Automaton()
            for name, entry in self._names.items():
                automaton.add_word(f" {name} ", (len(name), entry))
            automaton.make_automaton()
            self._automaton = automaton
        return self._automaton

    @property
    def forms(self) -> Mapping[str, str]:
        """Every written form that names an actor, and the id."""
        return {name: entry.id for name, entry in self._names.items() if entry.kind != "thing"}

    @cached_property
    def roles(self) -> frozenset[str]:
        """The lemmas of the nouns that stand for other actors: tjeneste, etat, styre."""
        return frozenset(entry.head for entry in self._names.values() if entry.kind == "role" and entry.head)

    def roles_in(self, head: str) -> tuple[str, ...]:
        """The role nouns that a longer noun ends in: ``barnevernstjeneste`` → ``tjeneste``."""
        if head not in self._roles_in:
            self._roles_in[head] = tuple(sorted(role for role in self.roles if role != head and head.endswith(role)))
        return self._roles_in[head]

    def named(self, name: str) -> Entry | None:
        """The entry of a written form in lower case, None when it names no actor."""
        entry = self._names.get(name)
        return entry if entry is not None and entry.kind != "thing" else None

    def entry(self, word: str) -> Entry | None:
        """What a word in lower case stands for: by itself, else by its last part; None when it is unknown."""
        return self._names.get(word) or self.compound(word)

    def compound(self, word: str) -> Entry | None:
        """The entry of the longest last part of *word* (in lower case) that is a known noun, None when none is."""
        if word not in self._compounds:
            cuts = [cut for cut in range(3 if word[2:3] != "-" else 2, len(word) - 2) if word[cut:] in self._tails]
            self._compounds[word] = self._of_part(word, cuts[0]) if cuts else None
        return self._compounds[word]

    def _of_part(self, word: str, cut: int) -> Entry:
        """The entry of a compound cut before its last part; a leader stands for whom the first part names."""
        entry = self._tails[word[cut:]]
        first = word[:cut].rstrip("-")
        led = self.named(first) or self.named(first.removesuffix("s"))
        if entry.head in LEADERS and led is not None and led.kind == "body":
            return replace(entry, id=led.id, kind="body")
        return entry

    def name(self, actor: str, language: str = "nb") -> str:
        """The name of an actor for people; the id itself where the language has none."""
        return self.actors[actor].names.get(language, actor)

    def kinds_of(self, actor: str) -> frozenset[str]:
        """The id and everything that it is one of, however far (``is_a``)."""
        found, todo = {actor}, [actor]
        while todo:
            for above in self.actors[todo.pop()].is_a:
                if above not in found:
                    found.add(above)
                    todo.append(above)
        return frozenset(found)

    def covers(self, general: str, special: str) -> bool:
        """Whether a rule about *general* takes in *special*: it is the same or one of its kinds.

        Raises:
            ActorError: if one of the ids is not in the ontology.
        """
        unknown = [actor for actor in (general, special) if actor not in self.actors]
        if unknown:
            raise ActorError(
                "actors", [f"{actor}: no such id; the ids are {', '.join(self.actors)}" for actor in unknown]
            )
        return general in self.kinds_of(special)

    def covered(self, general: str) -> tuple[str, ...]:
        """The ids that *general* takes in, itself first, in the order of the file."""
        return (general, *(actor for actor in self.actors if actor != general and general in self.kinds_of(actor)))

    def responsible(self, actor: str) -> tuple[str, ...]:
        """The bodies that *actor* is part of or owned by, nearest first; empty when it stands alone."""
        entry = self.actors[actor]
        return entry.part_of + tuple(owner for owner in entry.owned_by if owner not in entry.part_of)


class _ActorsFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The form of ``data/actors.yaml``."""

    spelling: tuple[tuple[str, str], ...]
    sectors: frozenset[str]
    governments: frozenset[str]
    actors: tuple[Actor, ...]


def parse_ontology(yaml_text: str, nouns_text: str, *, file: str = "actors.yaml") -> Ontology:
    """Read the two data files.

    Raises:
        RuleFileError: for unknown, missing or repeated keys and values of the wrong type, with the line.
        ActorError: for ids, words and relations that do not fit together; all of them.
    """
    data = read_yaml(yaml_text, _ActorsFile, name=file)
    nouns, faults = _read_nouns(nouns_text, {actor.id for actor in data.actors})
    faults = [*_faults(data), *faults]
    if faults:
        raise ActorError(file, faults)
    ontology = Ontology(data.actors, nouns, data.spelling)
    faults = [f"actor_nouns.tsv: {word!r} adds no form: all stand already" for word in ontology.idle]
    faults += [
        f"actor {actor.id!r}: is_a leads back to it"
        for actor in data.actors
        if any(actor.id in ontology.kinds_of(above) for above in actor.is_a)
    ]
    if faults:
        raise ActorError(file, faults)
    return ontology


def _faults(data: _ActorsFile) -> Iterator[str]:
    """What does not fit together in the file on actors."""
    ids = [actor.id for actor in data.actors]
    words: dict[str, str] = {}
    for number, actor in enumerate(data.actors):
        where = f"actor {actor.id!r}"
        if actor.id in ids[:number]:
            yield f"{where}: id stands twice"
        for key, value, allowed in (
            ("sector", actor.sector, data.sectors),
            ("government", actor.government, data.governments),
        ):
            if value not in allowed:
                yield f"{where}: {key} {value!r} (allowed: {', '.join(sorted(allowed))})"
        for relation in ("is_a", "part_of", "owned_by"):
            for other in getattr(actor, relation):
                if other not in ids:
                    yield f"{where}: {relation} names {other!r}, which is no id"
        for word in actor.words:
            if not is_word(word):
                yield f"{where}: word {word!r} is not a lemma with a declension (tjeneste/c)"
            if word in words:
                yield f"{where}: word {word!r} stands already under {words[word]!r}"
            words[word] = actor.id


def _read_nouns(text: str, ids: set[str]) -> tuple[list[Noun], list[str]]:
    """The rows of the table of nouns, and its faults by line."""
    nouns: list[Noun] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith(("#", "noun\t")):
            continue
        cells = line.split("\t")
        where = f"actor_nouns.tsv, line {number}"
        if len(cells) != 4 or not cells[3].isdigit():
            faults.append(f"{where}: expected noun, kind, id and count between tabs: {line!r}")
            continue
        word, kind, actor, count = cells
        if kind not in KINDS:
            faults.append(f"{where}: kind {kind!r} (allowed: {', '.join(KINDS)})")
        if (actor not in ids) if kind != "thing" else actor != "-":
            faults.append(f"{where}: {actor!r} is no id (a thing has '-')")
        if not is_word(word):
            faults.append(f"{where}: {word!r} is not a lemma with a declension")
            continue
        if word in seen:
            faults.append(f"{where}: {word!r} stands already in line {seen[word]}")
        seen[word] = number
        nouns.append(Noun(word, kind, actor, int(count)))  # type: ignore[arg-type]
    return nouns, faults


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """The ontology of ``data/``, read once."""
    folder = resources.files("data")
    return parse_ontology(
        (folder / "actors.yaml").read_text(encoding="utf-8"),
        (folder / "actor_nouns.tsv").read_text(encoding="utf-8"),
        file="data/actors.yaml",
    )


def covers(general: str, special: str) -> bool:
    """Whether a rule about *general* takes in *special*.

    >>> covers("tjenesteytere", "skole"), covers("skole", "tjenesteytere")
    (True, False)
    """
    return load_ontology().covers(general, special)
