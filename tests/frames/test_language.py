"""Classes of wording that acts unseen before showed, each in sentences of no act."""

from __future__ import annotations

import pytest

from duties.named_acts import actors_of_acts
from tests.frames.law import found, traces

SHARING, PERSON, COOPERATION = "information_sharing", "information_to_person", "cooperation"
SECRECY, PLAN, COORDINATION, AGREEMENT = "confidentiality", "individual_plan", "coordination", "cooperation_agreement"


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        # recipients described in a relative clause, with and without its comma
        ("Kommunen skal gi den som søker om plass, de opplysninger vedkommende trenger.", (PERSON, "duty", "kommune", "person")),
        ("Kommunen skal gi den som har klaget informasjon om saken.", (PERSON, "duty", "kommune", "person")),
        ("Avviser kommunen saken, skal den som har henvendt seg gis underretning.", (PERSON, "duty", "", "person")),
        ("Er eleven liten, skal både eleven og foreldrene eller andre som har omsorgen informeres.", (PERSON, "duty", "", "person;foresatte")),
        ("Før eleven samtykker, skal han eller hun gjøres kjent med vilkårene.", (PERSON, "duty", "", "person")),
        # owners before the one that is told
        ("Ved ulykker skal elevens eller barnets foreldre ha informasjon om skaden.", (PERSON, "duty", "", "foresatte")),
        ("Eleven og elevens foreldre skal underrettes om saken.", (PERSON, "duty", "", "person;foresatte")),
        # the infinitive that a modal waits for
        ("Skolen kan dersom det er nødvendig kreve bistand fra politiet.", (COOPERATION, "permission", "skole", "politi")),
        ("Skolen skal som en del av arbeidet formidle kontakt med andre hjelpeinstanser.", (COOPERATION, "duty", "skole", "tjenesteytere")),
        # answers to who asks
        ("Skolen skal besvare henvendelser fra elevene.", (PERSON, "duty", "skole", "person")),
        ("Kommunen plikter å besvare henvendelser fra politiet.", (SHARING, "duty", "kommune", "politi")),
        # secrecy: such information, exchange, exceptions
        ("Taushetsplikten er ikke til hinder for at skolen og politiet utveksler opplysninger.", (SECRECY, "permission", "skole;politi", "skole;politi")),
        ("Skolen skal gi opplysninger til politiet. Taushetsplikten er ikke til hinder for at slike opplysninger gis.", (SECRECY, "permission", "skole", "politi")),
        ("Skolen har taushetsplikt om eleven. Opplysning om adresse kan likevel gis når det er ubetenkelig.", (SECRECY, "permission", "skole", "")),
        ("Statsforvalteren kan bestemme at opplysninger skal være undergitt taushetsplikt.", (SECRECY, "permission", "statsforvalter", "")),
        # rights to be told, rights to take part
        ("Eleven har rett til å få informasjon fra skolen om saken.", (PERSON, "right", "person", "skole")),
        ("Skolen leder arbeidet. Eleven har rett til å bli varslet om saken.", (PERSON, "right", "person", "skole")),
        ("Skolen rydder. Eleven har rett til å medvirke i arbeidet.", (PERSON, "right", "person", "skole")),
        # bodies and persons together are two norms
        ("Skolen skal samarbeide med foreldrene og politiet.", (COOPERATION, "duty", "skole", "politi")),
        ("Skolen skal samarbeide med foreldrene og politiet.", (PERSON, "duty", "skole", "foresatte")),
        ("Skolen skal holde kontakt med politiet og eleven.", (COOPERATION, "duty", "skole", "politi")),
        # two verbs that share out one norm; nearest recipient
        ("Skolen fører protokoll. Protokollen skal sendes politiet og forelegges kommunen.", (SHARING, "duty", "skole", "kommune;politi")),
        ("Skolen skal gi politiet opplysninger og adgang til lokalene.", (SHARING, "duty", "skole", "politi")),
        ("Skolen skal sende rapport til den faglig ansvarlige for tjenesten, politiet og kommunen.", (SHARING, "duty", "skole", "helsepersonell;politi;kommune")),
        # whose work is helped
        ("Kommunen skal lage tiltak. Politiet skal bistå ved gjennomføringen.", (COOPERATION, "duty", "politi", "kommune")),
        # plans and coordinators
        ("Barnehagen skal medvirke i kommunens arbeid med individuell plan.", (PLAN, "duty", "barnehage", "kommune")),
        ("Ved behov skal kommunen avgjere kva for ei teneste som skal ha ansvaret for samordninga.", (COORDINATION, "duty", "kommune", "")),
        ("Eleven har rett til koordinator i samsvar med spesialisthelsetjenesteloven § 1.", (COORDINATION, "right", "person", "spesialisthelsetjeneste")),
        # who gets attention passes it on; boards; officials called han
        ("Kommunen skal sørge for at de som blir oppmerksomme på slike forhold, gir politiet opplysninger.", (SHARING, "duty", "kommune;ansatte", "politi")),
        ("Når lensmannen får melding, skal han varsle kommunen.", (SHARING, "duty", "politi", "kommune")),
        ("Et av barneombudene skal varsle kommunen.", (SHARING, "duty", "ombud", "kommune")),
        ("Omsorgssentre for enslige mindreårige asylsøkere skal varsle kommunen.", (SHARING, "duty", "barnevernsinstitusjon", "kommune")),
        # two norms that one sentence makes apply
        ("Reglene i lova om plikt til å gi kommunen opplysninger på anmodning og adgang til å gi kommunen opplysninger av eget tiltak, gjelder for skolen.", (SHARING, "duty", "skole", "kommune")),
        ("Reglene i lova om plikt til å gi kommunen opplysninger på anmodning og adgang til å gi kommunen opplysninger av eget tiltak, gjelder for skolen.", (SHARING, "permission", "skole", "kommune")),
        # acts named stand for whom they speak to
        ("Skolen skal gi opplysninger til de organer som er ansvarlige for gjennomføringen av barnevernsloven.", (SHARING, "duty", "skole", "barneverntjeneste")),
        ("Yrkesutøvere i medhold av helsepersonelloven og barnevernsloven skal varsle politiet.", (SHARING, "duty", "helsepersonell;barneverntjeneste", "politi")),
        ("Fylkeskommunen skal understøtte kommunenes arbeid.", (COOPERATION, "duty", "fylkeskommune", "kommune")),
        ("Arbeidet skal skje i nær kontakt med politiet.", (COOPERATION, "duty", "", "politi")),
        ("Skolen skal arbeide sammen med politiet.", (COOPERATION, "duty", "skole", "politi")),
        ("Kommunen skal medvirke til at elevene får hjelp.", (COOPERATION, "duty", "kommune", "")),
        # a decision laid before somebody
        ("Skolens vedtak skal legges frem for foreldrene.", (PERSON, "duty", "skole", "foresatte")),
    ],
)  # fmt: skip
def test_wording_met_in_acts_unseen_gives_its_norm(words: str, frame: tuple[str, ...]) -> None:
    assert frame in found(words)


