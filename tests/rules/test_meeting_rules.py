"""The rules of meetings as they stand in the file."""

from datetime import date
from fractions import Fraction

from gongzhi.rules.participation.meetings import load_meetings, meeting_rules


def test_papers_are_out_seven_days_before():
    rules = meeting_rules(date(2026, 6, 1))
    assert rules.papers_days == 7
    assert rules.quorum.part == Fraction(1, 2)


def test_what_nobody_has_read_is_not_called_verified():
    assert [each for each in load_meetings() if each.verified] == []


def test_the_first_rules_hold_for_what_came_before():
    assert meeting_rules(date(2000, 1, 1)) == load_meetings()[0]
