"""The duty graph: acts, sections, ledd, norms, actors, sectors and ministries in one networkx MultiDiGraph.

Pure functions of facts, frames, references and findings: no text of the law goes in, none comes out. Nodes and edges
are added in sorted order, so that the same input gives the same graph, byte for byte once exported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from duties.frame import Frame
from graph.finding import Finding
from graph.inputs import ActFacts
from graph.names import MODALITIES, Namer, actor_entry, actor_name
from graph.successors import successors
from lovdata_ingest.acts import reform_acts
from lovdata_ingest.address import Address, parse_address
from lovdata_ingest.references.reference import Reference

if TYPE_CHECKING:
    import networkx as nx

PARALLEL = frozenset(("parallel_duty_harmonised", "parallel_duty_divergent", "double_regulation"))


def norm_key(frame: Frame) -> str:
    """The node of a norm: its sentence, where the trigger stands, and what it says.

    >>> from lovdata_ingest.address import parse_address
    >>> norm_key(Frame(parse_address("lov/2001-01-01-1/§1/ledd/1/setning/1"), "cooperation", "duty", start=4, end=9))
    'norm:lov/2001-01-01-1/§1/ledd/1/setning/1#4-9-cooperation-duty'
    """
    item = f"/{frame.item}" if frame.item else ""
    return f"norm:{frame.address}{item}#{frame.start}-{frame.end}-{frame.category}-{frame.modality}"


def build_graph(
    facts: Iterable[ActFacts], frames: Iterable[Frame] = (), references: Iterable[Reference] = (),
    findings: Iterable[Finding] = (),
) -> nx.MultiDiGraph[str]:  # fmt: skip
    """Build the graph.

    Every node has ``kind`` and labels in both languages; every edge has ``kind``, which is also its key (with a counter
    where two nodes are joined twice). See ``docs/graph.md`` for the data dictionary.

    Args:
        facts: the acts; references to other acts get a node of kind ``act`` with no more than the refid.
        frames: the norms.
        references: where provisions refer to.
        findings: their ``parallel_to`` and ``conflicts_with`` edges.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    acts, references = sorted(facts, key=lambda a: Address(a.refid).order), tuple(references)
    ordered = sorted(frames, key=norm_key)
    _acts(graph, acts)
    _actors(graph, ordered)
    _norms(graph, ordered, {a.refid: a for a in acts})
    _references(graph, sorted(references, key=lambda r: (str(r.source), r.start, r.end, r.target)))
    _replaced(graph, acts, references)
    _definitions(graph, acts)
    _findings(graph, sorted(findings, key=lambda f: f.id))
    return graph


def _edge(graph: nx.MultiDiGraph[str], source: str, to: str, kind: str, /, **attributes: str | int | float) -> None:
    count = sum(1 for key in (graph.get_edge_data(source, to) or {}) if str(key).split(":")[0] == kind)
    graph.add_edge(source, to, key=kind if not count else f"{kind}:{count}", kind=kind, **attributes)


def _acts(graph: nx.MultiDiGraph[str], acts: Sequence[ActFacts]) -> None:
    names = Namer(acts)
    for act in acts:
        label = names.act(act.refid)
        graph.add_node(
            act.refid, kind="act", label_nb=label, label_en=label, title=act.title, refid=act.refid, language=act.language,
            in_force=act.in_force, abbreviation=act.abbreviation,
        )  # fmt: skip
        for ministry in act.ministries:
            node = f"ministry:{ministry}"
            graph.add_node(node, kind="ministry", label_nb=ministry, label_en=ministry)
            _edge(graph, act.refid, node, "administered_by")
        for section in act.sections:
            name = names.provision(section.address)
            graph.add_node(
                section.address, kind="section", label_nb=name.nb, label_en=name.en, designation=section.designation,
                heading=section.heading, act=act.refid,
            )  # fmt: skip
            _edge(graph, act.refid, section.address, "contains")
            for number in range(1, section.ledd + 1):
                address = f"{section.address}/ledd/{number}"
                words = names.provision(address)
                graph.add_node(
                    address, kind="ledd", label_nb=words.nb, label_en=words.en, act=act.refid, section=section.address
                )  # fmt: skip
                _edge(graph, section.address, address, "contains")


def _replaced(graph: nx.MultiDiGraph[str], acts: Sequence[ActFacts], references: Sequence[Reference]) -> None:
    """Replaced acts that a reference names or that one of the acts replaced, each with the act that took its place."""
    known = {act.refid for act in acts}
    named = {"/".join(r.target.split("/")[:2]) for r in references if r.status == "act_replaced"}
    pairs = {
        (old, found.act) for old, found in successors().items() if old in named or (found.act in known and old in known)
    }
    pairs |= {(old.refid, act.refid) for act in reform_acts() if act.refid in known for old in act.replaces}
    pairs |= {(act.refid, act.replaced_by) for act in acts if act.replaced_by}
    for old, new in sorted(pairs):
        _bare_act(graph, old)
        _bare_act(graph, new)
        _edge(graph, old, new, "replaced_by")


def _bare_act(graph: nx.MultiDiGraph[str], refid: str) -> None:
    if refid not in graph:
        graph.add_node(refid, kind="act", label_nb=refid, label_en=refid, refid=refid)


