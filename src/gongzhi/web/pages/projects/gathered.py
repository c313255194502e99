"""What is known of a project and its reader may read, gathered once for the page that tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Sum

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import Curves
from gongzhi.core.monitoring.alert import MOVED, Stage
from gongzhi.core.monitoring.figures import shown
from gongzhi.core.rectifying.stages import RectificationStage
from gongzhi.core.telling import Awaited, Judgement, NextMoney, Promise, Story, YearMoney
from gongzhi.core.terms import Said
from gongzhi.cycle.alerts_due import OVER, as_value, dues_of
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import (
    Aim,
    Alert,
    BudgetAct,
    BudgetLine,
    Evaluation,
    GoalIndicator,
    GoalVersion,
    Partner,
    Profile,
    Project,
    Rectification,
    ResultDecision,
    ScoreSheet,
    Watched,
)
from gongzhi.cycle.watched_record import curves_of
from gongzhi.cycle.years import year_shown
from gongzhi.parties.currency import home_currency

AIMS_DEEP = "aim__within__within__within"  # a promise, a work report, a part of a plan, the plan
BUREAU = Said("财政部门")
ASKED: Mapping[Stage, Said] = {
    Stage.OPEN: Said("答复预警"),
    Stage.UNANSWERED: Said("答复预警"),
    Stage.ANSWERED: Said("提出整改方案"),
    Stage.PLANNED: Said("报告整改结果"),
    Stage.REPORTED: Said("核查整改结果"),
}
RIGHT: Mapping[RectificationStage, Said] = {
    RectificationStage.OPEN: Said("提出整改方案"),
    RectificationStage.PLANNED: Said("报告整改结果"),
    RectificationStage.REPORTED: Said("核查整改结果"),
}
MOVING = Said("报告调剂或取消已经办理")


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseLine:
    """A promise with its key, to lead to its readings, and its level-2 heading."""

    key: str
    heading: str
    promise: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An evaluation with the points that lie open to the reader."""

    evaluation: Evaluation
    points: Decimal | None
    grade: str

    @property
    def judgement(self) -> Judgement:
        """The same as the core tells it."""
        row = self.evaluation
        return Judgement(who=row.evaluator.name, year=row.fiscal_year, points=self.points)


