"""制度空白清单: what the rules still lack, each a possible beginning of a draft."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Charter, Clause, Institution
from gongzhi.core.charter.gaps import GapKind, gaps_in
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.frame import reader_language
from gongzhi.words import translate

NAMES = {
    GapKind.LAPSED: "依据已失效",
    GapKind.WITHOUT_SOURCE: "没有上位依据的权利",
    GapKind.UNVERIFIED: "没有核对过原文的依据",
    GapKind.WITHOUT_CLOCK: "没有期限的义务",
    GapKind.ON_PAPER: "还在纸上的权利",
}
WHY = {
    GapKind.LAPSED: "依据没有了，条款就只剩本规则自己；应当改引现行的规定。",
    GapKind.WITHOUT_SOURCE: "只凭本规则成立；发生争议时没有上位规定可以援引。",
    GapKind.UNVERIFIED: "没有人读过原文，所以只写名称、不引条文；核对以后才可以引用。",
    GapKind.WITHOUT_CLOCK: "谁应当办什么写明了，什么时候以前没有写；没有期限就无法说逾期。",
    GapKind.ON_PAPER: "条文给了权利，平台上还没有对应的办理；现在只能在平台之外行使。",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGap:
    """A gap: its name, the clauses in which it is, the institution if it is one."""

    code: str
    clauses: tuple[Clause, ...]
    institution: Institution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The gaps of one kind, and why each matters."""

    kind: str
    name: str
    why: str
    gaps: tuple[ShownGap, ...]


@require_safe
def gaps(request: MemberRequest) -> HttpResponse:
    """All gaps by kind."""
    context = {"groups": tuple(_groups(charter_in_force()))}
    return render(request, "pages/charter/gaps.html", context)


def _groups(charter: Charter) -> Iterator[Group]:
    language = reader_language()
    found = gaps_in(charter, today=business_date())
    for kind in GapKind:
        own = tuple(
            ShownGap(
                code=gap.code,
                clauses=tuple(charter.clauses[number] for number in gap.clauses),
                institution=charter.institutions[gap.institution] if gap.institution else None,
            )
            for gap in found
            if gap.kind is kind
        )
        if own:
            name, why = translate(NAMES[kind], language), translate(WHY[kind], language)
            yield Group(kind=str(kind), name=name, why=why, gaps=own)
