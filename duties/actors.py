"""The actors of norm frames: the ontology, and where a text names one.

``data/actors.yaml`` holds the ids of the annotation guideline with their words; ``data/actor_nouns.tsv`` the nouns
that the whole statute book uses for those who act, reviewed by hand. `find_actors` reads a text once, takes the
longest name at each place, and falls back on the last part of a compound (``klagenemnda`` → ``nemnd``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from lovdata_ingest.errors import LovdataError

if TYPE_CHECKING:
    from ahocorasick import Automaton

Kind = Literal[
    "body",     # an authority, a service, an enterprise
    "person",   # a human being or a group of them
    "role",     # a noun that stands for another actor in its act: tjenesten, etaten, styret
    "pronoun",  # de, vedkommende, den som
    "thing",    # no actor; kept out of the answer
]  # fmt: skip
Form = Literal["indefinite", "definite", "indefinite plural", "definite plural", "fixed"]

KINDS = ("body", "person", "role", "thing")
PERSONAL = frozenset({"person", "foresatte", "ansatte", "helsepersonell", "koordinator", "barnekoordinator"})


class ActorError(LovdataError):
    """Faults in the data files on actors, all of one file together."""

    def __init__(self, file: str, faults: list[str]) -> None:
        self.file, self.faults = file, faults
        super().__init__(f"{file}: {len(faults)} fault(s)\n" + "\n".join(f"  {fault}" for fault in faults))


class Actor(Struct, frozen=True):
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


class ActorMention(Struct, frozen=True):
    """Where a text names an actor: ``text[start:end]``.

    ``ids`` is what the words alone say; a ``role`` or ``pronoun`` has to be resolved in its act (`ActContext`).
    ``head`` is the lemma of the noun (``nemnd``), "" for names of several words. ``weak``: the words may as well name
    a thing (``tjenester``). ``genitive``: the actor is an attribute of what follows. ``attribute``: it only describes
    the actor before it (``ansatte i barnehagen``). ``other``: words before it say that another one than the bearer is
    meant (``andre skoler``).
    """

    start: int
    end: int
    ids: tuple[str, ...]
    kind: Kind = "body"
    head: str = ""
    form: Form = "fixed"
    weak: bool = False
    genitive: bool = False
    attribute: bool = False
    other: bool = False

    @property
    def definite(self) -> bool:
        """Whether the noun is in a definite form: something already known."""
        return self.form in ("definite", "definite plural")

    @property
    def plural(self) -> bool:
        """Whether the noun is in a plural form."""
        return self.form.endswith("plural")


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


_NOT_WORD = re.compile(r"[^\w#-]")  # "#" stands for the letters of an act's name

# --- forms ---------------------------------------------------------------------------------------------------------

_WORD_SPEC = re.compile(r"(?P<lemma>[^\s/~+]+)(?:(?P<adjective>~)|/(?P<declension>[cnraj])(?P<flags>[+-]*))?")


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


def decline(lemma: str, declension: str) -> dict[str, Form]:
    """Return the forms of *lemma* in both written standards, without genitives.

    >>> sorted(decline("nemnd", "c"))[:4]
    ['nemnd', 'nemnda', 'nemndane', 'nemndar']
    """
    stem = lemma.removesuffix("e")
    definite: list[str]
    match declension:
        case "c":
            definite = [stem + "en", stem + "a"]
            plural, definite_plural = [stem + "er", stem + "ar"], [stem + "ene", stem + "ane"]
        case "n":
            stem = stem + "m" if lemma.endswith(("lem", "jem")) else stem
            definite = [stem + "et"]
            plural, definite_plural = [stem + "er"], [stem + "ene", stem + "a"]
        case "r":
            stem = lemma[:-2] + "r"
            definite = [lemma + "et"]
            plural, definite_plural = [stem + "e", stem + "er"], [stem + "ene", stem + "a", lemma + "a"]
        case "a":
            stem = lemma[:-2]
            endings = ("ar",) if lemma.endswith("ar") else ("er", "ar")
            definite = [stem + ending + "en" for ending in endings]
            plural = [stem + "ar" + "ar", stem + "erar"]
            definite_plural = [stem + "arane", stem + "erane"]
            if "er" in endings:
                plural, definite_plural = [stem + "ere", *plural], [stem + "erne", stem + "erene", *definite_plural]
        case _:
            return {lemma: "indefinite", lemma + "t": "indefinite", lemma + "e": "definite"}
    forms: dict[str, Form] = dict.fromkeys([lemma, *([stem + "ar"] if declension == "a" else [])], "indefinite")
    forms |= dict.fromkeys([name for name in definite if name not in forms], "definite")
    forms |= dict.fromkeys([name for name in plural if name not in forms], "indefinite plural")
    return forms | dict.fromkeys([name for name in definite_plural if name not in forms], "definite plural")


def _expand(word: str) -> Iterator[tuple[str, Form, str]]:
    """The forms of a phrase with declensions: (form, its grammatical form, lemma of its declined noun)."""
    choices: list[tuple[str, Form, str]] = [("", "fixed", "")]
    for part in word.split(" "):
        match = _WORD_SPEC.fullmatch(part)
        assert match is not None, word
        lemma = match["lemma"].lower()
        options: dict[str, tuple[Form, str]] = {lemma: ("fixed", "")}
        if match["adjective"]:
            options = dict.fromkeys((lemma, lemma + "t", lemma.removesuffix("e") + "e"), ("fixed", ""))
        elif match["declension"]:
            options = {form: (kind, lemma) for form, kind in decline(lemma, match["declension"]).items()}
        choices = [
            ((text + " " + form).lstrip(), kind if head else old_kind, head or old_head)
            for text, old_kind, old_head in choices
            for form, (kind, head) in options.items()
        ]
    yield from choices


def _spellings(word: str, spelling: Iterable[tuple[str, str]]) -> list[str]:
    """*word* and its other spellings: each change of the table on every word made so far."""
    words = {word: None}
    for one, other in spelling:
        words |= {known.replace(one, other): None for known in tuple(words) if one in known}
    return list(words)


# --- the ontology --------------------------------------------------------------------------------------------------


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
        for word in _spellings(base, self.spelling):
            for text, form, head in _expand(word):
                weak = only_definite and not form.startswith("definite")
                lemma = head and base.rsplit(" ", 1)[-1].split("/")[0].lower()
                text = _NOT_WORD.sub(" ", text.replace("é", "e"))
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
            tails = (self._tails.get(word[cut:]) for cut in range(3 if word[2:3] != "-" else 2, len(word) - 2))
            self._compounds[word] = next((entry for entry in tails if entry is not None), None)
        return self._compounds[word]

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


_ACTOR_KEYS = {"id", "names", "sector", "government", "is_a", "part_of", "owned_by", "words"}


def parse_ontology(yaml_text: str, nouns_text: str, *, file: str = "actors.yaml") -> Ontology:
    """Read the two data files.

    Raises:
        ActorError: for unknown, missing or repeated keys, ids, words and forms; every fault is named.
    """
    data = _read_yaml(yaml_text, file)
    faults = [f"{key}: unknown key (allowed: spelling, sectors, governments, actors)"
              for key in data if key not in ("spelling", "sectors", "governments", "actors")]  # fmt: skip
    actors: list[Actor] = []
    for number, entry in enumerate(data.get("actors", ()), 1):
        where = f"actor {entry.get('id', number)!r}"
        faults += [
            f"{where}: unknown key {key!r} (allowed: {', '.join(sorted(_ACTOR_KEYS))})"
            for key in entry
            if key not in _ACTOR_KEYS
        ]
        missing = [key for key in ("id", "names", "sector", "government", "words") if key not in entry]
        faults += [f"{where}: key {key!r} is missing" for key in missing]
        if missing:
            continue
        for key, allowed in (("sector", data.get("sectors", ())), ("government", data.get("governments", ()))):
            if entry[key] not in allowed:
                faults.append(f"{where}: {key} {entry[key]!r} (allowed: {', '.join(allowed)})")
        for word in entry["words"]:
            if not isinstance(word, str) or not all(_WORD_SPEC.fullmatch(part) for part in word.split(" ")):
                faults.append(
                    f"{where}: word {word!r} is not a lemma with a declension (tjeneste/c); "
                    "quote it if YAML reads it otherwise"
                )
        if faults and faults[-1].startswith(f"{where}: word"):
            continue
        actors.append(Actor(entry["id"], entry["names"], entry["sector"], entry["government"], tuple(entry["words"]),
                            *(tuple(entry.get(key, ())) for key in ("is_a", "part_of", "owned_by"))))  # fmt: skip
    ids = [actor.id for actor in actors]
    faults += [f"actor {actor!r}: id stands twice" for actor in dict.fromkeys(ids) if ids.count(actor) > 1]
    for actor in actors:
        for relation in ("is_a", "part_of", "owned_by"):
            faults += [f"actor {actor.id!r}: {relation} names {other!r}, which is no id"
                       for other in getattr(actor, relation) if other not in ids]  # fmt: skip
    seen: dict[str, str] = {}
    for actor in actors:
        for word in actor.words:
            if word in seen:
                faults.append(f"actor {actor.id!r}: word {word!r} stands already under {seen[word]!r}")
            seen[word] = actor.id
    nouns = _parse_nouns(nouns_text, set(ids), faults)
    if faults:
        raise ActorError(file, faults)
    ontology = Ontology(actors, nouns, [(one, other) for one, other in data.get("spelling", ())])
    circles = [
        actor for actor in ids if any(actor in ontology.kinds_of(above) for above in ontology.actors[actor].is_a)
    ]
    if ontology.idle:
        raise ActorError("actor_nouns.tsv", [f"{word!r} adds no form: all stand already" for word in ontology.idle])
    if circles:
        raise ActorError(file, [f"actor {actor!r}: is_a leads back to it" for actor in circles])
    return ontology


def _parse_nouns(text: str, ids: set[str], faults: list[str]) -> list[Noun]:
    nouns: list[Noun] = []
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
        if not all(_WORD_SPEC.fullmatch(part) for part in word.split(" ")):
            faults.append(f"{where}: {word!r} is not a lemma with a declension")
            continue
        if word in seen:
            faults.append(f"{where}: {word!r} stands already in line {seen[word]}")
        seen[word] = number
        nouns.append(Noun(word, kind, actor, int(count)))  # type: ignore[arg-type]
    return nouns


def _read_yaml(text: str, file: str) -> dict[str, Any]:
    """YAML as a dictionary; a key that stands twice in one mapping is a fault, where PyYAML keeps the last."""
    import yaml

    class Loader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
        pass

    faults: list[str] = []

    def mapping(loader: Any, node: Any) -> dict[Any, Any]:
        keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
        faults.extend(
            f"line {node.start_mark.line + 1}: key {key!r} stands twice" for key in set(keys) if keys.count(key) > 1
        )
        return {
            key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)
        }

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    data = yaml.load(text, Loader)  # noqa: S506 - a subclass of the safe loader
    if faults or not isinstance(data, dict):
        raise ActorError(file, faults or ["expected a mapping at the top"])
    return data


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


# --- mentions in a text --------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"[^\s#]{2,}")
# "lov 1. januar 2001 nr. 1 om stier og barnehager": the name of an act, up to what follows it.
_ACT_NAME = re.compile(
    r"""\b(?: lov(?:en|a)? \s (?:av\s)? \d{1,2}\. \s? \w+ \s \d{4} (?: \s nr\.? \s? \d+ )?
              (?: \s om \s (?P<long> [^§,;.():]* ) )?
          | lov \s om \s (?P<title> [^§,;.():]* ) )""",
    re.VERBOSE | re.IGNORECASE,
)
_ACT_NAME_ENDS = re.compile(
    r"""\s(?: kapittel|kap|artikkel|paragraf|skal|kan|må|bør|plikter|pliktar|gjelder|gjeld|gir|gjev|er|har|får|blir|vert
        |eller\slov|og\slov|som|når|dersom|med|til|fastsetter|fastset|trer|ikke|ikkje )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Heads of bodies whose name goes on with "for …".
