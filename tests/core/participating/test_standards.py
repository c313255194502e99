"""A panel beside a participation standard: met, not met, not yet, with its figures."""

from dataclasses import replace

from gongzhi.core.participating.sortition.asking import Quota, Sought
from gongzhi.core.participating.sortition.feasible import never_possible
from gongzhi.core.participating.standards import Met, PanelCounts, lines_of
from gongzhi.rules.participation.panels import load_panel_rules
from gongzhi.words import say

STANDARD = load_panel_rules().standards["zhejiang-2025"]
PLANNED = PanelCounts(by_lot=32, invited=8, is_drawn=False, seated=0, opinions=0, answered=0)
HELD = replace(PLANNED, is_drawn=True, seated=32, opinions=5, answered=5)


def states(counts):
    return [line.met for line in lines_of(counts, standard=STANDARD)]


def test_before_the_draw_what_fits_is_not_yet_told():
    assert states(PLANNED) == [Met.NOT_YET] * 4


def test_a_panel_that_was_held_and_answered_meets_every_line():
    assert states(HELD) == [Met.MET] * 4


def test_everybody_by_lot_is_more_than_the_standard_asks_and_said_as_that():
    all_drawn = replace(HELD, invited=0)
    lines = lines_of(all_drawn, standard=STANDARD)
    assert lines[1].met is Met.NOT_MET
    assert say(lines[1].figure, "zh") == "32 人中 32 人，占 100%"


def test_seats_that_nobody_took_don_t_count():
    assert states(replace(HELD, seated=20))[0] is Met.NOT_MET


def test_the_line_of_the_draw_says_how_it_was_solved():
    by_time = lines_of(replace(HELD, is_proven=False), standard=STANDARD)[2]
    assert by_time.met is Met.MET
    assert "没有证明" in say(by_time.figure, "zh")
    assert "LEXIMIN" in say(lines_of(HELD, standard=STANDARD)[2].figure, "zh")


def test_an_opinion_without_an_answer_keeps_the_line_open():
    assert states(replace(HELD, answered=4))[3] is Met.NOT_YET


def test_the_secondary_source_is_said_to_be_unverified():
    assert not STANDARD.verified


def test_quotas_that_never_add_up_are_refused_before_anybody_volunteers():
    quotas = (
        Quota(feature="区", value="东", least=4, most=5),
        Quota(feature="区", value="西", least=4, most=5),
        Quota(feature="龄", value="青", least=0, most=2),
        Quota(feature="龄", value="老", least=0, most=3),
    )
    said = [say(each, "zh") for each in never_possible(Sought(size=6, quotas=quotas))]
    assert said == ["“区”各项至少 8 人，超过要抽的 6 人", "“龄”各项最多 5 人，不足要抽的 6 人"]
