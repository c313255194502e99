"""What waits about evaluations: for the evaluator, for who commissioned it, for the evaluated."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.rules import Days
from gongzhi.core.evaluating.stages import ENDS, EvaluationStage, Side
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import Due, due_on
from gongzhi.cycle.actions.hearing import days_of, since
from gongzhi.cycle.models import Draw, Evaluation
from gongzhi.parties.rooms import Queue, Room
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.packs.evaluation import load_evaluation

OFFICER = "officer"
DRAW = Said("抽签公告已写入存证，请抽签")
EXPLAIN = Said("说明评分差距，说明之前综合得分不作数")


class _Asked(NamedTuple):
    """What is to be done in a stage, by whom, within which days of the kind, from which steps on.

    Without days it is due on the day that was set when the evaluation began.
    """

    verb: str
    said: Said
    side: Side
    days: Callable[[Days], int] | None
    after: tuple[str, ...]
    clause: str


ASKED: Mapping[EvaluationStage, _Asked] = {
    EvaluationStage.ASSIGNED: _Asked(
        "accept_assignment", Said("声明独立并接受评价，或者谢绝"), Side.EVALUATOR,
        lambda days: days.accept, (), "4.14",
    ),
    EvaluationStage.ACCEPTED: _Asked(
        "draft_sheet", Said("评分并提交评价"), Side.EVALUATOR, None, (), "4.14"
    ),
    EvaluationStage.OPENED: _Asked(
        "send_evaluation", Said("把评价意见送被评价单位"), Side.COMMISSIONER,
        lambda days: days.send, ("open_evaluations",), "4.15",
    ),
    EvaluationStage.SENT: _Asked(
        "object_to_evaluation", Said("认可评价意见，或者提出异议"), Side.EVALUATED,
        lambda days: days.object, ("send_evaluation",), "4.15",
    ),
    EvaluationStage.OBJECTED: _Asked(
        "answer_objection", Said("逐条答复异议"), Side.EVALUATOR,
        lambda days: days.answer, ("object_to_evaluation",), "4.15",
    ),
    EvaluationStage.ANSWERED: _Asked(
        "conclude_evaluation", Said("作出评价结论"), Side.COMMISSIONER,
        lambda days: days.conclude, ("answer_objection", "acknowledge_evaluation"), "4.15",
    ),
}  # fmt: skip


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to do about evaluations, on each side of them."""
    if member.organisation is None:
        return
    mine = (
        Q(evaluator=member.organisation)
        | Q(commissioner=member.organisation)
        | Q(evaluated=member.organisation)
    )
    readable = Evaluation.objects.visible_to(member).filter(mine)
    unfinished = readable.filter(~Q(stage__in=[*map(str, ENDS)]) | ~Q(gaps={})).with_facts()
    yield Queue(partial(_under_way, member, unfinished, today=today), unfinished)
    draws = Draw.objects.visible_to(member).filter(commissioner=member.organisation)
    announced = draws.filter(stage=Draw.Stage.ANNOUNCED).with_facts()
    yield Queue(partial(_draws, announced), announced)


def _under_way(member: Member, rows: QuerySet[Any], *, today: date) -> Iterator[Waiting]:
    for evaluation in rows.prefetch_related("steps"):
        due = (due_of(evaluation, today=today), *gaps_of(evaluation))
        yield from (each for each in due if each and each.organisation == member.organisation)


def _draws(announced: Iterable[Draw]) -> Iterator[Waiting]:
    """The draws that were announced and aren't held."""
    for draw in announced:
        yield Waiting(
            verb="hold_draw",
            thing=draw.thing(),
            said=DRAW,
            title=str(draw),
            organisation=str(draw.commissioner_id),
            role=OFFICER,
            opened_on=draw.announced_on,
            clause="4.14",
        )


def gaps_of(evaluation: Evaluation) -> Iterator[Waiting]:
    """Who has to explain how far apart the points lie, until when: a side, or who asked for it."""
    if not evaluation.gaps:
        return
    assert evaluation.gaps_since is not None, "what waits began on a day"
    days = load_evaluation(evaluation.pack).apart.explain_days
    due = due_on(evaluation.gaps_since, working_days=days, calendar=load_calendar())
    for side in evaluation.gaps:
        yield Waiting(
            verb="explain_gap",
            thing=evaluation.thing(),
            said=EXPLAIN,
            title=str(evaluation),
            organisation=_organisation(evaluation, Side(side)),
            role=OFFICER,
            opened_on=evaluation.gaps_since,
            due_on=due.on,
            provisional=due.provisional,
            clause="4.14",
        )


def due_of(evaluation: Evaluation, *, today: date) -> Waiting | None:
    """Who has to do what about an evaluation until when; None where it waits for nobody.

    Once the time to object is over (on the day `today`), whoever commissioned it concludes.
    """
    asked = ASKED.get(EvaluationStage(evaluation.stage))
    if asked is None:
        return None
    opened_on = since(evaluation, asked.after)
    due = _due(evaluation, asked, opened_on=opened_on)
    is_heard = evaluation.stage == EvaluationStage.SENT
    if is_heard and today > due.on:
        asked, opened_on = ASKED[EvaluationStage.ANSWERED], due.on
        due = _due(evaluation, asked, opened_on=opened_on)
    return Waiting(
        verb=asked.verb,
        thing=evaluation.thing(),
        said=asked.said,
        title=str(evaluation),
        organisation=_organisation(evaluation, asked.side),
        role=OFFICER,
        opened_on=opened_on,
        due_on=due.on,
        provisional=due.provisional,
        clause=asked.clause,
    )


def _due(evaluation: Evaluation, asked: _Asked, *, opened_on: date) -> Due:
    if asked.days is None:
        return Due(on=evaluation.due_on, provisional=False)
    days = asked.days(days_of(evaluation))
    return due_on(opened_on, working_days=days, calendar=load_calendar())


def _organisation(evaluation: Evaluation, side: Side) -> str:
    whose = {
        Side.EVALUATOR: evaluation.evaluator_id,
        Side.COMMISSIONER: evaluation.commissioner_id,
        Side.EVALUATED: evaluation.evaluated_id,
    }
    return str(whose[side])
