"""The map of opinions of a topic: groups, what unites and divides them, and where it leads."""

import gzip
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.stances import Tally
from gongzhi.core.terms import Said
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.actions import opinion_maps as actions
from gongzhi.forum.models import CommonGround, OpinionMap, Topic
from gongzhi.forum.models.opinion_maps import TAKEN_MAX
from gongzhi.forum.stance_files import COMMENTS, VOTES, comments_file
from gongzhi.forum.topic_lists import by_priority, standing, tallies_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.balance.groups import group_rules
from gongzhi.rules.participation.topics import topic_rules
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.downloads import as_file
from gongzhi.web.filled import KeyForm, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.opinion_shown import map_chart, own_place, shown_of
from gongzhi.web.readable import readable_thing
from gongzhi.web.stepping import step_on

ZIP = "application/zip"


class GroundForm(KeyForm):
    """Statements, what follows from them, and the goals that take them up."""

    text = forms.CharField(required=False, max_length=10 * TAKEN_MAX)
    goal = forms.CharField(required=False, max_length=100)


@require_safe
def opinion_map(request: MemberRequest, topic: UUID) -> HttpResponse:
    """The groups of opinion of a topic."""
    return _page(request, readable_thing(request, "topic", topic))


def _page(
    request: MemberRequest, row: Topic, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    drawn = OpinionMap.objects.filter(topic=row).defer("matrix").first()
    texts = {str(each.pk): each.text for each in standing(row).order_by("pk")}
    today = business_date()
    here = about(request, row)
    own = own_place(request.member, drawn) if drawn and drawn.shown else None
    context: dict[str, Any] = {
        "topic": row,
        "drawn": drawn,
        "rules": topic_rules(on=today),
        "numbers": group_rules(on=today),
        "map": shown_of(drawn, texts) if drawn and drawn.shown else None,
        "own": own,
        "chart": map_chart(drawn, own=own) if drawn and drawn.shown else None,
        "grounds": grounds_of(row, texts),
        "ordered": _ordered(row, drawn, texts) if drawn and drawn.shown else (),
        "record": here["record_common_ground"],
        "statements": list(texts.items()),
        "chosen": set(request.POST.getlist("statements")),
        "goals": _goals(request, row),
        "clauses": clauses_shown({"5.22"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "command": f"gongzhi groups {VOTES} --comments {COMMENTS} --facts none",
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/opinion_map.html", context, status=status)


def _ordered(
    row: Topic, drawn: OpinionMap, texts: Mapping[str, str]
) -> list[tuple[str, str, Tally | None]]:
    """Every statement by its priority, with its words, and with its tally where that is shown."""
    tallies, rules = tallies_shown(row), topic_rules(on=business_date())
    return [
        (str(pk), texts[str(pk)], tallies[pk] if tallies[pk].is_shown(rules) else None)
        for pk in by_priority(tallies, drawn.priorities)
        if str(pk) in texts
    ]


def grounds_of(row: Topic, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Where common ground was taken to, with the words of its statements."""
    rows = CommonGround.objects.filter(topic=row).select_related("office__organisation", "goal")
    return [
        {"row": each, "statements": [texts[key] for key in each.statements if key in texts]}
        for each in rows
    ]


def _goals(request: MemberRequest, row: Topic) -> list[GoalVersion]:
    if row.project_id is None:
        return []
    readable = GoalVersion.objects.visible_to(request.member).filter(project=row.project_id)
    return list(readable.with_facts().order_by("-pk")[:10])


@require_safe
def stance_matrix(request: MemberRequest, topic: UUID) -> HttpResponse:
    """What a published map was computed from: stances without names, and the statements."""
    row = readable_thing(request, "topic", topic)
    drawn = OpinionMap.objects.filter(topic=row, is_published=True).exclude(file_digest="").first()
    if drawn is None:
        raise Http404
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in (
            (VOTES, gzip.decompress(bytes(drawn.matrix))),
            (COMMENTS, comments_file(row, drawn.shown["statements"])),
        ):
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return as_file(out.getvalue(), name="groups.zip", content_type=ZIP, shown=f"{row}.zip")


@require_POST
def record_common_ground(request: MemberRequest, topic: UUID) -> HttpResponse:
    """Say what follows from common ground."""
    keys = [identifier_in(each) for each in request.POST.getlist("statements")]

    def step(row: Topic, given: Mapping[str, Any]) -> object:
        asked = given["goal"]
        goal = next((each for each in _goals(request, row) if str(each.pk) == asked), None)
        if asked and goal is None:
            raise Http404
        return actions.record_common_ground(
            by=request.member,
            topic=row,
            statements=[key for key in keys if key is not None],
            text=given["text"],
            goal=goal,
            key=given["key"],
        )

    return step_on(request, "topic", topic, GroundForm(request.POST), step, page=_page)
