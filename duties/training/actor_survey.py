"""Which nouns stand where an actor may stand, over the whole statute book, and how many of them the table knows.

    python -m duties.training.actor_survey /path/to/gjeldende-lover.tar.bz2            # coverage, and what is unknown
    python -m duties.training.actor_survey /path/to/gjeldende-lover.tar.bz2 --write    # renews the counts in the table

Places where an actor may stand: the subject before or after a modal (skal, må, kan, plikter …), what follows
til/overfor/fra/med/hos/av within a few words of a verb or noun of telling, giving, asking or helping, the term of a
definition, and what stands before "heretter kalt".
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from duties.actors import Ontology, load_ontology
from lovdata_ingest.model import Document
from lovdata_ingest.sentences import flows

if TYPE_CHECKING:
    from spacy.tokens import Token

_LEAD = r"(?:(?:den|det|de|dei|en|ein|et|eit|ei|andre|alle|hver|kvar|begge|slike|annen|anna|annet)\s)?(?:[\wæøå-]+(?:e|sk|lig|leg|ig)\s)?"
_MODAL = (
    r"(?:skal|må|kan|bør|plikter|pliktar|har\s(?:plikt|rett|ansvar|taushetsplikt|teieplikt)|er\s(?:pliktig|pålagt))"
)
_SUBJECT = re.compile(rf"(?:^|(?<=[.;:]\s)){_LEAD}(?P<noun>[\w-]+)\s{_MODAL}\b", re.IGNORECASE)
_INVERTED = re.compile(rf"\b(?:skal|må|kan|bør|plikter|pliktar)\s{_LEAD}(?P<noun>[\w-]+(?:en|et|a|ene|ane|erne))\b")
_TELLING = re.compile(
    r"""\b(?:gi|gis|gir|gjev|gje|gjevast|gjerast|meld\w*|varsl\w*|underrett\w*|send\w*|oversend\w*|opplys\w*|utlever\w*|innhent\w*|
        rapporter\w*|informer\w*|orienter\w*|medde\w*|samarbeid\w*|samordn\w*|bistå\w*|bistand|overfør\w*|krev\w*|kreve|
        medvirk\w*|melding|underretning|opplysning\w*|informasjon\w*|avtale|dialog|taushetsplikt|tilgang)\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Words of these places that are no nouns: determiners, pronouns, adverbs, conjunctions, and verbs in -a and -e.
_NO_NOUN = frozenset(
    """det den de dei dette denne disse desse de som og eller at om til av fra frå ved med på for i å en ei ein et eit
    uten utan innen innan annen annet anna annan andre ingen enhver einkvar alle begge hver kvar noe noen noko nokon
    slik slikt slike samme same seg sin sitt sine han hun ho hen ham henne dem deres deira hans dens dets hvem hva kva
    kven hvilket hvilken kva-for dessuten videre vidare da så før etter under over mot mellom blant sammen saman enten
    anten ellers elles herunder særlig særleg tilsvarende likeledes likevel derimot foruten dog ikke ikkje bare berre
    også òg der her når dersom mer mindre minst helt enda alene åleine deretter inntil enn hos selv første andre tredje
    ny nytt nye egen eget egne eige eigen mange flere fleire få helse arbeids skatte informasjons salgs pensjons
    ha ta la delta bidra ivareta motta foreta overta vedta vareta frita overdra godta påta inneha anta oppta unnta inndra
    innta pådra iaktta frata gjenoppta avta tilta vera vere verta gjeva gjera taka krevja fastsetja halda setja føra
    leggja koma lata nytta kunna syta følgja fremja handsama omfatta verne tjene gjennomføre bli være er kan skal må
    tjene bygge kreve støtte feste nekta endra driva granska varsla ileggja påleggja retta tene stede helst kjent gitt
    nevnt tvungent relevant kompetent berørte særlige enkelte sentrale relevante nærmere bestemt fast felles norsk norske
    utenlandsk utenlandske fremmed framand eftas norges arbeids barne nasjonal nasjonalt nasjonale internasjonal
    internasjonale privat private offentlig offentlige statlig statlige kommunal kommunale elektronisk elektroniske""".split()
)
_RECIPIENT = re.compile(rf"\b(?:til|overfor|fra|frå|med|hos|av)\s{_LEAD}(?P<noun>[\w-]+)\b", re.IGNORECASE)
_CALLED = re.compile(r"(?P<noun>[\w-]+)\s?[(,]\s?(?:heretter|i\sdenne\slov(?:en|a)?\skalt)")
_MEANT = re.compile(r"\b[Mm]ed\s(?P<noun>[\w-]+)\s(?:menes|meinast|forstås)")


