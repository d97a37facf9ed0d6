"""The forms that the words of a note of amendment take, for `lovdata_ingest.notes`: one pattern each, verbose."""

from __future__ import annotations

import re
from typing import Literal

Action = Literal[
    "changed",      # endret, endra
    "added",        # tilføyd, føyd til
    "repealed",     # opphevet, oppheva
    "moved",        # flyttet hit, endret paragrafnummer
    "in_force",     # the section's own commencement: "Ikr. 1 juli 2001 iflg. res. …"
    "corresponds",  # svarer til tidligere § …
    "see",          # jf., se: what that is only pointed to
    "unread",       # words that were not understood: see `remainder` and `reason`
]  # fmt: skip

MONTHS = ("jan", "feb", "mar", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "des")
FLAGS = re.VERBOSE | re.IGNORECASE

DATE = rf"(?P<day>\d{{1,2}})\.? \s? (?P<month>{'|'.join(MONTHS)})[a-zé]*\.? \s? (?P<year>\d{{4}})(?!\d)"
NUMBER = r",?\s? (?: nr\.? \s? (?P<number>\d+) )"
INSTRUMENT = r"""
    (?: grunnlovs(?:vedtak|bestemmelser?|føresegn)a? | endringslov(?:er|a|en)? | lov(?:er|ene|ane|en|a)?
        | provisorisk\s(?:lov|anordning)
      | (?:kgl\.?\s? | kronpr(?:insreg)?\.?\s?)?res\.? | resolusjon(?:er|ar)?
      | (?:delegerings|ikrafttredelses|ikraftsettings|ikraftsetjings|stortings|odelstings|stadfestings)?vedtak
        | stortingsbeslutning
      | (?:ikrafttredelses|endrings)?forskrift(?:er|en|a)? | forskr\.? | meddelelser? | melding
        | kunngj[øo]ring(?:er)? | kunngjering
      | fastsettelse | bestemmelser? | (?:endrings)?over(?:ens|eins)komst(?:er)? | (?:endrings|justerings)?avtaler?
      | (?:tilleggs|endrings)?protokoll(?:er)? | noteveksling(?:er)? | brev | skriv )"""

VERBS: dict[str, Action] = {
    "endret": "changed", "endra": "changed", "endres": "changed", "endrast": "changed", "amended": "changed",
    "tilføyd": "added", "tilføyet": "added", "tilføydd": "added", "tilføyes": "added", "føyd til": "added",
    "føydd til": "added", "føyes til": "added", "føyast til": "added", "innsatt": "added", "innført": "added",
    "opphevet": "repealed", "oppheva": "repealed", "opphevd": "repealed", "oppheves": "repealed",
    "opphevast": "repealed", "flyttet": "moved", "flytta": "moved", "flyttes": "moved",
}  # fmt: skip
VERB = "|".join(verb.replace(" ", r"\s") for verb in sorted(VERBS, key=len, reverse=True))
ORDINAL = (
    "første|fyrste|andre|annet|annen|tredje|fjerde|femte|sjette|sjuende|syvende|åttende|niende|tiende|siste|nytt|ny"
)
OBJECT = rf"""
    (?: (?:kapit(?:tel|el)|paragraf|del|artikkel|avsnitts)(?:nummeret|nummer|nummereringen|tittel)
      | (?:del|kapit(?:tel|let)s?|(?:under)?avsnitts?|paragraf|vedleggs?|bolk|under|mellom)?-?overskrift(?:en|a|ene)?
      | kapit(?:let|telet|tel|la)(?:\smed\s§§?\s?[\w-]+(?:\s(?:til|og)\s§?\s?[\w-]+)?)?
        | kap\.? (?:\s\d+(?:\s[A-Z])?)?
      | del(?:en)?(?:\s[IVX\d]+\b)? | forordning(?:en)? | artikkel(?:en)? | endring(?:en)?
        | (?:nye?\s)?(?:\w+\s)?del\smed\s[^.()]*? | punkt\s\d+
       | paragraf(?:en)? | tittel(?:en)? | vedlegg(?:et)? | (?:under)?avsnitt(?:et)?
      | (?:{ORDINAL})\s(?:og\s\w+\s)?(?:ledd|punktum) | §\s?[\w-]+(?:\s[a-z])? )"""
