"""What a change of the rules may not do (QUALITY S08), and that a good one is made."""

import json
from datetime import date

import pytest

from core.charter.asked import cases, member, thing
from gongzhi.core.charter import BadCharter, Charter, decide, read_charter
from gongzhi.core.charter.amending import (
    Changes,
    PolicyChange,
    amended,
    faults_of_change,
)
from gongzhi.core.charter.matrix import Standing, difference, rights_matrix
from gongzhi.rules.charter import load_charter, read_texts

MODEL = load_charter()
SAME_CLAUSE = {clause["number"]: clause for clause in read_texts().clauses}


def with_policy(
    source: str | None, *, identifier: str = "new", file: str = "unit.cedar"
) -> Changes:
    return Changes(policies={identifier: PolicyChange(file=file, source=source)})


def after(changes: Changes) -> Charter:
    return read_charter(amended(read_texts(), changes))


def faults(changes: Changes) -> list[str]:
    found = faults_of_change(MODEL, after(changes))
    return [problem.what.text.format(**problem.what.values) for problem in found]


def permit(condition: str, *, party: str = "enterprise", verb: str = "draft_form") -> str:
    return (
        f'@id("new") @clause("4.1") permit (principal in Party::"{party}", '
        f'action == Action::"{verb}", resource){condition};'
    )


def test_a_right_with_its_condition_may_be_given():
    changes = with_policy(permit(' when { resource.stage == "registered" }'))
    assert faults(changes) == []


@pytest.mark.parametrize(
    "condition", ["", " when { true }", " when { 1 == 1 }", " unless { false }"]
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
    ],
)
def test_s08_a_right_given_to_somebody_by_name_is_refused(condition: str, name: str):
    changes = with_policy(permit(f" when {{ {condition} }}"))
    assert faults(changes) == [f"规则 new 把权利指名授予 {name}"]


def test_s08_the_platform_gets_no_rights_by_amendment():
    changes = with_policy(permit(' when { resource.stage == "registered" }', party="system"))
    assert faults(changes) == ["规则 new 给平台自身增加权利"]


def test_s08_a_protected_forbid_can_be_neither_removed_nor_weakened():
    gone = with_policy(None, identifier="nobody-judges-their-own-work", file="protected.cedar")
    with pytest.raises(BadCharter):
        after(gone)
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
