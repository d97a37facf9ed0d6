"""Of several rules that saw the same norm, the narrowest: never one norm under two categories."""

from __future__ import annotations

from msgspec import structs

from duties.draft import Trace

_INFORMATION = ("information_sharing", "information_to_person")
_NARROWEST_FIRST = (
    "individual_plan", "cooperation_agreement", "coordination", "confidentiality", "information_sharing",
    "information_to_person", "cooperation",
)  # fmt: skip
_JOINT = ("individual_plan", "cooperation_agreement")
_MERELY_TOGETHER = (
    "cooperation/verb", "cooperation/noun", "cooperation/consult", "coordination/noun", "cooperation/opinion",
)  # fmt: skip
_FROM_CONTEXT = frozenset({"ledd", "section", "act"})
_ORDERED = frozenset(
    {"share/give", "share/tell", "share/handover", "share/give-access", "share/lay-forth", "share/notify"}
)
_NEAR = 5
Key = tuple[str, str]


def settle(traces: list[Trace]) -> list[Trace]:
    """The frames of one sentence, each category and modality once."""
    kept: dict[Key, Trace] = {}
    for trace in sorted(_one_per_word(traces), key=_rank):
        frame = trace.frame
        key = (frame.category, frame.modality)
        held = kept.get(key)
        if held is None:
            kept[key] = trace
        elif _joined(held, trace):
            both = tuple(dict.fromkeys((*held.frame.counterpart, *frame.counterpart)))
            bearers = [one.frame.bearer for one in (held, trace) if not set(one.frame.bearer) & set(both)]
            bearer = bearers[0] if bearers else held.frame.bearer
            kept[key] = structs.replace(held, frame=structs.replace(held.frame, counterpart=both, bearer=bearer))
        elif frame.counterpart and not held.frame.counterpart:
            kept[key] = structs.replace(held, frame=structs.replace(held.frame, counterpart=frame.counterpart))
    return _without_the_wider(kept)


def _joined(held: Trace, trace: Trace) -> bool:
    """Whether two verbs share out one norm: "skal sendes X og forelegges Y"."""
    return (
        trace.frame.category in _INFORMATION
        and (held.frame.bearer == trace.frame.bearer or {held.bearer_from, trace.bearer_from} <= _FROM_CONTEXT)
        and held.counterpart_from == trace.counterpart_from == "recipient"
        and held.tokens[0] != trace.tokens[0]
        and held.clause == trace.clause
        and not held.split
        and not trace.split
    )


def _rank(trace: Trace) -> tuple[int, float, int]:
    return _NARROWEST_FIRST.index(trace.frame.category), -trace.strength, -len(trace.frame.counterpart)


def _one_per_word(traces: list[Trace]) -> list[Trace]:
    """Of frames on the same words that call them sharing and information to the person, the surer one."""

    def certainty(trace: Trace) -> tuple[bool, bool, float]:
        from_context = trace.counterpart_from in ("ledd", "section", "act", "heading")
        return not trace.frame.counterpart, from_context, -trace.strength

    orders = [trace for trace in traces if trace.rule == "share/order" and not trace.head.startswith("pålag")]
    ordered = [(min(one.tokens), max(one.tokens)) for one in orders]
    traces = [
        trace
        for trace in traces
        if trace.rule not in _ORDERED
        or not any(low < trace.tokens[0] and trace.tokens[1] <= high + 6 for low, high in ordered)
    ]  # "pålegge X å gi opplysninger": the order is the norm
    best: dict[int, Trace] = {}
    for trace in sorted(traces, key=certainty):
        if trace.frame.category in _INFORMATION and not trace.split:
            for token in trace.tokens:
                best.setdefault(token, trace)

    def stands(trace: Trace) -> bool:
        if trace.split or trace.frame.category not in _INFORMATION:
            return True
        rivals = [best[token] for token in trace.tokens if token in best]
        return any(rival is trace for rival in rivals) and not any(
            rival is not trace and rival.frame.category != trace.frame.category for rival in rivals
        )

    return [trace for trace in traces if stands(trace)]


def _without_the_wider(kept: dict[Key, Trace]) -> list[Trace]:
    """Working together on a plan or an agreement is the plan, the agreement."""
    joint = [trace.tokens[0] for trace in kept.values() if trace.frame.category in _JOINT]
    if not joint:
        return list(kept.values())

    def wider(trace: Trace) -> bool:
        match trace.frame.category:
            case "cooperation":
                return trace.rule in _MERELY_TOGETHER
            case "coordination":
                near = any(abs(plan - trace.tokens[0]) <= _NEAR for plan in joint)
                return near and trace.rule in _MERELY_TOGETHER
            case "information_to_person":
                return trace.rule.startswith("cooperation/")
            case _:
                return False

    return [trace for trace in kept.values() if not wider(trace)]
