"""Letters and rectifications for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import city_hall
from gongzhi.core.charter import VISITOR, Member, Thing
from gongzhi.core.rectifying.plans import Measure, measures_as_record
from gongzhi.core.rectifying.stages import RectificationStage
from gongzhi.cycle.feedback_told import Told, told_of_audit, told_of_evaluation, told_of_panel
from gongzhi.cycle.models import Evaluation, Feedback, Rectification, RectificationStep
from gongzhi.cycle.panels import panel_for
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation

YEAR = 2006  # of the cast's concluded evaluation


def letters(unit: city_hall.Unit) -> Iterator[Feedback]:
    """One that everybody reads, one that stays inside; each of a published audit."""
    for number, label in enumerate(("public", "internal")):
        yield Feedback.objects.create(
            source="audit",
            project=unit.project,
            unit=unit.organisation,
            sender=unit.organisation,
            fiscal_year=2000 + number,
            document_number="审计公告 3 号",
            words="请整改",
            label=label,
            pack=city_hall.PACK,
            sent_on=business_date(),
        )


def rectifications(unit: city_hall.Unit) -> Iterator[Rectification]:
    """One at each stage, of each letter; the unit's officer planned."""
    later = business_date() + timedelta(days=90)
    for letter in Feedback.objects.order_by("pk"):
        for stage in RectificationStage:
            row = Rectification.objects.create(
                feedback=letter,
                found="超范围支出",
                demand="追回资金",
                stage=stage,
                plan_due_on=later,
                report_due_on=later,
                check_due_on=later,
            )
            if stage != RectificationStage.OPEN:
                RectificationStep.objects.create(
                    rectification=row,
                    verb="plan_rectification",
                    measures=measures_as_record([Measure(what="补签", until=later)]),
                    office=unit.officer_office,
                    done_on=business_date(),
                )
            yield row


LETTER_BODIES: Mapping[str, Any] = {
    "send_feedback": {"words": "总体良好"},
    "send_panel_feedback": {"words": "总体良好", "fiscal_year": str(YEAR)},
    "order_rectification": {
        "fiscal_year": str(YEAR),
        "document_number": "审计公告 3 号",
        "words": "请整改",
        "found": "超范围支出",
        "demand": "追回资金",
    },
    "plan_rectification": lambda _: {
        "what-0": "追回资金",
        "responsible-0": "财务科",
        "until-0": business_date().isoformat(),
    },
    "extend_rectification": {"until": "2099-01-01", "reason": "等验收"},
    "report_rectification": {"reason": "已追回", "done-0": "已追回", "evidence-0": "凭证"},
    "return_rectification": {"reason": "凭证看不清"},
    "pass_rectification": {"reason": "属实"},
}
LETTER_OPTIONS: Mapping[str, frozenset[str]] = {
    "send_feedback": frozenset({"document_number", "found", "demand"}),
    "send_panel_feedback": frozenset({"document_number", "found", "demand"}),
    "order_rectification": frozenset({"grave"}),
    "plan_rectification": frozenset({"reason"}),
}


def _letter_to_be(told: Callable[[Any, Organisation], Told], row: Any, by: Member) -> Thing:
    """A letter about a row, sent by the organisation of who tries it."""
    unit = row.evaluated if isinstance(row, Evaluation) else row.unit
    sender = Organisation.objects.filter(pk=by.organisation).first() or unit
    to_be = told(row, sender)
    return replace(to_be.letter.thing(stage=to_be.stage), id="new")


def _of_evaluation(row: Any, sender: Organisation) -> Told:
    return told_of_evaluation(row, sender=sender)


def _of_panel(row: Any, sender: Organisation) -> Told:
    panel = panel_for(VISITOR, row, year=YEAR)
    return told_of_panel(panel, project=row, year=YEAR, sender=sender)


def _of_audit(row: Any, sender: Organisation) -> Told:
    return told_of_audit(row, year=YEAR, sender=sender, document_number="3")


# What would be made of the row in the address, by the route.
MADE_OF: Mapping[str, Callable[[Any, Member], Thing]] = {
    "send_feedback": partial(_letter_to_be, _of_evaluation),
    "send_panel_feedback": partial(_letter_to_be, _of_panel),
    "order_rectification": partial(_letter_to_be, _of_audit),
}