_BOARDS = frozenset(
    "nemnd utvalg utval råd kommisjon organ tilsyn fond register institutt direktorat ombud styre senter byrå verk "
    "klageorgan undersøkelseskommisjon klagenemnd kompetansesenter komité komite representantskap etat".split()
)
_ARTICLE = r"(?:den|det|de|dei|en|ein|et|eit|ei|alle|en\sannen|ein\sannan)\s"
_ADJECTIVE = r"\w+(?:e|sk|lig|leg|ig)\s"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


_FOR = _words(rf"\s for \s (?:{_ARTICLE})? (?:{_ADJECTIVE}){{0,2}}")
_AND = _words(rf"(?: ,\s | \s(?:og|eller|samt)\s ) (?:{_ARTICLE})? (?:{_ADJECTIVE})?")
_INSIDE = _words(rf"\s (?:i|ved|på|av|innen|innan|innenfor|hos|under) \s (?:{_ARTICLE})? (?:{_ADJECTIVE}){{0,2}}")
_OF_PERSON = _words(rf"\s (?:til|for|åt) \s (?:{_ARTICLE})? (?:\w+e\s)?")
_FROM = _words(r"\b (?:fra|frå) \s (?:(?:den|det)\s)? $")
_OTHER = _words(
    rf"""\b (?: andre|annan|annen|annet|anna|øvrige|nye|ny|nytt|den\sgamle|mottakende|mottakande|avgivende|tidligere
            |tidlegare|samarbeidende|samarbeidande|flere|fleire|hverandre|kvarandre|ulike )
        (?:\s{_ADJECTIVE[:-2]})? \s $"""
)
# An adjective that tells whose a body without an id of its own is.
_OWNERS = tuple(
    (_words(rf"\b (?:{words}) \s $"), owner)
    for words, owner in (
        ("privat|private|frivillig|frivillige|ideell|ideelle|humanitære", "frivillig_og_privat"),
        ("fylkeskommunal|fylkeskommunalt|fylkeskommunale", "fylkeskommune"),
        ("(?:inter)?kommunal|(?:inter)?kommunalt|(?:inter)?kommunale", "kommune"),
        ("statlig|statlige|statleg|statlege", "stat"),
        ("offentlig|offentlige|offentleg|offentlege", "offentlige_organer"),
    )
)
_PRONOUN = _words(
    r"""\b (?=[adehknpv]) (?: (?P<staff> \b(?:alle|enhver|en|ein|noen|nokon|einkvar|kvar|hver|den|de|dei|personer|personar|personell|andre)\ssom\s
            (?: (?:utfører|gjør|gjer|utfør|utøver|utøvar|yter|ytar|arbeider|arbeidar|jobber|deltar|virker)\s
                (?: (?:tjenester?|tenester?|arbeid|oppgaver|oppgåver|verv|ein|en)\b | (?=(?:i|for|ved|på|under)\b) )
              | er\s(?:ansatt|tilsett|tilsatt|knyttet)\b ) )
      | (?P<anyone> \b(?:den|de|dei|enhver|einkvar|alle|hver|kvar)\ssom\b
            | \b(?:enhver|einkvar)(?=\s(?:skal|kan|må|har|plikter|pliktar|er)\b) )
      | (?P<pronoun> \b(?:vedkommendes?|vedkomande)
                (?!\s(?:organ|myndighet|kommune|departement|barn|person|forvaltnings|institusjon|virksomhet|styresmakt
                        |register|skole|stat|land|foretak|helse))\b
            | \b(?:de|dei|den|denne|disse|desse|han|hun|ho|hen)(?=\s(?:skal|kan|må|bør|plikter|pliktar|har)\b)
            | (?: (?<=\bskal\s) | (?<=\bkan\s) ) (?:de|dei|han|hun|ho)
                (?=\s(?:\w+e\b|ikke\b|ikkje\b|også\b|òg\b|så\b|gi\b|umiddelbart|uten|utan)) ) )"""
)


