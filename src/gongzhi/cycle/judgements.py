"""What a year's concluded judgements come to, of many projects at once: by which score money goes.

Only concluded evaluations count, the published self-evaluation, and citizens once they are enough.
A panel of a single project with everything that explains it is `cycle.panels`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.core.scoring.panel import MoneyScore, PanelRules, score_for_money
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.alerts_due import packs_of
from gongzhi.cycle.any_of import any_of
from gongzhi.cycle.citizens import heard_by_project
from gongzhi.cycle.evaluated_facts import points_of
from gongzhi.cycle.judged import Party, by_form, by_sheet, parties_of
from gongzhi.cycle.models import Evaluation, EvaluationStep, FormVersion, ScoreSheet
from gongzhi.rules.packs import PACKS
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL

CONCLUDING = "conclude_evaluation"
UNEXPLAINED = MoneyScore(
    score=None, for_money=None, said=Said("各方的差距还没有说明，综合得分不作数")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a project's year came to under a pack.

    unfinished: how many evaluations aren't concluded and don't count; concluded_on is the day on
    which the last one was. unexplained: how many gaps between them nobody has explained, for which
    the score doesn't count.
    """

    pack: str
    parties: tuple[Party, ...] = ()
    unfinished: int = 0
    unexplained: int = 0
    concluded_on: date | None = None

    def money(self) -> MoneyScore:
        """By which score money goes; by none while gaps are unexplained."""
        if self.unexplained:
            return UNEXPLAINED
        return score_for_money([each.judged for each in self.parties], rules=self._rules())

    def without(self, kind: str) -> "Judgement":
        """What is left without a kind."""
        left = tuple(each for each in self.parties if each.judged.kind != kind)
        return replace(self, parties=left)

    def sparing(self) -> frozenset[str]:
        """The kinds that are there and take no money away by themselves."""
        return self._rules().sparing & {each.judged.kind for each in self.parties}

    def _rules(self) -> PanelRules:
        return _rules_of(self.pack)


def judgements(projects: Sequence[UUID], *, year: FiscalYear) -> Mapping[UUID, Judgement]:
    """What each of the projects came to, in half a dozen questions."""
    evaluations = _evaluations(projects, year=year)
    concluded = [row for row in evaluations if row.stage == EvaluationStage.CONCLUDED]
    unfinished: dict[UUID, int] = defaultdict(int)
    gaps: dict[UUID, set[str]] = defaultdict(set)
    for row in evaluations:
        unfinished[_project(row)] += row.stage != EvaluationStage.CONCLUDED
        gaps[_project(row)].update(*row.gaps.values())
    forms, sheets = _forms(projects, year=year), _sheets(concluded)
    ends, goals = _ends(concluded), packs_of(projects, year=year)
    chosen = {_project(row): row.pack for row in evaluations}
    packs = {
        project: chosen.get(project) or _pack(forms.get(project), goals.get(project))
        for project in projects
    }
    heard = heard_by_project(packs, year=year)
    return {
        project: Judgement(
            pack=pack,
            parties=parties_of(
                sheets.get(project, ()),
                own=by_form(forms.get(project), pack=pack),
                heard=heard.get(project),
                rules=_rules_of(pack),
            ),
            unfinished=unfinished.get(project, 0),
            unexplained=len(gaps.get(project, ())),
            concluded_on=ends.get(project),
        )
        for project, pack in packs.items()
    }


@cache
def _rules_of(pack: str) -> PanelRules:
    return load_evaluation(pack).panel(Scope.PROJECT)


def _evaluations(projects: Sequence[UUID], *, year: FiscalYear) -> list[Any]:
    rows = Evaluation.objects.filter(any_of("project", projects), fiscal_year=year)
    needed = ("project", "evaluator", "kind", "pack", "stage", "gaps")
    return list(rows.that_stand().only(*needed).order_by("id"))


def _project(row: Evaluation) -> UUID:
    assert row.project_id is not None, "evaluations of projects were asked for"
    return row.project_id


def _sheets(concluded: Iterable[Evaluation]) -> Mapping[UUID, list[Party]]:
    """The newest sheet of each evaluation, by project."""
    of = {row.pk: row for row in concluded}
    newest = ScoreSheet.objects.filter(any_of("evaluation", of.keys()))
    found: dict[UUID, list[Party]] = defaultdict(list)
    in_order = newest.order_by("evaluation_id", "-number").distinct("evaluation_id")
    for row, given in points_of(in_order):
        evaluation = of[row.evaluation_id]
        party = by_sheet(evaluation, row, given)
        if party is not None:
            found[_project(evaluation)].append(party)
    return found


def _forms(projects: Sequence[UUID], *, year: FiscalYear) -> Mapping[UUID, FormVersion]:
    current = FormVersion.objects.current().self_evaluations()
    rows = current.filter(any_of("project", projects), fiscal_year=year)
    return {row.project_id: row for row in rows.select_related("project").order_by("number", "id")}


def _pack(form: FormVersion | None, goals: str | None) -> str:
    """The pack that a project is judged under, as `cycle.panels.pack_for` finds it."""
    if form is not None and form.pack in PACKS:
        return str(form.pack)
    return goals or USUAL


def _ends(concluded: Iterable[Evaluation]) -> Mapping[UUID, date]:
    """When the last evaluation of each project was concluded."""
    of = {row.pk: _project(row) for row in concluded}
    steps = EvaluationStep.objects.filter(any_of("evaluation", of.keys()), verb=CONCLUDING)
    found: dict[UUID, date] = {}
    for evaluation, done_on in steps.order_by("done_on").values_list("evaluation", "done_on"):
        found[of[evaluation]] = done_on
    return found


def judged_in(year: FiscalYear) -> Any:
    """Whether a project, in a question about projects, has a concluded evaluation of a year."""
    rows = Evaluation.objects.filter(project=OuterRef("pk"), fiscal_year=year)
    return Exists(rows.filter(stage=EvaluationStage.CONCLUDED))
