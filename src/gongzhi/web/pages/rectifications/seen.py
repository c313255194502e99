"""Letters and rectifications as pages show them: their line, their clock, their way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongzhi.core.charter import Member
from gongzhi.core.rectifying.stages import TRANSITIONS, WAY, RectificationStage
from gongzhi.core.terms import Said, Text
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.cycle.models import Evaluation, Feedback, Rectification, RectificationStep
from gongzhi.cycle.rectification_waiting import due_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.calendar import load_calendar
from gongzhi.trust.seals import Seal
from gongzhi.web.shown import Stage as Station
from gongzhi.web.step_seals import step_seals


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRectification:
    """One of them as a line: the name of the line that it is about, and its clock."""

    row: Rectification
    line: Text | None
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLetter:
    """A letter with those of its rectifications that the reader may see."""

    row: Feedback
    asked: tuple[ShownRectification, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step that was taken, its name and its seal."""

    step: RectificationStep
    name: Said
    seal: Seal | None


def shown_rectifications(rows: Iterable[Rectification]) -> Iterator[ShownRectification]:
    """Rectifications as lines."""
    today, calendar = business_date(), load_calendar()
    for row in rows:
        waiting = due_of(row)
        clock = clock_of(waiting, today=today, calendar=calendar) if waiting else None
        yield ShownRectification(row=row, line=line_name(row), clock=clock)


def line_name(row: Rectification) -> Text | None:
    """What the line is called that it is about, as the letter told it."""
    key = f"{row.evaluation_id}:{row.line}"
    return next((each.name for each in row.feedback.found() if each.key == key), None)


def shown_letters(
    member: Member, letters: Iterable[Feedback], *, of: Evaluation | None = None
) -> list[ShownLetter]:
    """Letters with what they ask for, as far as the reader may see it; of one evaluation only."""
    rows = list(letters)
    asked = Rectification.objects.visible_to(member).filter(feedback__in=rows).with_facts()
    if of is not None:
        asked = asked.filter(evaluation=of)
    by_letter: dict[object, list[Rectification]] = {}
    for each in asked.order_by("id"):
        by_letter.setdefault(each.feedback_id, []).append(each)
    return [
        ShownLetter(row=row, asked=tuple(shown_rectifications(by_letter.get(row.pk, ()))))
        for row in rows
    ]


def stations(row: Rectification) -> Iterator[Station]:
    """The way of a rectification: what it passed, where it stands, what comes."""
    at = WAY.index(RectificationStage(row.stage))
    names = dict(Rectification.Stage.choices)
    for number, station in enumerate(WAY):
        state = "done" if number < at else "here" if number == at else "next"
        said = _since(row, station) if number <= at else ""
        yield Station(name=str(names[station]), state=state, said=said)


def _since(row: Rectification, station: RectificationStage) -> str:
    """When it came to a station last."""
    for step in reversed(row.steps.all()):
        if any(each.verb == step.verb and each.to is station for each in TRANSITIONS):
            return str(step.done_on.isoformat())
    return row.feedback.sent_on.isoformat() if station is RectificationStage.OPEN else ""


def shown_steps(member: Member, row: Rectification) -> Iterator[ShownStep]:
    """The steps with the seals of their deeds."""
    seal = step_seals(member, row.thing())
    names = charter_in_force().verb_names
    for step in row.steps.select_related("office__organisation").order_by("id"):
        yield ShownStep(step=step, name=names.get(step.verb, Said(step.verb)), seal=seal(step.verb))
