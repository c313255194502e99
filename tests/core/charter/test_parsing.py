"""Texts of a charter that break their own rules are refused when they are read (QUALITY S08)."""

from copy import deepcopy
from dataclasses import replace

import pytest

from gongzhi.core.charter import BadCharter, CharterTexts, read_charter
from gongzhi.rules.charter import load_charter, read_texts


def with_policy(policy: str) -> CharterTexts:
    texts = read_texts()
    return replace(texts, policies={**texts.policies, "changed.cedar": policy})


def without(name: str) -> CharterTexts:
    texts = read_texts()
    return replace(texts, policies={n: p for n, p in texts.policies.items() if n != name})


def with_clause(**changes: object) -> CharterTexts:
    texts = read_texts()
    parts = deepcopy(texts.parts)
    parts[0]["clause"][0].update(changes)
    return replace(texts, parts=parts)


def faults(texts: CharterTexts) -> list[str]:
    with pytest.raises(BadCharter) as refused:
        read_charter(texts)
    return [problem.what.text.format(**problem.what.values) for problem in refused.value.problems]


def test_the_charter_that_ships_is_read():
    assert load_charter().version.startswith("2026.2+sha256.")


def test_s08_a_policy_without_a_clause_is_refused():
    policy = (
        '@id("x") permit (principal in Party::"unit", action == Action::"draft_form", resource);'
    )
    assert "changed.cedar：规则 x 没有引用条款（@clause）" in faults(with_policy(policy))


def test_s08_a_policy_with_an_unknown_clause_is_refused_with_its_line():
    policy = (
        '\n@id("x") @clause("9.99")\n'
        'permit (principal in Party::"unit", action == Action::"draft_form", resource);'
    )
    with pytest.raises(BadCharter) as refused:
        read_charter(with_policy(policy))
    assert [problem.where.row for problem in refused.value.problems] == [2]
    assert faults(with_policy(policy)) == ["changed.cedar：规则 x 引用了不存在的条款"]


def test_s08_a_right_to_everything_is_refused():
    policy = '@id("x") @clause("4.1") permit (principal in Party::"unit", action, resource);'
    assert "changed.cedar：规则 x 没有写明行为（action）" in faults(with_policy(policy))


def test_s08_a_right_for_nobody_in_particular_is_refused():
    policy = '@id("x") @clause("4.1") permit (principal, action == Action::"draft_form", resource);'
    assert faults(with_policy(policy)) == [
        "changed.cedar：规则 x 没有写明授予哪一方（principal in Party）"
    ]


def test_s08_taking_a_protected_forbid_away_is_refused():
    protected = [number for number, clause in load_charter().clauses.items() if clause.protected]
    assert {"2.11", "3.2", "3.3", "3.9", "3.10", "4.4"} <= set(protected)
    assert faults(without("protected.cedar")) == [
        f"受保护的第 {clause} 条没有禁止规则" for clause in protected
    ]


def test_two_policies_of_one_name_are_refused():
    policy = (
        '@id("unit-drafts") @clause("4.1")\n'
        'permit (principal in Party::"unit", action == Action::"draft_form", resource);'
    )
    assert faults(with_policy(policy)) == ["unit.cedar：规则 unit-drafts 的 @id 重复"]


@pytest.mark.parametrize(
    "named", ['@id ("x")', '// @id("y")\n@clause("4.4") // @id("y")\n@id("x")']
)
def test_a_policy_whose_words_cannot_be_found_again_is_refused(named: str):
    clause = "" if "@clause" in named else '@clause("4.4")'
    policy = f'{named} {clause} forbid (principal, action == Action::"draft_form", resource);'
    assert faults(with_policy(policy)) == [
        'changed.cedar：规则 x 的 @id 没有写作 @id("…")，或者前面的注释里另有一个'
    ]


def test_a_policy_that_reads_what_its_things_do_not_have_is_refused():
    policy = (
        '@id("x") @clause("4.1")\n'
        'permit (principal in Party::"unit", action == Action::"share_result", resource)\n'
        'when { resource.stage == "draft" };'
    )
    (fault,) = faults(with_policy(policy))
    assert fault.startswith("changed.cedar 与词汇表不符")


def test_a_policy_for_a_party_or_role_without_a_name_is_refused():
    policy = (
        '@id("x") @clause("4.1")\n'
        'permit (principal in Party::"martians", action == Action::"draft_form", resource)\n'
        'when { principal.roles.contains("pilot") };'
    )
    assert faults(with_policy(policy)) == [
        "changed.cedar：规则 x 用到的 martians 没有名称",
        "changed.cedar：规则 x 用到的 pilot 没有名称",
    ]


def test_a_policy_that_is_no_cedar_is_refused():
    (fault,) = faults(with_policy("permit everything;"))
    assert fault.startswith("changed.cedar 读不懂")


def test_a_source_that_nobody_registered_or_read_is_refused():
    unread = next(i["code"] for i in read_texts().institutions if not i["verified"])
    sources = [{"institution": "no-such-law"}, {"institution": unread, "article": "第一条"}]

    assert faults(with_clause(sources=sources)) == [
        "第 1.1 条的依据不在制度库中",
        "第 1.1 条引用了没有读过的文本的条号",
    ]


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"number": "one"}, "条款编号 one 不是“章.条”的形式"),
        ({"number": "1.2"}, "条款编号 1.2 重复"),
        ({"kind": "wish"}, "第 1.1 条没有写明是原则、权利还是义务"),
        ({"since_on": None}, "第 1.1 条没有施行日期"),
        ({"text": {"zh": "只有中文"}}, "第 1.1 条缺少中文或英文"),
    ],
)
def test_a_clause_that_is_not_whole_is_refused(changes: dict[str, object], fault: str):
    assert fault in faults(with_clause(**changes))


def test_another_word_anywhere_is_another_version():
    changed = with_clause(title={"zh": "别的", "en": "other"})
    assert read_charter(changed).version != load_charter().version
