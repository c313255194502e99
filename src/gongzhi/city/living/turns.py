"""What is decided in the year: budgets and targets changed, readings settled, alerts answered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from gongzhi.city.invented import CityYear, Venture
from gongzhi.city.invented.answering import usual_step
from gongzhi.city.invented.values import Act, Adjustment, Body, Deed, Settled
from gongzhi.city.living.attempts import decided_on, unless_settled
from gongzhi.city.living.happenings import Happening, When
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.core.monitoring import MonitoringRules
from gongzhi.core.monitoring.alert import Step, why_not
from gongzhi.cycle.actions import alerts, goals
from gongzhi.cycle.actions.budget_acts import Decided, record_budget_act
from gongzhi.cycle.actions.readings import settle_readings
from gongzhi.cycle.alerts_due import VISITING, as_value, packs_of, rules_for
from gongzhi.cycle.goal_record import goal_from_record
from gongzhi.cycle.models import Alert, BudgetAct, GoalVersion, Project, Reading, Settlement
from gongzhi.cycle.watched_record import signal_from_record

SETTLED = "两方数据核对原始记录后，以此为准。"
ADJUSTED = "按批准的调整文件修改目标。"
PROPOSES = "propose_suspension"
SAID = ("answer_alert", "file_plan", "report_done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The year's decisions, for those who make them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """What each project's story decides, on its day."""
        for venture in self.city.ventures:
            for act in venture.acts:
                yield decided_on(act.decided_on, partial(self._act, venture, act))
            for adjustment in venture.adjusted:
                yield decided_on(adjustment.since_on, partial(self._adjust, venture, adjustment))
            for settled in venture.settled:
                yield decided_on(settled.on, partial(self._settle, venture, settled))
        for story in self.city.stories:
            for deed in story.deeds:
                if deed.round:
                    yield Happening(on=deed.on, when=When.STEPS, do=partial(self._told, deed))

    def usual(self, day: date) -> None:
        """Take the steps that units and bureau usually take by a day, where no story tells more."""
        to_come = {
            (deed.project, deed.round)
            for story in self.city.stories
            for deed in story.deeds
            if deed.on > day
        }
        bodies = {body.code: body for body in self.city.bodies}
        rows = list(Alert.objects.exclude(stage__in=["closed", "withdrawn"]).with_facts())
        packs = packs_of({row.project_id for row in rows}, year=self.city.year)
        for row in rows:
            unit = bodies.get(row.project.unit.code)
            if unit and (row.project.code, row.round) not in to_come:
                rules = rules_for(packs, row.project_id)
                self._usual_steps(row, unit, rules=rules, day=day)

    def _usual_steps(self, row: Alert, unit: Body, *, rules: MonitoringRules, day: date) -> None:
        """Go on from wherever the alert stands, as far as is due; what can't be done waits."""
        signals = tuple(signal_from_record(each) for each in row.signals)
        while True:
            alert = replace(as_value(row), signals=signals)
            step = usual_step(alert, unit=unit, clocks=rules.clocks)
            if step is None or step.on > day or step.verb == PROPOSES:
                return
            if not unless_settled(partial(self._take, row, step, unit=unit.code)):
                return
            row = Alert.objects.with_facts().get(pk=row.pk)

    def _told(self, deed: Deed) -> None:
        found = Alert.objects.with_facts().filter(
            project__code=deed.project, round=deed.round, fiscal_year=self.city.year
        )
        row = found.first()
        if row is None or deed.verb == PROPOSES:
            return  # the platform proposes by itself
        step = Step(verb=deed.verb, on=deed.on, choice=deed.choice, reason=deed.text)
        is_beside = deed.verb in VISITING
        if is_beside or why_not(as_value(row), step) is None:
            unless_settled(partial(self._take, row, step, unit=row.project.unit.code))

    def _take(self, row: Alert, step: Step, *, unit: str) -> None:
        """A step of an alert by whoever takes it."""
        by, reason = self._taker(step.verb, unit), step.reason or "—"
        match step.verb:
            case "answer_alert":
                assert step.choice is not None, "an answer chooses"
                alerts.answer_alert(by=by, alert=row, choice=step.choice, reason=reason)
            case "decide_suspension":
                alerts.decide_suspension(by=by, alert=row, decision="pay", reason=reason)
            case "file_plan":
                alerts.file_plan(by=by, alert=row, reason=reason)
            case "report_done":
                alerts.report_done(by=by, alert=row, reason=reason)
            case "accept_answer":
                alerts.accept_answer(by=by, alert=row, reason=reason)
            case "return_answer":
                alerts.return_answer(by=by, alert=row, reason=reason)
            case "pass_check":
                alerts.pass_check(by=by, alert=row, reason=reason)
            case "fail_check":
                alerts.fail_check(by=by, alert=row, reason=reason)
            case "order_visit":
                alerts.order_visit(by=by, alert=row, reason=reason)
            case _:
                raise AssertionError(f"nobody takes such a step: {step.verb}")

    def _taker(self, verb: str, unit: str) -> Member:
        return self.people.member(unit, "officer") if verb in SAID else self.people.budget

    def _act(self, venture: Venture, act: Act) -> None:
        """An amendment, or a transfer as the side that gets the money sees it."""
        if act.other and act.amount < 0:
            return
        known = BudgetAct.objects.filter(
            project__code=venture.code, document_number=act.document_number
        )
        if known.filter(amount=act.amount).exists():
            return  # somebody has entered it by hand
        projects = Project.objects.in_bulk([venture.code, act.other], field_name="code")
        record_budget_act(
            by=self.people.budget,
            project=projects[venture.code],
            fiscal_year=self.city.year,
            decided=Decided(
                kind=str(act.kind),
                amount=act.amount,
                authority=act.authority,
                document_number=act.document_number,
                decided_on=act.decided_on,
                reason=act.reason,
            ),
            other=projects.get(act.other),
        )

    def _adjust(self, venture: Venture, adjustment: Adjustment) -> None:
        """The unit drafts the change, another hands it in, department and bureau examine it."""
        version = GoalVersion.objects.in_force().get(project__code=venture.code)
        unit, target = venture.fact.unit, adjustment.target
        plan = goal_from_record(version.record)
        lines = tuple(
            replace(line, target=target.text) if line.key == target.indicator else line
            for line in plan.goal.indicators
        )
        anew = goals.adjust_goals(
            by=self.people.member(unit, "officer"),
            version=version,
            plan=replace(plan, goal=replace(plan.goal, indicators=lines)),
            reason=ADJUSTED,
        )
        goals.submit_goals(by=self.people.member(unit, "reviewer"), version=anew)
        anew.refresh_from_db()
        if anew.stage == "submitted":
            department = anew.project.unit.parent
            assert department is not None, "goals wait for a department"
            officer = self.people.member(department.code, "officer")
            goals.forward_goals(by=officer, version=anew)
        goals.approve_goals(
            by=self.people.budget, version=anew, document_number=adjustment.document_number
        )

    def _settle(self, venture: Venture, settled: Settled) -> None:
        stands = Reading.objects.filter(
            project__code=venture.code,
            indicator=settled.indicator,
            ends_on__month=settled.month,
            organisation__code=settled.by,
        ).first()
        if stands is not None and not self._is_settled(stands):
            settle_readings(by=self.people.budget, reading=stands, reason=SETTLED)

    def _is_settled(self, stands: Reading) -> bool:
        """Whether somebody has said already which of the readings stands."""
        return Settlement.objects.filter(
            reading__project=stands.project,
            reading__indicator=stands.indicator,
            reading__ends_on=stands.ends_on,
        ).exists()
