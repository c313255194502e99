"""The charter answers as the case files say, clause by clause."""

import pytest

from core.charter.asked import Case, cases, member, thing
from gongzhi.core.charter import decide, decide_all
from gongzhi.rules.charter import load_charter


@pytest.mark.parametrize("case", cases(), ids=lambda case: " ".join(case.line.split()))
def test_the_charter_answers_as_agreed(case: Case):
    answer = decide(load_charter(), member(case.who), case.verb, thing(case.what))

    assert (answer.allowed, answer.clauses) == (case.allowed, case.clauses)


def test_every_right_has_a_case_that_uses_it_and_one_that_lacks_it():
    verdicts = {(case.verb, case.allowed) for case in cases()}
    missing = {
        (verb, allowed)
        for verb in load_charter().verbs
        for allowed in (True, False)
        if (verb, allowed) not in verdicts
    }
    assert missing == set()


def test_a_page_gets_the_same_answers_at_once_as_one_by_one():
    charter = load_charter()
    for who in ("visitor", "author", "government reviewer of A", "audit officer of B"):
        asked = [(c.verb, thing(c.what)) for c in cases() if c.what.endswith("n of A")]
        for question in asked:
            together = decide_all(charter, member(who), (question, question))
            assert together == (decide(charter, member(who), *question),) * 2
