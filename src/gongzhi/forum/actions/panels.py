"""Panels by lot as deeds, from the announcement to the draw."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from procrastinate.contrib.django import app

from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.participating.sortition.asking import Quota, Sought
from gongzhi.core.participating.sortition.drawing import draw
from gongzhi.core.participating.sortition.feasible import never_possible
from gongzhi.core.participating.sortition.published import Published
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import Said
from gongzhi.core.working_days import due_on
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Panel, PanelChange, PanelLottery, PanelVolunteer, Process
from gongzhi.forum.panel_draws import (
    content_of,
    pool_of,
    published_of,
    seed_of_panel,
    why_not_drawable,
)
from gongzhi.forum.posts import why_not_public
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.panels import load_panel_rules

QUOTAS_MAX, NAME_MAX = 60, 40
NO_TITLE = Said("请写名称")
NO_TEXT = Said("请写请代表做什么、为什么")
WRONG_SIZE = Said("抽取的人数应在 1 与 {most} 之间")
MANY_QUOTAS = Said("名额最多写 {most} 行")
WRONG_QUOTA = Said("“{feature} {value}”的最少人数不能大于最多人数")
TWICE = Said("“{feature} {value}”写了两次")
LONG_NAME = Said("特征和取值最长 {most} 个字")
NO_REASON_INVITED = Said("另行邀请的，请写邀请谁、为什么")
PAST = Said("报名截止日应在今天以后")
TOO_EARLY = Said("第一次开会的日期应在报名截止以后")
NOT_YOURS = Said("只能就本单位、所属单位承担的项目，或者由财政部门，组织抽选代表")
NOT_DISCLOSED = Said("这个项目还没有公开，不能公布抽选代表")
NOT_YOUR_PROCESS = Said("这一参与过程不由本单位组织")
INSIDE = Said("这一参与过程还没有公开，不能公布抽选代表")
STILL_OPEN = Said("报名到 {until} 为止，过了这一天才能截止")
NOBODY = Said("还没有人报名")
NOT_YET = Said("报名名单还没有进入存证的检查点，稍后再抽")
NOT_SOLVED = Said("入选机会的分布还在求解，公布以后才能抽")
BUDGET = "budget"
SOLVING = "gongzhi.forum.tasks.solve_panel"


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelPlan:
    """A panel as it is planned: about what, how many by which quotas, by when."""

    title: str
    text: str
    size: int
    until: date
    meets_on: date
    quotas: tuple[Quota, ...] = ()
    invited: int = 0
    invited_why: str = ""
    project: Project | None = None
    process: Process | None = None

    def sought(self) -> Sought:
        """What is to be drawn."""
        return Sought(size=self.size, quotas=self.quotas)


@dataclass(slots=True)
class _Faults:
    """What is wrong with a plan, by field."""

    found: dict[str, Said] = field(default_factory=dict)

    def where(self, wrong: object, name: str, said: Said) -> None:
        if wrong:
            self.found.setdefault(name, said)

    def keep_public(self, field: str, text: str) -> None:
        """Note personal data in a text that everybody will read."""
        if problem := why_not_public(text):
            self.where(True, field, problem)

    def stop(self) -> None:
        if self.found:
            raise Unsuitable(self.found)


def announce_panel(
    *, by: Member, plan: PanelPlan, convener: Organisation, key: str | None = None
) -> Panel:
    """Publish that a panel is drawn by lot: about what, by which quotas and method, by when."""
    panel = Panel(
        convener=convener,
        project=plan.project,
        process=plan.process,
        title=plan.title.strip(),
        text=plan.text.strip(),
        size=plan.size,
        quotas=[asdict(each) for each in plan.quotas],
        invited=plan.invited,
        invited_why=plan.invited_why.strip(),
        until=plan.until,
        meets_on=plan.meets_on,
    )
    with act(by, "announce_panel", on=panel.thing(), key=key) as record:
        faults = _faults_of_words(panel)
        _check_numbers(faults, plan, today=record.business_date)
        _check_project(faults, plan.project, by=by, convener=convener)
        _check_process(faults, plan.process, convener=convener)
        faults.stop()
        panel.announced_on = record.business_date
        panel.save(force_insert=True)
        record["panel"] = str(panel.pk)
        if panel.project_id:
            record["project"] = str(panel.project_id)
        if panel.process_id:
            record["process"] = str(panel.process_id)
        _state_plan(record, panel)
    return panel


def change_panel(
    *,
    by: Member,
    panel: Panel,
    plan: PanelPlan,
    reason: str,
    key: str | None = None,
) -> Panel:
    """Change numbers and dates while one can still volunteer, with the reason."""
    with act(by, "change_panel", on=panel, key=key) as record:
        faults = _Faults()
        faults.where(not reason.strip(), "reason", NO_REASON)
        faults.keep_public("reason", reason)
        _check_numbers(faults, plan, today=record.business_date)
        faults.stop()
        assert by.office is not None, "who convenes stands in an office"
        PanelChange.objects.create(
            panel=panel,
            before=_numbers(panel),
            reason=reason.strip(),
            office_id=by.office,
            changed_on=record.business_date,
        )
        panel.size, panel.quotas = plan.size, [asdict(each) for each in plan.quotas]
        panel.until, panel.meets_on = plan.until, plan.meets_on
        panel.save(update_fields=["size", "quotas", "until", "meets_on"])
        _state_plan(record, panel)
        record.private("reason", reason.strip())
    return panel


def call_off_panel(*, by: Member, panel: Panel, reason: str, key: str | None = None) -> Panel:
    """Call it off, for everybody to read why; whoever volunteered is told."""
    with act(by, "call_off_panel", on=panel, key=key) as record:
        faults = _Faults()
        faults.where(not reason.strip(), "reason", NO_REASON)
        faults.keep_public("reason", reason)
        faults.stop()
        held = Panel.objects.select_for_update().get(pk=panel.pk)
        assert by.office is not None, "who convenes stands in an office"
        PanelChange.objects.create(
            panel=panel,
            before={**_numbers(held), "stage": held.stage},
            reason=reason.strip(),
            office_id=by.office,
            changed_on=record.business_date,
        )
        panel.stage = Panel.Stage.CALLED_OFF
        panel.save(update_fields=["stage"])
        record.private("reason", reason.strip())
    return panel


def close_volunteering(*, by: Member, panel: Panel, key: str | None = None) -> Panel:
    """Fix the pool and promise it to the log; a job solves for the lottery after it."""
    with act(by, "close_volunteering", on=panel, key=key) as record:
        if record.business_date <= panel.until:
            raise Unsuitable({"until": Said(STILL_OPEN.text, {"until": panel.until.isoformat()})})
        pool = pool_of(panel)
        if not pool:
            raise Unsuitable({"volunteers": NOBODY})
        why_not = why_not_drawable(panel, pool)
        if why_not:
            raise Unsuitable({f"quotas-{at}": said for at, said in enumerate(why_not)})
        panel.stage = Panel.Stage.POOLED
        panel.save(update_fields=["stage"])
        record["count"] = len(pool)
        record["pool"] = digest(canonical([asdict(each) for each in pool]))
        app.configure_task(SOLVING).defer(panel=str(panel.pk))
    return panel


def publish_lottery(*, panel: Panel, published: Published) -> PanelLottery | None:
    """Promise pool, quotas and lottery to the log, and so announce the draw.

    Its seed is the root of the first checkpoint over this entry, which nobody knows yet. Once:
    whoever comes second finds it published, or the panel called off.
    """
    held = Panel.objects.select_for_update().get(pk=panel.pk)
    if held.stage != Panel.Stage.POOLED or PanelLottery.objects.filter(panel=held).exists():
        return None
    with act(SYSTEM, "publish_lottery", on=held) as record:
        lottery = PanelLottery.objects.create(
            panel=held,
            content=content_of(published),
            digest=published.digest,
            closed_on=record.business_date,
        )
        record["count"] = len(published.volunteers)
        record["pool"] = lottery.digest
    return lottery


def hold_panel_draw(*, by: Member, panel: Panel, key: str | None = None) -> PanelLottery:
    """Draw by the log's seed; whatever it says stands."""
    with act(by, "hold_panel_draw", on=panel, key=key) as record:
        lottery = PanelLottery.objects.filter(panel=panel).first()
        if lottery is None:
            raise Unsuitable({"lottery": NOT_SOLVED})
        seed = seed_of_panel(panel)
        if seed is None:
            raise Unsuitable({"seed": NOT_YET})
        published = published_of(lottery)
        drawn = draw(
            published.volunteers,
            published.lottery,
            sought=published.sought,
            seed=seed.root,
            thing=published.thing,
        )
        lottery.seed, lottery.checkpoint = seed.root, seed.size
        lottery.chosen, lottery.reserve = list(drawn.panel), list(drawn.reserve)
        lottery.drawn_on = record.business_date
        lottery.save(update_fields=["seed", "checkpoint", "chosen", "reserve", "drawn_on"])
        panel.stage = Panel.Stage.DRAWN
        panel.save(update_fields=["stage"])
        _offer(panel, codes=drawn.panel, today=record.business_date)
        panel.volunteers.filter(code__in=drawn.reserve).update(stage=PanelVolunteer.Stage.RESERVE)
        record["seed"] = lottery.seed
        record["size"] = seed.size
        record["drawn"] = list(drawn.panel)
    return lottery


