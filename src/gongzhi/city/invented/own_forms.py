"""What a unit writes into the self-evaluation that begins with the facts, faults included."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from gongzhi.city.invented.own_evaluations import Fault, FaultKind, Told, Words
from gongzhi.core.scoring import Earned
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.self_evaluating import (
    EvaluatedIndicator,
    SelfEvaluation,
    computed,
    differences,
    is_satisfaction,
    scored,
)
from gongzhi.core.terms import Form, Points

ASKED_LEAST, ASKED_STEP, ASKED_TURNS = 180, 20, 16  # people asked: 180, 200 … 480
ANSWERED = Decimal("0.92")
TOO_MUCH = 2  # points by which a wrong total is too high


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A form as the unit hands it in, with its reason for each place that isn't as the facts."""

    form: Form
    reasons: dict[str, str]


def written(
    facts: SelfEvaluation,
    *,
    pack: Pack,
    words: Words,
    told: Told | None = None,
    fault: Fault | None = None,
) -> Written:
    """The form that a unit makes from the facts, in its own words."""
    kind = fault.kind if fault else None
    begun = _filled(facts, words)
    rows = computed(begun, pack=pack).rows
    lines = _reasoned(begun.indicators, rows, told.missed if told else "", words)
    if kind is FaultKind.NO_REASONS:
        lines = tuple(line if is_satisfaction(line) else _silent(line) for line in lines)
    if kind is FaultKind.COPIED:
        lines = tuple(replace(line, done=line.target) for line in lines)
    sheet = scored(replace(begun, indicators=lines), pack=pack)
    if kind is FaultKind.FULL_MARKS:
        generous = tuple(replace(line, score=line.weight) for line in sheet.indicators)
        sheet = replace(sheet, indicators=generous)
    met = sum(line.score == line.weight for line in sheet.indicators)
    done = words.done.format(rate=_rate(sheet), lines=len(lines), met=met)
    sheet = replace(sheet, goal_done=told.done if told else done)
    form = sheet.as_form()
    if kind is FaultKind.TOTAL and form.stated_total is not None:
        form = replace(form, stated_total=form.stated_total + TOO_MUCH)
    why = fault.reason if fault else ""
    found = differences(sheet, facts=facts, pack=pack)
    return Written(form=form, reasons={each.field: why or words.unread for each in found})


def _filled(facts: SelfEvaluation, words: Words) -> SelfEvaluation:
    """What no fact tells, as the unit knows it."""
    lines = (replace(line, done=line.done or words.unread) for line in facts.indicators)
    return replace(facts, indicators=tuple(lines))


def _reasoned(
    lines: Sequence[EvaluatedIndicator], rows: Sequence[Earned], missed: str, words: Words
) -> tuple[EvaluatedIndicator, ...]:
    """Lines with why they were missed or far exceeded, and points where words leave room."""
    return tuple(_each(lines, rows, missed, words))


def _each(
    lines: Sequence[EvaluatedIndicator], rows: Sequence[Earned], missed: str, words: Words
) -> Iterator[EvaluatedIndicator]:
    for number, (line, earned) in enumerate(zip(lines, rows, strict=True)):
        points = earned.points if earned.points is not None else earned.most
        told = [line.reason or _asked(number, words)] if is_satisfaction(line) else [line.reason]
        if points is not None and line.weight is not None and points < line.weight:
            told.append(missed or words.missed)
        yield replace(line, score=_open(earned), reason="；".join(filter(None, told)))


def _open(earned: Earned) -> Points | None:
    """The points that the unit gives itself where the words leave room: the most that they do."""
    return None if earned.points is not None else earned.most


def _asked(number: int, words: Words) -> str:
    asked = ASKED_LEAST + ASKED_STEP * (number % ASKED_TURNS)
    return words.asked.format(who=words.everybody, asked=asked, answered=int(asked * ANSWERED))


def _silent(line: EvaluatedIndicator) -> EvaluatedIndicator:
    return replace(line, reason="")


def _rate(sheet: SelfEvaluation) -> str:
    rate = sheet.money.total.rate
    return "—" if rate is None else f"{rate * 100:.2f}%"
