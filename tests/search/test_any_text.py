"""What holds for every search, whatever is written and chosen."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wizard.guide.ladder_shapes import Access, Kind
from wizard.search.filters import FREE, WAYS, Filters, providers
from wizard.search.find import MOST_NEEDS, MOST_SERVICES, find
from wizard.search.found import Found
from wizard.search.index import Index
from wizard.search.letters import split_words

CALM = settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
WORDS = ["hjelp", "vold", "sykehjem", "stønad", "å", "til", "vaskehjlp", "bo", "rullator", "xqz", "demens", "kort", "p"]
TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
AGES = ["", "small_child", "child", "youth", "young_adult", "adult", "senior", "nobody"]
FILTERS = st.builds(
    Filters,
    age=st.sampled_from(AGES),
    place=st.sampled_from(["", *map(str, range(14)), "open", "decision", "residential"]),
    way=st.sampled_from(["", *WAYS, "magic"]),
    provider=st.sampled_from(["", "municipality", "state", "county", "voluntary", "private", "x"]),
)


def ids(found: Found) -> list[str]:
    return [id_ for hit in found.services for id_ in (hit.id, *hit.twins)]


@CALM
@given(text=TEXTS, filters=FILTERS)
def test_a_search_never_fails_and_never_grows_beyond_its_bounds(index: Index, text: str, filters: Filters) -> None:
    found = find(index, text, filters)
    assert len(found.needs) <= MOST_NEEDS
    if split_words(text):
        assert len(found.services) <= MOST_SERVICES
    assert len(set(ids(found))) == len(ids(found))
    assert {hit.id for hit in found.needs} <= set(index.guide.needs)
    assert set(found.dangers) <= set(index.guide.dangers)


@CALM
@given(text=TEXTS, filters=FILTERS)
def test_nothing_that_was_filtered_away_is_shown(index: Index, text: str, filters: Filters) -> None:
    chosen = filters.known(index.guide)
    who = {entry.id: entry.ages for entry in index.entries if not entry.is_need}
    for id_ in ids(find(index, text, filters)):
        placed = index.guide.services[id_]
        assert not chosen.age or chosen.age in who[id_]
        assert chosen.place in ("", str(placed.step.number), placed.step.band)
        assert chosen.provider in ("", placed.service.provider)
        if chosen.way:
            assert placed.service.access in WAYS[chosen.way]
            assert placed.service.kind is not Kind.INSTRUMENT


@CALM
@given(text=st.sampled_from(WORDS), filters=FILTERS)
def test_a_need_is_kept_only_with_an_age_and_a_service_that_fit(index: Index, text: str, filters: Filters) -> None:
    chosen = filters.known(index.guide)
    can = {entry.id: entry.ages for entry in index.entries if entry.is_need}
    for hit in find(index, text, filters).needs:
        assert not chosen.age or chosen.age in can[hit.id]
        if chosen:
            kept = ids(find(index, "", filters))
            assert any(hit.id in index.guide.services[id_].service.serves for id_ in kept)


def test_every_service_is_found_by_its_own_names(index: Index) -> None:
    for id_, placed in index.guide.services.items():
        for name in (placed.service.printed, placed.service.name, id_.replace("_", " ")):
            assert id_ in ids(find(index, name)), f"{id_} is not found by {name}"


def test_every_need_is_found_by_its_title_and_its_words(index: Index) -> None:
    for need in index.guide.needs.values():
        for words in (need.title, *(need.words or need.title).split(",")):
            assert need.id in {hit.id for hit in find(index, words).needs}, f"{need.id} is not found by {words}"


def test_capitals_accents_and_other_spellings_of_letters_are_the_same(index: Index) -> None:
    for one, other in (("stønad", "STØNAD"), ("stønad", "stoenad"), ("stønad", "sto\u0308nad"), ("kafé", "kafe"),
                       ("får ikke sove", "faar ikke sove"), ("stønad", "stonad"), ("vær", "vaer")):  # fmt: skip
        assert ids(find(index, one)) == ids(find(index, other))
        assert [hit.id for hit in find(index, one).needs] == [hit.id for hit in find(index, other).needs]


def test_without_words_the_filters_browse_in_the_order_of_the_ladder(index: Index) -> None:
    found = find(index, " ", Filters(place="open", way=FREE, age="senior"))
    steps = [index.guide.services[hit.id].step.number for hit in found.services]
    assert steps == sorted(steps)
    assert len(steps) > 40
    assert not found.needs
    assert {index.guide.services[hit.id].service.access for hit in found.services} <= {
        Access.OPEN, Access.NATIONAL, Access.CONTACT, Access.SIGN_UP,
    }  # fmt: skip


def test_without_words_and_filters_nothing_is_shown(index: Index) -> None:
    assert find(index, "") == Found()
    assert find(index, "!?", Filters(age="nobody")) == Found()


def test_an_age_group_is_only_offered_what_is_for_it(index: Index) -> None:
    child = ids(find(index, "", Filters(age="small_child")))
    assert "maternity_child_health" in child
    assert "nursing_home" not in child
    assert "youth_clubs" not in ids(find(index, "", Filters(age="senior")))


def test_only_what_gives_help_is_a_giver(index: Index) -> None:
    assert set(providers(index.guide)) == {"municipality", "state", "county", "voluntary", "private"}


def test_hostile_texts_take_no_longer_than_a_blink(index: Index) -> None:
    for text in ("a" * 10_000, "ab " * 5_000, "hjelp til " * 1_000, "ﷺ" * 5_000, "\u0301" * 5_000, "selvmor" * 2_000):
        start = time.process_time()
        find(index, text)
        assert time.process_time() - start < 0.2
