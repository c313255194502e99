"""Deeds that concern somebody: what they and their organisation did, and what was done with either.

Whose a thing is stands in its row; one line for each kind says where. Of things that are theirs,
those count that they may read.
"""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from gongzhi.core.charter import Member
from gongzhi.desk.things import filtered_kinds
from gongzhi.forum.models.compensation_objections import about_paid_by_any
from gongzhi.forum.models.compensations import paid_by_any
from gongzhi.parties.deed_lists import leaves_below
from gongzhi.parties.erasing import rows_about, sealed_about
from gongzhi.parties.models import Deed, Office
from gongzhi.parties.reading import Columns
from gongzhi.parties.register import DeedQuerySet

# The organisation that a thing belongs to (kinds.toml: owner).
OWNERS: Columns = {
    "action_item": "organisation",
    "alert": "project__unit",
    "amendment": "organisation",
    "answer": "version__project__unit",
    "attachment": "organisation",
    "attendance": "organisation",
    "collection": "organisation",
    "compensation": paid_by_any,
    "compensation_objection": about_paid_by_any,
    "conflict": "organisation",
    "delivery": "organisation",
    "disclosure_pack": "organisation",
    "draw": "commissioner",
    "evaluation": "evaluator",
    "feedback": "unit",
    "form_version": "project__unit",
    "goal_version": "project__unit",
    "whole_form": "organisation",
    "hiding": "owner",
    "hook": "organisation",
    "inquiry": "congress",
    "market_question": "asked_by",
    "cost_quote": "organisation",
    "disclosure_consent": "question__asked_by",
    "joint_project": "lead",
    "invitation": "organisation",
    "meeting": "organiser",
    "meeting_series": "organiser",
    "negotiation": "project__unit",
    "negotiation_position": "party__organisation",
    "office": "organisation",
    "opening": "organisation",
    "pack_piece": "pack__organisation",
    "panel": "convener",
    "panel_opinion": "panel__convener",
    "panel_volunteer": "panel__convener",
    "person": "organisation",
    "process": "organisation",
    "post_report": "owner",
    "project": "unit",
    "reading": "organisation",
    "rectification": "feedback__unit",
    "remark": "receiver",
    "redaction": "piece__pack__organisation",
    "result_proposal": "project__unit",
    "report": "writer",
    "saved_mapping": "organisation",
    "saved_view": "organisation",
    "service_evaluation": "project__unit",
    "score_sheet": "evaluation__evaluator",
    "stakeholder": "project__unit",
    "statement": "topic__owner",
    "submission": "unit",
    "survey": "organisation",
    "task": "organisation",
    "topic": "owner",
    "voice": "organisation",
    "vote": "organisation",
    "vote_proposal": "organisation",
    "working_paper": "evaluation__evaluator",
}
# The person whom a thing is about or belongs to (kinds.toml: holder).
HOLDERS: Mapping[str, str] = {
    "amendment": "person",
    "attachment": "holder",
    "attendance": "person",
    "compensation": "person",
    "compensation_objection": "compensation__person",
    "conflict": "person",
    "digest": "person",
    "erasure": "person",
    "export": "person",
    "follow": "person",
    "hiding": "author",
    "meeting_feed": "person",
    "negotiation_position": "party__person",
    "notice": "person",
    "office": "person",
    "opening": "person",
    "panel_opinion": "seat__person",
    "panel_volunteer": "person",
    "person": "pk",
    "post_report": "person",
    "refused_deed": "person",
    "remark": "person",
    "saved_view": "person",
    "service_evaluation": "person",
    "statement": "author",
    "voice": "person",
    "vote_proposal": "person",
}
# The organisation that gets what a thing promises.
GETTERS: Mapping[str, str] = {
    "compensation": "organisation",
    "compensation_objection": "compensation__organisation",
}
ADMITTED = "admit_organisation"
# Deeds with something else that state the organisation which they are about.
STATING = ("register_organisation", ADMITTED, "admit_witness")


def leaves_concerning(member: Member, key: UUID, *, person: UUID | str, most: int) -> list[UUID]:
    """The leaves of the newest deeds below a key that concern a member who is that person."""
    found: set[UUID] = set()
    for deeds in _deeds(member, person=str(person)):
        found.update(leaves_below(deeds, key, most=most))
    return sorted(found, reverse=True)[:most]


def _deeds(member: Member, *, person: str) -> Iterator[DeedQuerySet]:
    """Deeds, each time by one index, so that a page of them is found without reading all."""
    deeds = Deed.objects.visible_to(member)
    yield deeds.filter(person=person)
    yield deeds.filter(on__in=_names(member, person=person))
    yield deeds.filter(pk__in=sealed_about(person).order_by().values("deed_id"))
    yield deeds.filter(pk__in=rows_about(person).order_by().values("deed_id"))
    yield deeds.filter(_gave_office(member, person=person))
    if member.organisation:
        yield deeds.filter(party=member.party)
        yield deeds.filter(on=f"organisation:{member.organisation}")
        yield deeds.filter(verb__in=STATING, public__organisation=member.organisation)
        yield deeds.filter(_applied(deeds, organisation=member.organisation))


def _names(member: Member, *, person: str) -> "QuerySet[Any, Any]":
    """The names of the things that are the person's or their organisation's."""
    first, *others = (
        rows.order_by().values_list(Concat(Value(f"{kind}:"), Cast("pk", CharField())))
        for kind, rows in _things(member, person=person)
    )
    return first.union(*others, all=True)


def _things(member: Member, *, person: str) -> "Iterator[tuple[str, QuerySet[Any, Any]]]":
    for kind, model in filtered_kinds().items():
        whose = Q(**{HOLDERS[kind]: person}) if kind in HOLDERS else Q()
        if kind in OWNERS and member.organisation:
            whose |= _owned(kind, member.organisation)
        if kind in GETTERS and member.organisation:
            whose |= Q(**{GETTERS[kind]: member.organisation})
        if whose:
            rows: QuerySet[Any, Any] = model._default_manager.visible_to(member)  # type: ignore[attr-defined]
            yield kind, rows.filter(whose)


def _owned(kind: str, organisation: str) -> Q:
    owner = OWNERS[kind]
    return Q(**{owner: organisation}) if isinstance(owner, str) else owner([organisation])


def _gave_office(member: Member, *, person: str) -> Q:
    """What gave the person their offices; it was done with the organisation."""
    held = Office.objects.visible_to(member).filter(person_id=person)
    offices = [
        (str(office), f"organisation:{at}") for office, at in held.values_list("pk", "organisation")
    ]
    return Q(
        on__in={organisation for _, organisation in offices},
        public__office__in=[office for office, _ in offices],
    )


def _applied(deeds: DeedQuerySet, *, organisation: str) -> Q:
    """The application on which the organisation was admitted."""
    admitted = deeds.filter(verb=ADMITTED, public__organisation=organisation)
    names = list(admitted.values_list("on", flat=True))
    identifiers = [name.partition(":")[2] for name in names]
    return Q(on__in=names) | Q(verb="apply_for_admission", public__admission__in=identifiers)
