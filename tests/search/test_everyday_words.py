"""What people call things, and what they then find: one line per search, expected among the first three."""

import pytest

from wizard.search.find import find
from wizard.search.index import Index

FINDS = """
vaskehjelp                               household practical_help
stønad                                   care_benefit
hjemmehjelp                              household practical_help
sykehjem                                 supported_living nursing_home
søvn                                     mental_health
får ikke sove                            mental_health
eg får ikkje sove                        mental_health
mamma sover dårlig om natten             mental_health
can't sleep                              mental_health
ensom                                    company visiting_friend
einsam                                   company
ensomt                                   company
sliten                                   caregiver
jeg er så sliten av å passe på kona      caregiver respite_private
mannen min er syk                        caregiver
orker ikke mer                           mental_health caregiver
redd hjemme                              safety supported_living
rullator                                 mobility short_term_aids
rulator                                  mobility short_term_aids
rullestoll                               mobility
robotstøvsuger                           household simple_technology
robot støvsuger                          household simple_technology
matkasse                                 money food_boxes
støttekontakt                            support_person
stotte kontakt                           support_person
støttekåntakt                            support_person
TT-kort                                  transport tt_card
ttkort                                   transport tt_card
P-kort                                   transport disabled_parking
handikap parkering                       disabled_parking
bleier                                   personal_care
dosett                                   health_care home_nursing
dosset                                   health_care home_nursing
hjemmesykepleie                          health_care home_nursing
heimesjukepleie                          health_care home_nursing
hjemmesykpleie                           health_care home_nursing
hjemesykepleie                           home_nursing
aldershjem                               supported_living nursing_home
gamlehjem                                nursing_home
sjukeheim                                nursing_home
nursing home                             nursing_home
trygd                                    money social_assistance
sosialkontor                             money social_assistance
sosial kontoret                          money social_assistance
help with rent                           housing housing_benefit
husleie                                  housing housing_benefit
bustøtte                                 housing_benefit
omsorgslønn                              caregiver care_benefit
omsorgslonn                              caregiver care_benefit
omsorgsstønaden                          care_benefit
handikap                                 disability
demens                                   memory dementia_coordinator
demenns                                  memory
mamma har demns                          memory
pappa glemmer alt                        memory
alzheimer                                memory
dusje                                    personal_care
min mor på 85 trenger hjelp til å dusje  personal_care
trygghetsalarm                           digital welfare_technology_step_6
trygghets alarm                          digital
falt i trappa                            mobility
bad i andre etasje                       mobility home_adaptation
inkasso                                  money debt_and_budget_advice
gjeldsrådgiving                          debt_and_budget_advice
kommunal bolig                           housing municipal_housing_application
startlån                                 housing starter_loan
drikker for mye                          substance_use substance_use_advice
narkotika                                substance_use
gambling                                 substance_use
mobbing                                  child_development
vil ikke på skolen                       child_development school_health_service
jordmor                                  family maternity_child_health
helsestasjon                             maternity_child_health
barnevern                                family child_welfare
prevensjon                               youth_health_clinic
norskkurs                                refugee adult_education
tolk                                     refugee
flyktning                                refugee
bankid                                   digital digital_training
kreft                                    end_of_life cancer_coordinator
tannlege                                 dental_services
psykolog                                 mental_health mental_health_talks
fysioterapi                              rehabilitation
høreapparat                              senses sight_hearing_contact
låne ski                                 equipment_library
råd til fotball                          money leisure_fund
jobb                                     work help_to_get_work
ungdomsklubb                             youth_clubs
besøksvenn                               visiting_friend
BPA                                      bpa
avlastning                               caregiver
individuell plan                         coordination coordinator_and_plan
snømåking                                household volunteer_centre
overvekt                                 activity
autisme                                  disability
fosterhjem                               foster_home
låne lokale                              community_rooms
"""
TABLE = [(line[:41].strip(), line[41:].split()) for line in FINDS.strip().splitlines()]


@pytest.mark.parametrize(("written", "expected"), TABLE, ids=[written for written, _ in TABLE])
def test_everyday_words_find_what_they_mean(index: Index, written: str, expected: list[str]) -> None:
    found = find(index, written)
    shown = {id_ for hit in (*found.needs[:3], *found.services[:3]) for id_ in (hit.id, *hit.twins)}
    assert set(expected) <= shown, f"{written} finds {sorted(shown)}"
    assert not found.nearest


