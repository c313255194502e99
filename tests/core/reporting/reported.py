"""A report's facts for tests: two evaluators of a project, one of them hard on a line."""

from datetime import date
from decimal import Decimal

from gongzhi.core.reporting import GapFact, Heard, ReportFacts, ReportParty, ReportSheet
from gongzhi.core.scoring.frame import EvaluatedFacts
from gongzhi.core.scoring.panel import Judged, score_panel
from gongzhi.core.scoring.sheet import Mark, Sheet, SheetScore, score_sheet
from gongzhi.core.terms import Form, FormType, Indicator, Said, Text
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation

PACK = load_packs()["mof-2020-10"]
RULES = load_evaluation("mof-2020-10")
FRAME = RULES.frames["project"]
NAMES = ("某评价公司", "某社会组织")
FORM = Form(
    form_type=FormType.SELF_EVALUATION,
    layout="std2020",
    project="滨江大桥",
    fiscal_year=2026,
    indicators=(
        Indicator(
            level1="产出指标", level2="数量指标", level3="完成桥墩", target_text="≥12座",
            actual_text="10座", weight=Decimal(20), score=Decimal("16.67"),
        ),
    ),
)  # fmt: skip


def sheet(share: str, *, hard_on: str = "") -> SheetScore:
    marks = tuple(
        Mark(
            line=line.code,
            points=Decimal(0) if line.code == hard_on else line.weight * Decimal(share),
            reason="没有验收报告" if line.code == hard_on else "材料不全",
        )
        for line in FRAME.lines
    )
    return score_sheet(Sheet(frame=FRAME, marks=marks), pack=PACK)


def facts(*, alone: bool = False, silent: bool = False) -> ReportFacts:
    """Everything known; alone is the report of one evaluation, silent one without any sheet."""
    scores = () if silent else (sheet("0.9"), sheet("0.8", hard_on="quality"))[: 1 if alone else 2]
    kinds = {kind.code: kind.name for kind in RULES.kinds}
    judged = [
        Judged(
            kind=kind,
            evaluator=name,
            total=score.total or Decimal(0),
            points={each.line.code: each.points for each in score.lines if each.points is not None},
        )
        for kind, name, score in zip(("third_party", "social"), NAMES, scores, strict=False)
    ]
    from_panel = RULES.panel(RULES.kinds[0].scope)
    panel = None if alone or silent else score_panel(judged, frame=FRAME, rules=from_panel)
    total = scores[0].total if scores and panel is None else panel and panel.score
    return ReportFacts(
        project="滨江大桥",
        code="330100260T000000000001",
        unit="云河市公路管理中心",
        department="云河市交通运输局",
        year=2026,
        goal="年底通车",
        money=EvaluatedFacts(
            budget=Decimal(41_234_567), received=Decimal(40_000_000), executed=Decimal(30_000_000),
            form=FORM,
        ),
        self_total=Decimal(96),
        self_explained=2,
        parties=tuple(
            ReportParty(
                name=name, kind=kinds[kind], commissioner="云河市财政局", because="预警三次",
                stage=Said("已结论"), total=score.total,
                declared=((Said("样本"), "问卷 200 份"),),
            )
            for kind, name, score in zip(("third_party", "social"), NAMES, scores, strict=False)
        ),
        sheets=tuple(
            ReportSheet(evaluator=name, frame=FRAME, score=score, papers={"quality": 2})
            for name, score in zip(NAMES, scores, strict=False)
        ),
        panel=panel,
        kinds=kinds,
        frame=None if silent else FRAME,
        score=total,
        grade=PACK.grade(total) if total is not None else "",
        gaps=()
        if panel is None
        else tuple(
            GapFact(line=FRAME.line(gap.line).name if gap.line else "", said=gap.said)
            for gap in panel.gaps
        ),
        heard=()
        if silent
        else (
            Heard(
                evaluator=NAMES[0], line=Text(zh="质量达标率", en="Up to standard"),
                text="验收报告已补", raised_on=date(2027, 3, 1), outcome=Said("部分采纳"),
                answer="补看后加一分",
            ),
        ),
        awaited=int(silent),
        pack=PACK.title if hasattr(PACK, "title") else None,
    )  # fmt: skip
