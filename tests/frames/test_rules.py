from __future__ import annotations

import pytest

from duties.find import Finder
from duties.lexicon import RuleFileError, class_ids, tags, word_classes
from duties.rules import Rule, load_rules, read_rules
from tests.frames.law import act

FILE = "rules/example.yaml"
ONE = """
- id: share/shout
  reason: Shouting across the valley.
  category: information_sharing
  head: [tell]
  hits: []
  misses: []
"""


def fired(rule: Rule, text: str) -> bool:
    finder = Finder(act(text))
    finder.run()
    return rule.id in finder.fired


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_a_rule_agrees_with_its_own_examples(rule: Rule) -> None:
    assert [text for text in rule.hits if not fired(rule, text)] == []
    assert [text for text in rule.misses if fired(rule, text)] == []


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_rule_says_why_and_shows_itself(rule: Rule) -> None:
    assert rule.reason.strip()
    assert rule.hits or rule.context
    assert rule.misses


def test_rules_have_examples_in_both_written_standards() -> None:
    from lovdata_ingest.language import score

    hits = [text for rule in load_rules() for text in rule.hits]
    bokmaal = [text for text in hits if score(text)[0] > score(text)[1] or "skal gjøre" in text]
    nynorsk = [
        text for text in hits if score(text)[1] > score(text)[0] or "skal gjere" in text or "skulen" in text.lower()
    ]
    assert len(nynorsk) >= 12
    assert len(bokmaal) >= 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("reason:", "grund:"), "unknown key grund"),
        (("  reason: Shouting across the valley.\n", ""), "missing key reason"),
        (("head: [tell]", "head: [shout]"), "no word class shout"),
        (("category: information_sharing", "category: shouting"), "category 'shouting'"),
        (("hits: []", "hits: 3"), "hits must be a list"),
        (("  hits: []", "  hits: []\n  hits: []"), "stands twice"),
    ],
)
def test_the_loader_names_file_entry_and_fault(change: tuple[str, str], words: str) -> None:
    broken = ONE.replace(*change)
    assert broken != ONE
    with pytest.raises(RuleFileError, match=words) as caught:
        read_rules(broken, FILE)
    assert FILE in str(caught.value)


def test_every_word_class_says_why_and_is_used() -> None:
    in_rules = {
        name
        for rule in load_rules()
        for name in (*rule.head, *rule.object, *rule.needs, *rule.particle, *rule.previous, *rule.verb)
    }
    assert all(entry.why for entry in word_classes())
    unused = class_ids() - in_rules
    assert unused <= {"certificate", "right_n", "share_n", "secret_adj"}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("fødselsmelding", "info"), ("meldeplikt", "duty_n"), ("varslingsplikta", "duty_n"), ("utleverast", "handover"),
        ("innhentes", "obtain"), ("taushetsbelagte", "secret_adj"), ("teieplikta", "secrecy"), ("samordninga", "coord_n"),
        ("barnekoordinatoren", "coordinator"), ("PNR-opplysninger".lower(), "info"), ("epikrise", "doc"),
    ],
)  # fmt: skip
def test_the_lexicon_knows_compounds_and_both_standards(word: str, name: str) -> None:
    assert name in tags(word)