def _flatten(text: str) -> str:
    """*text* in lower case with a space for each sign that is no letter, digit or hyphen; the length stays."""
    low = text.lower().replace("é", "e")
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for match in _ACT_NAME.finditer(text):
        group = "long" if match["long"] is not None else "title"
        end = match.end()
        if match[group] is not None:
            stop = _ACT_NAME_ENDS.search(text, match.start(group), end)
            end = stop.start() if stop else end
        low = low[: match.start()] + "#" * (end - match.start()) + low[end:]
    return _NOT_WORD.sub(" ", low)


def find_actors(text: str, ontology: Ontology | None = None) -> list[ActorMention]:
    """Return the actors that *text* names, in its order; none lies within another.

    Names of acts are no actors; a board whose name holds actors ("nemnda for skoler og barnehager") is one. Things
    are left out. Reads the text once: time grows with its length.
    """
    ontology = ontology or load_ontology()
    flat = _flatten(text)
    best: dict[int, tuple[int, Entry]] = {}
    for last, (length, entry) in ontology.automaton.iter(f" {flat} "):
        start = last - length - 1  # the key ends in a space, the flat text starts with one
        if start not in best or best[start][0] < length:
            best[start] = (length, entry)
    mentions: list[ActorMention] = []
    position = 0
    for token in _TOKEN.finditer(flat):
        start = token.start()
        if start < position:
            continue
        named = best.get(start)
        if named is not None:
            length, entry = named
        elif token[0].endswith("-") and (shared := _ellipsis(flat, token, ontology)):
            mentions.append(shared)
            continue
        else:
            compound = ontology.compound(token[0])
            if compound is None:
                continue
            length, entry = len(token[0]), compound
        position = start + length
        if entry.kind != "thing" and _is_noun(text, start, position, entry.doubt, mentions):
            mentions.append(_mention(text, start, position, entry, mentions))
    return _with_pronouns(text, _with_owners(text, _join_boards(text, mentions)))


