"""A cheap look at a sentence: can it hold a norm on cooperation or information at all? Only such are read closely."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ahocorasick import Automaton

# Beginnings and middles of the words that the rules need, in both written standards. A space stands for the edge of a
# word. Too much does no harm; what is missing here is never found (a test reads the statute book without the filter).
_STEMS = tuple(
    stem.strip().replace("_", " ")
    for stem in """
    opplys, meld, varsl, varsel, underret, inform, orient, rapport, innhent, _hent, masseinnhent, utlever, samarb,
    samhandl, samvirk, samverk, bistå, bistand, bista, bistår, medvirk, medverk, samordn, koordin, taushet, teie, tagn,
    innsyn, tilgang, tilgjeng, adgang, åtgang, formid, forel, førele, røp, åpenbar, openberr, avtal, overenskomst,
    overeinskomst, _plan, individuell, rådfør, rådspør, samråd, drøft, konsult, beskjed, redegj, _greie_, _rede_,
    _frå_, _fra_, ifra, ifrå, merksam, oppmerksom, kjent, kjend, uttal, fråsegn, utveks, samkj, samkøyr, sammenst,
    samanst, sammenlign, samanlikn, sammenhold, samanhald, kobl, kopl, dokument, journal, kopi, gjenpart, avskrift,
    utskrift, epikrise, erklæring, attest, meddel, innbere, oversend, send, vidare, videre, _krev, avkrev, pålegg,
    påleg, pålagt, pålag, hjelp, veiled, rettlei, veglei, arbeide sammen, arbeider sammen, arbeide saman, arbeidar saman, bestemmelsen gj, føresegna gj, adgangen gj, retten gj, tilsvarende gj, tilsvarande gj, tilsvarende skal,
    tilsvarende meld, tilsvarande skal, samme gjeld, same gjeld, dette gjeld, punktum gjeld, punktum skal, register,
    registre, delta, deltek, bidra, forbud, forbod, hindr, hemmel, samtal, kontakt, forståelse, forståing, _data, data_,
    dataene, vedtak, forvaltningslov, _høre, hørt, høyr, _dele, _del_, _delast, _delar, deling, kunnskap, kjennskap,
    avgj, meldeplikt, plikt, involver, tilkal, innkal, framl, freml, fram_, frem_, _lever, innlever, overlever,
    oversikt, oversyn, tilkjenne, oppgi, oppgje, avgi, avgje, forklar, trekk, behov, _opp_, vite, _vet_, mulighet,
    moglegheit, anledning, høve, _syn_, synspunkt, mening, meining, søknad, klage, dom_, dommen, kjennelse, begjær,
    begrunn, _svar, regnskap, rekneskap, budsjett, resultat, materiale, utgreiing, oppslag, personnummer, fødselsnummer,
    _navn, _namn, adresse, statistikk, protokoll, vitnemål, lydopptak, bilder, notat, dialog, fortel, etterspør,
    etterspurt, rekvirer, anmod, _be_, _ber_, _bes_, skaff, forlang, stil, hald, _hold, assist, støtt, understøtt,
    _bruk, benytt, _nytt, oppnemn, oppnevn, kontaktlege, kontaktpsykolog, pasientansvar, informert, ytre, bevar,
    """.replace("\n", " ").split(",")
    if stem.strip()
)


@lru_cache(maxsize=1)
def _automaton() -> Automaton:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for stem in _STEMS:
        automaton.add_word(stem, stem)
    automaton.make_automaton()
    return automaton


def may_hold_a_norm(text: str) -> bool:
    """Whether a sentence is worth a close reading.

    >>> may_hold_a_norm("Kommunen skal samarbeide med politiet."), may_hold_a_norm("Stien skal være to meter bred.")
    (True, False)
    """
    return next(_automaton().iter(f" {text.lower()} "), None) is not None
