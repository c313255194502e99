"""A plan to put something right: what will be done, by whom, until when; then what was done.

A plan is measures; the report is the same measures with what became of each. Texts are as typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from gongzhi.core.terms import Said

# What is wrong, by the name of the field that it is about.
Faults: TypeAlias = Mapping[str, Said]
Fault: TypeAlias = tuple[str, Said]
MEASURES_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One thing that is done: by whom, until when; done and evidence are what became of it."""

    what: str
    responsible: str = ""
    until: date | None = None
    done: str = ""
    evidence: str = ""


def faults_of_plan(measures: Sequence[Measure], *, today: date, due_on: date) -> Faults:
    """What keeps a plan from being taken: every measure says what, who and until when.

    Nothing may be planned for after the day on which the report is due.
    """
    if not measures:
        return {"what-0": Said("请至少写一项整改措施")}
    found: dict[str, Said] = {}
    for number, measure in enumerate(measures):
        found |= dict(_of_planned(measure, number, today=today, due_on=due_on))
    return found


def _of_planned(measure: Measure, number: int, *, today: date, due_on: date) -> Iterator[Fault]:
    if not measure.what:
        yield f"what-{number}", Said("请写明整改措施")
    if not measure.responsible:
        yield f"responsible-{number}", Said("请写明责任部门或者责任人")
    if measure.until is None:
        yield f"until-{number}", Said("请写明完成日期")
    elif measure.until < today:
        yield f"until-{number}", Said("完成日期已经过去")
    elif measure.until > due_on:
        values = {"day": due_on.isoformat()}
        yield f"until-{number}", Said("完成日期晚于报告期限 {day}，请先写明新的期限", values)


def faults_of_report(measures: Sequence[Measure], *, has_files: bool) -> Faults:
    """What keeps a report from being taken: every measure says what became of it, with evidence.

    has_files: whether files stand beside it that prove it; else each measure says where its
    evidence is.
    """
    found: dict[str, Said] = {}
    for number, measure in enumerate(measures):
        if not measure.done:
            found[f"done-{number}"] = Said("请写明这一项的完成情况")
        if not measure.evidence and not has_files:
            found[f"evidence-{number}"] = Said("请写明证明材料在哪里，或者先加附件")
    return found


def measures_as_record(measures: Sequence[Measure]) -> list[dict[str, str]]:
    """Measures as they are kept."""
    return [
        {
            "what": each.what,
            "responsible": each.responsible,
            "until": each.until.isoformat() if each.until else "",
            "done": each.done,
            "evidence": each.evidence,
        }
        for each in measures
    ]


def measures_from_record(kept: Sequence[Mapping[str, str]]) -> tuple[Measure, ...]:
    """The same, read back."""
    return tuple(
        Measure(
            what=each["what"],
            responsible=each["responsible"],
            until=date.fromisoformat(each["until"]) if each["until"] else None,
            done=each["done"],
            evidence=each["evidence"],
        )
        for each in kept
    )
