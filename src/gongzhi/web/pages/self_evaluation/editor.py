"""The editor of a self-evaluation: it begins with the facts, and asks why where one says otherwise.

Every button works without scripts. Nothing is kept until it is drafted for another person to
publish; what differs from the facts needs its reason first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.audit import CheckedForm, check_form
from gongzhi.core.goals import Aspect
from gongzhi.core.official.money import LABELS
from gongzhi.core.scoring import Basis, Earned
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.self_evaluating import (
    EvaluatedIndicator,
    SelfEvaluation,
    computed,
    differences,
    missing,
    scored,
    self_evaluation_of_form,
)
from gongzhi.core.terms import Finding, FiscalYear, Problem, Said, Where
from gongzhi.cycle import actions
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.cycle.self_evaluating import FactsOf, facts_of, unexplained
from gongzhi.cycle.self_evaluations_due import due_of_year, ends_on, newest_due, owed_in
from gongzhi.papers.figures import rate_text
from gongzhi.papers.forms import SELF_EVALUATION
from gongzhi.papers.record import form_from_record
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import load_packs
from gongzhi.web.explained import ShownDifference, shown_difference
from gongzhi.web.filled import KEY_MAX, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.official_files import ENDINGS, YEAR
from gongzhi.web.pages import refusals
from gongzhi.web.pages.project import address_of
from gongzhi.web.pages.self_evaluation.fields import (
    AMOUNTS,
    OWN_LINES,
    Given,
    closed_up,
    fields_of,
    on_promises,
    sheet_of,
)
from gongzhi.web.papers_in import if_guessed, is_about, received
from gongzhi.web.readable import readable_project
from gongzhi.web.told import Told, told

LOOK, READ, KEEP = "look", "read", "keep"
FROM_FACTS = "facts"
CHECK_IT = Said("请逐项核对")


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is edited: a project's year, what the facts say of it, what the unit said of it last."""

    project: Project
    year: FiscalYear
    known: FactsOf
    last: FormVersion | None

    @property
    def pack(self) -> Pack:
        """The rules that it is scored by."""
        return load_packs()[self.known.pack]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of the editor: what was promised, what it earns, what is to be said about it."""

    number: int
    line: EvaluatedIndicator
    given: Mapping[str, str]
    wrong: Mapping[str, Said]
    earned: Earned | None
    findings: tuple[Finding, ...]

    @property
    def chooses(self) -> bool:
        """Whether a person gives the points, within what the words allow."""
        return self.earned is not None and self.earned.basis is not Basis.COMPUTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMoney:
    """A row of the money: its source, its three fields, its rate."""

    source: str
    label: str
    fields: tuple[tuple[str, str, Said | None], ...]
    rate: str


@require_http_methods(["GET", "HEAD", "POST"])
def self_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Edit a project's self-evaluation; a POST looks at it, or fills it from a paper."""
    desk = _desk(request, readable_project(request, project))
    if request.method != "POST":
        return _page(request, desk, _begun(request, desk))
    given = _given(request, desk)
    if request.POST.get("do") == READ:
        return _read(request, desk, given)
    return _page(request, desk, given)