def candidates(text: str) -> Iterator[str]:
    """The nouns of *text*, in lower case, at the places where an actor may stand."""
    return (word for word in _words(text) if len(word) > 2 and word not in _NO_NOUN and not word[0].isdigit())


def _words(text: str) -> Iterator[str]:
    for pattern in (_SUBJECT, _INVERTED, _CALLED, _MEANT):
        for match in pattern.finditer(text):
            yield match["noun"].lower()
    for telling in _TELLING.finditer(text):
        for match in _RECIPIENT.finditer(text, telling.end(), telling.end() + 70):
            if match.end() == len(text) or not text[match.end()].isalnum():  # not cut off by the window
                yield match["noun"].lower()


def survey(documents: Iterable[Document]) -> tuple[Counter[str], dict[str, int]]:
    """How often each noun stands there, and in how many acts."""
    counts: Counter[str] = Counter()
    acts: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for section in document.sections():
            for flow in flows(section, language=document.language):
                for sentence in flow.sentences:
                    for noun in candidates(sentence.text):
                        counts[noun] += 1
                        acts[noun].add(document.refid)
    return counts, {noun: len(where) for noun, where in acts.items()}


_GIVEN = frozenset({"til", "overfor", "fra", "frå", "med", "hos", "av"})


def parsed_candidates(texts: Iterable[str]) -> Iterator[str]:
    """As `candidates`, by the trained parser: subjects of finite verbs, and what hangs on til, overfor, med and the like.

    Only nouns and names, no pronouns; a name of several words gives its last one.
    """
    from duties.nlp import parse_sentences
    from duties.syntax import actions, agents, complements, finite_verbs, indirect_objects, subjects

    for doc in parse_sentences(texts):
        heads: list[Token] = []
        for verb in finite_verbs(doc):
            heads += subjects(verb)
            for action in actions(verb):
                heads += [*indirect_objects(action), *agents(action)]
                heads += [complement.head for complement in complements(action, _GIVEN)]
        for token in {token.i: token for token in heads}.values():
            if token.pos_ in ("NOUN", "PROPN"):
                yield token.text.lower()


def telling_sentences(documents: Iterable[Document]) -> Iterator[str]:
    """The sentences of all sections that hold a modal and a word of telling, giving, asking or helping."""
    modal = re.compile(rf"\b{_MODAL}\b")
    for document in documents:
        for section in document.sections():
            for flow in flows(section, language=document.language):
                for sentence in flow.sentences:
                    if modal.search(sentence.text) and _TELLING.search(sentence.text):
                        yield sentence.text


def status(noun: str, ontology: Ontology) -> str:
    """``actor``, ``thing`` or ``unknown``."""
    entry = ontology.entry(noun)
    return "unknown" if entry is None else "thing" if entry.kind == "thing" else "actor"


def main() -> None:
    """Print the coverage and the most frequent unknown nouns; with ``--write`` put the counts into the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--parser", action="store_true", help="find the places with the trained parser (minutes)")
    parser.add_argument("--unknown", type=int, default=200, help="how many unknown nouns to list")
    options = parser.parse_args()
    from lovdata_ingest.sources import read_documents

    documents = list(read_documents([options.source]))
    counts, acts = survey(documents)
    if options.parser:
        counts = Counter(parsed_candidates(telling_sentences(documents)))
    report(counts, acts, options.unknown)
    if options.write:
        path = Path(str(resources.files("data") / "actor_nouns.tsv"))
        path.write_text(with_counts(path.read_text(encoding="utf-8"), counts), encoding="utf-8")


def report(counts: Counter[str], acts: dict[str, int], unknown: int) -> None:
    """Print how many tokens are known, and the unknown ones by count."""
    ontology = load_ontology()
    by_status: Counter[str] = Counter()
    for noun, count in counts.items():
        by_status[status(noun, ontology)] += count
    total = sum(by_status.values())
    for name, count in by_status.most_common():
        print(f"{name}\t{count}\t{count / total:.3f}", file=sys.stderr)
    for noun, count in counts.most_common():
        if unknown and status(noun, ontology) == "unknown":
            print(f"{noun}\t{count}\t{acts.get(noun, 0)}")
            unknown -= 1


def with_counts(table: str, counts: Counter[str]) -> str:
    """The table with the number of tokens that each row accounts for."""
    ontology = load_ontology()
    rows: Counter[str] = Counter()
    for noun, count in counts.items():
        entry = ontology.entry(noun)
        if entry is not None:
            rows[entry.head or noun] += count
    lines = []
    for line in table.splitlines():
        cells = line.split("\t")
        if len(cells) == 4 and cells[3].isdigit():
            cells[3] = str(rows[cells[0].split("/")[0]])
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
