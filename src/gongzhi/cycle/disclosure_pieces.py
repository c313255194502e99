"""What belongs into a unit's disclosure of a year: taken from what is approved and published.

Only fields that the rules call public are taken (rules/disclosure); only projects that everybody
may know of, as a visitor would find them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongzhi.core.charter import VISITOR
from gongzhi.core.disclosure.clock import KindRule
from gongzhi.core.disclosure.content import Field, Piece
from gongzhi.core.self_evaluating import SelfEvaluation, self_evaluation_of_form
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.disclosure_clocks import Owed, complete
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import (
    Evaluation,
    FormVersion,
    GoalVersion,
    Objection,
    Project,
    ResultProposal,
    ScoreSheet,
    Watched,
)
from gongzhi.papers.record import form_from_record
from gongzhi.parties.models import Organisation
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.disclosure import load_disclosure
from gongzhi.rules.packs.evaluation import load_evaluation

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A piece that belongs in: of which thing, what it is called, since when, until when."""

    rule: KindRule
    of: str
    name: str
    came_on: date | None
    owed: Owed | None
    piece: Piece


def pieces_for(unit: Organisation, *, year: FiscalYear, occasion: str) -> list[Found]:
    """Everything that belongs into a unit's disclosure, kind by kind in the order of the rules."""
    found: list[Found] = []
    for rule in load_disclosure().of(occasion):
        found += COLLECTING[rule.code](unit, year, rule)
    return found


def _found(
    rule: KindRule, *, of: str, name: str, came_on: date | None, since: date | None, piece: Piece
) -> Found:
    """The piece, due by its rule from the day since which its clock runs, if it does."""
    due = rule.due(since, calendar=load_calendar()) if since else None
    owed = Owed(since, due) if since and due else None
    return Found(rule=rule, of=of, name=name, came_on=came_on, owed=owed, piece=piece)


def public_projects(unit: Organisation) -> Any:
    """The unit's projects that everybody may know of."""
    return Project.objects.visible_to(VISITOR).filter(unit=unit).order_by("code")


def _goals(unit: Organisation, year: FiscalYear, rule: KindRule) -> Iterator[Found]:
    versions = GoalVersion.objects.visible_to(VISITOR).in_force()
    mine = versions.filter(project__in=public_projects(unit), fiscal_year=year)
    for version in mine.select_related("project").order_by("project__code"):
        goal = goal_from_record(version.record).goal
        values = {
            "code": version.project.code,
            "project": version.project.name,
            "budget": amount_text(goal.budget),
            "goal": goal.text,
            "beneficiaries": "、".join(
                f"{each.who} {number_text(each.count)} {each.measure}".strip()
                for each in goal.beneficiaries
            ),
            "document": version.document_number,
        }
        piece = Piece(
            fields=_fields(rule, values),
            heads=("一级指标", "二级指标", "三级指标", "指标值", "分值"),
            lines=tuple(
                (each.level1, each.level2, each.name, each.target_text, number_text(each.weight))
                for each in goal.indicators
            ),
        )
        yield _found(
            rule,
            of=f"goal_version:{version.pk}",
            name=version.project.name,
            came_on=version.approved_on,
            since=version.approved_on,
            piece=piece,
        )


def _self_evaluations(unit: Organisation, year: FiscalYear, rule: KindRule) -> Iterator[Found]:
    forms = FormVersion.objects.visible_to(VISITOR).current().self_evaluations()
    mine = forms.filter(project__in=public_projects(unit), fiscal_year=year)
    since = complete(year, [unit.pk]).get(unit.pk)
    for version in mine.select_related("project").order_by("project__code"):
        stated = self_evaluation_of_form(form_from_record(version.record))
        after = max(since, version.published_on) if since else None
        yield _found(
            rule,
            of=f"form_version:{version.pk}",
            name=version.project.name,
            came_on=version.published_on,
            since=after,
            piece=_self_evaluation(version, stated, rule),
        )


def _self_evaluation(version: FormVersion, stated: SelfEvaluation, rule: KindRule) -> Piece:
    values = {
        "code": version.project.code,
        "project": version.project.name,
        "budget": amount_text(stated.money.total.adjusted),
        "paid": amount_text(stated.money.total.paid),
        "total": number_text(stated.total),
        "goal": stated.goal,
        "goal_done": stated.goal_done,
    }
    return Piece(
        fields=_fields(rule, values),
        heads=(
            "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分",
            "偏差原因分析及改进措施",
        ),
        lines=tuple(
            (
                each.level1, each.level2, each.name, each.target, each.done,
                number_text(each.weight), number_text(each.score), each.reason,
            )
            for each in stated.indicators
        ),
    )  # fmt: skip


def _evaluations(unit: Organisation, year: FiscalYear, rule: KindRule) -> Iterator[Found]:
    rows = Evaluation.objects.visible_to(VISITOR).filter(
        evaluated=unit, fiscal_year=year, stage=Evaluation.Stage.CONCLUDED
    )
    for row in rows.with_facts().prefetch_related("steps").order_by("project__code", "id"):
        concluded = [step for step in row.steps.all() if step.verb == "conclude_evaluation"]
        last = concluded[-1] if concluded else None
        on = last.done_on if last else None
        yield _found(
            rule,
            of=row.thing().name,
            name=str(row.subject),
            came_on=on,
            since=on,
            piece=_evaluation(row, last.reason if last else "", rule),
        )


