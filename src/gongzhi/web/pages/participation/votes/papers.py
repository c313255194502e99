"""Paper ballots: numbered, printed, keyed in by two people who don't see each other's."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.voting import BallotKind
from gongzhi.core.terms import Said
from gongzhi.forum.actions import ballot_papers as actions
from gongzhi.forum.models import BallotPaper, Vote, VoteProposal
from gongzhi.papers.survey_form import PrintedQuestion, PrintedSurvey, survey_forms
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.downloads import PDF, as_file
from gongzhi.web.filled import new_key, shown, take
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.participation.deed_forms import deed_form
from gongzhi.web.pages.participation.votes.balloting import given_in, lines_of
from gongzhi.web.pages.participation.votes.forms import KeyingForm, PapersForm
from gongzhi.web.pages.participation.votes.roll import lines_in
from gongzhi.web.readable import readable_thing

ROWS, PRINTED_MAX = 100, 500


@require_safe
def papers(request: MemberRequest, vote: UUID) -> HttpResponse:
    """How far keying in got, and the forms for it."""
    return _page(request, readable_thing(request, "vote", vote))


def _page(
    request: MemberRequest, row: Vote, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    own = request.member.organisation == str(row.organisation_id)
    here, rules = about(request, row), row.ballot_rules()
    listed = row.papers.order_by("stage", "number") if own else row.papers.none()
    lines = lines_of(row, given=request.POST, faults=faults)
    issue = here["issue_ballot_papers"]
    context: dict[str, Any] = {
        "vote": row,
        "own": own,
        "rules": rules,
        "lines": lines,
        "ranks": range(1, min(rules.most, len(lines)) + 1),
        "number": request.POST.get("number", request.GET.get("paper", ""))[:20],
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "query": "",
        "counts": [
            (name, listed.filter(stage=code).count()) for code, name in BallotPaper.Stage.choices
        ],
        "issue": deed_form(
            request, issue, PapersForm, address=reverse("issue_ballot_papers", args=[row.pk])
        ),
        "keying": here["key_ballot_paper"],
        "clauses": clauses_shown({"5.11"}),
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/votes/papers.html", context, status=status)


@require_POST
def issue_ballot_papers(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Number papers."""
    row: Vote = readable_thing(request, "vote", vote)
    insist(request.member, "issue_ballot_papers", row)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.issue_ballot_papers(
            by=request.member, vote=row, lines=lines_in(given["lines"]), key=given["key"]
        )

    return take(
        request,
        PapersForm(request.POST),
        deed,
        done=_("已编号，可以下载打印。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("ballot-papers", args=[row.pk]),
    )


@require_POST
def key_ballot_paper(request: MemberRequest, vote: UUID) -> HttpResponse:
    """Key one in."""
    row: Vote = readable_thing(request, "vote", vote)
    insist(request.member, "key_ballot_paper", row)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.key_ballot_paper(
            by=request.member, vote=row, given=given_in(request.POST, row), **given
        )

    return take(
        request,
        KeyingForm(request.POST),
        deed,
        done=_("已录入。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=f"{reverse('ballot-papers', args=[row.pk])}#key_ballot_paper",
    )


@require_safe
def paper_ballots(request: MemberRequest, vote: UUID) -> HttpResponse:
    """The ballots that were numbered and not come back yet; a specimen for everybody else."""
    row: Vote = readable_thing(request, "vote", vote)
    about(request, row)
    own = request.member.organisation == str(row.organisation_id)
    waiting = row.papers.filter(stage=BallotPaper.Stage.PRINTED) if own else row.papers.none()
    numbers = waiting.order_by("number").values_list("number", flat=True)[:PRINTED_MAX]
    papers = [(number, _address(request, row, number)) for number in numbers]
    specimen = (_("样张"), _address(request, row, ""))
    content = survey_forms(printed(row), papers or [specimen])
    return as_file(content, name=f"gongzhi-ballot-{row.pk}.pdf", content_type=PDF)


def _address(request: HttpRequest, row: Vote, number: str) -> str:
    """Where the code leads: to keying this paper in, for whoever is allowed to."""
    address = request.build_absolute_uri(reverse("ballot-papers", args=[row.pk]))
    return f"{address}?{urlencode({'paper': number})}" if number else address


def printed(row: Vote) -> PrintedSurvey:
    """The ballot as it is printed, in the reader's language."""
    rules = row.ballot_rules()
    listed = list(row.on_ballot())
    how = {
        BallotKind.APPROVAL: _("请在想要的项目前打勾，最多 %(most)s 个。"),
        BallotKind.POINTS: _("请在想要的项目后写分数，一共 %(points)s 分，最多 %(most)s 个项目。"),
        BallotKind.RANKING: _("请在想要的项目后写名次，1 是最想要的，最多 %(most)s 个。"),
    }[rules.kind] % {"most": rules.most, "points": rules.points}
    until = _("请在 %(day)s 前交回。") % {"day": row.closes_on.isoformat()}
    private = _("不写姓名。编号只用来保证一人一票；纸质票录入后，网上不再能投。")
    holder = _("组织投票：%(name)s") % {"name": row.organisation.name}
    return PrintedSurvey(
        title=row.title,
        notes=(holder, how, private, until),
        questions=tuple(_printed(listed, rules.kind)),
        said_of_code=_("录入用"),
        language=reader_language(),
    )


def _printed(listed: list[VoteProposal], kind: BallotKind) -> list[PrintedQuestion]:
    return [
        PrintedQuestion(
            number=each.number,
            text=f"{each}（{each.cost_yuan:,.2f} {_('元')}）",
            options=((each.number, _("想要")),) if kind is BallotKind.APPROVAL else (),
            several=True,
        )
        for each in listed
    ]
