"""Why a frame was found: the sentence with the matched words, the rule, where each party comes from, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from duties.confidence import weights
from duties.draft import Trace
from duties.rules import load_rules
from lovdata_ingest.model import Document
from lovdata_ingest.sentences import flow_of


def explain(document: Document, traces: Sequence[Trace]) -> str:
    """One paragraph per frame, in English words around the law's own.

    Args:
        document: the act that the traces are from.
        traces: from `Finder.traces`.
    """
    return "\n".join(_one(document, trace) for trace in traces)


def _one(document: Document, trace: Trace) -> str:
    frame = trace.frame
    reasons = {rule.id: rule.reason for rule in load_rules()}
    fitted = weights()
    parts = sorted(
        ((feature, fitted[feature]) for feature in trace.features if feature in fitted), key=lambda part: -abs(part[1])
    )
    lines = [
        f"{frame.address}" + (f" ({frame.item})" if frame.item else ""),
        f"  {_marked(document, trace)}",
        f"  {frame.category}, {frame.modality}; level {frame.level}; condition {'; '.join(frame.condition) or '-'}",
        f"  bearer       {'; '.join(frame.bearer) or '-'}   from: {trace.bearer_from or 'nobody named'}",
        f"  counterpart  {'; '.join(frame.counterpart) or '-'}   from: {trace.counterpart_from or 'nobody named'}",
        f"  rule         {frame.rule}: {reasons.get(frame.rule, 'carries the norm of the sentence before on')}",
        f"  confidence   {frame.confidence:.2f}"
        + (
            "   "
            + ", ".join(f"{name} {value:+.2f}" for name, value in parts[:6])
            + f", base {fitted.get('bias', 0):+.2f}"
            if parts
            else ""
        ),
    ]
    return "\n".join(lines) + "\n"


def _marked(document: Document, trace: Trace) -> str:
    """The sentence with the matched stretch between double angle brackets."""
    frame = trace.frame
    ledd = document.find(frame.address.parent) if frame.address.parent is not None else None
    if ledd is None:
        return trace.sentence
    node = ledd
    if frame.item:
        node = next((n for n in ledd.walk() if n.address is not None and str(n.address).endswith(frame.item)), ledd)
    matched = node.text[frame.start : frame.end]
    flow = flow_of(ledd)
    sentence = trace.sentence if flow is None else trace.sentence.replace("\n", " / ")
    return sentence.replace(matched, f"«{matched}»", 1) if matched else sentence
