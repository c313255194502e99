"""What a change of the rules may not do (QUALITY S08), and that a good one is made."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.charter.asked import cases, member, thing
from gongzhi.core.charter import BadCharter, Charter, decide, read_charter
from gongzhi.core.charter.amending import (
    Changes,
    PolicyChange,
    amended,
    faults_of_change,
)
from gongzhi.core.charter.matrix import Standing, difference, rights_matrix
from gongzhi.core.charter.tables import CLAUSE, INSTITUTION
from gongzhi.core.charter.vocabulary import verbs_in_groups
from gongzhi.core.terms import Problem, Text
from gongzhi.rules.charter import load_charter, read_texts
from gongzhi.words import say

MODEL = load_charter()
SAME_CLAUSE = {clause["number"]: clause for clause in read_texts().clauses}


LASTING = verbs_in_groups(MODEL.texts.vocabulary)["lasting"]
CONSTANT = [verb for verb in MODEL.verb_names if verb in LASTING]
WAY = ", ".join(f'Action::"{verb}"' for verb in CONSTANT)


def with_policy(
    source: str | None, *, identifier: str = "new", file: str = "unit.cedar"
) -> Changes:
    return Changes(policies={identifier: PolicyChange(file=file, source=source)})


def after(changes: Changes) -> Charter:
    return read_charter(amended(read_texts(), changes))


def faults(changes: Changes) -> list[str]:
    found = faults_of_change(MODEL, after(changes))
    return [say(problem.what, "zh") for problem in found]


def permit(condition: str, *, party: str = "enterprise", verb: str = "draft_form") -> str:
    return (
        f'@id("new") @clause("4.1") permit (principal in Party::"{party}", '
        f'action == Action::"{verb}", resource){condition};'
    )


def test_a_right_with_its_condition_may_be_given():
    changes = with_policy(permit(' when { resource.stage == "registered" }'))
    assert faults(changes) == []


@pytest.mark.parametrize(
    "condition",
    [
        "",
        " when { true }",
        " when { 1 == 1 }",
        " unless { false }",
        " when { resource.owner == resource.owner }",
        " when { principal.in_office || !principal.in_office }",
        ' when { principal.roles.contains("officer") || resource.stage like "*" }',
    ],
)
def test_s08_a_right_without_condition_is_refused(condition: str):
    assert faults(with_policy(permit(condition))) == ["规则 new 无条件地授予办理权"]


def test_reading_may_be_opened_to_everybody():
    changes = with_policy(permit("", party="visitor", verb="view_project"))
    assert faults(changes) == []


@pytest.mark.parametrize(
    ("condition", "name"),
    [
        ('principal in Organisation::"us" && resource.stage == "registered"', "us"),
        ('principal == Member::"me" && resource.stage == "registered"', "me"),
        ('principal in Person::"me" && principal in resource.owner', "me"),
        ('resource == Project::"mine" && resource.stage == "registered"', "mine"),
    ],
)
def test_s08_a_rule_that_names_somebody_or_their_thing_is_refused(condition: str, name: str):
    changes = with_policy(permit(f" when {{ {condition} }}"))
    assert faults(changes) == [f"规则 new 指名了 {name}"]


def test_s08_nobody_is_shut_out_by_name():
    source = (
        '@id("new") @clause("4.1") forbid (principal, action == Action::"draft_form", resource) '
        'when { principal in Organisation::"critics" };'
    )
    assert faults(with_policy(source)) == ["规则 new 指名了 critics"]


def test_s08_a_right_cannot_hide_in_a_part_that_always_holds():
    hidden = permit(' when { resource.stage == "registered" }').replace("4.1", "12.1")
    assert faults(with_policy(hidden)) == ["规则 new 依据的章一直施行，所给的权利却不属于那一章"]


@pytest.mark.parametrize("condition", ["", " when { principal.region == principal.region }"])
def test_s08_the_way_of_amending_cannot_be_closed(condition: str):
    source = (
        f'@id("new") @clause("12.1") forbid (principal, action in [{WAY}], resource){condition};'
    )
    assert [fault for fault in faults(with_policy(source)) if "没有人还能" in fault] == [
        f"修改以后没有人还能{MODEL.verb_names[verb].text}" for verb in CONSTANT
    ]


def test_what_must_go_on_cannot_be_taken_from_everybody():
    gone = with_policy(None, identifier="system-registers-projects", file="system.cedar")
    assert "修改以后没有人还能登记项目" in faults(gone)


def test_reading_may_not_depend_on_what_no_list_can_ask():
    source = (
        '@id("new") @clause("6.1") permit (principal in Party::"visitor", '
        'action == Action::"view_project", resource) when { resource.stage like "dis*" };'
    )
    assert faults(with_policy(source)) == ["规则 new 的条件不能用来列出项目"]


def test_s08_the_platform_gets_no_rights_by_amendment():
    changes = with_policy(permit(' when { resource.stage == "registered" }', party="system"))
    assert faults(changes) == ["规则 new 给平台自身增加权利"]


def test_s08_a_protected_forbid_can_be_neither_removed_nor_weakened():
    gone = with_policy(None, identifier="nobody-judges-their-own-work", file="protected.cedar")
    assert faults(gone) == ["禁止规则 nobody-judges-their-own-work 受保护，不能修改或者取消"]
    only_one = with_policy(
        None, identifier="nobody-rewrites-what-is-published", file="protected.cedar"
    )
    with pytest.raises(BadCharter):
        after(only_one)
    weaker = with_policy(
        '@id("nobody-judges-their-own-work") @clause("3.3")\n'
        'forbid (principal, action in Action::"judging", resource)\n'
        "when { principal in resource.authors && !principal.in_office };",
        identifier="nobody-judges-their-own-work",
        file="protected.cedar",
    )
    assert faults(weaker) == ["禁止规则 nobody-judges-their-own-work 受保护，不能修改或者取消"]


def test_a_protected_forbid_may_be_written_with_other_spaces():
    source = next(p.source for p in MODEL.policies if p.id == "nobody-judges-their-own-work")
    spaced = with_policy(
        source.replace("\n", "\n\n  "),
        identifier="nobody-judges-their-own-work",
        file="protected.cedar",
    )
    assert faults(spaced) == []


def test_s08_a_protected_clause_cannot_be_reworded_or_repealed():
    reworded = {**SAME_CLAUSE["3.3"], "text": {"zh": "可以自审。", "en": "Judge yourself."}}
    assert faults(Changes(clauses={"3.3": reworded})) == ["第 3.3 条受保护，不能修改或者废止"]


def test_s08_a_policy_without_clause_or_of_an_unknown_verb_is_no_charter():
    for source in (
        permit("").replace('@clause("4.1") ', ""),
        permit("", verb="destroy_form"),
        permit("", party="martians"),
    ):
        with pytest.raises(BadCharter):
            after(with_policy(source))


def test_a_clause_is_reworded_added_and_repealed():
    reworded = {**SAME_CLAUSE["4.2"], "title": {"zh": "收回草稿", "en": "Taking back a draft"}}
    added = {**SAME_CLAUSE["4.2"], "number": "4.99"}
    changed = after(Changes(clauses={"4.2": reworded, "4.99": added, "1.5": None}))

    assert changed.clauses["4.2"].title.zh == "收回草稿"
    assert list(changed.clauses)[-1] != "4.99"
    assert changed.clauses["4.99"].part == "4"
    assert "1.5" not in changed.clauses
    assert changed.version != MODEL.version


def test_changes_survive_json():
    changes = Changes(
        clauses={"4.2": SAME_CLAUSE["4.2"], "1.5": None},
        policies={"new": PolicyChange(file="unit.cedar", source=permit(""))},
        institutions={
            "local-rule": {
                "code": "local-rule",
                "title": {"zh": "本市规定", "en": "A rule of the city"},
                "level": "normative",
                "issued_on": date(2026, 3, 1),
                "verified": False,
            }
        },
    )
    again = Changes.from_record(json.loads(json.dumps(changes.as_record())))
    assert again == changes
    assert after(again).institutions["local-rule"].issued_on == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (Changes(clauses={"13.1": None}), "第 13.1 条不属于任何一章"),
        (Changes(clauses={"4.x": None}), "第 4.x 条不属于任何一章"),
        (Changes(clauses={"4.2": SAME_CLAUSE["4.3"]}), "对第 4.2 条的改动写的是另一条"),
        (Changes(institutions={"x": {"code": "y"}}), "对制度 x 的改动写的是另一项"),
        (with_policy(permit(""), file="../unit.cedar"), "规则 new 的文件名不对"),
        (with_policy(permit("") * 2), "规则 new 的改动应当恰好是这一条规则，前后不带别的"),
        (with_policy(permit("") + " //"), "规则 new 的改动应当恰好是这一条规则，前后不带别的"),
        (with_policy(permit("").replace("new", "old")), "规则 new 的改动应当恰好是这一条规则"),
        (with_policy(permit(' when { "\u202e" == "" }')), "规则 new 含有看不见的字符"),
        (with_policy("permit"), "规则 new 读不懂"),
    ],
)
def test_a_change_that_is_not_what_it_says_is_refused(changes: Changes, fault: str):
    with pytest.raises(BadCharter) as refused:
        amended(read_texts(), changes)
    (problem,) = refused.value.problems
    assert say(problem.what, "zh").startswith(fault)


@pytest.mark.parametrize(
    "condition",
    ["(" * 50_000 + "true" + ")" * 50_000, "1" + " + 1" * 50_000 + " == 1", "[" * 100 + "]" * 100],
)
def test_a_policy_cannot_be_so_deep_that_reading_it_ends_the_process(condition: str):
    with pytest.raises(BadCharter):
        amended(read_texts(), with_policy(permit(f" when {{ {condition} }}")))


@pytest.mark.parametrize(
    "condition",
    [
        " || ".join(["principal.fresh"] * 100),
        " + ".join(["1"] * 440) + " == 1",
        "principal.region" + ".a" * 880,
        "(" * 50 + "principal.fresh" + ")" * 50,
        "if true then " * 90 + "true" + " else true" * 66,
    ],
)
def test_the_longest_policy_that_is_taken_is_read_or_refused(condition: str):
    try:
        changed = after(with_policy(permit(f" when {{ {condition} }}")))
    except BadCharter:
        return
    assert not decide(changed, member("visitor"), "draft_form", thing("registered project of A"))


plain = st.recursive(
    st.none() | st.booleans() | st.integers(0, 40) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=4,
)


fields = st.dictionaries(st.sampled_from([*CLAUSE, *INSTITUTION, "more"]), plain, max_size=3)


def read_or_refused(record: Any) -> Charter | tuple[Problem, ...]:
    try:
        return after(Changes.from_record(record))
    except BadCharter as refused:
        return refused.problems


def says_why(problems: tuple[Problem, ...]) -> bool:
    return bool(problems) and all(say(each.what, "zh") and each.hint for each in problems)


@settings(max_examples=20)
@given(clause=fields, new=fields, missing=st.sets(st.sampled_from([*CLAUSE]), max_size=1))
@example(clause={}, new={}, missing=set())
@example(clause={"more": 1}, new={}, missing=set())
@example(clause={}, new={"more": 1}, missing=set())
def test_whatever_a_clause_holds_it_is_read_or_refused(
    clause: dict[str, Any], new: dict[str, Any], missing: set[str]
):
    entry = {**SAME_CLAUSE["4.8"], **clause, "number": "4.8"}
    title = {"zh": "新办法", "en": "New rule"}
    institution = {"code": "new", "title": title, "level": "local", "verified": False, **new}
    record = {
        "clauses": {"4.8": {name: value for name, value in entry.items() if name not in missing}},
        "institutions": {"new": institution},
    }
    read = read_or_refused(json.loads(json.dumps(record, default=str)))
    if not isinstance(read, Charter):
        assert says_why(read)
        assert clause or new or missing
        return
    assert "more" not in {**clause, **new}
    assert missing.isdisjoint({"number", "kind", "since_on", "title", "text"})
    assert read.clauses.keys() == MODEL.clauses.keys()
    assert read.clauses["4.8"].title == Text(**entry["title"])
    assert read.clauses["4.8"].text == Text(**entry["text"])
    assert read.institutions.keys() == {*MODEL.institutions, "new"}
    assert read.institutions["new"].title == Text(**institution["title"])


@settings(max_examples=20)
@given(record=plain | st.fixed_dictionaries({"clauses": plain, "policies": plain}))
@example(record={})
def test_whatever_a_record_holds_it_is_read_or_refused(record: Any):
    read = read_or_refused(record)
    if not isinstance(read, Charter):
        assert says_why(read)
        assert record != {}
        return
    kept = {number for number in MODEL.clauses if number not in record.get("clauses", {})}
    assert all(read.clauses[number] == MODEL.clauses[number] for number in kept)


def test_the_difference_names_each_party_that_gains_or_loses():
    changes = with_policy(permit(' when { resource.stage == "registered" }'))
    (changed,) = difference(MODEL, after(changes))

    assert (changed.party, changed.verb) == ("enterprise", "draft_form")
    assert len(changed.after.permits) == len(changed.before.permits) + 1
    assert json.dumps(changed.as_record())
    assert difference(MODEL, MODEL) == ()


def test_taking_a_right_from_a_group_takes_it_from_each_party_within():
    changed = difference(MODEL, after(with_policy(None, identifier="unit-drafts")))
    assert {c.party for c in changed} == {
        "government",
        "congress",
        "audit",
        "social",
        "enterprise",
    }
    assert {c.after.standing for c in changed} == {Standing.NONE}


def test_a_cell_says_at_a_glance_what_a_party_may_do():
    matrix = rights_matrix(MODEL)
    bare = rights_matrix(MODEL.restricted_to(frozenset()))

    assert matrix.cell("visitor", "view_answer").standing is Standing.ALLOWED
    assert matrix.cell("government", "draft_form").standing is Standing.CONDITIONAL
    assert bare.cell("government", "draft_form").asleep
    assert matrix.cell("evaluator", "register_region").standing is Standing.NONE
    assert "4.1" in matrix.cell("government", "draft_form").clauses


def test_a_right_that_the_matrix_denies_is_denied_to_every_member():
    matrix = rights_matrix(MODEL)
    for case in cases():
        who = member(case.who)
        if matrix.cell(str(who.kind), case.verb).standing is Standing.NONE:
            assert not decide(MODEL, who, case.verb, thing(case.what)), case.line