_ELLIPSIS = re.compile(r"\s(?:og|eller)\s(?P<word>[\w-]+)")


def _ellipsis(flat: str, token: re.Match[str], ontology: Ontology) -> ActorMention | None:
    """The first actor of two that share the last part of their name: "barneverns- og sosialtjenesten"."""
    match = _ELLIPSIS.match(flat, token.end())
    if match is None:
        return None
    first, word = token[0].rstrip("-"), match["word"]
    for cut in range(2, len(word) - 2):
        for stem in (first, first + "s", first.removesuffix("s")):
            entry = ontology.named(stem + word[cut:]) if len(stem) > 2 else None
            if entry is not None and entry.kind in ("body", "person") and not entry.doubt:
                return ActorMention(
                    token.start(), token.end(), (entry.id,), entry.kind, entry.head, entry.form, entry.weak
                )
    return None


_BEFORE_NOUN = _words(
    r"""(?: [«"] | \b (?: en|ein|ei|enhver|einkvar|hver|kvar|annen|annan|ny|av|til|fra|frå|med|for|hos|overfor
        |mot|mellom|ved|om|på|enten|både|den|ingen|noen|nokon|skal|kan|må|bør
        |gi|gje|pålegge|påleggje|varsle|underrette|informere|orientere|opplyse|høre|kontakte|sende|tilby|la|meddele|kreve|\w+(?:lig|leg|isk|ende|ande|s|ig) ) \s ) $"""
)
_BEFORE_ACTIVITY = _words(
    r"\b (?: en|ein|ei|et|eit|enhver|einkvar|hver|kvar|annen|anna|annan|vedkommende|ingen|den|privat ) \s (?:\w+\s)? $"
)
_AFTER_NOUN = _words(
    r"""\s* (?: $ | [,.;:)(–\n] | (?: skal|kan|må|bør|plikter|pliktar|har|er|får|blir|vert|ikke|ikkje|selv|sjølv|som|og|eller|etter|i|på|ved
        |til|for|om|av|med|fra|frå|ut|gir|gjev|mot|når|dersom|under|uten|utan|å|at|samt|hos|innen|velger|ønsker|krever|mottar|straks
        |snarest|også|òg|likevel|alltid|skriftlig|skriftleg|først|selv|sjølv|så|gis|gjevast|varsles|varslast|informeres|informerast|underrettes|underrettast)\b )"""
)
_RIGHT_GOES_ON = _words(
    r"\s(?:til|etter\s(?:§|første|andre|annet|tredje|denne|loven|lova|paragraf|kap)|gjelder|gjeld|omfatter|omfattar|faller|fell|består|oppstår|bortfaller|på|som\s(?:barn|elev|pasient))\b"
)
_OPENS = re.compile(r"[.;:(\n–]\s*$")
_LISTED = _words(r"(?: ,\s | \s(?:og|eller|samt)\s )")