def seat_due(today: date) -> date:
    """Until when somebody who is drawn today says whether they take the seat."""
    days = load_panel_rules().accept_days
    return due_on(today, working_days=days, calendar=load_calendar()).on


def _offer(panel: Panel, *, codes: tuple[str, ...], today: date) -> None:
    panel.volunteers.filter(code__in=codes).update(
        stage=PanelVolunteer.Stage.OFFERED, due_on=seat_due(today)
    )


def _numbers(panel: Panel) -> Mapping[str, Any]:
    """What a change may change, as it is."""
    return {
        "size": panel.size,
        "quotas": panel.quotas,
        "until": panel.until.isoformat(),
        "meets_on": panel.meets_on.isoformat(),
    }


def _state_plan(record: Record, panel: Panel) -> None:
    record["count"] = panel.size
    record["quotas"] = digest(canonical(panel.quotas))
    record["until"] = panel.until.isoformat()


def _faults_of_words(panel: Panel) -> _Faults:
    faults = _Faults()
    faults.where(not panel.title, "title", NO_TITLE)
    faults.where(not panel.text, "text", NO_TEXT)
    faults.where(panel.invited and not panel.invited_why, "invited_why", NO_REASON_INVITED)
    for name in ("title", "text", "invited_why"):
        faults.keep_public(name, getattr(panel, name))
    return faults


