"""A sample of every official paper, told in full."""

from dataclasses import replace
from decimal import Decimal

from gongzhi.core.official import (
    DeclaredIndicator,
    GoalDeclaration,
    LetterLine,
    MoneyLine,
    MonitoredIndicator,
    MonitoringSheet,
    RectificationReport,
    ReportedMeasure,
    ResultLetter,
    ScoreLine,
    ScorePaper,
    Sources,
)
from gongzhi.core.participating.recorded import MinutesRecord, RecordedItem
from gongzhi.core.self_evaluating import (
    EvaluatedIndicator,
    MainTask,
    SelfEvaluation,
    WholeStatement,
)
from gongzhi.papers.forms import (
    GOAL_DECLARATION,
    MEETING_MINUTES,
    MONITORING_SHEET,
    RECTIFICATION_NOTICE,
    RECTIFICATION_REPORT,
    RESULT_LETTER,
    SCORE_SHEET,
    SELF_EVALUATION,
    WHOLE_EVALUATION,
    WHOLE_GOALS,
)

ROAD = GoalDeclaration(
    project="农村公路建设",
    code="330100210T000000000001",
    department="云河市交通运输局",
    unit="公路管理中心",
    year=2026,
    annual=Sources(
        total=Decimal("41234567.89"), fiscal=Decimal("41234567.89"), carried=None, other=None
    ),
    goal="新建农村公路 120 公里",
    indicators=tuple(
        DeclaredIndicator(level1="产出指标", level2="数量指标", name=name, annual=target)
        for name, target in (("新建里程", "≥120公里"), ("=1+1", "=100%"))
    ),
)
WATCHED = MonitoringSheet(
    project="农村公路建设",
    year=2026,
    month=9,
    money=Sources(
        total=MoneyLine(initial=Decimal(4_000_000), paid=Decimal(1_000_000)),
        fiscal=MoneyLine(),
        carried=MoneyLine(),
        other=MoneyLine(),
    ),
    indicators=(MonitoredIndicator(level1="产出指标", name="新建里程", done="76公里"),),
)

EVALUATED = SelfEvaluation(
    project="农村公路建设",
    year=2026,
    execution_weight=Decimal(10),
    execution_score=Decimal("9.5"),
    indicators=(
        EvaluatedIndicator(
            level1="产出指标", name="新建里程", target="≥120公里", done="118公里",
            weight=Decimal(90), score=Decimal("88.5"),
        ),
    ),
)  # fmt: skip
SCORED = ScorePaper(
    project="农村公路建设",
    year=2026,
    grade="良",
    lines=(
        ScoreLine(
            level1="过程", level2="资金管理", name="预算执行率", weight=Decimal(4),
            computed=Decimal("3.2"), points=Decimal(3), reason="年底突击支付",
        ),
        ScoreLine(level1="决策", name="立项依据充分性", weight=Decimal(4)),
    ),
)  # fmt: skip
TOLD = ResultLetter(
    to="公路管理中心",
    project="农村公路建设",
    year=2026,
    score=Decimal("81.5"),
    grade="良",
    words="总体良好，合同管理薄弱",
    sender="云河市财政局",
    sent_on="2027-05-10",
    lines=(
        LetterLine(
            name="资金使用合规性",
            weight=Decimal(5),
            points=Decimal(2),
            found="三份合同没有审批",
            demand="补办审批",
            plan_until="2027-05-31",
            report_until="2027-08-03",
        ),
        LetterLine(name="完成及时性", weight=Decimal(5), points=Decimal(4), found="晚了一个月"),
    ),
)
PUT_RIGHT = RectificationReport(
    unit="公路管理中心",
    project="农村公路建设",
    year=2026,
    found="三份合同没有审批",
    demand="补办审批",
    overall="已全部整改",
    lines=(
        ReportedMeasure(
            what="补办审批", responsible="财务科", until="2027-06-15", done="已补办",
            evidence="审批单",
        ),
    ),
)  # fmt: skip
HELD = MinutesRecord(
    title="路口左转试行说明会", organiser="云河市城市交通治理中心", held_on="2026-06-04 14:00",
    place="三楼", present="云河市财政局、居民席位 1", confirmed="到会 2 方，确认 2 方",
    adopted="出席各方确认", lines=(
        RecordedItem(
            number="1", title="左转绿灯加六秒", text="试行两周再看数", resolution="试行（通过）",
            action="公布数据（交通治理中心，2026-06-20前）",
        ),
    ),
)  # fmt: skip
WHOLE = WholeStatement(
    duties="建设和养护全市公路",
    tasks=(
        MainTask(
            name="农村公路建设", content="新建农村公路", budget=Decimal(40_000_000),
            paid=Decimal(38_000_000), done="新建 118 公里",
        ),
    ),
    sheet=replace(EVALUATED, project="", unit="公路管理中心", goal="全市路网更密"),
)  # fmt: skip
VALUES = {
    WHOLE_GOALS: WHOLE.promised(),
    WHOLE_EVALUATION: WHOLE,
    GOAL_DECLARATION: ROAD,
    MONITORING_SHEET: WATCHED,
    SELF_EVALUATION: EVALUATED,
    SCORE_SHEET: SCORED,
    RESULT_LETTER: TOLD,
    RECTIFICATION_NOTICE: TOLD,
    RECTIFICATION_REPORT: PUT_RIGHT,
    MEETING_MINUTES: HELD,
}