def _is_noun(text: str, start: int, end: int, doubt: Doubt, before: list[ActorMention]) -> bool:
    """Whether the neighbours of a form that may be something else make it a noun."""
    if not doubt:
        return True
    if doubt == "adjective":
        return bool(_AFTER_NOUN.match(text, end)) and not text[:start].endswith(
            ("er ", "blir ", "vert ", "bli ", "være ", "vere ")
        )
    if doubt == "right":
        return not _RIGHT_GOES_ON.match(text, end)
    lead = text[max(0, start - 40) : start]
    if doubt == "activity":
        return bool(_BEFORE_ACTIVITY.search(lead))
    if _OPENS.search(lead) or not lead:
        return bool(_AFTER_NOUN.match(text, end))  # "Eier skal …", but "Velger kommunen …"
    listed = bool(before) and bool(_LISTED.fullmatch(text, before[-1].end, start))
    return listed or bool(_BEFORE_NOUN.search(lead))


def _mention(text: str, start: int, end: int, entry: Entry, before: list[ActorMention]) -> ActorMention:
    lead = text[max(0, start - 60) : start]
    actor, kind = entry.id, entry.kind
    if kind == "role" or actor == "andre":
        for pattern, owner in _OWNERS:
            match = pattern.search(lead)
            if match:
                start -= match.end() - match.start()
                actor, kind, lead = owner, "body", lead[: match.start()]
                break
    attribute = bool(before) and _describes(text, before[-1], start, kind)
    return ActorMention(start, end, (actor,), kind, entry.head, entry.form, entry.weak, entry.genitive, attribute,
                        bool(_OTHER.search(lead)))  # fmt: skip


