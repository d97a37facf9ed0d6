"""Tells the lines of an amending part apart by their words: leads, instructions without text, headings, openings."""

from __future__ import annotations

import re

_NUMBER = r"\d+(?:\s?[A-Za-zÆØÅæøå])?(?:[-–]\d+(?:\s?[A-Za-zæøå](?![a-zæøå]))?)*"
_ORDINAL = (
    r"(?:første|fyrste|andre|annet|anna|annen|tredje|fjerde|femte|sjette|syvende|sjuende|sjuande|åttende|åttande|niende|niande|tiende|"
    r"tiande|ellevte|tolvte|nest\ssiste|siste|nytt|ny|nye|nåværende|noverande|nåverande|gjeldende|gjeldande)"
)
_UNIT = r"(?:ledd|punktum|punkt|setning|bokstav(?:ene|ane|en)?|nr\.?|nummer|strekpunkt|avsnitt|del|kapittel|overskrift(?:en|a)?|paragraf)"
_OPENS = re.compile(
    rf"""(?: (?:\d{{1,3}}[.)]\s+)?                              # 3. I lov …
        (?: §{{1,2}}\s?{_NUMBER}
          | I\s(?:(?:midlertidig|mellombels)\s)?(?:lov|lova|loven|[a-zæøå-]+lov(?:a|en))\b
          | I\s(?:§|kapittel|kap\.|overskrift|{_ORDINAL}\s|del\s|alle\s|følgende|følgjande|vedlegg|bokstav|nr\.)
          | (?:Ny|Nye|Nytt|Nåværende|Noverande|Nåverande|Gjeldende|Gjeldande)\s(?:§|kapit|del\b|avdeling|overskrift|{_ORDINAL}|bokstav|nr|punktum|annet)
          | (?:Kapittel|Kapitlet|Kapitla|Kapitlene|Kap\.|Del|Avdeling|Vedlegg|Bilag)\s[\dIVXLC]
          | (?:Overskriften?|Overskrifta|Kapitteloverskriften|Kapitteloverskrifta|Paragrafoverskriften|Deloverskriften|Ny\s[a-zæøå]*overskrift)\b
          | Under\sdel\s[IVXLC]
          | (?:Lovens|Lovas?|Lova\ssin)\s(?:tittel|korttittel|del|overskrift)
          | (?:Tittelen|Korttittelen)\b
          | (?:Etter|Mellom|Foran|Før|Framfor)\s§?\s?
          | {_ORDINAL}\s(?:(?:og|til)\s{_ORDINAL}\s)?{_UNIT}\b
          | (?:Bokstav|Nr\.|Nummer|Bokstavene|Bokstavane)\s
          | (?:Følgende|Følgjande)\s(?:lov|bestemmelse|føresegn|paragraf|nye?|endring)
          | (?:Ordet|Orda|Ordene|Uttrykket|Henvisningen|Tilvisinga|Punktum|Punktumet|Kommaet)\s
          | (?:Lov|Lova)\s(?:av\s)?\d{{1,2}}\.\s[a-z]+\s\d{{4}}\s
        ))""",
    re.VERBOSE | re.IGNORECASE,
)
_VERB = re.compile(
    r"""\b(?: skal\s(?:ny(?:e|tt)?\b.{0,80}\s)?lyde | skal\s.{0,160}\s?(?:lyde|lyda)\b | lyder\s*: | skal\shete
        | oppheves | opphevast | (?:blir|vert|er)\sopphev(?:a|et|ja|de|e) | opphevet\b | utgår | går\sut | fjernes | fjernast | slettes | slettast
        | blir\s(?:sletta|slettet|fjerna|stroke|strøket) | strykes | strykast
        | (?:gjøres|gjeres|gjerast|gjer\sein|gjort)\b.{0,40}\bendring(?:er|ar|ane|ene)? | (?:desse|disse|følgende|følgjande)\sendring\w*\s.{0,12}gj[eø]r
        | (?:blir|vert|skal\sbli)\s(?:til\s)?(?:ny(?:e|tt)?\b|§|{ord}|nr|bokstav|kapit|del\b)
        | endres\s(?:til|fra) | endrast\s(?:til|frå) | endres\s*: | (?:blir|vert)\sendra\s(?:til|frå)
        | (?:erstattes|erstattast|byttes\sut|bytast\sut|bytt\sut|(?:blir|vert)\s(?:bytt|erstatta)).{0,60}(?:med|av)\b
        | skal\s.{1,200}(?:erstattes|erstattast|bytast\sut|byttes\sut|tilføyes|føyast\stil|føyes\stil|utgå)
        | tilføyes | tilføyast | føyes\s.{0,30}til | føyast\s.{0,30}til | føyd\s.{0,30}til | tas\sut | takast\sut | settes\sinn | setjast\sinn
        | flyttes | flyttast | skal\s(?:ledd\w*\s)?(?:nummereres|nummererast|plasseres|plasserast|stå)
        | skal\sha\s(?:følgende|følgjande)\s
    )""".replace("{ord}", _ORDINAL),
    re.VERBOSE | re.IGNORECASE,
)  # fmt: skip
_SECTION_HEADING = re.compile(
    r"§\s?(?P<number>\d+(?:\s?[A-Za-z](?=[\s.\d-]|$))?(?:[-–]\d+(?:\s?[A-Za-z](?=[\s.]|$))?)*)\s*(?P<stop>\.?)\s*(?P<title>.*)$",
    re.DOTALL,
)
_CHAPTER_HEADING = re.compile(
    r"(?:Kapit+el|Kap\.|Del|Avdeling)\s(?:\d+|[IVXLC]+\b)(?:\s?[A-Za-z](?![a-zæøå]))?(?:[.:]|\s*$|\s+[–-]?\s?(?-i:[A-ZÆØÅ«]))"
    r"|[IVXLC]+\.?\s(?:Kapit+el|Del)\b|\d+(?:te|\.)?\s?(?:kapit+el|del)\b(?=[.:\s]*(?:$|(?-i:[A-ZÆØÅ])))",
    re.IGNORECASE,
)
_ROMAN_PART = re.compile(r"(?:Del\s)?(?P<roman>[IVXLC]+)\.?$")
_MONTH = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_OPENING = re.compile(
    rf"""(?:\d{{1,3}}[.)]\s+)?I\s(?:(?:midlertidig|mellombels)\s)?
       (?: lov(?:a|en)?\s(?:av\s)?\d{{1,2}}\.?\s(?:{_MONTH})\s\d{{4}}      # I lov 17. juni 2005 nr. 64 …
         | lov\sav\s\d{{4}}
         | lov(?:a|en)?\som\s
         | [a-zæøå,\s-]*lov(?:a|en)?\s(?:gjøres|gjerast|blir\sdet\sgjort|vert\sdet\sgjort|skal\s)
         | Grunnlov(?:a|en)\b
         | forskrift(?:en)?\s(?:av\s)?\d{{1,2}}\.?\s(?:{_MONTH})\s\d{{4}} )""",
    re.VERBOSE | re.IGNORECASE,
)
_COMMENCEMENT = re.compile(
    r"(?:Loven|Lova|Lovendringene|Lovendringane|Endringene|Endringane|Del|Delene|§|Departementet|Kongen)\b.{0,200}"
    r"(?:trer\si\skraft|trår\si\skraft|tek\stil\så\sgjelde|blir\ssett\si\skraft|gjelder\sfra|gjeld\sfrå|settes\si\skraft|overgangs(?:regler|reglar|bestemmelser))",
    re.IGNORECASE | re.DOTALL,
)


