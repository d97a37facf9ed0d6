"""The parts of a written reference: numbers, ordinals, units and lists, read at a given place of a text.

Everything here looks at the words alone; which act is meant, and whether the place exists, is decided later.
"""

from __future__ import annotations

import re

ORDINALS: dict[str, int] = {
    word: value
    for value, words in {
        1: "første fyrste fyrst 1ste",
        2: "annet annen andre anna annan anden andet 2det 2den 2net",
        3: "tredje 3dje",
        4: "fjerde 4de",
        5: "femte 5te",
        6: "sjette 6te",
        7: "sjuende sjuande syvende 7de",
        8: "åttende åttande ottende 8de",
        9: "niende niande 9de",
        10: "tiende tiande 10de",
        11: "ellevte ellevde 11te",
        12: "tolvte tolvde",
        13: "trettende trettande",
        14: "fjortende fjortande",
        15: "femtende femtande",
        -1: "siste sist",
    }.items()
    for word in words.split()
}
MONTHS: dict[str, int] = {
    word: value
    for value, words in {
        1: "januar jan", 2: "februar feb", 3: "mars marts mar", 4: "april apr", 5: "mai maj", 6: "juni jun",
        7: "juli jul", 8: "august aug", 9: "september sept sep", 10: "oktober october okt", 11: "november nov",
        12: "desember december des",
    }.items()
    for word in words.split()
}  # fmt: skip

_ORD_WORDS = "|".join(sorted(ORDINALS, key=len, reverse=True))
_AND = r"(?:\s*,?\s*(?:og/eller|og|eller|samt|respektive|hhv\.|henholdsvis|til og med|til|jf\.|jf|både)\s+|\s*,\s*|\s*[–-]\s*|\s*/\s*)"
UNIT_WORDS: dict[str, str] = {
    **dict.fromkeys("ledd leddet leddene ledda leddets led ledet leddene leddene leden lekk lekken stykke stykket stk".split(), "ledd"),
    **dict.fromkeys("punktum punktumet punktuma punktumene punktums pkt setning setningen setninga setningene setningane".split(), "setning"),
    **dict.fromkeys("straffalternativ straffalternativet strafalternativ straffealternativ straffealternativet".split(), "straffalternativ"),
    **dict.fromkeys("strekpunkt strekpunktet strek".split(), "strek"),
}  # fmt: skip
_UNITS = "|".join(sorted(UNIT_WORDS, key=len, reverse=True))

# "første, annet og tredje ledd", "1. og 2. punktum", "annet til fjerde ledd"
_ORD = rf"(?:(?:nest\s+)?(?:{_ORD_WORDS})|\d{{1,2}}\.?)"
ORD_LIST = re.compile(
    rf"(?P<list>{_ORD}(?:{_AND}(?:i\s+)?{_ORD})*)\s*(?:\((?:nr\.?)?\s*\d\)\s*)?(?P<unit>{_UNITS})(?![\wæøå](?<!n)|n(?!r\.))",
    re.IGNORECASE,
)
ORD_ITEM = re.compile(rf"(?P<word>(?:nest\s+)?(?:{_ORD_WORDS}))(?!\w)|(?P<digit>\d{{1,2}})\.?(?!\d)", re.IGNORECASE)
RANGE_WORD = re.compile(r"^\s*,?\s*(?:til(?:\s+og\s+med)?|t\.o\.m\.|[–-])\s*$")
UNIT_DIGIT = re.compile(r"(?:ledd|punktum)\s+(\d{1,2})(?![\w-])")
PAREN_LEDD = re.compile(r"\((\d{1,2})\)")

