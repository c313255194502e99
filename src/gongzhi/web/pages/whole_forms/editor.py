"""The editor of a unit's whole spending: it begins with the facts, and works without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.audit import check_form
from gongzhi.core.goals import Aspect
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.self_evaluating import WholeStatement, computed, missing, scored
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.actions import whole_forms as actions
from gongzhi.cycle.models import WholeForm
from gongzhi.cycle.whole_forms import whole_differs, whole_from_record
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.explained import shown_difference
from gongzhi.web.filled import KEY_MAX, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.official_files import ENDINGS
from gongzhi.web.pages import refusals
from gongzhi.web.pages.self_evaluation.editor import reasons_of, shown_lines, shown_money
from gongzhi.web.pages.self_evaluation.fields import Given, closed_up
from gongzhi.web.pages.whole_forms.asked import KINDS, Desk, desk_of
from gongzhi.web.pages.whole_forms.fields import fields_of, on_promises, shown_tasks, whole_of
from gongzhi.web.papers_in import if_guessed, received
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on
from gongzhi.web.told import Told, told

READ, KEEP = "read", "keep"
FROM_FACTS = "facts"


@require_http_methods(["GET", "HEAD", "POST"])
def whole_forms(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """A unit's forms of a year; whoever drafts them edits one: a POST looks at it, or reads it."""
    unit = readable_thing(request, "organisation", organisation)
    asked = request.POST if request.method == "POST" else request.GET
    desk = desk_of(request.member, unit, asked)
    if request.method != "POST":
        return _page(request, desk, _begun(request, desk))
    given = _given(request, desk)
    if request.POST.get("do") == READ:
        return _read(request, desk, given)
    return _page(request, desk, given)


