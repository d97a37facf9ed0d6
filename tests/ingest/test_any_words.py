"""What holds for all words: they are read or refused in the ways that are promised, and nothing else happens."""

from __future__ import annotations

import contextlib

from hypothesis import given, settings
from hypothesis import strategies as st

from lovdata_ingest.acts import UnknownAct, fold, match_act
from lovdata_ingest.model import Node
from lovdata_ingest.notes import parse_note
from lovdata_ingest.provision import ProvisionError, read_provision
from lovdata_ingest.search import SearchError, fold_text, match_expression

PIECES = [
    "Endret ved lov", "endra med lover", "Endres ved lov", "Opphevet ved lov", "Tilføyd ved lov", "som endret ved lov",
    "endring endret ved lover", "4 mai 2001 nr. 18", "39 nov 2001 nr. 3", "5. juni 2002 nr. 19", "1 jan 2003", "(", ")", ",",
    ".", "og", "ikr.", "i kraft", "i kraft fra den tid Kongen bestemmer", "iflg. res.", "tidligere § 15", "tidligere § 2 a og 3",
    "gjelder fjerde ledd", "for første, andre og tredje ledd", "(4)", "med virkning fra inntektsåret 2004", "se dens VII",
    "Kapitlet med § 1 til § 3 tilføyd ved", "Overskriften endret ved", "straks", "del II", "§ 3", "nr. 7", "50", "noe annet",
    "Jf.", "–", "Føyd til med", "Flyttet hit som § 9 ved", "del med",
]  # fmt: skip
NOTES = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join) | st.text(max_size=80)


@settings(max_examples=300, deadline=2000)
@given(NOTES)
def test_a_note_is_read_whatever_it_says_and_its_entries_stand_in_order(text: str) -> None:
    entries = parse_note(Node("note", text=text))
    assert [entry.start for entry in entries] == sorted(entry.start for entry in entries)
    for entry in entries:
        assert 0 <= entry.start <= entry.end <= len(text)
        assert bool(entry.remainder) == bool(entry.reason)
        assert entry.remainder or entry.action != "unread"


@settings(max_examples=200)
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["stil", "§", "2", "b", "A-1", "første ledd", "nr. 3"])).map(" ".join)
)
def test_words_are_a_provision_or_an_error_that_says_what_was_not_understood(words: str) -> None:
    with contextlib.suppress(ProvisionError):
        act, path = read_provision(words)
        assert isinstance(act, str)
        assert all("/" in step or step[0] in "§k" for step in path)


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_words_are_an_act_or_an_error_with_the_closest_names(words: str) -> None:
    with contextlib.suppress(UnknownAct):
        assert match_act(words).refid.startswith(("lov/", "forskrift/"))


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_more(words: str) -> None:
    assert fold(fold(words)) == fold(words)


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_a_query_is_an_expression_that_sqlite_takes_or_an_error(query: str) -> None:
    import sqlite3

    try:
        expression = match_expression(query)
    except SearchError:
        assert fold_text(query) == ""
        return
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    database.execute("SELECT * FROM words WHERE words MATCH ?", (expression,)).fetchall()
    database.close()
