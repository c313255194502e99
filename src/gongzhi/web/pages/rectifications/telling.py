"""What stands on the pages of evaluations: letters that went out, and the form of one to be."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from gongzhi.core.charter import Member, Thing
from gongzhi.core.rectifying.letters import LineFound
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.feedback_told import Told, told_of_audit, told_of_evaluation, told_of_panel
from gongzhi.cycle.models import Evaluation, Feedback, Project
from gongzhi.cycle.panels import Panel
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.web.here import NEW, Here, Permitted
from gongzhi.web.pages.rectifications.seen import ShownLetter, shown_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedLine:
    """A line that lost points, and what was typed in that has to be put right about it."""

    line: LineFound
    evaluator: str
    demand: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The letters about a result, and what the reader may do: send one, order from an audit."""

    letters: tuple[ShownLetter, ...]
    send: Permitted | None
    order: Permitted | None
    lines: tuple[AskedLine, ...]


def to_be(*told: Told | None) -> list[Thing]:
    """The letters that the charter is asked about before they are there."""
    return [_letter_to_be(each) for each in told if each is not None]


def _letter_to_be(told: Told) -> Thing:
    return replace(told.letter.thing(stage=told.stage), id=NEW)


def to_tell_of(member: Member, row: Evaluation, *, own: Organisation | None) -> Told | None:
    """What a letter about an evaluation could tell; None where there is one, or nothing yet."""
    if own is None or row.stage != Evaluation.Stage.CONCLUDED:
        return None
    told = Feedback.objects.visible_to(member).filter(evaluation=row)
    if told.filter(source=Feedback.Source.EVALUATION).exists():
        return None
    return told_of_evaluation(row, sender=own)


def to_tell_of_panel(
    member: Member, panel: Panel, thing: Project, *, year: FiscalYear, own: Organisation | None
) -> Told | None:
    """The same about all evaluations of a project's year."""
    if own is None or not panel.evaluations:
        return None
    told = Feedback.objects.visible_to(member).filter(project=thing, fiscal_year=year)
    if told.filter(source=Feedback.Source.PANEL).exists():
        return None
    return told_of_panel(panel, project=thing, year=year, sender=own)


def to_order(thing: Project, *, year: FiscalYear, own: Organisation | None) -> Told | None:
    """What a letter about a published audit result could tell of a project."""
    if own is None:
        return None
    return told_of_audit(thing, year=year, sender=own, document_number="")


def telling_of(
    request: MemberRequest, here: Here, row: Evaluation, *, told: Told | None
) -> Telling:
    """What the page of an evaluation shows of letters: those about it, or about its panel."""
    about_it = Q(evaluation=row) | Q(rectifications__evaluation=row)
    rows = Feedback.objects.visible_to(request.member).filter(about_it).with_facts().distinct()
    return _telling(request, here, shown_letters(request.member, rows, of=row), told=told)


def telling_about(
    request: MemberRequest,
    here: Here,
    thing: Project,
    *,
    year: FiscalYear,
    told: Told | None,
    ordered: Told | None,
) -> Telling:
    """What the page of a project's year shows of letters."""
    readable = Feedback.objects.visible_to(request.member)
    rows = readable.filter(project=thing, fiscal_year=year).with_facts()
    letters = shown_letters(request.member, rows)
    return _telling(request, here, letters, told=told, ordered=ordered)


def _telling(
    request: MemberRequest,
    here: Here,
    letters: Sequence[ShownLetter],
    *,
    told: Told | None,
    ordered: Told | None = None,
) -> Telling:
    send = here.on(_letter_to_be(told), "send_feedback") if told else None
    return Telling(
        letters=tuple(letters),
        send=send,
        order=here.on(_letter_to_be(ordered), "order_rectification") if ordered else None,
        lines=tuple(_asked(request, told)) if told and send else (),
    )


def _asked(request: MemberRequest, told: Told) -> Iterator[AskedLine]:
    evaluations = {line.evaluation for line in told.lines}
    readable = Evaluation.objects.visible_to(request.member)
    rows = readable.filter(pk__in=evaluations).select_related("evaluator")
    names = {str(row.pk): row.evaluator.name for row in rows}
    for line in told.lines:
        demand = request.POST.get(f"demand-{line.key}", "")
        yield AskedLine(line=line, evaluator=names[line.evaluation], demand=demand)
