"""A panel for tests: a project that is disclosed, who evaluates it, sheets that fit their frame."""

from dataclasses import dataclass
from decimal import Decimal

import city_hall
from city_hall import Unit
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.scoring.sheet import Mark
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.models import Evaluation
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.models import Organisation, Region
from verified import verified

YEAR = city_hall.YEAR
WHY = "上年预警三次，公众关注"
INDEPENDENT = "与被评价单位没有利害关系"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluator:
    """An organisation that evaluates: who draws up, and who looks at it besides."""

    organisation: Organisation
    first: Member
    second: Member


def evaluator(code: str, *, kind: str, within: Region) -> Evaluator:
    organisation = parties.register_organisation(
        by=SYSTEM, region=within, code=code, name=f"某机构{code}", kind=kind
    )
    offices = [city_hall.office(organisation, f"{code}{n}", "officer") for n in (1, 2)]
    first, second = (verified(office) for office in offices)
    return Evaluator(organisation=organisation, first=first, second=second)


def bureau_of(region: Region) -> Evaluator:
    """The budget office, and somebody else of the bureau who concludes and decides."""
    bureau = city_hall.unit("9", within=region)
    first = verified(city_hall.office(bureau.organisation, "预算", "budget"))
    second = verified(city_hall.office(bureau.organisation, "预算二", "budget"))
    return Evaluator(organisation=bureau.organisation, first=first, second=second)


def assignment(
    unit: Unit, by: Organisation, *, kind: str, because: str = WHY
) -> evaluations.Assignment:
    return evaluations.Assignment(
        project=unit.project,
        fiscal_year=YEAR,
        kind=kind,
        evaluator=by,
        pack=city_hall.PACK,
        because=because,
    )


def marks(evaluation: Evaluation, *, share: str = "0.5") -> tuple[Mark, ...]:
    """That share of each line's weight, with a reason."""
    return tuple(
        Mark(line=line.code, points=line.weight * Decimal(share), reason="材料不全")
        for line in frame_from_record(evaluation.frame).lines
    )


def handed_in(evaluation: Evaluation, by: Evaluator, *, share: str = "0.5") -> Evaluation:
    """The evaluation accepted where it has to be, scored and handed in."""
    if evaluation.stage == "assigned":
        evaluations.accept_assignment(
            by=by.first, evaluation=evaluation, independence=INDEPENDENT, declared={}
        )
    evaluations.draft_sheet(
        by=by.first, evaluation=evaluation, marks=marks(evaluation, share=share), seen=0
    )
    return evaluations.hand_in_evaluation(by=by.first, evaluation=evaluation, declared={})


def sent(evaluation: Evaluation, by: Member) -> Evaluation:
    evaluation.refresh_from_db()
    return hearing.send_evaluation(by=by, evaluation=evaluation)