@pytest.mark.parametrize(
    "words",
    [
        "Eleven har rett til å la seg bistå av en advokat.",
        "Dette skal kompenseres med kontakt med personell.",
        "For utskrifter som gis av kommunen, betales ikke gebyr.",
        "Skolen skal medvirke til økt forståelse mellom elever.",
        "Eleven skal medvirke til at døren blir lukket.",
        "Samarbeidet skal ha som mål å bidra til ro.",
        "Eleven har rett til vurdering og dokumentasjon av opplæringen.",
        "Kommunens plikt til å oppnevne koordinator gjelder frem til barnet er voksent.",
        "Institusjoner uten avtale med kommunen skal merkes.",
        "Skolen skal gjøre ordningen kjent.",
        "Departementet kan gi dispensasjon fra plikten til å gi innsyn i journalen.",
        "Søksmål må reises innen tre måneder fra det tidspunktet eleven ble underrettet om vedtaket.",
        "Kommunen skal føre tilsyn med rapporteringsplikten.",
        "I loven menes med opplysning det som gir informasjon om eleven.",
        "For private skoler gjelder:\n§ 1 om taushetsplikt\n§ 2 om samarbeid med politiet",
        "Skolen skal vurdere om vilkårene er oppfylt:\nEleven har fått anledning til å uttale seg.\nSkolen har varslet politiet.",
    ],
)
def test_wording_that_looks_like_a_norm_gives_none(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        ("Skolen skal gi kommunen melding om skader. Meldingen skal opplyse om årsaken.", (SHARING, "duty", "skole", "kommune")),
        ("Skulen skal gje kommunen melding om skadar. Meldinga skal innehalde ei oversikt.", (SHARING, "duty", "skole", "kommune")),
        ("Skolen skal informere eleven. Tilsvarende gjelder for informasjon til elevens foreldre.", (PERSON, "duty", "skole", "foresatte")),
        ("Skolen skal varsle kommunen. Det samme gjelder politiet.", (SHARING, "duty", "politi", "kommune")),
        ("Skolen skal varsle kommunen. Bestemmelsen gjelder også når eleven er borte.", (SHARING, "duty", "skole", "kommune")),
    ],
)  # fmt: skip
def test_a_sentence_that_goes_on_takes_the_norm_before(words: str, frame: tuple[str, ...]) -> None:
    assert found(words)[1:] == [frame]