PLACE = r"§§?\s?\d[\w-]*(?:\s[A-Z]?[-\d]*[a-zæøå]?(?=[\s,.;)]|$))?"

# "Tilføyd ved", "Overskriften endret ved", "Vert endra ved", "Føyd til med", "tilføyd igjen ved"
ACTION = re.compile(
    rf"""(?: (?P<object> {OBJECT} (?: (?:\s?,|\sog)\s{OBJECT} )* ) \s )?
         (?: (?P<auxiliary> blir|vert|ble|vart|blei|er) \s )?
         (?: (?P<first> endret|endra ) \sog\s )?
         (?P<verb> {VERB} )
         (?P<adverb> (?: \s (?: igjen | att | på\sny(?:tt)? | i\ss[ij]n?\shei?lhe[ti]t? | i\sheilskap
         | midlertidig | hit | her
              | (?:hit\s)?(?:som|fr[aå]|til)\s(?:tidligere\s)?{PLACE} | til\s\w+\sdel\smed\s[^.()]*? ) )* )
         \s (?: ved | med | av | gjennom | iflg\.? | by )  (?=\s)""",
    FLAGS,
)  # fmt: skip
# "lov 17 juni 2005 nr. 90", "20. juni 2025 nr. 1328" in a list, "grunnlovsvedtak 18 nov 1905"
ACT = re.compile(
    rf"""(?: (?P<instrument>{INSTRUMENT}) \s
        (?:(?:av|om|fra|den|(?:fra|frå|til)\s\w+departementet)\s)? )? {DATE} (?: {NUMBER} )?""",
    FLAGS,
)
# "9 juni 1978 nr. 49 og 50": another act of the same day
SAME_DAY = re.compile(r"(?:nr\.\s?)?(?P<number>\d{1,4})(?=\s?(?:[,(]|\.?$|\.\s[A-ZÆØÅ])|\s(?:og|som)\s)")
OTHER_ACT = re.compile(  # treaties and regulations without a date
    rf"""(?P<instrument>{INSTRUMENT} | frd\. | Protocol) \s (?P<name> nr\.\s\d+\stil\s\w+ | \d+/\d{{4}}
        | nr\.\s?\d+ | No\.\s\d+(?:\sof\s\d+\s\w+\s\d{{4}})? )""",
    FLAGS,
)
# after an act: "8 juni 1962 nr. 4 § 21", "lov 19 juni 2015 nr. 65 del II"
PART = re.compile(
    r"""\s (?P<part> (?:del|avsnitt|avd\.?|kap\.?|kapittel|pkt\.?|punkt|nr\.?)\s[IVX\d]+\b
        (?:\s(?:nr|pkt|punkt)\.?\s?\d+)? | [IVX]+\b (?:\s(?:nr|pkt|punkt)\.?\s?\d+)?
        | §§?\s?\d[\w-]*(?:\s[a-z]\b)?(?:\s(?:til|og)\s\d[\w-]*)?(?:\s(?:nr|pkt|punkt)\.?\s?\d+)? )""",
    re.VERBOSE,
)  # fmt: skip
# "som endret ved", "endring endret ved"
CHANGED_BY = re.compile(
    r"""(?: som\s(?:ble\s|vart\s)? | (?:den\s|denne\s)?endring(?:a|en|ene|ane|slova|sloven)?\s(?:er\s|ble\s)?
        | ikrafttredelse(?:n|sdato(?:en)?)?\s | ikraftsetjing\s )
        (?:sist\s)? (?:endret|endra|endring|opphevet|oppheva|retta|rettet|utsatt|tilføyd) \s (?:i\skraft\s)?
        (?:ved|med|gjennom|iflg\.?) (?=\s)""",
    FLAGS,
)  # fmt: skip
# "ikr. 1 jan 2008", "i kraft fra"
WHEN = re.compile(
    r"""(?: (?:tr(?:er|ådte|ått|eng)\s)? (?: i\s?kr(?:aft|\.) | ikr(?:aft)?\.? ) | iverksatt | gjeldende
        | satt\si\skraft | sett\si\skraft )
        (?: \s (?: fra | frå | f\.?\s?o\.?\s?m\.? | tr\. | delvis | straks | på | og\smed | hhv\.?
        | henholdsvis ) )* (?=[\s,)]|$)""",
    FLAGS,
)  # fmt: skip
# "fra den tid Kongen bestemmer", "samtidig som …"
OPEN = re.compile(
    r"""(?: (?:fra|frå) \s)? (?:den\s)? (?:(?:tid|tida|tiden|til|dato|dag|tidspunkt(?:et)?)\s)?
        (?:Kongen|departementet|Stortinget)\s(?:i\sstatsråd\s)?(?:bestemmer|fastset|bestemmar|fastsetter|avgjer)(?:\sdet)?
      | (?:(?:fra|frå)\s(?:den|det|same|samme)\s(?:tid|tida|tiden|tidspunkt(?:et)?) | samtidig\s(?:som|med))
        \s [^,;()]+? (?=\siflg|[,;()])""",
    FLAGS,
)  # fmt: skip
# "iflg. res.", "kunngjort med res."
DECIDED = re.compile(
    rf"""(?: iflg\.? | ifølge | ifgl\.? | ifl\.? | i\sfølge | etter
        | jf\.?r?\.? (?=\s(?:res|forskr|lov\s|vedtak)) | kunngjort (?:\s(?:ved|med|i))?
        | ved (?=\s{INSTRUMENT}\s\d) | med (?=\s{INSTRUMENT}\s\d) ) (?=\s)""",
    FLAGS,
)
# "tidligere § 21", "endret paragrafnummer fra § 11-11", "Svarer til tidligere § 33"
FORMER = re.compile(
    r"""(?: (?:(?:jf\.?\s)?(?:tidligere|tidlegare|tidligare|tidl\.))
        | (?:som\s)?endr(?:et|a)\s
          (?:(?:paragraf|kapittel|artikkel|avsnitts)?(?:nummer(?:ering|et)?|tall?et|tal)\s|kap\.?\s)?
          fr[aå](?:\stidligere)?
        | flytt(?:et|a)\s(?:hit\s)?fr[aå]
          | omnummerert\sfra | svarer\stil(?:\stidligere)? | (?:tidligere\s)?nummerert\ssom
          | paragrafnummer\sendr(?:et|a)\sfr[aå]) \s
        (?P<numbers> (?: §§?\s? | kap(?:ittel|itlet|\.)?\s | del\s | bolk\s | avsnitt\s | paragraf\s | nr\.\s
        | art(?:ikkel|\.)?\s
        | (?=\d|[IVX]+\b) ) (?:\d[\w-]*+|[IVX]++\b|[A-Z]\b) (?:\s(?:[A-Z]-\d+|[A-ZÆØÅ]|[a-zæøå])(?=[\s,.;)]|$))?
          (?: (?:\s?,\s|\sog\s|\stil\s|\s?–\s?) (?:§§?\s?)? \d[\w-]*+ (?:\s[a-zæøå](?=[\s,.;)]|$))?+
          (?!\s?(?:jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)) )*
          (?: \s(?:\w+\s(?:ledd|punktum)|(?:bokstav|nr\.?)\s\w+) )* )""",
    FLAGS,
)  # fmt: skip
MOVED_AWAY = re.compile(  # of the section that stood here before, not of this one
    rf"""(?: tidligere | tidlegare | (?:innhaldet|innholdet)\si\stidleg?\w+ ) \s (?: {PLACE}
        | (?:kap(?:ittel|\.)?|del)\s[\dIVX]+ )
         \s (?: endr(?:et|a)\s(?:paragraf|kapittel)?nummer\stil | er\s(?:nå|no)
         | (?:står|blir|vart|ble)(?:\s(?:nå|no))?(?:\si)? | flytt(?:et|a)\stil ) \s (?: {PLACE}
         | (?:kap(?:ittel|\.)?|del)\s[\dIVX]+ )
       | (?: blir | er\s(?:nå|no) | endr(?:et|a)\s(?:paragraf|kapittel)nummer\stil
        | flytt(?:et|a)\stil ) \s (?: {PLACE} | (?:kap(?:ittel|\.)?|del)\s[\dIVX]+ )""",
    FLAGS,
)  # fmt: skip
# "med virkning fra inntektsåret 2024", "f o m inntektsåret 2000"
EFFECT = re.compile(
    r"""(?:og\s|men\s)? (?: (?:med|gis|gitt|får)\s(?:virkning|verknad) | f\.?\s?o\.?\s?m\.? | fra\sog\smed
        | frå\sog\smed | første\sgang | gjelder\s(?:fra|frå)
        | t\.?\s?o\.?\s?m\.? | til\sog\smed
        | (?:fra|for|frå)\s(?:inntekts|skatte|eigedomsskatte|regnskaps|skole)år(?:et)?
        | virkning\sfra ) (?=\s) (?P<effect>[^,;()]*)""",
    FLAGS,
)  # fmt: skip
# words up to a comma, but past the commas of "første, tredje og fjerde ledd"
# a comma that goes on an enumeration of ledd, letters and sections, not one before the next fact
_GOES_ON = rf"\s(?:\(\d+\)|{ORDINAL}|bokstav|nr\.|og|§|[a-hj-zæø])(?:[\s,):]|\b[–-]|$)"
SCOPED = rf"(?: [^,;()] | \(\d+\) | ,(?={_GOES_ON}) )+?"
SCOPE = re.compile(
    rf"""(?:
            (?: gjelder|gjeld|for|bare|berre|kun|unntatt|unnateke|unnatatt|når\sdet\sgjelder|med\s(?:unntak|unnatak)
              | bortsett\sfra|med\sunntak\sav ) \s {SCOPED}
            (?=\s(?:iflg|ikr|i\skraft\s\d|fra\s\d|tidligere\s§)|,(?!{_GOES_ON})|[;)]|\s\((?!\d+\))|\.?$)
          | (?:bare\s)? (?: (?:{ORDINAL}|bokstav|nr\.|resten\sav|øvrige|deler\sav)\s {SCOPED} | \(\d+\) (?:{SCOPED})?? )
          (?=\s(?:iflg|ikr|i\skraft\s\d|fra\s\d)|,(?!{_GOES_ON})|[;)]|\s\((?!\d+\))|\.?$) )""",
    FLAGS,
)  # fmt: skip
# "se endringslovens del XII for overgangsregler"
REMARK = re.compile(
    r"""(?: (?:men\s)?se | (?:men\s)?sjå | jf\.?r?\.? | overgangs\w+ | med\sovergangs\w+ | for\sovergangs\w+
        | kap(?:\.|itlet|ittel|ittelet)?\sendr(?:et|a)\si
          | midlertidig | mellombels | opphører | opphørte | innførte | (?:\w+\s)?ledd\sopphørte | opph\.
          | endring(?:a|en)\s(?:er\s)?midlertidig | første\sgang ) (?=[\s,);]|$) [^;()]*?(?= , \s (?: tidl | ikr
          | i\skraft | endring\sendr | med\svirkn | gjeld | endret\sparagraf ) | [;()] | $ )""",
    FLAGS,
)  # fmt: skip
LEDD = re.compile(r"\(\d+\)")
SPACE_OR_THE = re.compile(r"\s+(?:den\s)?(?=\S)")
DAY = re.compile(DATE, FLAGS)
BEFORE_DECIDER = re.compile(
    r"^(?:(?:fra|frå)\s)?(?:den\s)?(?:tid\w*|til|dato|dag)\s(?=Kongen|departementet|Stortinget)"
)
LINKED_ACT = re.compile(r"(?:lov|forskrift)/\d{4}-\d{2}-\d{2}(?:-\d+)?")
JOIN = re.compile(
    r"(?:[\s,;–—]+|-(?=\s)|(?:og|samt|so|men|deretter|seinare|senere|sist|så|m\.fl\.)(?=[\s,)]))+", re.IGNORECASE
)
REST = re.compile(r"[^,;()]*?(?=[,;()]|\.\s+(?=[A-ZÆØÅ–])|\.?$)")
PENDING = re.compile(
    r"(?:blir|vert)\s|(?:endres|endrast|tilføyes|føyes|føyast|oppheves|opphevast|flyttes)\b", re.IGNORECASE
)