LETTER_WORD = re.compile(r"(?:bokstav(?:ene|ane|en|ar|er|a)?|bokst\.|litra|litera|lit\.|alternativ)\s*", re.IGNORECASE)
LETTER_POINT = re.compile(r"(?:punkt|pkt\.?|post|nr\.)\s+(?=[a-zæøå]\)?(?![\wæøå]))", re.IGNORECASE)
LETTER = re.compile(r"([a-zæøå]{1,2}|[A-ZÆØÅ])\)?(?![\wæøåÆØÅ])")
LETTER_SEP = re.compile(
    r"(?:\s*,\s*(?:og|eller|samt)?\s*|\s+(?:og/eller|og|eller|samt|til og med|til)\s+|\s*[–-]\s*|\s*/\s*)(?:bokstav(?:ene|ane)?\s+|litra\s+)?"
)
NUMBER_WORD = re.compile(
    r"(?:nr\.?|nummer(?:a|et)?|numra|numrene|no\.|post(?:ene)?|pkt\.?|punkt(?:ene)?)\s*(?=\d)", re.IGNORECASE
)
SUBNUMBER = re.compile(r"(\d{1,3})(?:\s?([a-zæøå])(?![\w)]))?(?![\d])")
SUBNUMBER_SEP = re.compile(
    r"(?:\s*,\s*(?:og|eller|samt)?\s*|\s+(?:og/eller|og|eller|samt|til og med|til)\s+|\s*[–-]\s*)(?:(?:nr\.?|nummer|post|pkt\.)\s*)?(?=\d)"
)

# Section numbers: 3, 3-4, 8-1-11, 2 A-1, 12 A; the letter after it is read apart.
SECTION_NUMBER = re.compile(
    r"(\d{1,4})(?!\d)(?:\s?([A-ZÆØÅ](?=\s?-\s?\d)|[a-z](?=-\d)))?((?:\s?-\s?(?:\d{1,3})(?![\d])|–\d{1,3}(?!\d))*)"
)
SECTION_CAPITAL = re.compile(r"\s?([A-ZÆØÅ])(?![\wÆØÅæøå-])")
SECTION_LETTER = re.compile(r"\s?([a-zæøå])(?![\wæøå])")
SECTION_SEP = re.compile(
    r"(?:\s*[,;]\s*(?:og|eller|samt|jf\.?|jfr\.?|til)?\s*|\s+(?:og/eller|og|eller|samt|til og med|til|t\.o\.m\.|hhv\.|henholdsvis|resp\.|respektive|jf\.?|jfr\.?|sammenholdt med|mot|med)\s+"
    r"|\s*[–-]\s*|\s*/\s*|\s+)(?:(?:og|av|fra|frå|etter|til|i)\s+)?(?=\d)"
)
SECTION_RANGE = re.compile(r"^\s*,?\s*(?:til(?:\s+og\s+med)?|t\.o\.m\.|[–-])\s*$")
NOT_A_SECTION = re.compile(
    r"\s*(?:(?:dag|døgn|uke|veke|mån|år(?:et|a|s|ene)?(?![a-zæøå])|aar|tim|minutt|prosent|pst|promille|kroner|kr(?![a-zæøå])|øre(?![a-zæøå])"
    r"|meter|m(?![a-zæøå])|cm|mm|km|kilo|mil(?![a-zæøå])|kg|gram|tonn|liter|person|medlem|gang|gong|poeng|stykk|grader|million|milliard)"
    rf"|[%°‰]|\.\d|,\d|\.?\s*(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![a-zæøå])|\.\s*(?:{_UNITS})(?![a-zæøå])"
    r"|ste\b|de\b|dje\b|/\d|-[a-zæøå])",
    re.IGNORECASE,
)

CHAPTER_WORD = re.compile(
    r"kap(?:itt?e?l(?:et|a|ene|s|ets)?|itlene|itla|itlet|itler|itlets|itlenes|it?tla|\.)?\s*(?=[\dIVXLC]|[A-Z](?![\wæøå]))",
    re.IGNORECASE,
)
CHAPTER_NUMBER = re.compile(
    r"(?:(\d{1,3})|([IVXLC]{1,6})(?![\wæøå])|([A-H])(?![\wæøå]))(?!\d)(?:\s?([A-Za-z])(?![\wæøå-]))?"
)
CHAPTER_SEP = re.compile(
    r"(?:\s*\([^()§]{3,120}\))?(?:\s*,\s*(?:og|eller|samt)?\s*|\s+(?:og/eller|og|eller|samt|til og med|til|jf\.?)\s+|\s*[–-]\s*)"
    r"(?:(?:kapittel|kapitlet|kap\.?)\s+)?(?=\d|[IVXLC]+(?![\wæøå]))"
)
PART = re.compile(r"del(?:en)?\s+(\d{1,2}|[IVX]{1,5}|[A-H])(?![\wæøå])", re.IGNORECASE)
ARTICLE = re.compile(r"(?:artikk?el(?:en)?|artik(?:lene|lane|ler|lar|la)|art\.?)\s+(?=\d)", re.IGNORECASE)
ARTICLE_NUMBER = re.compile(r"(\d{1,3})(?!\d)(?:\s?([a-z])(?![\wæøå]))?")