def _evaluation(row: Evaluation, conclusion: str, rule: KindRule) -> Piece:
    kind = load_evaluation(row.pack).kind(row.kind)
    sheets = ScoreSheet.objects.visible_to(VISITOR).filter(evaluation=row)
    sheet = sheets.defer("record").order_by("number").last()
    objections = Objection.objects.visible_to(VISITOR).filter(evaluation=row)
    values = {
        "project": str(row.subject),
        "kind": kind.name.zh if kind else row.kind,
        "evaluator": row.evaluator.name,
        "total": number_text(sheet.total) if sheet else "",
        "grade": sheet.grade if sheet else "",
        "method": row.declared.get("method", ""),
        "conclusion": conclusion,
        "objections": "\n".join(
            f"{each.text}（{each.get_outcome_display()}：{each.answer}）" for each in objections
        ),
    }
    return Piece(fields=_fields(rule, values))


def _results(unit: Organisation, year: FiscalYear, rule: KindRule) -> Iterator[Found]:
    """What was decided on next year's money because of this one (clause 4.17)."""
    rows = (
        ResultProposal.objects.visible_to(VISITOR)
        .standing()
        .filter(project__in=public_projects(unit), fiscal_year=year + 1, stage="decided")
    )
    for row in rows.with_facts().order_by("project__code"):
        decisions = list(row.decisions.all())
        if not decisions:
            continue
        last = decisions[-1]
        values = {
            "project": row.project.name,
            "base": amount_text(row.base),
            "proposed": amount_text(row.result),
            "decided": amount_text(last.amount),
            "reason": last.reason,
            "document": last.document_number,
        }
        yield _found(
            rule,
            of=row.thing().name,
            name=row.project.name,
            came_on=last.decided_on,
            since=last.decided_on,
            piece=Piece(fields=_fields(rule, values)),
        )


def _budgets(unit: Organisation, year: FiscalYear, rule: KindRule) -> Iterator[Found]:
    rows = list(_watched(unit, year))
    if rows:
        lines = [(row.project.code, row.project.name, amount_text(row.budget)) for row in rows]
        total = sum((row.budget or NOTHING for row in rows), start=NOTHING)
        piece = Piece(
            heads=("项目代码", "项目名称", "预算（元）"),
            lines=(*lines, ("", "合计", amount_text(total))),
        )
        yield _found(
            rule, of=unit.thing().name, name=unit.name, came_on=None, since=None, piece=piece
        )


def _accounts(unit: Organisation, year: FiscalYear, rule: KindRule) -> Iterator[Found]:
    rows = list(_watched(unit, year))
    if rows:
        budget = sum((row.budget or NOTHING for row in rows), start=NOTHING)
        paid = sum((row.paid for row in rows), start=NOTHING)
        piece = Piece(
            heads=("项目代码", "项目名称", "预算（元）", "执行（元）", "执行率"),
            lines=(
                *(
                    (
                        row.project.code, row.project.name, amount_text(row.budget),
                        amount_text(row.paid), rate_text(row.paid, row.budget),
                    )
                    for row in rows
                ),
                ("", "合计", amount_text(budget), amount_text(paid), rate_text(paid, budget)),
            ),
        )  # fmt: skip
        yield _found(
            rule, of=unit.thing().name, name=unit.name, came_on=None, since=None, piece=piece
        )


def _watched(unit: Organisation, year: FiscalYear) -> Iterable[Watched]:
    rows: Iterable[Watched] = (
        Watched.objects.visible_to(VISITOR)
        .filter(project__unit=unit, fiscal_year=year)
        .select_related("project")
        .defer("curves", "signals", "forecasts")
        .order_by("project__code")
    )
    return rows


def _fields(rule: KindRule, values: Mapping[str, str]) -> tuple[Field, ...]:
    """The public fields that have something to say, under their titles."""
    return tuple(
        Field(at=each.code, title=each.title.zh, text=values[each.code])
        for each in rule.public
        if values.get(each.code)
    )


def amount_text(amount: Decimal | None) -> str:
    """An amount as papers write it; nothing where there is none."""
    return "" if amount is None else f"{amount:,.2f}"


def number_text(value: Decimal | None) -> str:
    """A number without zeros that say nothing."""
    return "" if value is None else f"{value.normalize():f}"


def rate_text(paid: Decimal, budget: Decimal | None) -> str:
    """What was spent as a share of the budget."""
    return f"{paid / budget:.2%}" if budget else ""


Collecting = Callable[[Organisation, FiscalYear, KindRule], Iterable[Found]]
# One line for each kind of piece in rules/disclosure.
COLLECTING: Mapping[str, Collecting] = {
    "goals": _goals,
    "budget_money": _budgets,
    "self_evaluation": _self_evaluations,
    "evaluation": _evaluations,
    "results": _results,
    "accounts_money": _accounts,
}


def missing_from(pack_pieces: Sequence[Any], found: Sequence[Found]) -> list[Found]:
    """What belongs in and isn't in a pack, or is in it as it was before."""
    held = {(each.kind, each.of): each for each in pack_pieces}
    return [
        each
        for each in found
        if each.rule.days is not None and (each.rule.code, each.of) not in held
    ]
