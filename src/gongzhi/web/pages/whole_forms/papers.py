"""A unit's whole spending as official forms to take away: as stated last, else as the facts say."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.self_evaluating import scored
from gongzhi.cycle.whole_forms import whole_from_record
from gongzhi.papers.notes import of_self_evaluation
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.official_files import PAPERS_LANGUAGE, Issued, as_paper, ending_of, mark_of
from gongzhi.web.pages.whole_forms.asked import Desk, desk_of
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import name_of, seals_on

PUBLISHING = ("publish_whole_form",)


@require_safe
def whole_form_paper(request: MemberRequest, organisation: UUID, ending: str) -> HttpResponse:
    """A unit's goals or self-evaluation of a year as a whole, as its official form."""
    kind, unit = ending_of(ending), readable_thing(request, "organisation", organisation)
    desk = desk_of(request.member, unit, request.GET)
    about, name = f"{unit.name}-{desk.year}", f"gongzhi-whole-{desk.kind}-{desk.year}"
    return as_paper(desk.paper, [_issued(desk)], ending=kind, about=about, name=name)


def _issued(desk: Desk) -> Issued:
    row = desk.last
    if row is None:
        facts = desk.known.facts
        sheet = scored(facts.sheet, pack=desk.pack) if desk.evaluates else facts.sheet
        value = type(facts)(duties=facts.duties, tasks=facts.tasks, sheet=sheet)
        return Issued(value=value, note=of_self_evaluation(day=business_date()))
    with override(PAPERS_LANGUAGE):
        stage = str(row.get_stage_display())
    seal = mark_of(seals_on([row], verbs=PUBLISHING).get(name_of(row)))
    note = of_self_evaluation(day=row.published_on, stage=stage, number=row.number, seal=seal)
    return Issued(value=whole_from_record(row.record), note=note)
