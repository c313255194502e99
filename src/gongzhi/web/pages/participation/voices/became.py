"""You said, we did: what was said of a project, what was answered, and which figures it changed."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.participating.voices import WAITING
from gongzhi.forum.models import Voice
from gongzhi.forum.posts import shown_only
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.pages.participation.voices.seen import (
    ShownChange,
    ShownVoice,
    shown_change,
    shown_voices,
)
from gongzhi.web.readable import readable_project, readable_thing

ROWS = 200


@require_safe
def project_voices_became(request: MemberRequest, project: UUID) -> HttpResponse:
    """A project's voices beside their answers and the figures that they changed."""
    thing = readable_project(request, project)
    about(request, thing)
    visible = Voice.objects.visible_to(request.member).standing().filter(project=thing)
    context = {"project": thing, **told_of(visible, request)}
    return render(request, "pages/participation/voices/became.html", context)


@require_safe
def process_voices_became(request: MemberRequest, process: UUID) -> HttpResponse:
    """A process's voices beside their answers and the figures that they changed."""
    thing = readable_thing(request, "process", process)
    about(request, thing)
    visible = Voice.objects.visible_to(request.member).standing().filter(process=thing)
    context = {"process": thing, "project": thing.project, **told_of(visible, request)}
    return render(request, "pages/participation/voices/became.html", context)


def told_of(visible: Any, request: MemberRequest) -> dict[str, Any]:
    """What a page tells of some voices: counted, and each joined to what became of it."""
    chosen = shown_only(visible.filter(merged_into=None))
    rows = shown_voices(chosen.with_facts().defer("words")[:ROWS], member=request.member)
    lines = [(each, _change(each, request)) for each in rows]
    outcomes = Counter(each.answer.outcome for each in rows if each.answer)
    changed = [change for _, change in lines if change and change.end == "approved"]
    return {
        "lines": lines,
        "heard": visible.count(),
        "waiting": visible.filter(stage__in=WAITING).count(),
        "adopted": outcomes["adopted"],
        "partly": outcomes["partly"],
        "declined": outcomes["declined"],
        "changed": len(changed),
        "clauses": clauses_shown({"5.3", "5.22"}),
    }


def _change(each: ShownVoice, request: MemberRequest) -> ShownChange | None:
    return shown_change(each.change, member=request.member) if each.change else None