def test_a_message_that_nobody_was_bound_to_give_has_no_content_norm() -> None:
    assert found("Meldingen skal inneholde tre sider.") == []


@pytest.mark.parametrize(
    ("words", "conditions"),
    [
        ("Skolen skal besvare henvendelser fra elevene.", ("on_request",)),
        ("Dersom eleven ønsker det, skal skolen varsle politiet.", ("consent",)),
        ("Skolen skal i så fall varsle politiet.", ("other",)),
        ("Skolen skal sørge for nødvendig oppfølging og varsle politiet.", ()),
        ("Skolen skal varsle politiet hvis hensynet til eleven krever det.", ("other",)),
        ("Skolen skal informere kommunen om at eleven har behov for verge.", ()),
        ("Skolen kan gi politiet opplysninger selv om eleven ikke har samtykket.", ()),
    ],
)
def test_the_condition_is_not_read_from_words_of_another_matter(words: str, conditions: tuple[str, ...]) -> None:
    assert traces(words)[0].frame.condition == conditions


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("Politiet skal bistå skolen med gjennomføringen.", "individual"),
        ("Tjenesten skal bistå skolen med kompetanseutvikling.", "system"),
        ("Kommunen skal yte bistand til andre kommuner ved ulykker.", "system"),
        ("Kommunen skal ha en koordinerende enhet.", "system"),
    ],
)
def test_help_is_in_a_case_unless_the_words_say_otherwise(words: str, level: str) -> None:
    assert traces(words)[0].frame.level == level


def test_acts_named_stand_for_whom_they_speak_to_in_both_written_standards() -> None:
    assert actors_of_acts("etter helse- og omsorgstenestelova og barnevernsloven") == (
        "kommunal_helse_og_omsorg", "barneverntjeneste",
    )  # fmt: skip
    assert actors_of_acts("etter ekteskapsloven") == ()


