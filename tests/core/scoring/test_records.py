"""What is kept of frames and sheets reads back equal, through JSON."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.scoring.frame import EvaluatedFacts, computed_lines
from gongzhi.core.scoring.points import Basis, Earned
from gongzhi.core.scoring.records import (
    frame_as_record,
    frame_from_record,
    points_from_record,
    sheet_as_record,
    sheet_from_record,
)
from gongzhi.core.scoring.sheet import Mark, Sheet, score_sheet
from gongzhi.core.terms import Said
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation

PACK = load_packs()["mof-2020-10"]
FRAMES = load_evaluation("mof-2020-10").frames
CODES = st.sampled_from([line.code for line in FRAMES["project"].lines])
POINTS = st.decimals(0, 100, places=2)
WORDS = st.text(max_size=20)
VALUES = st.one_of(WORDS, st.integers(), POINTS, st.builds(Said, WORDS))
EARNED = st.builds(
    Earned,
    basis=st.sampled_from(Basis),
    said=st.builds(Said, WORDS, st.dictionaries(WORDS, VALUES, max_size=3)),
    points=st.none() | POINTS,
    least=POINTS,
    most=st.none() | POINTS,
    arithmetic=st.none() | WORDS,
)


def through_json(record):
    return json.loads(json.dumps(record, ensure_ascii=False))


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_frame_reads_back_equal(frame):
    assert frame_from_record(through_json(frame_as_record(frame))) == frame


@given(
    st.lists(st.builds(Mark, line=WORDS, points=POINTS, reason=WORDS), max_size=4),
    st.dictionaries(WORDS, EARNED, max_size=3),
)
def test_a_sheet_reads_back_equal(marks, computed):
    sheet = Sheet(frame=FRAMES["citizens"], marks=tuple(marks), computed=computed)
    assert sheet_from_record(through_json(sheet_as_record(sheet))) == sheet


def test_what_facts_compute_reads_back_equal():
    facts = EvaluatedFacts(budget=Decimal(3), received=Decimal(2), executed=Decimal(1))
    computed = computed_lines(FRAMES["project"], facts=facts, pack=PACK)
    sheet = Sheet(frame=FRAMES["project"], computed=computed)
    assert sheet_from_record(through_json(sheet_as_record(sheet))) == sheet


@given(
    st.lists(st.builds(Mark, line=CODES, points=st.decimals(0, 6, places=2)), max_size=25),
    st.dictionaries(CODES, EARNED, max_size=5),
)
def test_points_that_are_read_alone_are_those_that_a_sheet_explains(marks, computed):
    frame = FRAMES["project"]
    sheet = Sheet(frame=frame, marks=tuple(marks), computed=computed)
    record = through_json(sheet_as_record(sheet))
    alone = points_from_record(record, weights={line.code: line.weight for line in frame.lines})
    explained = score_sheet(sheet_from_record(record), pack=PACK)
    assert alone == {each.line.code: each.points for each in explained.lines}