def _actors(graph: nx.MultiDiGraph[str], frames: Sequence[Frame]) -> None:
    todo = sorted({a for f in frames for a in (*f.bearer, *f.counterpart)})
    seen: set[str] = set()
    links: list[tuple[str, str, str]] = []
    while todo:
        actor = todo.pop(0)
        if actor in seen:
            continue
        seen.add(actor)
        entry = actor_entry(actor)
        for kind in ("is_a", "part_of"):
            for other in entry.get(kind, ()):
                links.append((actor, other, kind))
                todo.append(other)
    for actor in sorted(seen):
        name, entry = actor_name(actor), actor_entry(actor)
        sector = str(entry.get("sector", ""))
        graph.add_node(
            f"actor:{actor}", kind="actor", label_nb=name.nb, label_en=name.en, sector=sector,
            government=str(entry.get("government", "")),
        )  # fmt: skip
        if sector:
            graph.add_node(f"sector:{sector}", kind="sector", label_nb=sector, label_en=sector)
            _edge(graph, f"actor:{actor}", f"sector:{sector}", "in_sector")
    for actor, other, kind in sorted(links):
        _edge(graph, f"actor:{actor}", f"actor:{other}", kind)


def _place(graph: nx.MultiDiGraph[str], address: Address) -> str:
    """The ledd node of an address; the section where it has no ledd; added where the facts do not know it."""
    section = address.section_address
    node = str(section)
    if address.ledd is not None:
        node = f"{section}/ledd/{address.ledd}"
    if node not in graph:
        _bare_act(graph, address.act)
        if str(section) != address.act and str(section) not in graph:
            graph.add_node(str(section), kind="section", label_nb=str(section), label_en=str(section), act=address.act)
            _edge(graph, address.act, str(section), "contains")
        if node not in graph:
            graph.add_node(node, kind="ledd", label_nb=node, label_en=node, act=address.act, section=str(section))
            _edge(graph, str(section), node, "contains")
    return node


def _norms(graph: nx.MultiDiGraph[str], frames: Sequence[Frame], acts: dict[str, ActFacts]) -> None:
    for frame in frames:
        key, ledd = norm_key(frame), _place(graph, frame.address)
        section = graph.nodes[ledd].get("section", ledd)
        words = MODALITIES[frame.modality]
        graph.add_node(
            key, kind="norm", label_nb=f"{words.nb} ({graph.nodes[ledd]['label_nb']})",
            label_en=f"{words.en} ({graph.nodes[ledd]['label_en']})", category=frame.category, modality=frame.modality,
            level=frame.level, condition=";".join(frame.condition), confidence=frame.confidence, rule=frame.rule,
            language=frame.language, act=frame.address.act, section=str(section), start=frame.start, end=frame.end,
        )  # fmt: skip
        _edge(graph, ledd, key, "imposes")
        for place, actor in enumerate(frame.bearer):
            _edge(graph, key, f"actor:{actor}", "borne_by", order=place)
        for place, actor in enumerate(frame.counterpart):
            _edge(graph, key, f"actor:{actor}", "owed_to", order=place)


def _references(graph: nx.MultiDiGraph[str], references: Sequence[Reference]) -> None:
    for reference in references:
        source = _place(graph, reference.source)
        if reference.status in ("resolved", "repealed") and reference.target.startswith(("lov/", "forskrift/")):
            address = parse_address(reference.target)
            target = _place(graph, address) if address.section is not None else address.act
            _bare_act(graph, target)
        elif reference.target:
            target = (
                "/".join(reference.target.split("/")[:2]) if reference.target.startswith("lov/") else reference.target
            )
            if target not in graph:
                kind = "act" if target.startswith("lov/") else "outside"
                graph.add_node(target, kind=kind, label_nb=target, label_en=target)
        else:
            continue
        _edge(
            graph, source, target, "refers_to", status=reference.status, via=reference.via, address=reference.target,
            start=reference.start, end=reference.end,
        )  # fmt: skip


def _definitions(graph: nx.MultiDiGraph[str], acts: Sequence[ActFacts]) -> None:
    """``defined_by``: the ledd that impose duties towards service providers, to the act's definition of them."""
    for act in acts:
        where = [
            f"{section.address}/ledd/{ledd}" for section in act.sections for ledd, term in section.defines
            if term.startswith("tjenestey") or term == "tjenesteapparatet"
        ]  # fmt: skip
        users = sorted(
            {
                source
                for norm, data in graph.nodes(data=True)
                if data.get("kind") == "norm"
                and data.get("act") == act.refid
                and graph.has_edge(norm, "actor:tjenesteytere")
                for source in graph.predecessors(norm)
            }
        )
        for target in where:
            if target in graph:
                for source in users:
                    _edge(graph, source, target, "defined_by", term="tjenesteytere")


def _findings(graph: nx.MultiDiGraph[str], findings: Sequence[Finding]) -> None:
    """``parallel_to`` and ``conflicts_with``: from the first provision of a finding to each of the others."""
    for finding in findings:
        kind = "parallel_to" if finding.type in PARALLEL else "conflicts_with" if finding.kind == "conflict" else ""
        if not kind:
            continue
        places = list(dict.fromkeys(_place(graph, parse_address(p)) for p in finding.provisions if "/§" in p))
        for other in places[1:]:
            _edge(graph, places[0], other, kind, finding=finding.id, type=finding.type, score=finding.score)
