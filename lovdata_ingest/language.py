"""Which written standard words are in: bokmål (nb) or nynorsk (nn), by words that only one of them has."""

from __future__ import annotations

import re

from lovdata_ingest.model import Header, Language, Node

# Frequent words of statutes that one standard has and the other does not.
BOKMAAL = frozenset(
    "ikke en et hvis hva hvem hver hvert hvilken hvilke noe noen fra mellom kun være ble blir blitt gjøres gis skje "
    "kommunen loven lovens departementet virksomheten tjenesten opplysninger bestemmelser bestemmelsene eller hun de "
    "dersom ved etter jeg vedkommende saken saker endringer følgende trer kraft uten bare også samme andre øvrige "
    "gjelder oppheves tilsvarende fastsettes bestemmes utføres foretas innen nødvendig nødvendige myndighet".split()
) - frozenset("eller andre dersom ved også".split())  # shared by both standards
NYNORSK = frozenset(
    "ikkje ein ei eit kva kven kvar kvart korleis noko nokon nokre frå mellom vere vera vart verta verte blei gjerast "
    "gjevast skjer kommunen lova lovas departementet verksemda tenesta opplysningar føresegner føresegnene reglar "
    "dei dersom ved etter eg vedkomande saka saker endringar følgjande kraft utan berre òg same øvrige "
    "gjeld oppheva opphevast tilsvarande fastsetje fastset gjera gjere seier kan-hende innan naudsynt nødvendige "
    "myndigheit styresmakt styresmaktene dette korkje anten heiter heimel høve rett-nok desse".split()
) - frozenset("mellom kommunen departementet dersom ved etter saker kraft øvrige nødvendige kan-hende rett-nok dette".split())
_SHARED = BOKMAAL & NYNORSK
_NB, _NN = BOKMAAL - _SHARED, NYNORSK - _SHARED
_WORD = re.compile(r"[a-zæøåòA-ZÆØÅ]+")


def score(text: str) -> tuple[int, int]:
    """How many words of *text* only bokmål has, and how many only nynorsk has."""
    words = _WORD.findall(text.lower())
    return sum(word in _NB for word in words), sum(word in _NN for word in words)


def language_of_text(text: str, default: Language) -> Language:
    """The written standard of *text*; *default* where its words do not tell."""
    nb, nn = score(text)
    return default if nb == nn else "nb" if nb > nn else "nn"


def language_of(body: Node, header: Header) -> Language:
    """The written standard of most of an act's ledd, by their words; the header's labels decide a tie."""
    labels = {label for _, label, _ in header.fields}
    default: Language = "nn" if labels & {"I kraft frå", "Sist endra ved", "Endrar"} else "nb"
    nb = nn = seen = 0
    for node in body.walk():
        if node.text and node.kind in ("ledd", "item", "paragraph", "heading"):
            more_nb, more_nn = score(node.text)
            nb, nn = nb + more_nb, nn + more_nn
            seen += len(node.text)
            if seen > 4000:  # enough to tell; acts run to a million characters
                break
    return default if nb == nn else "nb" if nb > nn else "nn"
