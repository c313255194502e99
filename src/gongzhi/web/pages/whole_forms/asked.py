"""Which form of a unit's whole spending an address asks for, and what there is of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest

from gongzhi.core.charter import Member
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import FiscalYear, FormType
from gongzhi.cycle.models import WholeForm
from gongzhi.cycle.self_evaluations_due import newest_due
from gongzhi.cycle.whole_forms import WholeFacts, whole_facts
from gongzhi.papers.forms import WHOLE_EVALUATION, WHOLE_GOALS
from gongzhi.papers.paper import Paper
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation
from gongzhi.rules.packs import load_packs
from gongzhi.web.official_files import YEAR

KINDS: Mapping[str, FormType] = {
    "goals": FormType.GOAL_DEPARTMENT,
    "self-evaluation": FormType.SELF_EVALUATION_DEPARTMENT,
}
CODES = {form_type: code for code, form_type in KINDS.items()}
PAPERS: Mapping[FormType, Paper[Any]] = {
    FormType.GOAL_DEPARTMENT: WHOLE_GOALS,
    FormType.SELF_EVALUATION_DEPARTMENT: WHOLE_EVALUATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is edited: a unit's form of a year, what the facts say, what was stated last."""

    unit: Organisation
    form_type: FormType
    year: FiscalYear
    known: WholeFacts
    last: WholeForm | None

    @property
    def kind(self) -> str:
        """What addresses call it."""
        return CODES[self.form_type]

    @property
    def evaluates(self) -> bool:
        """Whether it tells results."""
        return self.form_type is FormType.SELF_EVALUATION_DEPARTMENT

    @property
    def promised(self) -> bool:
        """Whether its lines are those of published goals."""
        return self.known.goals is not None

    @property
    def pack(self) -> Pack:
        """The rules that it is scored by."""
        return load_packs()[self.known.pack]

    @property
    def paper(self) -> Paper[Any]:
        """Its official form."""
        return PAPERS[self.form_type]


def desk_of(member: Member, unit: Organisation, asked: Mapping[str, str]) -> Desk:
    """What an address or a form asks for, as the member may read it."""
    form_type, today = _kind(asked), business_date()
    year = _year(asked) or (today.year if CODES[form_type] == "goals" else newest_due(today))
    mine = WholeForm.objects.visible_to(member).filter(
        organisation=unit, form_type=form_type, fiscal_year=year
    )
    return Desk(
        unit=unit,
        form_type=form_type,
        year=year,
        known=whole_facts(unit, year=year, form_type=form_type, on=today, reader=member),
        last=mine.exclude(stage="withdrawn").with_facts().order_by("-id").first(),
    )


def _kind(asked: Mapping[str, str]) -> FormType:
    kind = asked.get("form") or "self-evaluation"
    if kind not in KINDS:
        raise BadRequest("form")
    return KINDS[kind]


def _year(asked: Mapping[str, str]) -> FiscalYear | None:
    typed = asked.get("year")
    if not typed:
        return None
    if not YEAR.fullmatch(typed):
        raise BadRequest("year")
    return int(typed)