class Gathered:
    """A project's rows as a member may read them, on a day; of the newest year that was watched."""

    def __init__(self, project: Project, *, member: Member, today: date) -> None:
        self.project = project
        self.member = member
        self.today = today

    @cached_property
    def currency(self) -> Said:
        """The unit behind its amounts."""
        return home_currency().said

    @cached_property
    def watched(self) -> Watched | None:
        """Its year that pages begin with, else the newest one that was computed."""
        rows = Watched.objects.visible_to(self.member).filter(project=self.project)
        shown: Watched | None = rows.filter(fiscal_year=year_shown(self.today)).first()
        found: Watched | None = shown or rows.order_by("-fiscal_year").first()
        return found

    @cached_property
    def version(self) -> GoalVersion | None:
        """The goals in force: of the year that was watched, else the newest."""
        versions = GoalVersion.objects.visible_to(self.member).in_force()
        mine = versions.filter(project=self.project).order_by("-fiscal_year", "-id")
        if self.watched is not None:
            mine = mine.filter(fiscal_year=self.watched.fiscal_year)
        found: GoalVersion | None = mine.first()
        if found is not None:
            found.project = self.project  # with its unit, which is known already
        return found

    @cached_property
    def plan(self) -> GoalPlan | None:
        """What the goals promise."""
        return goal_from_record(self.version.record) if self.version else None

    @cached_property
    def year(self) -> int | None:
        """The year that is told."""
        row = self.watched or self.version
        return row.fiscal_year if row else None

    @cached_property
    def profile(self) -> Profile | None:
        """How its unit described it last."""
        rows = Profile.objects.visible_to(self.member).filter(project=self.project)
        found: Profile | None = rows.select_related(AIMS_DEEP).last()
        return found

    @cached_property
    def aims(self) -> tuple[Aim, ...]:
        """The aims that it serves, the widest first."""
        line: list[Aim] = []
        step = self.profile.aim if self.profile else None
        while step is not None and step not in line:
            line.insert(0, step)
            step = step.within
        return tuple(line)

    @cached_property
    def partners(self) -> list[Partner]:
        """Who else has a part now."""
        rows = Partner.objects.visible_to(self.member).filter(project=self.project, until_on=None)
        return list(rows.select_related("organisation"))

    @cached_property
    def alerts(self) -> list[Alert]:
        """The alerts that the member may read, the oldest first."""
        rows = Alert.objects.visible_to(self.member).filter(project=self.project)
        told = rows.with_facts().prefetch_related("steps__office__organisation")
        return list(told.order_by("opened_on", "id"))

    @cached_property
    def acts(self) -> list[BudgetAct]:
        """What changed its budget."""
        rows = BudgetAct.objects.visible_to(self.member).filter(project=self.project)
        return list(rows.filter(decided_on__lte=self.today))

    @cached_property
    def initial(self) -> Decimal | None:
        """The year's first budget."""
        lines = BudgetLine.objects.visible_to(self.member).standing()
        own = lines.filter(project=self.project, fiscal_year=self.year)
        found: Decimal | None = own.aggregate(total=Sum("initial"))["total"]
        return found

    @cached_property
    def curves(self) -> Curves | None:
        """Both curves."""
        return curves_of(self.watched) if self.watched else None

    @cached_property
    def promises(self) -> tuple[PromiseLine, ...]:
        """The indicators of the goals in force, with where they stand."""
        if self.version is None:
            return ()
        kept = self.watched.curves["indicators"] if self.watched else ()
        seen = {each["key"]: each for each in kept}
        rows = GoalIndicator.objects.visible_to(self.member).filter(version=self.version)
        return tuple(
            PromiseLine(
                key=row.key, heading=row.heading, promise=_promise(row, seen.get(row.key, {}))
            )
            for row in rows.order_by("position")
        )

    @cached_property
    def judged(self) -> list[Judged]:
        """Who evaluates or evaluated it for its newest year of those, as far as that is open."""
        rows = Evaluation.objects.visible_to(self.member).filter(project=self.project)
        going_on = rows.that_stand()
        found = list(going_on.select_related("evaluator").order_by("-fiscal_year", "id"))
        mine = [each for each in found if each.fiscal_year == found[0].fiscal_year]
        sheets = ScoreSheet.objects.visible_to(self.member).filter(evaluation__in=mine)
        newest = sheets.order_by("evaluation", "-number").distinct("evaluation")
        totals = dict(newest.values_list("evaluation", "total"))
        grades = dict(newest.values_list("evaluation", "grade"))
        return [
            Judged(evaluation=each, points=totals.get(each.pk), grade=grades.get(each.pk, ""))
            for each in mine
        ]

    @cached_property
    def followed(self) -> ResultDecision | None:
        """What was decided last on its money because of results."""
        rows = ResultDecision.objects.visible_to(self.member).standing()
        mine = rows.filter(proposal__project=self.project).select_related("proposal")
        found: ResultDecision | None = mine.order_by("proposal__fiscal_year", "id").last()
        return found

    def story(self) -> Story:
        """All of it as the core tells it."""
        goal = self.plan.goal if self.plan else None
        aim = self.aims[-1] if self.aims else None
        return Story(
            unit=self.project.unit.name,
            today=self.today,
            year=self.year,
            aim=aim.name if aim else "",
            aim_kind=Said(str(Aim.Kind(aim.kind).label)) if aim else None,
            goal=goal.text if goal else "",
            partners=tuple(each.organisation.name for each in self.partners),
            beneficiaries=goal.beneficiaries if goal else (),
            money=self._money(),
            promises=tuple(line.promise for line in self.promises),
            awaited=tuple(self._awaited()),
            judged=tuple(each.judgement for each in self.judged),
            next_money=self._next_money(),
            ends_on=self.profile.ends_on if self.profile else None,
            currency=self.currency,
        )

    def _money(self) -> YearMoney | None:
        row, curves = self.watched, self.curves
        if row is None or curves is None:
            return None
        at = curves.ended - 1
        return YearMoney(
            budget=row.budget,
            initial=self.initial,
            paid=row.paid,
            month=curves.ended,
            planned=curves.money_planned[at] if curves.ended else None,
            paid_then=curves.money[at] if curves.ended else None,
        )

    def _next_money(self) -> NextMoney | None:
        """What the results of the year that is told did to the money of the one after."""
        decision = self.followed
        if decision is None or decision.proposal.fiscal_year - 1 != self.year:
            return None
        facts = decision.proposal.record["facts"]
        return NextMoney(
            year=decision.proposal.fiscal_year,
            base=decision.proposal.base,
            amount=decision.amount,
            score=_share(facts["score"]),
            grade=facts["grade"] or "",
        )

    def _put_right(self) -> Iterator[Awaited]:
        """What is due next of each finding that isn't put right yet."""
        rows = Rectification.objects.visible_to(self.member).unfinished()
        for row in rows.filter(feedback__project=self.project):
            stage = RectificationStage(row.stage)
            if row.due_on is not None:
                reported = stage is RectificationStage.REPORTED
                yield Awaited(
                    what=RIGHT[stage],
                    who=BUREAU if reported else self.project.unit.name,
                    due_on=row.due_on,
                )

    def _awaited(self) -> Iterator[Awaited]:
        """What is due next in each alert that isn't over, and of what is put right."""
        yield from self._put_right()
        waiting = [row for row in self.alerts if row.stage not in OVER]
        dues = dues_of(waiting) if waiting else {}
        for row in waiting:
            due, stage = dues[row.pk], Stage(row.stage)
            if due is not None:
                moved = stage is Stage.ANSWERED and as_value(row).choice in MOVED
                yield Awaited(
                    what=MOVING if moved else ASKED[stage],
                    who=BUREAU if stage is Stage.REPORTED else self.project.unit.name,
                    due_on=due.on,
                )


def _promise(row: GoalIndicator, seen: Mapping[str, Any]) -> Promise:
    """An indicator with its last figure; a target in words has none, only its share."""
    value = seen.get("value")
    figure = shown(Decimal(value)) + row.measure if value and row.value is not None else ""
    due = seen.get("due", seen.get("planned"))
    return Promise(
        name=row.name,
        target=row.target,
        figure=figure,
        reached=_share(seen.get("reached")),
        due=_share(due),
        gathers=seen.get("gathers", True),
        read_on=date.fromisoformat(seen["read_on"]) if seen.get("read_on") else None,
    )


def _share(share: str | None) -> Decimal | None:
    return None if share is None else Decimal(share)
