"""A published vote counted again: anybody gives the file and sees who is funded, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongzhi.connectors.pabulib import PabulibRead, read_pabulib
from gongzhi.connectors.pabulib_official import flags_of
from gongzhi.core.balance.voting import Completion, Rule
from gongzhi.core.balance.voting.explaining import (
    COMPLETIONS_SAID,
    RULES_SAID,
    UTILITIES_SAID,
    method_said,
    sums_said,
)
from gongzhi.core.terms import Problem, Said
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import Fault
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.participation.recount.drawing import (
    groups_table,
    names_in,
    projects_chart,
    rules_table,
    why_table,
)
from gongzhi.web.pages.participation.recount.recounting import (
    AS_DECIDED,
    EXAMPLE,
    UTILITIES,
    Recount,
    recounted,
)

NO_FILE = Fault(what=Said("还没有选文件"), field="file")
DECIDED_SAID = Said("按文件写的规则")


@require_http_methods(["GET", "HEAD", "POST"])
def recount(request: MemberRequest) -> HttpResponse:
    """The form, with what came of it."""
    about(request)
    if request.method != "POST":
        if "example" not in request.GET:
            return _page(request, asked=request.GET)
        return _counted(request, EXAMPLE.read_bytes(), asked=request.GET)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="recount", times_a_minute=times):
        return refusals.too_often(request)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, asked=request.POST, faults=[NO_FILE])
    return _counted(request, file.read(), asked=request.POST)


def _counted(request: MemberRequest, content: bytes, *, asked: Mapping[str, str]) -> HttpResponse:
    read = read_pabulib(content)
    if read.vote is None:
        return _page(request, asked=asked, faults=[_fault(each) for each in read.problems])
    found = recounted(read.vote, asked)
    if isinstance(found, Said):
        return _page(request, asked=asked, faults=[Fault(what=found, field="file")])
    return _page(request, asked=asked, read=read, found=found)


def _fault(problem: Problem) -> Fault:
    return Fault(what=problem.what, field="file", hint=problem.hint)


def _page(
    request: MemberRequest,
    *,
    asked: Mapping[str, str],
    faults: Sequence[Fault] = (),
    read: PabulibRead | None = None,
    found: Recount | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "faults": list(faults),
        "problems": read.problems if read else (),
        "result": _shown(found) if found else None,
        "rules": _choices(asked, "rule", [*_named(RULES_SAID, Rule), (AS_DECIDED, DECIDED_SAID)]),
        "utilities": _choices(asked, "utility", _named(UTILITIES_SAID, UTILITIES)),
        "completions": _choices(
            asked, "completion", _named(COMPLETIONS_SAID, Completion), usual=Completion.ADD1U
        ),
        "threshold": asked.get("threshold", ""),
        "limits": ALLOWED,
        "example": "example" in request.GET and request.method != "POST",
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/recount/recount.html", context, status=status)


def _named(said: Mapping[Any, Said], values: Any) -> list[tuple[str, Said]]:
    return [(str(each), said[each]) for each in values]


def _choices(
    asked: Mapping[str, str], name: str, values: Sequence[tuple[str, Said]], *, usual: str = ""
) -> list[tuple[str, Said, bool]]:
    """Values of a list, and whether each is the chosen one."""
    usual = usual or (Rule.EQUAL_SHARES if name == "rule" else "")
    chosen = asked.get(name, "") or usual
    return [(value, said, value == chosen) for value, said in values]


def _shown(found: Recount) -> dict[str, Any]:
    official = found.official
    names = names_in(found)
    return {
        "title": found.vote.meta.get("description", ""),
        "sums": [*sums_said(found.outcome, found.vote.election)],
        "method": [*method_said(found.outcome)],
        "notes": found.notes,
        "reach": found.reach,
        "official": official,
        "flags": " ".join(flags_of(official.method)) if official and official.method else "",
        "only_ours": [names[each] for each in official.only_ours] if official else [],
        "only_official": [names[each] for each in official.only_official] if official else [],
        "chart": projects_chart(found),
        "why": why_table(found),
        "rules": rules_table(found),
        "groups": groups_table(found),
    }