DAY = re.compile(r"(\d{1,2})(?:\.|de|te|dje|ste|den)?\s*$")
YEAR = re.compile(r"\.?,?\s+(\d{4})(?!\d)")
ACT_NUMBER = re.compile(r",?\s*(?:nr\.?|no\.?|nummer|n[ro]\.)\s*(\d{1,5})(?![\d-])", re.IGNORECASE)
DATED_AFTER_NAME = re.compile(
    rf",?\s*(?P<open>\()?\s*(?:lov\s+)?(?:av|fra|frå)?\s*(?:(?P<day>\d{{1,2}})\.?\s*(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\.?\s+)?"
    r"(?P<year>1[6-9]\d\d|20\d\d)(?![\d-])(?:,?\s*(?:nr|no)\.?\s*(?P<number>\d{1,5})(?!\d))?(?(open)\s*\))",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(
    r"(?<!\bnr)(?<!\bjf)(?<!\bjfr)(?<!\bkap)(?<!\bart)(?<!\bmv)(?<!m\.v)(?<!m\.m)(?<!\bpkt)(?<!bl\.a)(?<!f\.eks)(?<!\bkgl)(?<!\bres)"
    r"(?<!\bnrk)(?<!\bno)(?<!o\.l)(?<!m\.fl)(?<!\bstk)(?<!\blit)[.!?][»\")]*\s+(?=[A-ZÆØÅ§«(])"
)
EU_NUMBER = re.compile(
    r"""(?P<kind>forordning(?:en|a|ens)?|direktiv(?:et|ets)?|rådsdirektiv|kommisjonsforordning|rammebeslutning|beslutning(?:en)?|vedtak|avgjerd)?
        \s*(?:(?:\((?P<org>EU|EF|EØF)\)\s*(?:nr\.?\s*)?(?P<a>\d{1,4})/(?P<b>\d{1,4}))
          |(?:(?:nr\.?\s*)?(?P<c>\d{2,4})/(?P<d>\d{1,4})/(?P<org2>EU|EF|EØF|JIS)))""",
    re.VERBOSE | re.IGNORECASE,
)
EXTERNAL_HEAD = (
    r"(?:avtal|vedtekt|konvensjon|traktat|overen[s]?komst|stortingsvedtak|forskrift|reglement|instruks|protokoll|kontrakt"
    r"|direktiv|forordning|resolusjon|statutt|tariff|skjøte|pakt|charter|forretningsorden|fellesregler|kunngj)"
)
EXTERNAL_AFTER = re.compile(
    rf"\s*,?\s*(?:i|av|etter|til|under)\s+(?:(?:den|denne|det|dei|de|nevnte|samme|same|gjeldende|kongelig|kgl\.|[A-ZÆØÅ][\wæøå]*s)\s+)*[\wæøåÆØÅ-]*?{EXTERNAL_HEAD}[\wæøå]*",
    re.IGNORECASE,
)
EXTERNAL_BEFORE = re.compile(
    rf"[\wæøåÆØÅ-]*{EXTERNAL_HEAD}[\wæøå]*s?\s*,?\s*(?:av\s+[\d.]+\s+\w+\s+\d{{4}}\s*)?$", re.IGNORECASE
)


def ordinal(word: str) -> int:
    """The value of an ordinal; -1 for the last, -2 for the last but one."""
    word = " ".join(word.lower().split())
    if word.startswith("nest "):
        return -2
    if word.rstrip(".").isdigit():
        return int(word.rstrip("."))
    return ORDINALS[word]