def is_lead(text: str) -> bool:
    """Whether *text* tells what to do with the law: a lead before a text, or an instruction without one.

    >>> [is_lead(t) for t in ("§ 2 b skal lyde:", "§ 5 oppheves.", "§ 5. Samarbeid", "§ 5 gjelder tilsvarende.")]
    [True, True, False, False]
    """
    opening = _OPENS.match(text)
    if opening is None:
        return False
    head = text[:600]
    if not _VERB.search(head):
        return False
    if head.rstrip().endswith(":") or re.search(r"\b(?:lyde|lyda):", head):
        return True
    heading = _SECTION_HEADING.match(text)
    if heading and heading["title"] and (heading["title"][0].isupper() or heading["title"][0] == "("):
        return False  # "§ 5. Vedtaket oppheves når …", "§ 5. (Opphevet)": content
    first = re.split(r"(?<=[a-zæøå»\"0-9])\.\s+(?=[A-ZÆØÅ§])", text)[0]
    # An instruction without text is short and has its verb in the first sentence; a rule has conditions after it.
    return (
        len(first) <= 400
        and bool(_VERB.search(first))
        and not re.search(r"\b(?:dersom|hvis|når|med\smindre|viss|dersom)\b", first)
    )


def section_heading(text: str) -> tuple[str, str] | None:
    """``§ 2 b. Samarbeid og samordning`` as (``§ 2 b.``, ``Samarbeid og samordning``); None for what is no such heading."""
    match = _SECTION_HEADING.match(text)
    if match is None or is_lead(text):
        return None
    title = match["title"]
    if not match["stop"] and title and not (title[0].isupper() or title[0] in "(«"):
        return None  # "§ 5 gjelder tilsvarende"
    if re.match(r"(?:første|andre|annet|tredje|fjerde|femte)\s(?:ledd|punktum)", title, re.IGNORECASE):
        return None
    return f"§ {match['number']}{match['stop']}", title


def is_chapter_heading(text: str) -> bool:
    """``Kapittel 5 A. Samarbeid``: a heading that an instruction puts in, not an instruction."""
    return bool(_CHAPTER_HEADING.match(text)) and not is_lead(text)


def roman_part(text: str) -> str | None:
    """``II`` of a line that is a roman part of an amending act; None for others."""
    match = _ROMAN_PART.fullmatch(text.strip())
    return match["roman"] if match else None


def is_opening(text: str) -> bool:
    """Whether *text* names the act that is to be changed: ``I lov 17. juni 2005 nr. 64 … gjøres følgende endringer:``."""
    return bool(_OPENING.match(text)) and is_lead(text)


def is_commencement(text: str) -> bool:
    """``Loven trer i kraft straks.`` and its like."""
    return bool(_COMMENCEMENT.match(text))