@pytest.mark.parametrize(
    ("words", "frame"),
    [
        # bodies abroad have no id of their own; a body may stand behind the name of its owner
        (
            "Politiet kan utlevere opplysninger til utenlandske politimyndigheter.",
            (SHARING, "permission", "politi", "andre"),
        ),
        ("Staten skal melde fra til Nordens faste komité.", (SHARING, "duty", "stat", "andre")),
        # sharing among themselves; several who ask; a claim to be told
        (
            "Helsepersonell kan dele opplysninger i felles møter.",
            (SHARING, "permission", "helsepersonell", "helsepersonell"),
        ),
        (
            "Skolen skal på forespørsel fra kommunen og politiet gi opplysninger.",
            (SHARING, "duty", "skole", "kommune;politi"),
        ),
        ("Kommunen kan kreve å bli underrettet av politiet.", (SHARING, "permission", "kommune", "politi")),
        # infinitives and passives in -a; an object behind its source or a particle
        ("Kommunen kan henta inn opplysningar frå skulen.", (SHARING, "permission", "kommune", "skole")),
        ("Opplysningane skal verta gjevne til kommunen.", (SHARING, "duty", "", "kommune")),
        (
            "Kommunen kan innhente fra politiet de opplysninger som trengs.",
            (SHARING, "permission", "kommune", "politi"),
        ),
        ("Skulen skal sende over nye opplysningar til kommunen.", (SHARING, "duty", "skole", "kommune")),
        # partners: another part of the services, the verb said again, whose task, whose plans, such help
        (
            "Kommunen skal samarbeide med andre delar av tenesteapparatet.",
            (COOPERATION, "duty", "kommune", "tjenesteytere"),
        ),
        (
            "Skolen skal samarbeide med politiet ved behov, og samarbeide med helsestasjonen hvis det trengs.",
            (COOPERATION, "duty", "skole", "politi;kommunal_helse_og_omsorg"),
        ),
        ("Skolen skal medvirke i kommunens arbeid.", (COOPERATION, "duty", "skole", "kommune")),
        (
            "Skolen skal medvirke til at hensynet blir ivaretatt av andre offentlige organer.",
            (COOPERATION, "duty", "skole", "offentlige_organer"),
        ),
        ("Skolen skal samordne planen med kommunens planer.", (COORDINATION, "duty", "skole", "kommune")),
        (
            "Skolen kan gi opplysninger til politiet. Politiet skal yte slik bistand.",
            (COOPERATION, "duty", "politi", "skole"),
        ),
        # whom a decision is about
        ("Den vedtaket retter seg mot, skal varsles.", (PERSON, "duty", "", "person")),
    ],
)
def test_acts_outside_the_reform_name_the_parties_in_these_ways(words: str, frame: tuple[str, ...]) -> None:
    assert frame in found(words)


@pytest.mark.parametrize(
    "words",
    [
        "Skolen kan gis tillatelse til å benytte opplysninger om stien.",
        "Med bøter straffes den som unnlater å gi opplysninger til kommunen.",
        "Beslutningen skal opplyse om hva saken gjelder.",
        "Ansatte som bistår politiet, kan tildeles myndighet.",
        "Det skal ved skilting gjøres oppmerksom på at stien er stengt.",
        "Skolen skal formidle kunnskap om stier.",
        "Kommunen skal sørge for at taushetsplikten blir kjent for dem den gjelder.",
        "I vedtekter kan det gis bestemmelser om meldeplikt for den som eier stien.",
    ],
)
def test_leave_penalties_signs_and_rule_making_are_no_norms(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize(
    ("words", "conditions"),
    [
        (
            "Kommunen kan innhente opplysninger fra skolen om\nelevens plass i alvorlig fare\nelevens hjelp på forespørsel",
            (),
        ),
        ("Skolen skal bistå politiet. Kommunen skal bistå ved gjennomføringen.", ()),
        (
            "Når saken krever det, kan skolen uten hinder av taushetsplikt varsle politiet.",
            ("despite_confidentiality", "other"),
        ),
        (
            "Skolen skal varsle politiet når det er grunn til å tro at eleven vil motsette seg det.",
            ("reason_to_believe",),
        ),
    ],
)
def test_what_the_norm_is_about_is_no_condition(words: str, conditions: tuple[str, ...]) -> None:
    assert traces(words)[-1].frame.condition == conditions