ALARMS = {
    "selvmord": "suicide_thoughts", "sjølmord": "suicide_thoughts", "selvmor": "suicide_thoughts",
    "sjelvmord": "suicide_thoughts", "selvmordstanker": "suicide_thoughts", "jeg vil ikke leve mer": "suicide_thoughts",
    "vil dø": "suicide_thoughts", "kutter meg": "suicide_thoughts", "vold": "violence", "slår": "violence",
    "han slår meg": "violence", "mannen min truer meg": "violence", "krisesenter": "violence", "voldtekt": "violence",
    "voltekt": "violence", "overgrep": "violence", "overdose": "life", "overdosse": "life", "brann": "fire",
    "får ikke puste": "life", "bekymringsmelding": "child", "har ikke mat": "nothing_left", "sted å sove": "nowhere",
    "plutselig forvirret": "confused", "er borte": "missing", "orker ikke mer": "unsure", "legevakt": "sicker",
    "redd for å skade barnet mitt": "harm_others",
}  # fmt: skip


@pytest.mark.parametrize(("written", "danger"), ALARMS.items())
def test_words_of_danger_call_for_help_at_once(index: Index, written: str, danger: str) -> None:
    assert danger in find(index, written).dangers


@pytest.mark.parametrize(
    "written",
    ["slag", "leve", "leve godt", "selv", "selvhjelp", "hold", "slå plenen", "redd", "dør", "sove", "barn", "voksen",
     "volleyball", "mat", "gå ut", "piller", "borte", "brannmur", "hjerte", "overvekt", "skade", "hjelp"],
)  # fmt: skip
def test_everyday_words_that_only_look_like_danger_frighten_nobody(index: Index, written: str) -> None:
    assert not find(index, written).dangers


def test_every_word_of_the_list_finds_what_it_is_said_to_mean(index: Index) -> None:
    for shape in index.guide.words:
        for word in shape.words:
            found = find(index, word)
            ids = {id_ for hit in (*found.needs, *found.services) for id_ in (hit.id, *hit.twins)}
            assert {*shape.needs, *shape.services} <= ids, f"{word} finds {sorted(ids)}"
            assert set(shape.dangers) <= set(found.dangers)


def test_the_reason_for_a_find_is_told(index: Index) -> None:
    first = find(index, "vaskehjelp").services[0]
    assert (first.id, first.typed, first.called) == ("practical_help", "vaskehjelp", "praktisk bistand")
    assert find(index, "vaskehjelp").services[1].called == ""


def test_a_typing_mistake_is_told_as_it_was_read(index: Index) -> None:
    assert find(index, "sykjehjem").mended == {"sykjehjem": "sykehjem"}
    assert find(index, "sykehjem").mended == {}


def test_where_nothing_is_found_the_nearest_needs_are_shown(index: Index) -> None:
    found = find(index, "xyzzy qwrtp")
    assert found.nearest
    assert len(found.needs) == 3


UNCLEAR = [
    "demms", "trus", "trang", "voldsomt vær", "xyzzy", "vårs", "slag", "fastlege", "vakt", "kone", "hjemme",
    "minnegave", "rust", "kast", "dødt batteri", "hjelp", "jeg trenger noen", "naboen bråker", "mannen min er syk",
    "krangler mye",
]  # fmt: skip


@pytest.mark.parametrize("written", UNCLEAR)
def test_violence_and_dementia_are_never_guessed_at(index: Index, written: str) -> None:
    never = {need.id for need in index.guide.needs.values() if need.never_guessed}
    assert {"safety", "memory"} <= never
    assert not never & {hit.id for hit in find(index, written).needs}
    assert find(index, "demens").needs[0].id == "memory"


def test_the_same_service_on_several_steps_is_told_once(index: Index) -> None:
    hits = [hit for hit in find(index, "velferdsteknologi hjemme").services if hit.id.startswith("welfare_technology")]
    assert len(hits[0].twins) >= 3
    names = [index.guide.services[hit.id].service.name for hit in hits]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "service"), [("jeg får ikke sove", "emergency_housing"), ("noen slår meg", "home_adaptation")]
)
def test_clear_words_never_bring_what_only_looks_like_them(index: Index, text: str, service: str) -> None:
    found = find(index, text)
    assert found.services
    assert service not in [hit.id for hit in found.services]


def test_money_for_one_thing_is_never_taken_for_another(index: Index) -> None:
    assert not {"public_transport", "tt_card"} & {hit.id for hit in find(index, "stønad").services}
