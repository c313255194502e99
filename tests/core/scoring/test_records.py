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
    sheet_as_record,
    sheet_from_record,
)
from gongzhi.core.scoring.sheet import Mark, Sheet
from gongzhi.core.terms import Said
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation

FRAMES = load_evaluation("mof-2020-10").frames
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
    pack = load_packs()["mof-2020-10"]
    computed = computed_lines(FRAMES["project"], facts=facts, pack=pack)
    sheet = Sheet(frame=FRAMES["project"], computed=computed)
    assert sheet_from_record(through_json(sheet_as_record(sheet))) == sheet
