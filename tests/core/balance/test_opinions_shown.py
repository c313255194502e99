"""What is shown of groups: people by handfuls, counts of enough, and one's own place to oneself."""

import numpy as np
import pytest

from core.balance.conversations import by_chance, camps
from gongzhi.core.balance.opinions.finding import find_groups
from gongzhi.core.balance.opinions.showing import (
    group_of,
    handfuls,
    place_of,
    shown_map,
    stored_plane,
)
from gongzhi.core.sealed import canonical
from gongzhi.rules.balance.groups import load_group_rules

RULES = load_group_rules()[0]
LEAST = 5


@pytest.fixture(scope="module")
def found():
    return find_groups(camps(47, 28, 13), rules=RULES)


def test_nobody_is_shown_with_fewer_than_four_others(found):
    shown = handfuls(found, least=LEAST)
    assert min(each.count for each in shown) >= LEAST
    for group in found.groups:
        assert sum(each.count for each in shown if each.group == group.number) == group.size


def test_no_point_of_the_map_is_anybodys_own_place(found):
    own = {(round(x, 3), round(y, 3)) for x, y in found.positions}
    shown = {(round(each.x, 3), round(each.y, 3)) for each in handfuls(found, least=LEAST)}
    assert len(shown) > 3
    assert not own & shown


def test_large_conversations_are_shown_by_few_points():
    result = find_groups(camps(900, 700), rules=RULES)
    assert 40 <= len(handfuls(result, least=LEAST)) <= 160


def test_no_count_of_few_is_told():
    result = find_groups(camps(20, 9, asked=0.4), rules=RULES)
    told = shown_map(result, least=LEAST)
    for group in told["groups"]:
        assert all(each["seen"] >= LEAST for each in group["representative"])
    for each in (*told["united"], *told["divided"]):
        assert result.counts.seen[:, each["statement"]].min() >= LEAST


def test_what_unites_is_said_by_more_than_half_of_each_group(found):
    told = shown_map(found, least=LEAST)
    assert all(min(each["shares"]) > 500 for each in told["united"])
    values = [each["value"] for each in told["united"]]
    assert values == sorted(values, reverse=True)


def test_the_same_conversation_is_sealed_alike(found):
    again = find_groups(camps(47, 28, 13), rules=RULES)
    assert canonical(shown_map(found, least=LEAST)) == canonical(shown_map(again, least=LEAST))


def test_no_groups_are_told_with_their_reason_and_a_map_all_the_same():
    told = shown_map(find_groups(by_chance(60), rules=RULES), least=LEAST)
    assert told["groups"] == []
    assert told["why_none"]
    assert sum(each[3] for each in told["handfuls"]) == 60
    assert told["united"] is not None


def test_everybody_finds_their_own_place_and_group(found):
    plane = stored_plane(found)
    told = shown_map(found, least=LEAST)
    middles = [group["middle"] for group in told["groups"]]
    matrix = found.matrix
    for at, row in enumerate(found.inside):
        cells = slice(matrix.starts[row], matrix.starts[row + 1])
        own = dict(zip(matrix.columns[cells].tolist(), matrix.values[cells].tolist(), strict=True))
        place = place_of(own, axes=plane["axes"], means=plane["means"])
        assert np.allclose(place, found.positions[at], atol=1e-3)
        assert group_of(place, middles=middles) == found.group[at]
