"""What a policy asks for, in words: "属于本单位", "岗位角色是公开审查岗", "阶段是草稿"."""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from gongzhi.core.charter.asking import Assurance
from gongzhi.core.charter.charter import Charter, Policy
from gongzhi.core.terms import Said

Node: TypeAlias = Mapping[str, Any]

# What `principal in resource.<attribute>` means, and its opposite.
STANDS_IN: Mapping[str, tuple[str, str]] = {
    "owner": ("是本单位的", "不是本单位的"),
    "overseer": ("由本部门主管", "不由本部门主管"),
    "authors": ("由本人起草", "不由本人起草"),
    "evaluated": ("被评价的是本单位", "被评价的不是本单位"),
    "commissioner": ("由本单位委托", "不由本单位委托"),
    "panel": ("本单位已经提交同一项目的评价", "本单位没有提交同一项目的评价"),
    "addressed": ("要求本单位答复", "没有要求本单位答复"),
    "awaited": ("本单位还没有提交同一项目的评价", "本单位没有在办同一项目的评价"),
    "holder": ("是本人的", "不是本人的"),
    "affected": ("本人受它影响", "本人不受它影响"),
    "conflicted": ("本人申报过利益冲突", "本人没有申报过利益冲突"),
}
# What `resource in principal.region` means, and its opposite.
WITHIN = ("在本级行政区域内", "不在本级行政区域内")
# What `principal in Party::"<kind>"` means, and its opposite.
OF_KIND = ("本人属于{kind}", "本人不属于{kind}")
# What an attribute of whoever asks means, and its opposite.
IS: Mapping[str, tuple[str, str]] = {
    "in_office": ("本人有岗位", "本人没有岗位"),
    "second_factor": ("已用两重验证登录", "没有用两重验证登录"),
    "fresh": ("刚刚重新验证过身份", "没有在刚才重新验证身份"),
}
# How surely it is known who somebody is.
LEVELS: Mapping[str, Said] = {
    Assurance.NONE: Said("没有核实"),
    Assurance.CONTACT: Said("核实了联系方式"),
    Assurance.IDENTITY: Said("核实了身份"),
    Assurance.FACTOR: Said("核实了身份并用两重验证登录"),
}
# What it means that an attribute, of the thing or of whoever asks, has a value, and its opposite.
AMONG: Mapping[str, tuple[str, str]] = {
    "assurance": ("本人{value}", "本人还不是“{value}”"),
    "stage": ("阶段是{value}", "阶段不是{value}"),
    "label": ("类别是{value}", "类别不是{value}"),
}
# What it means that two attributes of the thing are the same, and its opposite.
SAME: Mapping[frozenset[str], tuple[str, str]] = {
    frozenset({"owner", "evaluated"}): ("评价的一方就是被评价的一方", "评价的一方不是被评价的一方"),
}
AS_WRITTEN, NOT_AS_WRITTEN = "符合“{cedar}”", "不符合“{cedar}”"


def conditions_of(charter: Charter, policy: Policy) -> tuple[Said, ...]:
    """What must hold for the policy to apply, one sentence for each part."""
    return tuple(condition_said(charter, condition) for condition in policy.conditions)


def condition_said(charter: Charter, node: Node, *, holds: bool = True) -> Said:
    """One condition in words, or its opposite; what has no words is told as it is written."""
    match node:
        case {"!": {"arg": part}}:
            return condition_said(charter, part, holds=not holds)
        case {"&&": {"left": left, "right": right}}:
            joined = "{one}，并且{other}" if holds else "{one}，或者{other}"
        case {"||": {"left": left, "right": right}}:
            joined = "{one}，或者{other}" if holds else "{one}，并且{other}"
        case _:
            return _test_said(charter, node, holds=holds)
    one = condition_said(charter, left, holds=holds)
    return Said(joined, {"one": one, "other": condition_said(charter, right, holds=holds)})


def _test_said(charter: Charter, node: Node, *, holds: bool) -> Said:
    chosen = 0 if holds else 1
    match node:
        case {"in": {"left": {"Var": "principal"}, "right": {".": {"attr": attribute}}}}:
            if attribute in STANDS_IN:
                return Said(STANDS_IN[attribute][chosen])
        case {"in": {"left": {"Var": "resource"}, "right": {".": {"attr": "region"}}}}:
            return Said(WITHIN[chosen])
        case {
            "in": {
                "left": {"Var": "principal"},
                "right": {"Value": {"__entity": {"id": str(kind)}}},
            }
        }:
            return Said(OF_KIND[chosen], {"kind": charter.parties[kind].name})
        case {".": {"left": {"Var": "principal"}, "attr": attribute}} if attribute in IS:
            return Said(IS[attribute][chosen])
        case {"contains": {"left": {".": {"attr": "roles"}}, "right": {"Value": str(role)}}}:
            text = ("岗位角色是{role}", "岗位角色不是{role}")[chosen]
            return Said(text, {"role": charter.roles.get(role, Said(role))})
        case {"==": {"left": {".": {"attr": what}}, "right": {"Value": str(value)}}}:
            return _among_said(charter, what, (value,), holds=holds)
        case {"!=": {"left": {".": {"attr": what}}, "right": {"Value": str(value)}}}:
            return _among_said(charter, what, (value,), holds=not holds)
        case {"contains": {"left": {"Set": values}, "right": {".": {"attr": what}}}}:
            return _among_said(charter, what, tuple(v["Value"] for v in values), holds=holds)
    return _compared(node, holds=holds)


def _compared(node: Node, *, holds: bool) -> Said:
    """Two attributes of the thing are the same; what else there is, is told as it is written."""
    match node:
        case {"==": {"left": {".": {"attr": one}}, "right": {".": {"attr": other}}}}:
            if (both := frozenset({one, other})) in SAME:
                return Said(SAME[both][0 if holds else 1])
    cedar = json.dumps(node, ensure_ascii=False)
    return Said(AS_WRITTEN if holds else NOT_AS_WRITTEN, {"cedar": cedar})


def _among_said(charter: Charter, what: str, values: tuple[str, ...], *, holds: bool) -> Said:
    """The thing's stage or label, or the asker's level, is one of these, or none of them."""
    names = {"stage": charter.stage_names, "label": charter.labels, "assurance": LEVELS}[what]
    first, *rest = (names.get(value, Said(value)) for value in values)
    for name in rest:
        first = Said("{one}或{other}", {"one": first, "other": name})
    return Said(AMONG[what][0 if holds else 1], {"value": first})
