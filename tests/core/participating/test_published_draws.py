"""A published draw is done again from its file alone; what was changed in it is found."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.sortition.asking import Quota, Sought, Volunteer
from gongzhi.core.participating.sortition.drawing import draw
from gongzhi.core.participating.sortition.lottery import fairest_lottery
from gongzhi.core.participating.sortition.published import (
    OTHER_GROUPS,
    OTHER_PANEL,
    OTHER_RESERVE,
    TWICE,
    Published,
    UnreadableError,
    read,
    redo,
    why_unfair,
    written,
)
from gongzhi.words import say

POOL = tuple(
    Volunteer(code=f"{at:03}", features={"区": district, "龄": age})
    for at, (district, age) in enumerate([*["东青"] * 4, *["东老"] * 2, *["西青"] * 3, "西老"])
)
SOUGHT = Sought(
    size=4,
    quotas=(
        Quota(feature="区", value="东", least=2, most=2),
        Quota(feature="龄", value="老", least=1, most=2),
    ),
)


def announced():
    lottery = fairest_lottery(POOL, sought=SOUGHT)
    return Published(thing="panel:1", sought=SOUGHT, volunteers=POOL, lottery=lottery)


def held(seed="种子"):
    before = announced()
    drawn = draw(POOL, before.lottery, sought=SOUGHT, seed=seed, thing="panel:1")
    return replace(before, seed=seed, panel=drawn.panel, reserve=drawn.reserve)


def again(published):
    return read(json.loads(json.dumps(written(published))))


def test_a_file_says_all_that_it_takes_to_draw_again():
    published = again(held())
    redone = redo(published)
    assert published == held()
    assert redone.faults == ()
    assert redone.drawn.panel == held().panel


def test_the_promise_doesnt_depend_on_what_came_later():
    assert held("一").digest == held("二").digest == announced().digest
    assert replace(announced(), volunteers=POOL[1:]).digest != announced().digest


def test_before_the_seed_is_known_nobody_is_drawn_but_anybody_can_try():
    assert redo(announced()).drawn is None
    assert redo(announced(), seed="试").drawn == redo(held("试")).drawn


def test_somebody_put_on_the_panel_by_hand_is_found():
    published = held()
    swapped = (published.reserve[0], *published.panel[1:])
    assert redo(replace(published, panel=swapped)).faults == (OTHER_PANEL,)
    other = published.reserve[::-1]
    assert redo(replace(published, reserve=other)).faults == (OTHER_RESERVE,)


def test_a_pool_that_doesnt_fit_the_lottery_is_found():
    published = held()
    assert redo(replace(published, volunteers=POOL[1:])).faults == (OTHER_GROUPS,)
    twice = (*POOL[1:], POOL[1])
    assert TWICE in redo(replace(published, volunteers=twice)).faults


def test_a_lottery_that_favours_somebody_is_found():
    published = announced()
    only = published.lottery.drawables[0]
    favouring = replace(published.lottery, drawables=(replace(only, tickets=1),))
    assert why_unfair(published) is None
    assert why_unfair(replace(published, lottery=favouring)) is not None


def test_a_composition_against_the_quotas_is_found():
    published = announced()
    first = published.lottery.drawables[0]
    wrong = replace(first, composition=(first.composition[0] + 1, *first.composition[1:]))
    changed = replace(published.lottery, drawables=(wrong, *published.lottery.drawables[1:]))
    faults = redo(replace(published, lottery=changed), seed="试").faults
    assert [say(each, "zh") for each in faults] == ["第 1 种组成不符合名额或者人数"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"size": "四"}, "size"),
        ({"size": True}, "size"),
        ({"quotas": [{"feature": "区"}]}, "quotas[0].value"),
        ({"volunteers": [1]}, "volunteers[0]"),
        ({"volunteers": [{"code": "1", "features": {"区": 1}}]}, "volunteers[0].features"),
        ({"groups": [{"values": "东", "count": 1}]}, "groups[0].values"),
        ({"lottery": [{"tickets": 1, "counts": [-1]}]}, "lottery[0].counts"),
        ({"panel": "甲"}, "panel"),
        ({"seed": ""}, "seed"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(change, where):
    with pytest.raises(UnreadableError) as raised:
        read({**written(held()), **change})
    assert raised.value.said.values == {"at": where}


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_anything_else_is_no_draw(data):
    with pytest.raises(UnreadableError):
        read(data)
