"""A no says what stands against the deed: a role, a stage, a factor, a part not yet adopted."""

from dataclasses import replace

import pytest

from core.charter.asked import AUTHOR, in_office, member, thing
from core.charter.test_deciding import charter_with
from gongzhi.core.charter import VISITOR, Assurance, Charter, Thing, decide
from gongzhi.core.charter.deciding import BROKEN, FORBIDDEN, NOT_GRANTED, PERMITTED
from gongzhi.core.charter.explaining import (
    NEEDS_FACTOR,
    NEEDS_FRESH,
    NOT_IN_FORCE,
    WRONG_STAGE,
    explained,
    reasoned,
)
from gongzhi.core.charter.wording import conditions_of
from gongzhi.rules.charter import load_charter
from gongzhi.words import say

ASSURED = {"second_factor": True, "fresh": True}
OFFICER = replace(in_office("government", roles={"officer"}, unit="A"), **ASSURED)
REVIEWER = replace(in_office("government", roles={"reviewer"}, unit="A"), **ASSURED)
DRAFT = thing("draft form_version of A")
EVERY = frozenset(load_charter().parts)


def with_factors_asked_for() -> Charter:
    return charter_with(
        """
        @id("asks-factor") @clause("3.9")
        forbid (principal, action in Action::"doing", resource)
        when { principal.in_office && !principal.second_factor };
        @id("asks-fresh") @clause("3.10")
        forbid (principal, action == Action::"publish_form", resource)
        unless { principal.fresh };
        """
    )


def test_a_missing_role_is_named_beside_what_is_right():
    explanation = explained(load_charter(), OFFICER, "publish_form", DRAFT)

    (way,) = explanation.ways
    told = {say(condition.said, "zh"): condition.holds for condition in way.conditions}
    assert explanation.answer.reason == NOT_GRANTED
    assert told == {"是本单位的": True, "岗位角色是公开审查岗": False, "阶段是草稿": True}
    assert (way.is_own_party, way.missing) == (True, 1)


def test_another_party_is_told_that_the_right_is_not_theirs():
    evaluator = replace(in_office("evaluator", roles={"officer"}, unit="A"), **ASSURED)
    project = thing("registered project of A")

    (way,) = explained(load_charter(), evaluator, "draft_form", project).ways

    assert not way.is_own_party
    assert way.party == "unit"


def test_s06_what_comes_at_the_wrong_stage_says_so():
    published = thing("published form_version of A")
    assert reasoned(load_charter(), REVIEWER, "publish_form", published).reason == WRONG_STAGE
    assert reasoned(load_charter(), OFFICER, "publish_form", published).reason == FORBIDDEN


def test_what_is_forbidden_stays_forbidden_at_every_stage():
    author = replace(REVIEWER, person=AUTHOR)
    explanation = explained(load_charter(), author, "publish_form", DRAFT)

    assert explanation.answer.reason == FORBIDDEN
    assert explanation.forbids == ("3.3",)


def test_a_part_that_is_not_adopted_is_the_reason_only_if_nothing_else_is():
    asleep = load_charter().restricted_to(EVERY - {"4"})
    project = thing("registered project of A")

    refused = reasoned(asleep, OFFICER, "draft_form", project)
    assert (refused.reason, refused.clauses) == (NOT_IN_FORCE, ("4.1", "4.13"))
    assert reasoned(asleep, VISITOR, "draft_form", project).reason == FORBIDDEN


def test_where_a_part_sleeps_nobody_is_sent_to_ask_somebody():
    asleep = load_charter().restricted_to(EVERY - {"4"})
    refused = reasoned(asleep, OFFICER, "draft_form", thing("registered project of A"))
    assert (refused.parties, refused.roles) == ((), ())


def test_what_the_program_does_not_know_is_not_explained():
    explanation = explained(load_charter(), OFFICER, "destroy_form", DRAFT)
    assert (explanation.answer.allowed, explanation.ways) == (False, ())


