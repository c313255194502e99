"""What no new rule may say, whoever proposes it: a right for the asking, by name, or by stealth."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongzhi.core.charter.asking import Assurance, Member, PartyKind
from gongzhi.core.charter.charter import Charter, Policy
from gongzhi.core.charter.filtering import NotAFilterError, readable
from gongzhi.core.charter.samples import asks_for_nothing
from gongzhi.core.charter.vocabulary import VIEW
from gongzhi.core.terms import Problem, Said, Where

# A rule speaks of kinds of party, of deeds and of regions; every other entity is somebody's name.
GENERAL = frozenset({"Party", "Action", "Region"})


def faults_of_rule(policy: Policy, before: Charter, after: Charter) -> Iterator[Problem]:
    """What is wrong with a new or changed policy, though Cedar would take it."""
    if names := sorted(set(_named(policy.body))):
        yield _fault(
            "规则 {policy} 指名了 {about}",
            "规则对同一类主体一视同仁，请改用各方、岗位角色和条件",
            policy=policy,
            about="、".join(names),
        )
    if policy.permits:
        yield from _faults_of_permit(policy, before, after)
    for kind in _kinds_unlisted(policy, after):
        yield _fault(
            "规则 {policy} 的条件不能用来列出{about}",
            "查看的条件只能用单位、人员、阶段、内容类别和区划",
            policy=policy,
            about=after.kind_names[kind],
        )


def _faults_of_permit(policy: Policy, before: Charter, after: Charter) -> Iterator[Problem]:
    if policy.party == PartyKind.SYSTEM:
        yield _fault(
            "规则 {policy} 给平台自身增加权利",
            "平台自动办理的事项由程序规定，不由修改取得",
            policy=policy,
        )
    elif asks_for_nothing(after, policy):
        yield _fault(
            "规则 {policy} 无条件地授予办理权",
            "请写明条件，例如岗位角色、是否本单位、阶段",
            policy=policy,
        )
    constant = {
        verb
        for permit in before.policies
        if permit.permits and permit.parts <= before.always_parts
        for verb in permit.verbs
    }
    if policy.parts <= after.always_parts and not policy.verbs <= constant:
        yield _fault(
            "规则 {policy} 依据的章一直施行，所给的权利却不属于那一章",
            "请引用真正给予这项权利的条款，由该章是否施行决定是否生效",
            policy=policy,
        )


def _named(node: Any) -> Iterator[str]:
    """The people, organisations and things that a policy names, wherever in it they stand."""
    if isinstance(node, Mapping):
        if "type" in node and "id" in node and node["type"] not in GENERAL:
            yield str(node["id"])
        for part in node.values():
            yield from _named(part)
    elif isinstance(node, list):
        for part in node:
            yield from _named(part)


def _kinds_unlisted(policy: Policy, after: Charter) -> Iterator[str]:
    """The kinds that the policy lets be read, but by no filter of rows."""
    for verb in sorted(verb for verb in policy.verbs if verb.startswith(VIEW)):
        kind = verb.removeprefix(VIEW)
        try:
            for reader in _readers(after):
                readable(after, reader, kind)
        except NotAFilterError:
            yield kind


def _readers(charter: Charter) -> Iterator[Member]:
    for party in PartyKind:
        for roles in (frozenset[str](), frozenset(charter.roles)):
            yield Member(
                kind=party,
                organisation="organisation",
                person="person",
                office="office",
                roles=roles,
                regions=("region",),
                second_factor=True,
                fresh=True,
                assurance=Assurance.FACTOR,
            )


def _fault(what: str, hint: str, /, policy: Policy, about: str | Said = "") -> Problem:
    values = {"policy": policy.id, "about": about}
    return Problem(where=Where(), what=Said(what, values), hint=Said(hint))
