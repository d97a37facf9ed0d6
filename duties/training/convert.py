"""From the treebank's archive to spaCy's DocBin, whole texts on one side of the split.

The treebank cuts a text into files of a hundred sentences (``ap001_0000``, ``ap001_0001``); a sentence and the next one
may stand in two files. So the split goes by text (``ap001``), eighty, ten and ten per cent of the words of each
written standard, fixed by a seed and written to ``split.tsv``.
"""

from __future__ import annotations

import random
import re
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc, DocBin
from spacy.training.converters.conllu_to_docs import conllu_to_docs

SEED = 2026
STANDARDS = {"nob": "nb", "nno": "nn"}
PARTS = ("train", "dev", "test")

Row = list[str]
Sentence = list[Row]

_UPOS = {
    "subst": "NOUN", "verb": "VERB", "adj": "ADJ", "prep": "ADP", "det": "DET", "pron": "PRON", "adv": "ADV",
    "konj": "CCONJ", "sbu": "SCONJ", "inf-merke": "PART", "interj": "INTJ", "symb": "SYM", "ukjent": "X",
}  # fmt: skip
_FEATURES = {
    "prop": "Type=prop", "mask": "Gender=Masc", "fem": "Gender=Fem", "nøyt": "Gender=Neut", "m/f": "Gender=Com",
    "ent": "Number=Sing", "eint": "Number=Sing", "fl": "Number=Plur", "ub": "Definite=Ind", "be": "Definite=Def",
    "bu": "Definite=Def", "gen": "Case=Gen", "nom": "Case=Nom", "akk": "Case=Acc",
    "pres": "Tense=Pres", "pret": "Tense=Past", "inf": "VerbForm=Inf", "imp": "Mood=Imp", "pass": "Voice=Pass",
    "st-form": "Voice=Pass", "perf-part": "VerbForm=Part", "<perf-part>": "VerbForm=Part",
    "<pres-part>": "VerbForm=Ger",
    "pos": "Degree=Pos", "komp": "Degree=Cmp", "sup": "Degree=Sup", "kvant": "Type=kvant", "dem": "Type=dem",
    "poss": "Type=poss", "refl": "Type=refl", "pers": "Type=pers", "sp": "Type=sp", "forst": "Type=forst",
    "<ordenstall>": "NumType=Ord", "<ordenstal>": "NumType=Ord",
    "1": "Person=1", "2": "Person=2", "3": "Person=3",
}  # fmt: skip


def read_archive(archive: Path) -> dict[str, list[Sentence]]:
    """Return the sentences of each file, by the file's name with its standard, e.g. ``nob/ap001_0000``."""
    files: dict[str, list[Sentence]] = {}
    with tarfile.open(archive) as tar:
        for member in sorted(tar.getmembers(), key=lambda m: m.name):
            match = re.search(r"(nob|nno)/([^/]+)\.conll$", member.name)
            stream = tar.extractfile(member) if match else None
            if match and stream:
                files[f"{match[1]}/{match[2]}"] = list(_sentences(stream.read().decode("utf-8")))
    return files


def _sentences(text: str) -> Iterator[Sentence]:
    for block in re.split(r"\n\s*\n", text):
        rows = [line.split("\t") for line in block.splitlines() if line.strip()]
        if rows:
            yield rows


def split_files(files: dict[str, list[Sentence]], seed: int = SEED) -> dict[str, str]:
    """Return the part (train, dev, test) of each file; the files of one text share it."""
    part: dict[str, str] = {}
    for standard in STANDARDS:
        texts: dict[str, list[str]] = defaultdict(list)
        for name in files:
            if name.startswith(standard):
                texts[re.sub(r"_\d+$", "", name)].append(name)
        words = {text: sum(len(s) for name in names for s in files[name]) for text, names in texts.items()}
        order = sorted(texts)
        random.Random(seed).shuffle(order)  # noqa: S311  the same draw each time is the point
        tenth = sum(words.values()) / 10
        filled = {"test": 0, "dev": 0}
        for text in order:
            side = next((p for p, n in filled.items() if n + words[text] / 2 < tenth), "train")
            if side != "train":
                filled[side] += words[text]
            part.update(dict.fromkeys(texts[text], side))
    return part


def conllu(sentence: Sentence) -> str:
    """Return the sentence in CoNLL-U; the treebank's part of speech is the fine tag, its features are mapped."""
    lines: list[str] = []
    for number, (form, lemma, pos, feats, head, dep, name) in enumerate(_fields(sentence), start=1):
        values = feats.split("|")
        upos = "PROPN" if pos == "subst" and "prop" in values else _UPOS.get(pos, "PUNCT")
        mapped: dict[str, str] = {}
        for value in values:
            key, _, feature = _FEATURES.get(value, "").partition("=")
            if key:
                mapped.setdefault(key, feature)
        morph = "|".join(f"{key}={mapped[key]}" for key in sorted(mapped)) or "_"
        lines.append(
            "\t".join([str(number), form, lemma, upos, pos, morph, head, "root" if head == "0" else dep, "_", name])
        )
    return "\n".join(lines) + "\n\n"


def _fields(sentence: Sentence) -> Iterator[tuple[str, str, str, str, str, str, str]]:
    for row in sentence:
        form, lemma = row[1], row[2]
        # The treebank writes the lemma of a mark as "$."; the mark itself serves us better.
        lemma = form if lemma.startswith("$") and len(lemma) > 1 else lemma
        yield form, lemma, row[3], row[5], row[6], row[7], row[9]


def to_docs(sentences: list[Sentence], *, per_doc: tuple[int, int], seed: int = SEED) -> Iterator[Doc]:
    """Yield documents of *per_doc* (least, most) running sentences."""
    chance = random.Random(seed)  # noqa: S311  the same draw each time is the point
    start = 0
    while start < len(sentences):
        size = chance.randint(*per_doc)
        text = "".join(conllu(sentence) for sentence in sentences[start : start + size])
        yield from conllu_to_docs(text, n_sents=size, no_print=True)  # type: ignore[no-untyped-call]
        start += size


def convert(archive: Path, target: Path, split_list: Path) -> dict[str, int]:
    """Write ``nb-train.spacy`` … ``nn-test.spacy`` to *target* and the split to *split_list*; return words per part.

    Sentences of eight words or more that also stand in a dev or test text are left out of the training part.
    """
    files = read_archive(archive)
    part = split_files(files)
    split_list.write_text("".join(f"{part[name]}\t{name}\n" for name in sorted(part)), encoding="utf-8")
    held_out = {
        words for name, rows in files.items() if part[name] != "train" for s in rows if len(words := _words(s)) >= 8
    }
    target.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for standard, short in STANDARDS.items():
        for side in PARTS:
            bins = DocBin(store_user_data=False)
            for name in sorted(files):
                if name.startswith(standard) and part[name] == side:
                    kept = [s for s in files[name] if side != "train" or _words(s) not in held_out]
                    for doc in to_docs(kept, per_doc=(1, 10)):
                        bins.add(doc)
                        counts[f"{short}-{side}"] = counts.get(f"{short}-{side}", 0) + len(doc)
            bins.to_disk(target / f"{short}-{side}.spacy")
    return counts


def _words(sentence: Sentence) -> tuple[str, ...]:
    return tuple(row[1] for row in sentence)