@require_POST
def draft_self_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Draft what was written, for another person to examine and publish."""
    desk = _desk(request, readable_project(request, project))
    given = _given(request, desk)
    sheet, unread = _sheet(desk, given)
    if unread:
        return _page(request, desk, given, faults=unread)
    try:
        version = actions.draft_form(
            by=request.member,
            project=desk.project,
            form=scored(sheet, pack=desk.pack).as_form(),
            fiscal_year=desk.year,
            pack=desk.known.pack,
            reasons=reasons_of(given),
            unfinished=request.POST.get("do") == KEEP,
            key=request.POST.get("key", "")[:KEY_MAX] or None,
        )
    except Unsuitable as unsuitable:
        return _page(request, desk, given, faults=unsuitable.faults)
    except AlreadyDone:
        messages.info(request, _("这个草稿已经保存过，没有再存一次。"), extra_tags="watch")
        return redirect(address_of(desk.project, None))
    if unexplained(version.explained):
        messages.success(
            request, _("草稿已保存；还有理由没有写，写齐以前不能公开。"), extra_tags="kept"
        )
        return redirect(f"{reverse('self-evaluation', args=[desk.project.pk])}?year={desk.year}")
    messages.success(request, _("草稿已保存，等另一个人审查公开。"), extra_tags="kept")
    return redirect(address_of(desk.project, version))


def _desk(request: MemberRequest, project: Project) -> Desk:
    year = _year(request, project)
    (known,) = facts_of([project], year=year, on=business_date(), reader=request.member)
    versions = project.versions.visible_to(request.member).exclude(stage="withdrawn")
    last = versions.filter(form_type="self_evaluation", fiscal_year=year).order_by("-id").first()
    return Desk(project=project, year=year, known=known, last=last)


def _year(request: MemberRequest, project: Project) -> FiscalYear:
    """The year asked for; else the one that is over, if anything is owed of it; else this one."""
    asked = request.POST.get("year") or request.GET.get("year")
    if asked:
        if not YEAR.fullmatch(asked):
            raise BadRequest("year")
        return int(asked)
    over = newest_due(business_date())
    own = Project.objects.visible_to(request.member).filter(pk=project.pk)
    owes = owed_in(over, own).exists()
    return over if owes else over + 1


def _begun(request: MemberRequest, desk: Desk) -> dict[str, str]:
    """The fields as they were stated last, else as the facts say; always the latter if asked."""
    if desk.last is None or request.GET.get("from") == FROM_FACTS:
        return fields_of(desk.known.facts, pack=desk.pack)
    stated = self_evaluation_of_form(form_from_record(desk.last.record))
    sheet, _ = on_promises(stated, facts=desk.known.facts, promised=desk.known.has_goals)
    why = {f"why-{each['field']}": each["reason"] for each in desk.last.explained}
    return {**fields_of(sheet, pack=desk.pack), **why}


def _given(request: MemberRequest, desk: Desk) -> dict[str, str]:
    given = {name: str(text) for name, text in request.POST.items()}
    return given if desk.known.has_goals else closed_up(given)


def _sheet(desk: Desk, given: Given) -> tuple[SelfEvaluation, Mapping[str, Said]]:
    return sheet_of(given, facts=desk.known.facts, promised=desk.known.has_goals)


def reasons_of(given: Given) -> dict[str, str]:
    """The reasons that were written, by field."""
    return {
        name.removeprefix("why-"): text for name, text in given.items() if name.startswith("why-")
    }


def _read(request: MemberRequest, desk: Desk, given: Given) -> HttpResponse:
    """The fields as a paper fills them in, and what of it couldn't be read."""
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    sent = received(SELF_EVALUATION, request.FILES.get("paper"))
    found = next((each for each in sent.papers if is_about(each.value, desk.project)), None)
    if found is None and len(sent.papers) == 1:
        found = sent.papers[0]
    if found is None:
        problems = [*sent.problems, *([_not_here(desk)] if sent.papers else [])]
        return _page(request, desk, given, of_file=told(problems), unread=True)
    sheet, others = on_promises(found.value, facts=desk.known.facts, promised=desk.known.has_goals)
    problems = [*sent.problems, *found.problems, *if_guessed(found)]
    problems += [_never_promised(name) for name in others]
    if found.value.year not in (None, desk.year):
        what = Said("表里的年度是 {year} 年", {"year": found.value.year or 0})
        problems.append(Problem(where=found.where, what=what, hint=CHECK_IT))
    filled = {**_kept(given), **fields_of(sheet, pack=desk.pack)}
    return _page(request, desk, filled, of_file=told(problems))


def _kept(given: Given) -> dict[str, str]:
    """The reasons that were written stay where a paper fills in the rest."""
    return {name: text for name, text in given.items() if name.startswith("why-")}


def _not_here(desk: Desk) -> Problem:
    what = Said("文件里没有“{project}”的自评表", {"project": desk.project.name})
    return Problem(where=Where(), what=what, hint=Said("请核对项目名称和项目代码"))


