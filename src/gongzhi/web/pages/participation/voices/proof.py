"""参与证明: a year of one's own voice as a PDF, with numbers that anybody can check in the log."""

from collections.abc import Mapping, Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.forum.actions.voices import who_is
from gongzhi.forum.models import AdoptedChange, ResourceOffer, Support, Voice
from gongzhi.papers.notes import under
from gongzhi.papers.participation_proof import (
    NOTE,
    Contribution,
    ParticipationProof,
    name_of_file,
    proof_pdf,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import NO_PERSON, own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Person
from gongzhi.trust.proofs import head
from gongzhi.trust.seals import Seal
from gongzhi.web.downloads import PDF, as_file
from gongzhi.web.official_files import PAPERS_LANGUAGE, mark_of
from gongzhi.web.pages.participation.voices.seen import (
    A_CITIZEN,
    ShownVoice,
    shown_voices,
)
from gongzhi.web.seals import name_of, seals_on

ROWS_MAX = 500
ADOPTED = ("adopted", "partly")


@require_safe
@login_required
def participation_proof(request: MemberRequest, year: int) -> HttpResponse:
    """What the reader, or their organisation, contributed in a year."""
    with override(PAPERS_LANGUAGE):
        proof = _proof(request, year=year)
    signed = head()
    note = under(NOTE, signed.checkpoint if signed else None)
    answer = as_file(
        proof_pdf(proof, note=note),
        name=f"gongzhi-participation-{year}.pdf",
        shown=name_of_file(proof),
        content_type=PDF,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _proof(request: MemberRequest, *, year: int) -> ParticipationProof:
    member = request.member
    mine = Voice.objects.visible_to(member).of(member).standing().filter(fiscal_year=year)
    rows = shown_voices(mine.with_facts().defer("words")[:ROWS_MAX], member=member)
    seals = seals_on([each.row for each in rows], verbs=("submit_voice",))
    changed = [each for each in rows if _changed(each)]
    own = own_organisation(member)
    return ParticipationProof(
        who=own.name if own else _person(member),
        year=year,
        made_on=business_date().isoformat(),
        verify=request.build_absolute_uri("/verify/"),
        adopted=sum(each.answer is not None and each.answer.outcome in ADOPTED for each in rows),
        changed=len(changed),
        backed=Support.objects.visible_to(member)
        .filter(who=who_is(member), until_on=None, since_on__year=year)
        .count(),
        offers=_offers(member, year=year),
        contributions=_lines(rows, seals),
    )


def _offers(member: Member, *, year: int) -> int:
    if member.organisation is None:
        return 0
    made = ResourceOffer.objects.visible_to(member).filter(organisation=member.organisation)
    return made.filter(offered_on__year=year).count()


def _person(member: Member) -> str:
    known = Person.objects.visible_to(member).filter(pk=member.person or NO_PERSON).first()
    return known.shown_name if known else A_CITIZEN.text


def _lines(rows: Sequence[ShownVoice], seals: Mapping[str, Seal]) -> Sequence[Contribution]:
    return [
        Contribution(
            number=each.number,
            kind=str(each.row.get_kind_display()),
            said=f"{each.row}（{each.about.name}）",
            answer=_answer(each),
            changed=_changed(each),
            seal=mark_of(seals.get(name_of(each.row))),
        )
        for each in rows
    ]


def _answer(each: ShownVoice) -> str:
    if each.answer is None:
        return str(each.row.get_stage_display())
    office = each.answer.office
    return (
        f"{each.answer.get_outcome_display()}　{office.organisation.name}{office.title}"
        f"　{each.answer.answered_on.isoformat()}"
    )


def _changed(each: ShownVoice) -> str:
    change = each.change
    if change is None or change.end != AdoptedChange.End.APPROVED or change.decided is None:
        return ""
    called = change.name or str(change.get_figure_display())
    return f"{called}：{change.old} → {change.new}　{change.decided.document_number}"