def test_s23_s24_a_missing_factor_is_told_apart_from_an_old_one():
    charter = with_factors_asked_for()
    without = replace(REVIEWER, second_factor=False, fresh=False)
    tired = replace(REVIEWER, fresh=False)

    assert decide(charter, REVIEWER, "publish_form", DRAFT)
    assert reasoned(charter, without, "publish_form", DRAFT).reason == NEEDS_FACTOR
    assert reasoned(charter, tired, "publish_form", DRAFT).reason == NEEDS_FRESH
    no_reviewer = replace(OFFICER, second_factor=False, fresh=False)
    assert reasoned(charter, no_reviewer, "publish_form", DRAFT).reason == NOT_GRANTED


def test_a_level_that_is_too_low_is_named_with_the_one_that_helps():
    stranger = member("citizen author")
    person = thing("active person of A")

    answer = reasoned(load_charter(), stranger, "choose_public_name", person)

    assert not answer.allowed
    assert answer.clauses == ("5.13",)
    assert say(answer.reason, "zh") == ("这一项要求本人核实了联系方式；在“我的账号”里可以提高")
    assert say(answer.reason, "en") == (
        "This asks for: contact verified. You can raise your level in “My account”"
    )
    for level in (Assurance.CONTACT, Assurance.IDENTITY, Assurance.FACTOR):
        known = replace(stranger, assurance=level)
        assert reasoned(load_charter(), known, "choose_public_name", person).allowed


def test_the_level_is_one_of_the_conditions_in_words():
    told = explained(
        load_charter(), member("citizen author"), "choose_public_name", thing("active person of A")
    )
    failing = [say(each.said, "en") for each in told.ways[0].conditions if not each.holds]
    level = "contact verified or identity verified or identity verified"
    assert failing == [f"you have: {level} and signed in with a second factor"]


def test_a_level_does_not_help_with_what_is_somebody_elses():
    answer = reasoned(
        load_charter(), member("citizen"), "choose_public_name", thing("active person of A")
    )
    assert "level" not in answer.reason.values


def test_s69_what_cannot_be_decided_is_not_explained_away():
    broken: Thing = replace(DRAFT, stage=None)
    explanation = explained(load_charter(), REVIEWER, "publish_form", broken)

    assert explanation.answer.reason == BROKEN
    assert not any(condition.holds for way in explanation.ways for condition in way.conditions)


def test_a_yes_needs_no_reason():
    assert reasoned(load_charter(), REVIEWER, "publish_form", DRAFT).reason == PERMITTED


def test_every_condition_of_the_model_text_has_words():
    charter = load_charter()
    told = [(p.id, say(said, "zh")) for p in charter.policies for said in conditions_of(charter, p)]
    assert [(policy, text) for policy, text in told if "符合“" in text] == []


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('!(resource.stage == "draft")', "阶段不是草稿"),
        ('principal in Party::"audit"', "本人属于审计机关"),
        ('!(principal in Party::"audit")', "本人不属于审计机关"),
        ('resource.stage != "draft"', "阶段不是草稿"),
        ('["draft", "published"].contains(resource.stage)', "阶段是草稿或已公开"),
        (
            'principal.fresh || principal.roles.contains("officer")',
            "刚刚重新验证过身份，或者岗位角色是绩效管理岗",
        ),
        (
            '!(principal in resource.owner && resource.stage == "draft")',
            "不是本单位的，或者阶段不是草稿",
        ),
        ("!principal.in_office", "本人没有岗位"),
        ("resource in principal.region", "在本级行政区域内"),
        ("!(resource in principal.region)", "不在本级行政区域内"),
        ('resource.stage like "dr*"', "符合“"),
    ],
)
def test_conditions_are_put_into_words(condition: str, said: str):
    charter = charter_with(
        f"""
        @id("x") @clause("4.3")
        permit (principal in Party::"unit", action == Action::"publish_form", resource)
        when {{ {condition} }};
        """
    )
    policy = next(policy for policy in charter.policies if policy.id == "x")

    (told,) = conditions_of(charter, policy)
    assert say(told, "zh").startswith(said)
    assert "{" not in say(told, "en").replace('{"', "")