def _describes(text: str, before: ActorMention, start: int, kind: Kind) -> bool:
    """Whether an actor at *start* only tells which one the actor *before* it is."""
    between = text[before.end : start]
    if len(between) > 40:
        return False
    if (before.kind == "person" or before.head in ("leder", "styre")) and _INSIDE.fullmatch(between):
        return True
    return (
        kind == "person"
        and not before.genitive
        and before.definite
        and bool(_OF_PERSON.fullmatch(between))
        and not _FROM.search(text[: before.start])
    )


def _join_boards(text: str, mentions: list[ActorMention]) -> list[ActorMention]:
    """One mention for a board and the actors in its name: "nemnda for skoler og barnehager"."""
    joined: list[ActorMention] = []
    inside: ActorMention | None = None  # the last actor taken into the name of joined[-1]
    for mention in mentions:
        between = text[joined[-1].end : mention.start] if joined else ""
        opens = inside is None and bool(joined) and _is_board(text, joined[-1]) and bool(_FOR.fullmatch(between))
        goes_on = inside is not None and mention.definite == inside.definite and bool(_AND.fullmatch(between))
        if opens or goes_on:
            joined[-1] = _extended(joined[-1], mention.end)
            inside = mention
        else:
            joined.append(mention)
            inside = None
    return joined


LEADERS = frozenset({"leder", "styrer", "bestyrer", "direktør"})
_UNITS = frozenset({"enhet", "avdeling", "organ", "seksjon", "team", "instans", "kontor", "etat", *LEADERS})


def _no_owner(mention: ActorMention) -> bool:
    """Whether a body beside a unit is not the one that the unit belongs to: "enheten i Foretaksregisteret"."""
    return mention.genitive or mention.head.endswith("register")


def _with_owners(text: str, mentions: list[ActorMention]) -> list[ActorMention]:
    """Units and leaders as the body that the words beside them name: "einingar i Husbanken", "skolens leder"."""
    found = list(mentions)
    for i, mention in enumerate(found):
        if mention.kind != "role" or mention.head not in _UNITS:
            continue
        before = found[i - 1] if i else None
        after = found[i + 1] if i + 1 < len(found) else None
        if before and before.genitive and before.kind == "body" and before.end + 1 >= mention.start:
            if mention.head in LEADERS:
                found[i] = replace(mention, ids=before.ids, kind="body")
        elif (
            after
            and after.kind == "body"
            and not _no_owner(after)
            and _INSIDE.fullmatch(text, mention.end, after.start)
        ):
            found[i] = replace(mention, ids=after.ids, kind="body")
            found[i + 1] = replace(after, attribute=True)
    return found


def _is_board(text: str, mention: ActorMention) -> bool:
    if mention.kind == "person" or mention.genitive:
        return False
    last = text[mention.start : mention.end].rsplit(" ", 1)[-1].lower()
    return mention.head in _BOARDS or (not mention.head and last.endswith(tuple(_BOARDS)))


def _extended(mention: ActorMention, end: int) -> ActorMention:
    """A board with the rest of its name; a name of its own stands for nobody else."""
    kind: Kind = "body" if mention.kind == "role" else mention.kind
    return replace(mention, end=end, kind=kind, form="fixed")


def _with_pronouns(text: str, mentions: list[ActorMention]) -> list[ActorMention]:
    """The mentions with pronouns and with "alle som utfører tjeneste" added, where no name stands."""
    found = list(mentions)
    for match in _PRONOUN.finditer(text):
        start, end = match.span()
        if any(m.start < end and start < m.end for m in mentions):
            if match.lastgroup != "staff":
                continue
            found = [m for m in found if not (m.start < end and start < m.end)]
        if match.lastgroup == "staff":
            found.append(ActorMention(start, end, ("ansatte",), "person", "ansatt"))
        elif match.lastgroup == "anyone":
            found.append(ActorMention(start, end, ("person",), "pronoun", "den som", weak=True))
        else:
            found.append(ActorMention(start, end, (), "pronoun", match[0].lower()))
    return sorted(found, key=lambda m: (m.start, -m.end))
