"""What the rules lack is found in the rules themselves."""

from dataclasses import replace
from datetime import date

import pytest

from gongzhi.core.charter import Charter, read_charter
from gongzhi.core.charter.gaps import Gap, GapKind, citing, gaps_in
from gongzhi.rules.charter import load_charter, read_texts

TODAY = date(2026, 6, 1)
LAW = "budget-law"


@pytest.fixture(scope="module")
def charter() -> Charter:
    return load_charter()


def of_kind(charter: Charter, kind: GapKind) -> list[Gap]:
    return [gap for gap in gaps_in(charter, today=TODAY) if gap.kind is kind]


def lapsing(on: date) -> Charter:
    texts = read_texts()
    institutions = tuple(
        {**entry, "lapsed_on": on} if entry["code"] == LAW else entry
        for entry in texts.institutions
    )
    return read_charter(replace(texts, institutions=institutions))


def test_a_law_that_lapsed_is_a_gap_with_every_clause_that_rests_on_it():
    charter = lapsing(date(2026, 5, 31))
    (gap,) = of_kind(charter, GapKind.LAPSED)
    assert gap.institution == LAW
    assert gap.clauses == citing(charter, LAW) != ()


def test_a_law_that_lapses_later_is_none_yet():
    assert of_kind(lapsing(date(2026, 6, 2)), GapKind.LAPSED) == []


def test_a_source_that_nobody_read_is_a_gap_if_something_rests_on_it(charter: Charter):
    unread = {gap.institution for gap in of_kind(charter, GapKind.UNVERIFIED)}
    expected = {
        code
        for code, institution in charter.institutions.items()
        if not institution.verified and citing(charter, code)
    }
    assert unread == expected != set()


def test_a_right_without_source_a_duty_without_clock_a_right_on_paper(charter: Charter):
    without = {gap.clauses[0] for gap in of_kind(charter, GapKind.WITHOUT_SOURCE)}
    assert without == {n for n, c in charter.clauses.items() if c.kind == "right" and not c.sources}
    endless = {gap.clauses[0] for gap in of_kind(charter, GapKind.WITHOUT_CLOCK)}
    assert all(charter.clauses[number].owed for number in endless)
    on_paper = {gap.clauses[0] for gap in of_kind(charter, GapKind.ON_PAPER)}
    assert all(charter.clauses[number].on_paper for number in on_paper)


def test_the_gravest_come_first_and_each_has_a_name_of_its_own(charter: Charter):
    found = gaps_in(charter, today=TODAY)
    order = [list(GapKind).index(gap.kind) for gap in found]
    assert order == sorted(order)
    assert len({gap.code for gap in found}) == len(found)