def _check_numbers(faults: _Faults, plan: PanelPlan, *, today: date) -> None:
    most = load_panel_rules().size_most
    faults.where(not 1 <= plan.size <= most, "size", Said(WRONG_SIZE.text, {"most": most}))
    faults.where(plan.until <= today, "until", PAST)
    faults.where(plan.meets_on <= plan.until, "meets_on", TOO_EARLY)
    faults.where(
        len(plan.quotas) > QUOTAS_MAX, "quotas", Said(MANY_QUOTAS.text, {"most": QUOTAS_MAX})
    )
    seen = set()
    for each in plan.quotas:
        named = {"feature": each.feature, "value": each.value}
        long = max(len(each.feature), len(each.value)) > NAME_MAX
        faults.where(long, "quotas", Said(LONG_NAME.text, {"most": NAME_MAX}))
        faults.where(each.least > each.most, "quotas", Said(WRONG_QUOTA.text, {**named}))
        faults.where((each.feature, each.value) in seen, "quotas", Said(TWICE.text, {**named}))
        seen.add((each.feature, each.value))
    for said in never_possible(plan.sought()):
        faults.where(said, "quotas", said)


def _check_project(
    faults: _Faults, project: Project | None, *, by: Member, convener: Organisation
) -> None:
    if project is None:
        return
    over = {project.unit_id, project.unit.parent_id}
    faults.where(convener.pk not in over and BUDGET not in by.roles, "about", NOT_YOURS)
    faults.where(project.stage != Project.Stage.DISCLOSED, "about", NOT_DISCLOSED)


def _check_process(faults: _Faults, process: Process | None, *, convener: Organisation) -> None:
    if process is None:
        return
    faults.where(process.organisation_id != convener.pk, "about", NOT_YOUR_PROCESS)
    faults.where(process.label != "public", "about", INSIDE)
