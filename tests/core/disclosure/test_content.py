"""What is kept back of a piece leaves nothing of itself; when a duty to disclose is met."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.disclosure.clock import Timeliness, timeliness
from gongzhi.core.disclosure.content import (
    HELD_BACK,
    NO_PASSAGE,
    NO_PLACE,
    TOO_SHORT,
    Field,
    Piece,
    doubts_in,
    piece_from_record,
    place_of,
    without,
)
from gongzhi.core.disclosure.stages import STEPS, Ground, PackStage, pack_step
from gongzhi.core.terms import Said

PIECE = Piece(
    fields=(Field(at="goal", title="年度目标", text="修桥，联系人：王建国，13812345678"),),
    heads=("指标", "原因"),
    lines=(("长度", "供应商甲报价 3 万元"), ("质量", "")),
)
TEXTS = st.text(alphabet="甲乙丙丁 ab", max_size=12)


def pieces() -> st.SearchStrategy[Piece]:
    line = st.tuples(TEXTS, TEXTS)
    return st.builds(
        lambda text, lines: Piece(
            fields=(Field(at="goal", title="目标", text=text),), heads=("一", "二"), lines=lines
        ),
        TEXTS,
        st.lists(line, max_size=3).map(tuple),
    )


def test_a_passage_is_replaced_by_its_ground():
    told = without(PIECE, "供应商甲报价 3 万元", at="1.2", ground=Ground.BUSINESS, reason="报价")
    assert isinstance(told, Piece)
    assert told.lines[0][1] == HELD_BACK[Ground.BUSINESS]
    assert told.held[0].reason == "报价"
    assert PIECE.lines[0][1] == "供应商甲报价 3 万元"


@pytest.mark.parametrize(
    ("passage", "at", "why"),
    [("供应商", "goal", NO_PASSAGE), ("修桥", "9.9", NO_PLACE), ("修", "goal", TOO_SHORT)],
)
def test_what_does_not_stand_there_is_not_kept_back(passage, at, why):
    assert without(PIECE, passage, at=at, ground=Ground.LAW, reason="x") == why


def test_personal_data_is_pointed_at():
    assert [(each.at, each.passage) for each in doubts_in(PIECE)] == [
        ("goal", "王建国"),
        ("goal", "13812345678"),
    ]


@given(pieces())
def test_a_piece_reads_back_as_it_was_kept(piece):
    record = json.loads(json.dumps(piece.as_record()))
    assert piece_from_record(record) == piece
    assert piece_from_record(record).digest == piece.digest


@given(pieces(), st.data())
def test_nothing_of_a_passage_remains_at_its_place(piece, data):
    at, text = data.draw(st.sampled_from(sorted(piece.places())))
    start = data.draw(st.integers(0, len(text)))
    passage = text[start : start + 3].strip()
    told = without(piece, passage, at=at, ground=Ground.LAW, reason="依法")
    if isinstance(told, Said):
        assert len(passage) < 2
        return
    assert passage not in dict(told.places())[at].replace(HELD_BACK[Ground.LAW], "\n")
    others = {key: value for key, value in piece.places() if key != at}
    assert {key: value for key, value in told.places() if key != at} == others


def test_cells_are_named_by_line_and_column():
    assert dict(PIECE.places())[place_of(0, 1)] == "供应商甲报价 3 万元"


def test_nothing_leads_out_of_what_is_published_or_withdrawn():
    ends = {PackStage.PUBLISHED, PackStage.WITHDRAWN}
    assert not [step for step in STEPS if step.stage in ends]
    assert isinstance(pack_step(PackStage.DRAFT, "publish_pack"), Said)


@given(st.dates(), st.one_of(st.none(), st.dates()), st.dates())
def test_a_duty_is_met_in_time_or_not(due, published_on, today):
    state = timeliness(due=due, published_on=published_on, today=today)
    met = published_on is not None and published_on <= due
    assert (state is Timeliness.IN_TIME) == met
    assert (state is Timeliness.OVERDUE) == (published_on is None and today > due)


def test_the_last_day_is_in_time():
    day = date(2026, 2, 9)
    assert timeliness(due=day, published_on=day, today=day) is Timeliness.IN_TIME
