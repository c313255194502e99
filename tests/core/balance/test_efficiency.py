"""Efficiency by data envelopment: published answers, laws, what can't be compared."""

import json
from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.balance.efficiency import (
    Compared,
    Measures,
    Orientation,
    Returns,
    efficiencies,
    scale_efficiencies,
)
from gongzhi.core.terms import Said
from gongzhi.words import LANGUAGES, say
from real_input import real_input

FIGURES = st.integers(1, 60).map(float)


def compare(inputs, outputs, *, returns=Returns.CONSTANT, orientation=Orientation.INPUT):
    units = [
        Compared(name=f"单位{at}", inputs=tuple(used), outputs=tuple(got))
        for at, (used, got) in enumerate(zip(inputs, outputs, strict=True))
    ]
    measures = Measures(
        inputs=tuple(f"投入{at}" for at in range(len(inputs[0]))),
        outputs=tuple(f"产出{at}" for at in range(len(outputs[0]))),
        returns=returns,
        orientation=orientation,
    )
    return efficiencies(units, measures=measures)


@pytest.fixture(scope="module")
def oracles():
    cases = json.loads((real_input("balance") / "oracles.json").read_text(encoding="utf-8"))
    return {case["id"]: case for case in cases}


@pytest.mark.parametrize(
    "name",
    [
        "stores8.ccr",
        "hospitals12.ccr",
        "hospitals12.bcc",
        "charnes1981.input.crs",
        "charnes1981.input.vrs",
        "charnes1981.input.drs",
    ],
)
def test_published_scores(oracles, name):
    case = oracles[f"dea.{name}"]
    given_ = case["input"]
    data = given_ if "inputs" in given_ else oracles["dea.charnes1981.input.crs"]["input"]
    found = compare(data["inputs"], data["outputs"], returns=Returns(given_.get("rts", "crs")))
    assert [each.score for each in found] == pytest.approx(case["expected"], abs=case["tolerance"])


def test_the_peer_and_what_it_would_do_by_hand():
    """B makes 3 of 3; C makes 2 of 3 and so needs two thirds of what it uses."""
    _, best, other = compare([[2.0], [3.0], [3.0]], [[1.0], [3.0], [2.0]])
    assert best.on_frontier
    assert [peer.name for peer in other.peers] == ["单位1"]
    assert other.score == pytest.approx(2 / 3)
    assert other.input_targets == pytest.approx((2.0,))
    assert other.output_targets == pytest.approx((2.0,))


def test_leftovers_beside_the_factor_are_the_largest_there_are():
    """The second uses as little of one thing as the first and two more of the other."""
    first, second = compare([[1.0, 1.0], [1.0, 3.0]], [[1.0], [1.0]])
    assert first.on_frontier
    assert second.score == 1
    assert not second.on_frontier
    assert second.input_slacks == pytest.approx((0.0, 2.0))
    assert [peer.name for peer in second.peers] == ["单位0"]


@st.composite
def figures(draw, *, least=1, most=9):
    count, ins, outs = draw(st.integers(least, most)), draw(st.integers(1, 3)), 2
    row = st.lists(FIGURES, min_size=ins, max_size=ins)
    got = st.lists(FIGURES, min_size=outs, max_size=outs)
    return [draw(row) for _ in range(count)], [draw(got) for _ in range(count)]


@settings(max_examples=30, deadline=None)
@given(figures())
def test_more_freedom_of_size_never_lowers_a_score(given_):
    scores = {each: [e.score for e in compare(*given_, returns=each)] for each in Returns}
    for at in range(len(given_[0])):
        constant, variable = scores[Returns.CONSTANT][at], scores[Returns.VARIABLE][at]
        for between in (Returns.DECREASING, Returns.INCREASING):
            assert constant - 1e-6 <= scores[between][at] <= variable + 1e-6


@settings(max_examples=30, deadline=None)
@given(figures(), st.sampled_from(list(Returns)), st.sampled_from(list(Orientation)))
def test_targets_are_the_mixture_of_peers_and_no_worse_than_the_unit(given_, returns, orientation):
    inputs, outputs = given_
    found = compare(inputs, outputs, returns=returns, orientation=orientation)
    names = {each.name: at for at, each in enumerate(found)}
    assert any(each.on_frontier for each in found)
    for at, each in enumerate(found):
        assert 0 < each.score <= 1
        for measure, target in enumerate(each.input_targets):
            mixture = sum(p.weight * inputs[names[p.name]][measure] for p in each.peers)
            assert mixture == pytest.approx(target, rel=1e-5, abs=1e-5)
            assert target <= inputs[at][measure] + 1e-5
        for measure, target in enumerate(each.output_targets):
            assert target >= outputs[at][measure] - 1e-5
        assert all(found[names[peer.name]].on_frontier for peer in each.peers)


@settings(max_examples=30, deadline=None)
@given(figures())
def test_with_constant_returns_less_in_and_more_out_are_the_same_score(given_):
    less = compare(*given_)
    more = compare(*given_, orientation=Orientation.OUTPUT)
    assert [e.score for e in less] == pytest.approx([e.score for e in more], abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(figures(), st.sampled_from([0.001, 1000.0]))
def test_the_unit_of_a_measure_changes_no_score(given_, times):
    inputs, outputs = given_
    scaled = [[row[0] * times, *row[1:]] for row in inputs]
    one, other = compare(inputs, outputs), compare(scaled, outputs)
    assert [e.score for e in one] == pytest.approx([e.score for e in other], abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(figures(), st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_no_score(given_, chance):
    pairs = list(enumerate(zip(*given_, strict=True)))
    chance.shuffle(pairs)
    one = compare(*given_)
    other = compare([pair[0] for _, pair in pairs], [pair[1] for _, pair in pairs])
    for place, (at, _) in enumerate(pairs):
        assert other[place].score == pytest.approx(one[at].score, abs=1e-6)


@pytest.mark.parametrize(
    ("inputs", "outputs", "named"),
    [
        ([[nan]], [[1.0]], "投入0"),
        ([[1.0]], [[inf]], "产出0"),
        ([[-1.0]], [[1.0]], "小于零"),
        ([[1.0], [0.0]], [[1.0], [1.0]], "单位1"),
        ([[1.0], [1.0]], [[1.0], [0.0]], "单位1"),
    ],
)
def test_what_cannot_be_compared_is_told(inputs, outputs, named):
    refused = compare(inputs, outputs)
    assert isinstance(refused, Said)
    assert named in say(refused, "zh")


def test_a_single_unit_and_many_alike_stand_on_the_frontier():
    (only,) = compare([[2.0, 0.0]], [[0.0, 1.0]])
    assert only.on_frontier
    assert all(each.on_frontier for each in compare([[2.0]] * 5, [[3.0]] * 5))


def test_every_sentence_has_words_in_both_languages():
    inputs, outputs = [[1.0, 1.0], [1.0, 3.0], [4.0, 4.0]], [[1.0], [1.0], [1.0]]
    for orientation in Orientation:
        for each in compare(inputs, outputs, orientation=orientation):
            assert all(say(each.said, language) for language in LANGUAGES)


def test_what_is_owed_to_size():
    inputs, outputs = [[2.0], [3.0], [9.0]], [[1.0], [3.0], [6.0]]
    constant = compare(inputs, outputs)
    variable = compare(inputs, outputs, returns=Returns.VARIABLE)
    assert list(scale_efficiencies(constant, variable)) == pytest.approx([0.5, 1.0, 2 / 3])
