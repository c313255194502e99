"""What decides when no policy fits, when one fails, and when a new verb joins a protected group."""

from dataclasses import replace

import pytest

from core.charter.asked import AUTHOR, in_office, thing
from gongzhi.core.charter import VISITOR, Charter, decide, decide_all, read_charter
from gongzhi.core.charter.deciding import BROKEN, FORBIDDEN, NOT_GRANTED
from gongzhi.rules.charter import load_charter, read_texts

OFFICER = in_office("government", roles={"officer"}, unit="A")
REVIEWER = in_office("government", roles={"reviewer"}, unit="A")
DRAFT = thing("draft form_version of A")


def charter_with(policies: str = "", *, verbs: dict[str, object] | None = None) -> Charter:
    texts = read_texts()
    known = texts.vocabulary
    return read_charter(
        replace(
            texts,
            vocabulary=replace(known, verbs={**known.verbs, **(verbs or {})}),
            policies={**texts.policies, "more.cedar": policies},
        )
    )


def test_what_no_policy_permits_is_refused_with_the_clause_that_would():
    answer = decide(load_charter(), OFFICER, "publish_form", DRAFT)

    assert not answer
    assert (answer.clauses, answer.reason) == (("4.3",), NOT_GRANTED)
    assert (answer.parties, answer.roles) == (("unit",), ("reviewer",))


def test_what_is_forbidden_says_so():
    answer = decide(load_charter(), VISITOR, "publish_form", DRAFT)

    assert (answer.clauses, answer.reason) == (("2.11",), FORBIDDEN)


def test_a_forbid_that_fails_denies():
    # Cedar skips a policy whose condition fails; without our care this would be allowed.
    charter = charter_with(
        """
        @id("of-large-numbers") @clause("4.4")
        forbid (principal, action == Action::"publish_form", resource)
        when { 9223372036854775807 + 1 > 0 };
        """
    )

    answer = decide(charter, REVIEWER, "publish_form", DRAFT)

    assert not answer
    assert (answer.clauses, answer.reason) == (("4.3",), BROKEN)


def test_a_thing_that_lacks_what_it_should_have_is_refused():
    answer = decide(load_charter(), REVIEWER, "publish_form", replace(DRAFT, stage=None))

    assert not answer
    assert answer.reason == BROKEN


def test_a_new_verb_of_judging_is_protected_from_its_first_day():
    charter = charter_with(
        """
        @id("careless") @clause("4.3")
        permit (principal in Party::"unit", action == Action::"approve_form", resource);
        """,
        verbs={"approve_form": {"name": "批准", "on": ["form_version"], "groups": ["judging"]}},
    )
    author = in_office("government", roles={"reviewer"}, unit="A", person=AUTHOR)

    assert decide(charter, REVIEWER, "approve_form", DRAFT)
    assert decide(charter, author, "approve_form", DRAFT).clauses == ("3.3",)


def test_s09_a_right_that_was_taken_away_is_gone_with_the_next_question():
    assert decide(load_charter(), REVIEWER, "publish_form", DRAFT)
    without_role = replace(REVIEWER, roles=frozenset())
    assert not decide(load_charter(), without_role, "publish_form", DRAFT)


def test_names_that_break_quotes_are_only_names():
    wicked = '"); permit(principal, action, resource); //\n'
    member = replace(OFFICER, office=wicked, person=wicked, organisation=wicked)
    owned = replace(DRAFT, owner=wicked, id=wicked)

    assert decide(load_charter(), member, "view_form_version", owned)
    assert not decide(load_charter(), member, "view_form_version", DRAFT)


def test_a_verb_that_the_charter_does_not_know_is_refused():
    answer = decide(load_charter(), OFFICER, "destroy_form", DRAFT)

    assert not answer
    assert answer.clauses == ()


@pytest.mark.parametrize("kind", ["project", "form_version", "answer"])
def test_the_platform_reads_nothing(kind: str):
    from_all = [thing(f"{stage} {kind} of A") for stage in ("draft", "published", "disclosed")]
    assert not any(
        decide(load_charter(), in_office("system", roles=set(), unit="A"), f"view_{kind}", t)
        for t in (from_all if kind != "answer" else [thing("answer of A")])
    )


def test_things_that_are_yet_to_be_made_share_a_name_and_get_their_own_answers():
    own = replace(thing("open task of A"), id="new")
    other = replace(own, owner="B")

    answers = decide_all(load_charter(), OFFICER, (("assign_task", own), ("assign_task", other)))

    assert [bool(answer) for answer in answers] == [True, False]
    assert answers[1].reason == NOT_GRANTED