def _never_promised(name: str) -> Problem:
    what = Said("指标“{name}”没有承诺过，没有读入", {"name": name})
    return Problem(where=Where(), what=what, hint=CHECK_IT)


def _page(
    request: MemberRequest,
    desk: Desk,
    given: Given,
    *,
    faults: Mapping[str, Said] | None = None,
    of_file: Sequence[Told] | None = None,
    unread: bool = False,
) -> HttpResponse:
    wrong = {**_sheet(desk, given)[1], **(faults or {})}
    here = about(request, desk.project)
    context: dict[str, Any] = {
        **_looked(desk, given, wrong),
        "desk": desk,
        "project": desk.project,
        "year": desk.year,
        "is_over": business_date() >= ends_on(desk.year),
        "today": business_date(),
        "due": due_of_year(desk.year),
        "given": given,
        "score_execution": given.get("score-execution", ""),
        "aspects": [(aspect.level2, Said(aspect.level2)) for aspect in Aspect],
        "wrong": wrong,
        "faults": shown(wrong),
        "of_file": of_file,
        "unread": unread,
        "save": here["draft_form"],
        "endings": ENDINGS.values(),
        "key": request.POST.get("key", "")[:KEY_MAX] or new_key(),
    }
    status = 422 if wrong or unread else 200
    return render(request, "pages/self_evaluation/editor.html", context, status=status)


def _looked(desk: Desk, given: Given, wrong: Mapping[str, Said]) -> dict[str, Any]:
    """What is to be said about the sheet that the fields make: points, findings, differences."""
    sheet, _ = _sheet(desk, given)
    whole = scored(sheet, pack=desk.pack)
    looked = check_form(whole.as_form(), pack=desk.pack)
    card = computed(sheet, pack=desk.pack)
    return {
        "money": shown_money(sheet, given, wrong),
        "execution": card.execution,
        "score_wrong": wrong.get("score-execution"),
        "lines": shown_lines(sheet, given, wrong, looked, card.rows, promised=desk.known.has_goals),
        "looked": looked,
        "general": [each for each in looked.findings if each.where.indicator is None],
        "whole": whole,
        "missing": list(missing(sheet)),
        "differences": _differences(desk, whole, given, wrong),
    }


def shown_money(sheet: SelfEvaluation, given: Given, wrong: Mapping[str, Said]) -> list[ShownMoney]:
    """The rows of the money with their fields."""
    return [
        ShownMoney(
            source=source,
            label=LABELS.named[source],
            fields=tuple(
                (
                    f"{name}-{source}",
                    given.get(f"{name}-{source}", ""),
                    wrong.get(f"{name}-{source}"),
                )
                for name in AMOUNTS
            ),
            rate=rate_text(line.rate),
        )
        for source, line in sheet.money.named.items()
    ]


def shown_lines(
    sheet: SelfEvaluation,
    given: Given,
    wrong: Mapping[str, Said],
    looked: CheckedForm,
    rows: Sequence[Earned],
    *,
    promised: bool,
) -> list[ShownLine]:
    """The lines with their fields: those promised, else as many as one may fill in."""
    count = len(sheet.indicators) if promised else OWN_LINES
    names = ("level2", "name", "target", "weight", "done", "score", "reason")
    return [
        ShownLine(
            number=number,
            line=sheet.indicators[number]
            if number < len(sheet.indicators)
            else EvaluatedIndicator(),
            given={name: given.get(f"{name}-{number}", "") for name in names},
            wrong={
                name: wrong[f"{name}-{number}"] for name in names if f"{name}-{number}" in wrong
            },
            earned=rows[number] if number < len(rows) else None,
            findings=tuple(each for each in looked.findings if each.where.indicator == number),
        )
        for number in range(count)
    ]


def _differences(
    desk: Desk, whole: SelfEvaluation, given: Given, wrong: Mapping[str, Said]
) -> list[ShownDifference]:
    if not desk.known.is_told:
        return []
    found = differences(whole, facts=desk.known.facts, pack=desk.pack)
    return [shown_difference(each, given=given, wrong=wrong) for each in found]
