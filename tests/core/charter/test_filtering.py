"""What may be read as a list is what may be read one by one."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.charter.asked import in_office
from gongzhi.core.charter import (
    SYSTEM,
    VISITOR,
    Charter,
    Member,
    PartyKind,
    Thing,
    decide,
    read_charter,
)
from gongzhi.core.charter.filtering import (
    FALSE,
    TRUE,
    Among,
    Condition,
    Either,
    Every,
    Not,
    NotAFilterError,
    certain,
    readable,
    values_of,
)
from gongzhi.rules.charter import load_charter, read_texts

# View policies in every form that the compiler takes, and forbids beside permits.
MANY_FORMS = """
@id("a") @clause("6.1")
permit (principal in Party::"unit", action == Action::"view_form_version", resource)
when { resource.stage != "withdrawn" && resource.authors.contains(Person::"p1") };
@id("b") @clause("6.1")
permit (principal in Party::"visitor", action == Action::"view_form_version", resource)
when { ["published", "replaced"].contains(resource.stage) || resource in Region::"r2" }
unless { resource.owner == Organisation::"o3" };
@id("c") @clause("6.1")
permit (principal in Party::"citizen", action == Action::"view_form_version", resource)
when { principal in resource.authors };
@id("e") @clause("6.1")
permit (principal in Party::"audit", action == Action::"view_task", resource)
when { resource in principal.region && principal.in_office };
@id("d") @clause("6.1")
forbid (principal, action == Action::"view_form_version", resource)
when { resource.stage == "secret" && !(principal in resource.owner) };
"""

ids = st.sampled_from
members = st.one_of(
    st.sampled_from([VISITOR, SYSTEM]),
    st.builds(
        lambda kind, unit, person, roles, regions, human: replace(
            in_office(kind, roles=roles, unit=unit, person=person), regions=regions, human=human
        ),
        ids([str(kind) for kind in PartyKind]),
        ids(["o1", "o2", "o3"]),
        ids(["p1", "p2"]),
        st.sets(ids(["officer", "reviewer"])),
        ids([(), ("r1",), ("r1", "r2"), ("r2",)]),
        ids([None, "p3"]),
    ),
    st.builds(lambda p: Member(kind=PartyKind.CITIZEN, person=p), ids(["p1", "p2"])),
)
KINDS = load_charter().texts.vocabulary.kinds
READ = [kind for kind in KINDS if f"view_{kind}" in load_charter().verb_names]
STAGES = sorted({stage for kind in KINDS.values() for stage in kind.get("stages", {})} | {"secret"})
LABELS = sorted(load_charter().labels)
people = st.sets(ids(["p1", "p2", "p3"])).map(frozenset)
VALUES = {
    "owner": ids(["o1", "o2", "o3"]),
    "overseer": ids(["o1", "o2", "o3"]),
    "stage": ids(STAGES),
    "authors": people,
    "holder": ids(["p1", "p2"]),
    "conflicted": people,
    "label": ids(LABELS),
    "evaluated": ids(["o1", "o2", "o3"]),
    "commissioner": ids(["o1", "o2", "o3"]),
    "panel": st.sets(ids(["o1", "o2", "o3"])).map(frozenset),
    "addressed": ids(["o1", "o2", "o3"]),
    "awaited": st.sets(ids(["o1", "o2", "o3"])).map(frozenset),
    "affected": people,
}


@st.composite
def things(draw: st.DrawFn, kinds: Sequence[str] = READ) -> Thing:
    """A thing of a kind that is read, with just the attributes of its kind."""
    kind = draw(ids(kinds))
    given = {name: draw(VALUES[name]) for name in KINDS[kind]["attributes"]}
    regions = (draw(ids(["r1", "r2"])),) if KINDS[kind].get("in_region") else ()
    return replace(Thing(kind=kind, id="one", regions=regions), **given)


def holds(condition: Condition, thing: Thing) -> bool:
    match condition:
        case Among(attribute, values):
            value = getattr(thing, attribute)
            mine = {value} if isinstance(value, str) else set(value)
            return not mine.isdisjoint(values)
        case Every(parts):
            return all(holds(part, thing) for part in parts)
        case Either(parts):
            return any(holds(part, thing) for part in parts)
        case Not(part):
            return not holds(part, thing)


def many_forms() -> Charter:
    texts = read_texts()
    return read_charter(replace(texts, policies={**texts.policies, "many.cedar": MANY_FORMS}))


CHARTERS = {"as it ships": load_charter(), "in many forms": many_forms()}


def assert_no_difference(charter: Charter, member: Member, thing: Thing) -> None:
    condition = readable(charter, member, thing.kind)

    assert holds(condition, thing) == decide(charter, member, f"view_{thing.kind}", thing).allowed


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@settings(max_examples=300)
@given(member=members, thing=things())
def test_the_filter_and_the_question_never_differ(charter: Charter, member: Member, thing: Thing):
    assert_no_difference(charter, member, thing)


@pytest.mark.deep
@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@settings(max_examples=10_000)
@given(member=members, thing=things())
def test_the_filter_and_ten_thousand_questions_never_differ(
    charter: Charter, member: Member, thing: Thing
):
    assert_no_difference(charter, member, thing)


OF_A_UNIT = ("owner", "overseer")


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@given(member=members, thing=things(), owner=VALUES["owner"], overseer=VALUES["overseer"])
def test_what_is_certain_holds_whosever_the_thing_is(
    charter: Charter, member: Member, thing: Thing, owner: str, overseer: str
):
    condition = readable(charter, member, thing.kind)
    whoever = certain(condition, unknown=OF_A_UNIT)

    assert all(values_of(whoever, attribute=name) == frozenset() for name in OF_A_UNIT)
    if holds(whoever, thing):
        assert holds(condition, replace(thing, owner=owner, overseer=overseer))


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@given(member=members, thing=things())
def test_nobody_else_is_read_for_the_sake_of_their_unit(
    charter: Charter, member: Member, thing: Thing
):
    condition = readable(charter, member, thing.kind)
    asked = {name: values_of(condition, attribute=name) for name in OF_A_UNIT}

    def is_for_its_sake(name: str) -> bool:
        found = asked[name]
        return found is None or getattr(thing, name) in found

    if not any(map(is_for_its_sake, OF_A_UNIT)):
        assert holds(condition, thing) == holds(certain(condition, unknown=OF_A_UNIT), thing)


def test_a_member_is_looked_for_only_where_such_as_they_can_stand():
    officer = replace(in_office("government", roles=set(), unit="o1"), human="h")

    assert readable(load_charter(), officer, "notice") == Among(
        "holder", frozenset({officer.person, "h"})
    )
    own = Among("owner", frozenset({"o1"}))
    assert own in readable(load_charter(), officer, "project").parts


def test_every_kind_that_is_read_can_be_filtered_for_every_kind_of_party():
    for kind in READ:
        for party in PartyKind:
            readable(load_charter(), in_office(party, roles={"officer"}, unit="o1"), kind)


def test_s69_a_member_that_is_no_member_reads_nothing():
    nobody = replace(in_office("government", roles=set(), unit="o1"), organisation="\ud800")
    assert readable(load_charter(), nobody, "project") == FALSE


def test_filters_are_as_short_as_they_can_be():
    charter = load_charter()

    assert readable(charter, VISITOR, "answer") == TRUE
    assert readable(charter, SYSTEM, "answer") == FALSE
    assert readable(charter, VISITOR, "project") == Among("stage", frozenset({"disclosed"}))


def test_a_policy_that_no_filter_can_express_is_found_out():
    texts = read_texts()
    policy = """
    @id("x") @clause("6.1")
    permit (principal in Party::"visitor", action == Action::"view_project", resource)
    when { resource.stage like "dis*" };
    """
    charter = read_charter(replace(texts, policies={**texts.policies, "x.cedar": policy}))

    with pytest.raises(NotAFilterError):
        readable(charter, VISITOR, "project")
