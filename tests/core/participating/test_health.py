"""How participation fares: what was asked is answered, open or given up, in every part."""

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.health import (
    ANSWERED,
    COLUMNS,
    GAVE_UP,
    Asked,
    AskedKind,
    Fate,
    health,
    health_by,
)


@st.composite
def things_asked(draw) -> Asked:
    fate = draw(st.sampled_from(Fate))
    is_answered = fate in ANSWERED
    return Asked(
        kind=draw(st.sampled_from(AskedKind)),
        year=draw(st.sampled_from([2026, 2027])),
        office=draw(st.sampled_from(["a", "b", "c"])),
        process=draw(st.sampled_from(["", "p", "q"])),
        fate=fate,
        count=draw(st.integers(1, 50)),
        in_time=draw(st.sampled_from([None, True, False])) if is_answered else None,
        changed=is_answered and draw(st.booleans()),
    )


ALL = st.lists(things_asked(), max_size=30)


@given(ALL)
def test_what_was_asked_is_answered_open_or_given_up(asked):
    counted = health(asked)
    assert counted["asked"] == sum(each.count for each in asked)
    assert counted["asked"] == counted["answered"] + counted["open"] + counted["gave_up"]


@given(ALL)
def test_no_part_of_what_was_answered_is_more_than_it(asked):
    counted = health(asked)
    assert counted["in_time"] + counted["late"] <= counted["answered"]
    assert counted["adopted"] + counted["refused"] <= counted["answered"]
    assert counted["changed"] <= counted["answered"]


@given(ALL, st.sampled_from(["kind", "year", "office", "process"]))
def test_parts_add_up_to_the_whole(asked, name):
    parts = health_by(asked, lambda each: getattr(each, name))
    whole = health(asked)
    for column in COLUMNS:
        assert sum(each[column] for each in parts.values()) == whole[column]


@given(ALL)
def test_where_most_was_asked_stands_first(asked):
    counts = [each["asked"] for each in health_by(asked, lambda each: each.office).values()]
    assert counts == sorted(counts, reverse=True)


def test_each_fate_is_answered_open_or_given_up_and_one_of_them():
    for fate in Fate:
        assert [fate in ANSWERED, fate in GAVE_UP, fate is Fate.OPEN].count(True) == 1
