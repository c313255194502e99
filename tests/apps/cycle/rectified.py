"""A letter for tests: an evaluation that is concluded, and what its unit is asked to put right."""

from datetime import date, timedelta

from apps.cycle.evaluated import Evaluator, assignment, handed_in, sent
from city_hall import Unit
from gongzhi.core.rectifying.plans import Measure
from gongzhi.cycle.actions import evaluations, hearing, rectifications
from gongzhi.cycle.actions.rectifications import Demand
from gongzhi.cycle.feedback_told import told_of_evaluation
from gongzhi.cycle.models import Evaluation, Feedback, Rectification
from gongzhi.desk.actions.attachments import attach_file
from gongzhi.intake.kinds import Kind
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date

WORDS = "总体良好，合同管理薄弱"
ASKED = "补签合同，补齐审批单"


def concluded(unit: Unit, bureau: Evaluator, by: Evaluator, *, share: str = "0.5") -> Evaluation:
    """An evaluation by somebody, acknowledged by the unit, concluded by the bureau."""
    row = evaluations.choose_evaluation(
        by=bureau.first,
        assignment=assignment(unit, by.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    row = sent(handed_in(row, by, share=share), bureau.first)
    hearing.acknowledge_evaluation(by=unit.officer, evaluation=row, reason="认可")
    return hearing.conclude_evaluation(by=bureau.second, evaluation=row, conclusion="结论")


def told(row: Evaluation, bureau: Evaluator, *, lines: int = 1) -> Feedback:
    """The letter about it, that asks for so many lines to be put right."""
    to_tell = told_of_evaluation(row, sender=bureau.organisation)
    demands = [Demand(key=each.key, demand=ASKED) for each in to_tell.lines[:lines]]
    return rectifications.send_feedback(by=bureau.first, told=to_tell, words=WORDS, demands=demands)


def measure(**more) -> Measure:
    until = business_date() + timedelta(days=20)
    return Measure(**{"what": "补签合同", "responsible": "财务科", "until": until} | more)


def planned(row: Rectification, unit: Unit) -> Rectification:
    return rectifications.plan_rectification(
        by=unit.officer, rectification=row, measures=[measure()]
    )


def reported(row: Rectification, unit: Unit) -> Rectification:
    return rectifications.report_rectification(
        by=unit.officer,
        rectification=row,
        measures=[measure(done="已补签", evidence="合同扫描件")],
        reason="已全部整改",
    )


def go_to(day: date) -> None:
    """Let days go by; the test sets DEMO."""
    move_business_date(to=day)


def attached(row: Rectification, unit: Unit) -> None:
    """A file that proves something, beside it."""
    content = "甲,乙\n".encode()
    file = ScreenedFile(name="照片.csv", content=content, kind=Kind.CSV)
    attach_file(by=unit.officer, to=row, file=file, label="public")
