"""Where things stand: the page of a row, and how the row is called there."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import reverse

from gongzhi.core.charter import Member
from gongzhi.desk.things import kind_of, readable

Address = Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A thing that a reader may go to: its name in its people's own words, and its page."""

    name: str
    address: str


def _version(row: Any) -> str:
    return f"{reverse('project', args=[row.project_id])}?version={row.pk}"


# One line for each kind of thing that has a page.
ADDRESSES: Mapping[str, Address] = {
    "project": lambda row: reverse("project", args=[row.pk]),
    "form_version": _version,
    "whole_form": lambda row: reverse("whole-form", args=[row.pk]),
    "budget_line": lambda row: (
        f"{reverse('project-budget', args=[row.project_id])}?year={row.fiscal_year}"
    ),
    "panel": lambda row: reverse("panel", args=[row.pk]),
    "panel_volunteer": lambda row: f"{reverse('panel', args=[row.panel_id])}#mine",
    "panel_opinion": lambda row: f"{reverse('panel', args=[row.panel_id])}#opinion-{row.number}",
    "process": lambda row: reverse("process", args=[row.pk]),
    "stakeholder": lambda row: reverse("stakeholders", args=[row.project_id]),
    "answer": lambda row: f"{_version(row.version)}#findings",
    "delivery": lambda row: reverse("delivery", args=[row.pk]),
    "alert": lambda row: reverse("alert", args=[row.pk]),
    "evaluation": lambda row: reverse("evaluation", args=[row.pk]),
    "vote": lambda row: reverse("vote", args=[row.pk]),
    "vote_proposal": lambda row: reverse("vote-proposal", args=[row.pk]),
    "survey": lambda row: reverse("survey", args=[row.pk]),
    "inquiry": lambda row: reverse("inquiry", args=[row.pk]),
    "voice": lambda row: reverse("voice", args=[row.pk]),
    "meeting_series": lambda row: reverse("meeting-series", args=[row.pk]),
    "meeting": lambda row: reverse("meeting", args=[row.pk]),
    "attendance": lambda row: reverse("attendance", args=[row.pk]),
    "action_item": lambda row: reverse("action-item", args=[row.pk]),
    "market_question": lambda row: reverse("market-question", args=[row.pk]),
    "cost_quote": lambda row: f"{reverse('market-question', args=[row.question_id])}#quote",
    "disclosure_consent": lambda row: (
        f"{reverse('market-question', args=[row.question_id])}#consents"
    ),
    "joint_project": lambda row: reverse("joint-project", args=[row.pk]),
    "compensation": lambda row: reverse("compensation", args=[row.pk]),
    "compensation_objection": lambda row: (
        f"{reverse('compensation', args=[row.compensation_id])}#objections"
    ),
    "negotiation": lambda row: reverse("negotiation", args=[row.pk]),
    "negotiation_position": lambda row: (
        f"{reverse('negotiation', args=[row.party.negotiation_id])}#party-{row.party_id}"
    ),
    "draw": lambda row: reverse("draw", args=[row.pk]),
    "remark": lambda row: reverse("remark", args=[row.pk]),
    "feedback": lambda row: reverse("feedback", args=[row.pk]),
    "rectification": lambda row: reverse("rectification", args=[row.pk]),
    "service_evaluation": lambda row: (
        f"{reverse('citizens', args=[row.project_id])}?year={row.fiscal_year}"
    ),
    "score_sheet": lambda row: f"{reverse('evaluation', args=[row.evaluation_id])}#sheet",
    "working_paper": lambda row: (
        f"{reverse('evaluation', args=[row.evaluation_id])}#paper-{row.pk}"
    ),
    "topic": lambda row: reverse("topic", args=[row.pk]),
    "statement": lambda row: (
        f"{reverse('topic', args=[row.topic_id])}?statement={row.pk}#take_stance"
    ),
    "hiding": lambda row: reverse("hiding", args=[row.pk]),
    "post_report": lambda row: f"{reverse('post')}?post={row.post}",
    "disclosure_pack": lambda row: reverse("disclosure-pack", args=[row.pk]),
    "pack_piece": lambda row: f"{reverse('disclosure-pack', args=[row.pack_id])}#p-{row.position}",
    "redaction": lambda row: reverse("disclosure-pack", args=[row.piece.pack_id]),
    "result_proposal": lambda row: reverse("result-proposal", args=[row.pk]),
    "report": lambda row: reverse("report", args=[row.pk]),
    "goal_version": lambda row: reverse("goal-version", args=[row.pk]),
    "collection": lambda row: reverse("collection", args=[row.pk]),
    "submission": lambda row: reverse("collection", args=[row.collection_id]),
    "reading": lambda row: f"{reverse('project-readings', args=[row.project_id])}#r-{row.pk}",
    "hook": lambda _: reverse("hooks"),
    "task": lambda row: reverse("task", args=[row.pk]),
    "organisation": lambda row: reverse("organisation", args=[row.pk]),
    "office": lambda row: reverse("organisation", args=[row.organisation_id]),
    "person": lambda row: reverse("person", args=[row.pk]),
    "admission": lambda row: reverse("admission", args=[row.pk]),
    "invitation": lambda _: reverse("invitations"),
    "erasure": lambda _: reverse("erasures"),
    "conflict": lambda _: reverse("conflicts"),
    "attachment": lambda row: reverse("attachment", args=[row.pk]),
    "export": lambda row: reverse("export", args=[row.pk]),
    "charter_version": lambda row: f"{reverse('charter')}?version={row.number}",
    "adoption": lambda row: reverse("charter-part", args=[row.part]),
    "amendment": lambda row: reverse("amendment", args=[row.pk]),
    "amendment_comment": lambda row: f"{reverse('amendment', args=[row.amendment_id])}#comments",
}


def place_of(row: models.Model) -> Place:
    """The place of a row that its reader may read; without a page it has only a name."""
    address = ADDRESSES.get(kind_of(type(row)), lambda _: "")
    return Place(name=str(row), address=address(row))


def places(member: Member, names: Iterable[str]) -> Mapping[str, Place]:
    """The places of those things that the member may read, by name."""
    return {name: place_of(row) for name, row in readable(member, names).items()}
