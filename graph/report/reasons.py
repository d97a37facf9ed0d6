"""The engine's reasons in bokmål: it gives them in English, as the JSON does; a reader of a report gets them in her language."""

from __future__ import annotations

import re
from typing import Literal

_PHRASES: tuple[tuple[str, str], ...] = (
    (r"(lov/\S+) is not loaded", r"\1 er ikke lastet inn"),
    (r"(§ .+?) is to be changed but does not exist; added", r"\1 skal endres, men finnes ikke; lagt til"),
    (r"(.+?) is called new but exists; replaced", r"\1 kalles ny, men finnes; erstattet"),
    (r"(.+?) is called new but exists; the old one is left after it", r"\1 kalles ny, men finnes; den gamle står etter den"),
    (r"(§ .+?) does not exist", r"\1 finnes ikke"),
    (r"(§ .+?) exists already", r"\1 finnes allerede"),
    (r"(§ .+? ledd \d+) was already written by this act; the later text stands",
     r"\1 er allerede skrevet av samme forslag; den siste teksten gjelder"),
    (r"(§ .+?) was already moved or written by this act", r"\1 er allerede flyttet eller skrevet av samme forslag"),
    (r"(\S+/§\S+|§ .+?|there are|lov/\S+) has no (§ \S+(?: [a-z])?)", r"\1 har ingen \2"),
    (r"(\S+|§ .+?) has no ledd/(\d+)", r"\1 har ikke ledd \2"),
    (r"(\S+|§ .+?) has no list", r"\1 har ingen liste"),
    (r"(\S+|§ .+?) has no text", r"\1 har ingen tekst"),
    (r"(?:there are|(\S+|§ .+?) has) (\d+) ledd, no number (\S+)", r"\1 har \2 ledd, ikke noe nummer \3"),
    (r"(?:there are|(\S+|§ .+?) has) (\d+) ledd[,;] a new number (\S+) (?:would leave a gap|cannot be placed)",
     r"\1 har \2 ledd; et nytt nummer \3 ville gitt et hull"),
    (r"the text has (\d+) sentences, no number (\S+)", r"teksten har \1 punktum, ikke noe nummer \2"),
    (r"no (bokstav|nr\.|nummer|strek) (\S+) (?:there|in the list)", r"det er ingen \1 \2 der"),
    (r"no sentence (\S+)", r"det er ikke noe punktum nummer \1"),
    (r"(.+?): no such chapter, or two", r"\1: kapittelet finnes ikke, eller det er to"),
    (r"(.+?): the two ranges do not have the same count", r"\1: de to rekkene er ikke like lange"),
    (r"no new text came with the instruction", "det fulgte ingen ny tekst med instruksen"),
    (r"the words to replace were not found(?: in|:) ?", "ordene som skal byttes ut, ble ikke funnet: "),
    (r"the act that it changes is not named", "loven som skal endres, er ikke nevnt"),
    (r"an instruction, but no act is named before it", "en instruks, men ingen lov er nevnt før den"),
    (r"the new text holds (§ .+?), which the lead does not name", r"den nye teksten har \1, som instruksen ikke nevner"),
    (r"the new text is headed (§ .+?), the lead names (§ .+)", r"den nye teksten har overskriften \1, instruksen sier \2"),
    (r"a paragraph of the new text reads like an instruction", "et avsnitt i den nye teksten ligner en instruks"),
    (r"(\d+) blocks stand outside the sections(?: of the chapter)?", r"\1 avsnitt står utenfor paragrafene"),
    (r"(\d+) paragraphs of new text for one ledd", r"\1 avsnitt ny tekst for ett ledd"),
    (r"new text: ", "ny tekst: "),
    (r"the provision was repealed, and another stands at its address", "bestemmelsen er opphevet, og en annen står på dens plass"),
    (r"the provision now stands at (\S+)", r"bestemmelsen står nå i \1"),
    (r"not in force before (\S+)", r"ikke i kraft før \1"),
    (r"which heading is meant is not told", "det er ikke sagt hvilken overskrift som menes"),
    (r"(\d+) places? becomes? (\d+)", r"\1 steder skal bli \2"),
    (r"in force for a time only", "i kraft bare en tid"),
    (r"words of the lead not understood", "ord i instruksen er ikke forstått"),
    (r"places not understood", "steder som ikke er forstått"),
    (r"the moved ledd is not found as ledd (\d+)", r"leddet som flyttes, er ikke funnet som ledd \1"),
    (r"the moved ledd was not found as ledd (\d+) after the other changes; it was put there",
     r"leddet som flyttes, sto ikke som ledd \1 etter de andre endringene; det er satt der"),
    (r"(\d+) ledd that no instruction names went out, for the moves leave no place for them",
     r"\1 ledd som ingen instruks nevner, er tatt ut, for flyttingene levner ingen plass til dem"),
    (r"ledd (\d+) is called new; the old one was put after it, which no instruction of the act says",
     r"ledd \1 kalles nytt; det gamle er satt etter det, men ingen instruks sier det"),
    (r"the new text stands as (§ .+? )?(ledd|sentence) (\d+) already", r"den nye teksten står der allerede"),
    (r"not repealed: ", "ikke opphevet: "),
    (r"«(.+?)» was replaced too, though another form is named", r"«\1» er også byttet ut, enda en annen form er nevnt"),
    (r"(\S+), passed later, had changed this place before", r"\1, vedtatt senere, hadde endret dette stedet før"),
    (r"the lead's move and its new text are dated apart", "flyttingen og den nye teksten i instruksen har ulik dato"),
    (r"the decision is older than the act", "vedtaket er eldre enn loven"),
    (r"the sentences moved are those of the old text, which this act writes anew",
     "punktumene som flyttes, er tatt fra den gamle teksten, som samme lov skriver på nytt"),
    (r"no clause and no decision found", "verken bestemmelse eller vedtak om ikrafttredelse er funnet"),
    (r"(\d+) sentences are named, (\d+) stand in the new text", r"\1 punktum er nevnt, \2 står i den nye teksten"),
    (r"the new text holds a section that the lead does not name", "den nye teksten har en paragraf som instruksen ikke nevner"),
    (r"a heading stands in the new text of a (section|ledd)", "en overskrift står i den nye teksten"),
    (r"the chapter is called new but exists; replaced", "kapittelet kalles nytt, men finnes; erstattet"),
    (r"(bokstav|nr\.|nummer|strek) (\S+) is new, but there is no \1 (\S+)", r"\1 \2 er ny, men det er ingen \1 \3"),
    (r"(\d+) (?:more )?items of new text", r"\1 punkter ny tekst"),
    (r"(\d+) blocks of new text for one heading", r"\1 avsnitt ny tekst for én overskrift"),
    (r"(§ .+?) was written by this same act and is repealed by it", r"\1 er skrevet av samme lov og oppheves av den"),
    (r"ledd (\S+) counted after other changes of this act", r"ledd \1 er talt etter andre endringer i samme lov"),
    (r"new ledd came with a heading only; left out", "nytt ledd kom med bare en overskrift; utelatt"),
    (r"new text before the first numbered heading of the chapters", "ny tekst før den første nummererte overskriften"),
    (r"no words to take out were found below the lead", "ingen ord å ta ut ble funnet under instruksen"),
    (r"the act that is to be changed is not known by that name", "ingen innlastet lov har det navnet"),
    (r"not in force by then: in force from (\S+)", r"ikke i kraft da: i kraft fra \1"),
    (r"not in force by then: no date of commencement known", "ikke i kraft da: ingen dato for ikrafttredelse er kjent"),
    (r"(.+?) was passed on (\S+), after (\S+)", r"\1 ble vedtatt \2, etter \3"),
    (r"(.+?): promulgated before the gazette at hand begins; it can be given from its last change on only",
     r"\1: kunngjort før Lovtidend i kildene begynner; den kan bare gis fra siste endring"),
)  # fmt: skip
_PATTERNS = tuple((re.compile(pattern), words) for pattern, words in _PHRASES)


def reason_in(reason: str, lang: Literal["nb", "en"]) -> str:
    """The reason in the language of the report; words that are not known stay as they are.

    >>> reason_in("§ 99 does not exist", "nb"), reason_in("§ 3 a has 2 ledd, no number 5", "nb")
    ('§ 99 finnes ikke', '§ 3 a har 2 ledd, ikke noe nummer 5')
    """
    if lang == "en":
        return reason
    for pattern, words in _PATTERNS:
        reason = pattern.sub(words, reason)
    return reason
