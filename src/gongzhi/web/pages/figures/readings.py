"""A reading: what was read, by whom, on what evidence, beside which others; its deed and seal."""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.cycle.actions.readings import digest_of
from gongzhi.cycle.answered import ALONE, TOGETHER
from gongzhi.cycle.models import GoalIndicator, Reading
from gongzhi.cycle.sealed_places import SealedPlace, sealed_reading
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.web.figures import figure_address
from gongzhi.web.here import about
from gongzhi.web.pages.figures.answer import (
    HOLDS,
    UNKNOWN,
    WRONG,
    Answer,
    Check,
    Source,
)
from gongzhi.web.pages.figures.behind import Behind, shown_reading
from gongzhi.web.pages.figures.hands import hands_of
from gongzhi.web.pages.figures.page import answer_page
from gongzhi.web.pages.figures.row_proof import row_check, row_proof
from gongzhi.web.pages.figures.sources import reading_deeds
from gongzhi.web.places import Place
from gongzhi.web.readable import readable_thing

SAME = Said("和读数存证时所承诺的相同")
OTHER = Said("和读数存证时所承诺的不同：被改动过，请核对存证")
UNSEALED = Said("没有找到带来这一行的存证")
READ = Said("由{organisation}读取，平台照原样收下")


@require_safe
def reading(request: MemberRequest, reading: UUID) -> HttpResponse:
    """The answer to a reading."""
    row: Reading = readable_thing(request, "reading", reading)
    about(request, row)
    deeds = reading_deeds(request.member, [row])
    place = _place(row, deeds)
    answer = Answer(
        title=_name_of(request.member, row),
        about=Place(
            name=row.project.name, address=reverse("project-readings", args=[row.project_id])
        ),
        text=shown_reading(row).text,
        on=row.ends_on,
        formula=Said(READ.text, {"organisation": row.organisation.name}),
        check=row_check(place) if place else _check(row, deeds),
        sources=(*_said(row), *row_proof(place)),
        hands=hands_of(request.member, deeds),
    )
    others = tuple(shown_reading(each) for each in _others(request.member, row))
    return answer_page(request, answer, rows=Behind(readings=others))


def _name_of(member: Member, row: Reading) -> str:
    """What the indicator is called in the newest goals that the reader may see."""
    lines = GoalIndicator.objects.visible_to(member).filter(
        version__project=row.project_id, key=row.indicator, version__stage="approved"
    )
    newest = lines.order_by("version__fiscal_year", "version__number").last()
    return newest.name if newest else row.indicator


def _others(member: Member, row: Reading) -> Iterator[Reading]:
    """What others read of the same indicator up to the same day, and what was corrected."""
    same = Reading.objects.visible_to(member).filter(
        project=row.project_id, indicator=row.indicator, ends_on=row.ends_on
    )
    yield from same.exclude(pk=row.pk).select_related("organisation").order_by("pk")


def _said(row: Reading) -> Iterator[Source]:
    """What the reading says beside its value."""
    period = f"{row.starts_on.isoformat()} – {row.ends_on.isoformat()}"
    yield Source(name=_("期间"), text=period)
    yield Source(name=_("读数来源"), text=str(row.get_source_display()))
    yield Source(name=_("谁读的"), text=row.organisation.name, own_words=True)
    if row.evidence:
        yield Source(name=_("佐证"), text=row.evidence, own_words=True)
    if row.corrects_id:
        address = figure_address("reading", row.corrects_id)
        yield Source(name=_("更正了"), text=_("原来的读数"), address=address)


def _place(row: Reading, deeds: list[Deed]) -> SealedPlace | None:
    """Which row it is of those that were handed in together; None where it came by itself."""
    together = (deed for deed in deeds if deed.verb == TOGETHER)
    return next((found for deed in together if (found := sealed_reading(row, deed))), None)


def _check(row: Reading, deeds: list[Deed]) -> Check | None:
    """Whether it says what its own deed promised; in older answers all were promised as one."""
    for deed in deeds:
        if deed.verb in ALONE and deed.public.get("reading") == str(row.pk):
            told = deed.kept("read")
            if told is not None:
                is_same = told == digest_of([row])
                return Check(state=HOLDS if is_same else WRONG, said=SAME if is_same else OTHER)
    return None if deeds else Check(state=UNKNOWN, said=UNSEALED)
