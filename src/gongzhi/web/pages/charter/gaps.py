"""制度空白清单: what the rules still lack, each a possible beginning of a draft."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Charter, Clause, Institution
from gongzhi.core.charter.gaps import Gap, GapKind, code_of, gaps_in
from gongzhi.parties.actions import amending
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charters import Amendment, CharterVersion
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.filled import KeyForm, new_key
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.charter.asking import Wrong, wrong_in
from gongzhi.web.readable import readable_thing
from gongzhi.words import translate

REASON_MAX = 2000
TITLE_MAX = 200
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
    drafted: Amendment | None


class DraftingForm(KeyForm):
    """A proposal to draft: how the gap should be filled."""

    reason = forms.CharField(max_length=REASON_MAX)


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
    return _page(request)


@require_POST
def propose_drafting(request: MemberRequest, version: UUID) -> HttpResponse:
    """Turn a gap into a proposal to draft something."""
    base: CharterVersion = readable_thing(request, "charter_version", version)
    form = DraftingForm(request.POST)
    found = gaps_in(charter_in_force(), today=business_date())
    gap = next((each for each in found if each.code == request.POST.get("gap")), None)
    if gap is None:
        raise Http404
    if not form.is_valid():
        return _page(request, problems=wrong_in(form, labels={"reason": _("建议怎样补上")}))
    try:
        amendment = amending.propose_drafting(
            by=request.member,
            base=base,
            gap=gap.as_record(),
            title=_title(gap),
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
        )
    except AlreadyDone as done:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("amendment", done.deed.public["amendment"])
    messages.success(request, _("起草建议已提出，并写入存证。"), extra_tags="kept")
    return redirect("amendment", amendment.pk)


def _page(request: MemberRequest, *, problems: tuple[Wrong, ...] = ()) -> HttpResponse:
    newest = newest_version()
    context = {
        "groups": tuple(_groups(charter_in_force(), _drafted(request))),
        "version": newest,
        "deeds": about(request, newest) if newest else about(request),
        "problems": problems,
        "key": new_key(),
    }
    status = 422 if problems else 200
    return render(request, "pages/charter/gaps.html", context, status=status)


def _title(gap: Gap) -> str:
    """What the proposal is called, in the rules' own language: by its gap and where that is."""
    charter = charter_in_force()
    where = (
        f"《{charter.institutions[gap.institution].title.zh}》"
        if gap.institution
        else f"§ {gap.clauses[0]} {charter.clauses[gap.clauses[0]].title.zh}"
    )
    return f"{NAMES[gap.kind]}：{where}"[:TITLE_MAX]


def _drafted(request: MemberRequest) -> Mapping[str, Amendment]:
    """The proposals that were made for gaps and are still under way, by the gap's code."""
    under_way = Amendment.objects.visible_to(request.member).exclude(gap=None)
    found = under_way.exclude(stage__in=("withdrawn", "issued"))
    return {code_of(amendment.gap): amendment for amendment in found}


def _groups(charter: Charter, drafted: Mapping[str, Amendment]) -> Iterator[Group]:
    language = reader_language()
    found = gaps_in(charter, today=business_date())
    for kind in GapKind:
        own = tuple(
            ShownGap(
                code=gap.code,
                clauses=tuple(charter.clauses[number] for number in gap.clauses),
                institution=charter.institutions[gap.institution] if gap.institution else None,
                drafted=drafted.get(gap.code),
            )
            for gap in found
            if gap.kind is kind
        )
        if own:
            name, why = translate(NAMES[kind], language), translate(WHY[kind], language)
            yield Group(kind=str(kind), name=name, why=why, gaps=own)