@require_POST
def draft_whole_form(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Draft what was written, for another person to examine and publish."""
    unit = readable_thing(request, "organisation", organisation)
    desk = desk_of(request.member, unit, request.POST)
    given = _given(request, desk)
    whole, unread = whole_of(given, facts=desk.known.facts, promised=desk.promised)
    if unread:
        return _page(request, desk, given, faults=unread)
    try:
        form = actions.draft_whole_form(
            by=request.member,
            organisation=unit,
            form_type=desk.form_type,
            fiscal_year=desk.year,
            whole=_scored(desk, whole),
            reasons=reasons_of(given),
            unfinished=request.POST.get("do") == KEEP,
            key=request.POST.get("key", "")[:KEY_MAX] or None,
        )
    except Unsuitable as unsuitable:
        return _page(request, desk, given, faults=unsuitable.faults)
    except AlreadyDone:
        messages.info(request, _("这个草稿已经保存过，没有再存一次。"), extra_tags="watch")
        return redirect(
            f"{reverse('whole-forms', args=[unit.pk])}?form={desk.kind}&year={desk.year}"
        )
    messages.success(request, _("草稿已保存，等另一个人审查公开。"), extra_tags="kept")
    return redirect("whole-form", form.pk)


def _begun(request: MemberRequest, desk: Desk) -> dict[str, str]:
    """The fields as they were stated last, else as the facts say; always the latter if asked."""
    if desk.last is None or request.GET.get("from") == FROM_FACTS:
        return fields_of(desk.known.facts, pack=desk.pack)
    stated = whole_from_record(desk.last.record)
    whole, _others = on_promises(stated, facts=desk.known.facts, promised=desk.promised)
    why = {f"why-{each['field']}": each["reason"] for each in desk.last.explained}
    return {**fields_of(whole, pack=desk.pack), **why}


def _given(request: MemberRequest, desk: Desk) -> dict[str, str]:
    given = {name: str(text) for name, text in request.POST.items()}
    return given if desk.promised else closed_up(given)


def _scored(desk: Desk, whole: WholeStatement) -> WholeStatement:
    """With the points that follow; goals have none."""
    if not desk.evaluates:
        return whole.promised()
    return replace(whole, sheet=scored(whole.sheet, pack=desk.pack))


def _read(request: MemberRequest, desk: Desk, given: Given) -> HttpResponse:
    """The fields as a paper fills them in, and what of it couldn't be read."""
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    sent = received(desk.paper, request.FILES.get("paper"))
    mine = [each for each in sent.papers if _is_of(each.value, desk.unit)]
    found = next(iter(mine or sent.papers[: len(sent.papers) == 1]), None)
    if found is None:
        problems = [*sent.problems, *([_not_here(desk)] if sent.papers else [])]
        return _page(request, desk, given, of_file=told(problems), unread=True)
    whole, others = on_promises(found.value, facts=desk.known.facts, promised=desk.promised)
    problems = [*sent.problems, *found.problems, *if_guessed(found)]
    problems += [_never_promised(name) for name in others]
    why = {name: text for name, text in given.items() if name.startswith("why-")}
    return _page(request, desk, {**why, **fields_of(whole, pack=desk.pack)}, of_file=told(problems))


def _is_of(whole: WholeStatement, unit: Organisation) -> bool:
    if whole.sheet.code:
        return canonical(whole.sheet.code) == canonical(unit.code)
    return canonical(whole.sheet.unit) == canonical(unit.name)


def _not_here(desk: Desk) -> Problem:
    what = Said("文件里没有“{unit}”的这张表", {"unit": desk.unit.name})
    return Problem(where=Where(), what=what, hint=Said("请核对部门（单位）名称和代码"))


def _never_promised(name: str) -> Problem:
    what = Said("指标“{name}”没有承诺过，没有读入", {"name": name})
    return Problem(where=Where(), what=what, hint=Said("请逐项核对"))


def _page(
    request: MemberRequest,
    desk: Desk,
    given: Given,
    *,
    faults: Mapping[str, Said] | None = None,
    of_file: Sequence[Told] | None = None,
    unread: bool = False,
) -> HttpResponse:
    whole, unreadable = whole_of(given, facts=desk.known.facts, promised=desk.promised)
    wrong = {**unreadable, **(faults or {})}
    here = about(request, desk.unit)
    listed = WholeForm.objects.visible_to(request.member).filter(organisation=desk.unit)
    rows = list(listed.exclude(stage="withdrawn").with_facts())
    context: dict[str, Any] = {
        "desk": desk,
        "unit": desk.unit,
        "year": desk.year,
        "kinds": KINDS,
        "forms": rows,
        "seals": seals_on(rows),
        "save": here["draft_whole_form"],
        **_looked(desk, whole, given, wrong),
        "tasks": shown_tasks(given, wrong),
        "given": given,
        "aspects": [(aspect.level2, Said(aspect.level2)) for aspect in Aspect],
        "wrong": wrong,
        "faults": shown(wrong),
        "of_file": of_file,
        "unread": unread,
        "endings": ENDINGS.values(),
        "key": request.POST.get("key", "")[:KEY_MAX] or new_key(),
    }
    status = 422 if wrong or unread else 200
    return render(request, "pages/whole_forms/editor.html", context, status=status)


def _looked(
    desk: Desk, whole: WholeStatement, given: Given, wrong: Mapping[str, Said]
) -> dict[str, Any]:
    """What is to be said about what the fields state: points, findings, differences."""
    made = _scored(desk, whole)
    looked = check_form(made.as_form(desk.form_type), pack=desk.pack)
    card = computed(whole.sheet, pack=desk.pack)
    found = whole_differs(made, known=desk.known, form_type=desk.form_type)
    return {
        "money": shown_money(whole.sheet, given, wrong),
        "execution": card.execution,
        "lines": shown_lines(whole.sheet, given, wrong, looked, card.rows, promised=desk.promised),
        "looked": looked,
        "general": [each for each in looked.findings if each.where.indicator is None],
        "whole": made.sheet,
        "missing": list(missing(whole.sheet)) if desk.evaluates else [],
        "differences": [shown_difference(each, given=given, wrong=wrong) for each in found],
    }
