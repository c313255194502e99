"""The published minutes of a meeting as a paper to take away."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.participating.recorded import MinutesRecord, RecordedItem
from gongzhi.forum.models import ActionItem, AgendaItem, Meeting
from gongzhi.forum.who_comes import Comer, published_minutes, who_comes
from gongzhi.papers.forms import MEETING_MINUTES as PAPER
from gongzhi.papers.notes import of_letter
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.official_files import PAPERS_LANGUAGE, Issued, as_paper, ending_of, mark_of
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import name_of, seals_on


@require_safe
def minutes_paper(request: MemberRequest, meeting: UUID, ending: str) -> HttpResponse:
    """The minutes as Word, Excel or PDF; there are none before they are published."""
    kind = ending_of(ending)
    row: Meeting = readable_thing(request, "meeting", meeting)
    if published_minutes(row) is None:
        raise Http404
    items = ActionItem.objects.visible_to(request.member).filter(meeting=row).with_facts()
    seal = seals_on([row], verbs=("publish_minutes",)).get(name_of(row))
    with override(PAPERS_LANGUAGE):
        note = of_letter(
            stage=str(row.get_stage_display()), day=row.published_on, seal=mark_of(seal)
        )
        issued = [Issued(value=_record(row, list(items)), note=note)]
        return as_paper(PAPER, issued, ending=kind, about=str(row), name="gongzhi-minutes")


def _record(row: Meeting, items: list[ActionItem]) -> MinutesRecord:
    comers, minutes = who_comes(row), published_minutes(row)
    assert minutes is not None, "asked before"
    there = [each for each in comers if each.was_there]
    texts = {each.item_id: each.text for each in minutes.passages.all()}
    lines = [_line(each, texts.get(each.pk, ""), items=items) for each in row.agenda.all()]
    loose = [each for each in items if each.resolution is None]
    if loose:
        lines.append(RecordedItem(title=_("会上另行议定"), action=_agreed(loose)))
    return MinutesRecord(
        title=row.title,
        organiser=row.organiser.name,
        held_on=f"{row.held_on.isoformat()} {row.begins.isoformat('minutes')}",
        place=row.place,
        present=_names(there),
        absent=_names(each for each in comers if not each.was_there),
        confirmed=_("到会 {count} 方，确认 {confirmed} 方").format(
            count=len(there), confirmed=sum(each.confirmed for each in there)
        ),
        adopted=row.adopted,
        lines=tuple(lines),
    )


def _line(item: AgendaItem, text: str, *, items: list[ActionItem]) -> RecordedItem:
    decided = list(item.resolutions.all())
    voted = _("{text}（{state}：赞成 {votes_for}，反对 {against}，弃权 {abstained}）")
    keys = {each.pk for each in decided}
    return RecordedItem(
        number=str(item.number),
        title=item.title,
        text=text,
        resolution="\n".join(
            voted.format(
                text=each.text,
                state=_("通过") if each.passed else _("未通过"),
                votes_for=each.votes_for,
                against=each.against,
                abstained=each.abstained,
            )
            for each in decided
        ),
        action=_agreed(each for each in items if each.resolution_id in keys),
    )


def _agreed(items: Iterable[ActionItem]) -> str:
    said = _("{what}（{organisation}，{day}前）")
    return "\n".join(
        said.format(what=each.what, organisation=each.organisation.name, day=each.due_on)
        for each in items
    )


def _names(comers: Iterable[Comer]) -> str:
    return "、".join(
        each.organisation.name if each.organisation else _("居民席位 {seat}").format(seat=each.seat)
        for each in comers
    )
