"""The rules as a text: numbered, said in two languages, dated, sourced; words and data agree."""

import re

import pytest

from gongzhi.core.charter import Clause
from gongzhi.core.charter.charter import ClauseKind
from gongzhi.papers.articles import number
from gongzhi.rules.charter import load_charter

CHARTER = load_charter()
CLAUSES = tuple(CHARTER.clauses.values())
CHINESE = re.compile(r"[\u3400-\u9fff]")
HALF_WIDTH = re.compile(r"[,;:?!()]")
REFERENCE = {"zh": re.compile(r"第 (\d+\.\d+) 条"), "en": re.compile(r"clause (\d+\.\d+)")}
WORKING_DAYS = re.compile(r"([一二三四五六七八九十百]+)个工作日")
DAYS = re.compile(r"([一二三四五六七八九十百]+)日")
IN_ENGLISH = {
    2: "two",
    5: "five",
    7: "seven",
    10: "ten",
    15: "fifteen",
    20: "twenty",
    30: "thirty",
    60: "sixty",
}


def owing() -> list[Clause]:
    return [clause for clause in CLAUSES if clause.owed and clause.owed.within_days]


def test_the_clauses_of_a_part_are_numbered_without_a_gap():
    for part in CHARTER.parts:
        numbers = [clause.number for clause in CLAUSES if clause.part == part]
        assert numbers == [f"{part}.{position + 1}" for position in range(len(numbers))]


def test_there_are_twelve_parts_and_those_that_the_platform_runs_by_always_hold():
    assert list(CHARTER.parts) == [str(part) for part in range(1, 13)]
    assert [number for number, part in CHARTER.parts.items() if part.always] == ["3", "11", "12"]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.number)
def test_a_clause_speaks_each_language_for_itself(clause: Clause):
    assert not CHINESE.search(clause.text.en + clause.title.en)
    assert not HALF_WIDTH.search(clause.text.zh + clause.title.zh)
    assert clause.text.zh.endswith("。")
    assert clause.text.en.endswith(".")


def test_a_clause_refers_only_to_clauses_that_are_there_and_alike_in_both_languages():
    for clause in CLAUSES:
        zh = REFERENCE["zh"].findall(clause.text.zh)
        assert zh == REFERENCE["en"].findall(clause.text.en), clause.number
        assert set(zh) <= set(CHARTER.clauses)


@pytest.mark.parametrize("clause", owing(), ids=lambda clause: clause.number)
def test_a_period_in_the_data_is_the_one_in_the_words(clause: Clause):
    assert clause.owed is not None
    days = clause.owed.within_days
    assert days is not None
    said = WORKING_DAYS if clause.owed.working_days else DAYS

    assert days in [number(numeral) for numeral in said.findall(clause.text.zh)]
    assert f"{IN_ENGLISH[days]} " in clause.text.en.lower()


def test_what_is_owed_is_owed_by_and_to_parties_that_exist():
    for clause in CLAUSES:
        if clause.owed:
            assert {*clause.owed.by, *clause.owed.to} <= set(CHARTER.parties), clause.number


def test_nobody_amends_what_is_protected():
    for clause in CLAUSES:
        assert clause.amended_by in {"authority", "law", "nobody"}
        assert clause.amended_by == "nobody" or not clause.protected, clause.number


def test_an_institution_that_counts_as_read_says_where():
    for institution in CHARTER.institutions.values():
        assert institution.verified == (institution.read_in is not None), institution.code


def test_every_institution_of_the_register_is_cited():
    cited = {source.institution.code for clause in CLAUSES for source in clause.sources}
    assert cited == set(CHARTER.institutions)


def test_an_evaluation_by_a_social_organisation_is_answered_by_the_unit_in_fifteen_working_days():
    answer = CHARTER.clauses["5.6"]

    assert answer.kind is ClauseKind.DUTY
    assert answer.owed is not None
    assert (answer.owed.by, answer.owed.to) == (("unit",), ("social",))
    assert (answer.owed.within_days, answer.owed.working_days) == (15, True)


def test_the_audit_administrator_is_never_taken_for_the_audit_office():
    assert "不是审计机关" in CHARTER.clauses["3.7"].text.zh


def test_no_clause_asks_for_the_least_that_somebody_would_take():
    assert "不计算、不显示任何人可以接受的最低数额" in CHARTER.clauses["7.4"].text.zh
