"""Norms in annexed treaties and regulations, whose provisions are articles: every finding can be made of them."""

from __future__ import annotations

from graph.findings import all_findings
from tests.findings.conftest import act, frame, law


def test_a_norm_in_an_article_breaks_no_finding():
    words = "Skolen skal samarbeide med andre tjenesteytere når det er nødvendig for å gi barnet et helhetlig tilbud."
    acts = [act(1, "Lov 1", {"§1": [words]}), act(2, "Lov 2", {"a9": [words, "Enhver har taushetsplikt."]})]
    frames = [
        frame("lov/2001-01-01-1/§1/ledd/1", "cooperation", "duty", "skole", "tjenesteytere", level="individual"),
        frame("lov/2001-01-01-2/a9/ledd/1", "cooperation", "duty", "skole", "tjenesteytere", level="individual"),
        frame("lov/2001-01-01-2/a9/ledd/2", "confidentiality", "prohibition", "ansatte"),
    ]
    found = list(all_findings(law(acts, frames)))
    assert any("lov/2001-01-01-2/a9/ledd/1" in finding.provisions for finding in found)
