"""Words of Norwegian as the treebank cuts them, with the marks of statutes.

A full stop belongs to the word after an abbreviation (``jf.``, ``m.m.``), and after a number when the sentence goes on
(``14. juli``); everywhere else it is a word of its own, as are other marks at the edges of a word. Inside a word
nothing is cut: ``og/eller``, ``2-5a``, ``1.500``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import BaseDefaults, Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

ABBREVIATIONS = frozenset(
    """
    adm. ang. anm. art. avd. bl.a. bla. ca. co. cit. d.e. dir. div. dr. ds. dvs. e.l. el. etc. ev. evt. f. f.eks. ff.
    fig. flg. forskr. forts. fr. frk. fung. f.v. gj. gnr. bnr. hhv. hr. iht. inkl. innst. innb. instr. jf. jfr. jr.
    jur. kap. kgl. kl. kst. l. lat. litr. m.a. maks. m.fl. mfl. mht. mill. min. m.m. mrd. m.v. mv. mva. nedenf. nr.
    o.a. o.fl. o.l. ol. on. osb. osv. ot.prp. pga. p.g.a. pkt. pr. prof. prp. pst. pt. red. ref. reg. res. resp. s.
    sml. sr. st. st.meld. stk. str. t.d. tab. t.d.l. tf. t.h. t.o.m. tidl. tlf. t.v. u.a. utg. v. vedk. vgs. vol. vs.
    årg. årl.
    """.split()
)

_OPENING = "([{«“‘„\"'–—"
_CLOSING = ")]}»”’\"',;:!?…"
_NUMBER = re.compile(r"\d{1,4}\.", re.ASCII)  # 14. juli
_DOTTED = re.compile(r"(?:[^\W\d_]+\.){2,}")  # m.fl., St.meld.
_INITIAL = re.compile(r"[A-ZÆØÅ]\.")


def split_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each word of *text*; what stands between them is white space."""
    pieces = [match.span() for match in re.finditer(r"\S+", text)]
    for number, (start, end) in enumerate(pieces):
        following = text[pieces[number + 1][0]] if number + 1 < len(pieces) else ""
        yield from _split_piece(text, start, end, following)


def _split_piece(text: str, start: int, end: int, following: str) -> Iterator[tuple[int, int]]:
    while end - start > 1 and (text[start] in _OPENING or text[start] == "§"):
        size = 2 if text[start : start + 2] == "§§" else 1
        if size == end - start:
            break
        yield start, start + size
        start += size
    tail: list[tuple[int, int]] = []
    while end - start > 1:
        if text[end - 3 : end] == "..." and end - start > 3:
            tail.append((end - 3, end))
            end -= 3
        elif (
            text[end - 1] == "."
            and text[start:end] != "..."
            and not _keeps_stop(text[start:end], following, bool(tail))
        ) or (text[end - 1] in _CLOSING and not (text[end - 1] == ")" and "(" in text[start:end])):
            tail.append((end - 1, end))
            end -= 1
        else:
            break
    yield start, end
    yield from reversed(tail)


def _keeps_stop(word: str, following: str, closed: bool) -> bool:
    if word.lower() in ABBREVIATIONS or _DOTTED.fullmatch(word):
        return True
    if _INITIAL.fullmatch(word):
        return following.isupper() and not closed
    return bool(_NUMBER.fullmatch(word)) and following.islower() and not closed


class WordTokenizer:
    """Cut text into a ``Doc``; see ``split_words``. Runs of spaces become tokens of their own, as in spaCy."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Return the document of *text*; ``doc.text`` is *text* again."""
        words: list[str] = []
        spaces: list[bool] = []
        done = 0
        for start, end in split_words(text):
            gap = text[done:start]
            if gap and (not words or gap != " "):
                if words and gap[0] == " ":
                    spaces[-1] = True
                    gap = gap[1:]
                words.append(gap)
                spaces.append(False)
            elif gap:
                spaces[-1] = True
            words.append(text[start:end])
            spaces.append(False)
            done = end
        if rest := text[done:]:
            if words and rest[0] == " ":
                spaces[-1] = True
                rest = rest[1:]
            if rest:
                words.append(rest)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)

    def pipe(self, texts: Iterator[str]) -> Iterator[Doc]:
        """Yield the document of each text."""
        return (self(text) for text in texts)

    # The rules are code, so there is nothing to store; spaCy calls these when it stores and loads a pipeline.
    def to_bytes(self, **_: Any) -> bytes:
        """Return nothing to store."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> WordTokenizer:
        """Return itself."""
        return self

    def to_disk(self, _path: Path, **_: Any) -> None:
        """Store nothing."""

    def from_disk(self, _path: Path, **_: Any) -> WordTokenizer:
        """Return itself."""
        return self


@registry.tokenizers("pliktgraf.Words.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], WordTokenizer]:
    """Return what spaCy's config calls to make the tokeniser of a pipeline."""
    return lambda nlp: WordTokenizer(nlp.vocab)


class NorwegianDefaults(BaseDefaults):
    """Nothing of spaCy's bokmål: its exceptions and its noun chunks follow another scheme."""


@registry.languages("no")
class Norwegian(Language):  # type: ignore[no-untyped-call]
    """Norwegian in both written standards."""

    lang = "no"
    Defaults = NorwegianDefaults
