"""Who can be chosen to evaluate: what they are for, and what stands against their independence."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.independence import Obstacle
from gongzhi.core.evaluating.rules import EvaluationKind
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.candidates import obstacles_of
from gongzhi.cycle.models import Project
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Admission, Organisation
from gongzhi.rules.packs.evaluation import load_evaluation

EVALUATING = (PartyKind.EVALUATOR, PartyKind.SOCIAL)
EVALUATORS_MAX = 300
# As what an outside party would evaluate; its own office is asked about when it is chosen.
AS: Mapping[str, str] = {PartyKind.EVALUATOR: "third_party", PartyKind.SOCIAL: "social"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosable:
    """An organisation that can be asked: its purpose in its own words, and what it is barred by."""

    organisation: Organisation
    purpose: str
    obstacles: tuple[Obstacle, ...]

    @property
    def is_barred(self) -> bool:
        """Whether something keeps it from being chosen."""
        return any(not each.only_warns for each in self.obstacles)


def choosable(
    request: MemberRequest,
    thing: Project,
    *,
    own: Organisation | None,
    year: FiscalYear,
    pack: str,
) -> list[Choosable]:
    """Whom it can be assigned to: the reader's own organisation, and those who evaluate.

    Purposes are free text, as they were given at admission: whether a project lies within one,
    people judge.
    """
    known = Organisation.objects.visible_to(request.member)
    others = known.filter(kind__in=[*map(str, EVALUATING)]).exclude(pk=thing.unit_id)
    found = list(others.order_by("kind", "name")[:EVALUATORS_MAX])
    first = [own] if own is not None and own.pk != thing.unit_id and own not in found else []
    rules = load_evaluation(pack)
    barred: dict[UUID, tuple[Obstacle, ...]] = {}
    for party, code in AS.items():
        kind = rules.kind(code)
        if kind is not None:
            barred |= _barred(found, thing, year=year, pack=pack, kind=kind, party=party)
    said = purposes(request.member)
    return [
        Choosable(
            organisation=each,
            purpose=said.get(each.code, ""),
            obstacles=barred.get(each.pk, ()),
        )
        for each in [*first, *found]
    ]


def _barred(
    found: list[Organisation],
    thing: Project,
    *,
    year: FiscalYear,
    pack: str,
    kind: EvaluationKind,
    party: str,
) -> Mapping[UUID, tuple[Obstacle, ...]]:
    mine = [each for each in found if each.kind == party]
    return obstacles_of(
        mine,
        project=thing,
        evaluated=thing.unit,
        year=year,
        kind=kind,
        rules=load_evaluation(pack),
        today=business_date(),
    )


def purposes(member: Member) -> Mapping[str, str]:
    """What organisations said at their admission that they are for, by code.

    Only whoever may see admissions is told.
    """
    rows = Admission.objects.visible_to(member).filter(stage=Admission.Stage.ADMITTED)
    return {
        code: details.get("purpose", "") for code, details in rows.values_list("code", "details")
    }
