"""The living page of components: each drawn once, from fixed values."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.audit import check_form
from gongzhi.core.terms import Form, FormType, Indicator
from gongzhi.core.waiting import Clock, Urgency
from gongzhi.rules.packs import load_packs
from gongzhi.trust.seals import WAITING, Seal
from gongzhi.web.clauses import clause_shown
from gongzhi.web.sheets import sheet_of
from gongzhi.web.shown import (
    Cell,
    Change,
    Chart,
    Column,
    Crumb,
    Figure,
    Filter,
    Option,
    Piece,
    Row,
    Stage,
    Tab,
    Table,
)

PACK = "mof-2020-10"
COLOURS = ("ink", "grey", "indigo", "slate", "vermilion", "amber", "pine")
PARTIES = ("government", "social", "enterprise", "citizen", "evaluator", "audit")
CLOCKS = (
    Clock(days=8, urgency=Urgency.LATER),
    Clock(days=3, urgency=Urgency.SOON),
    Clock(days=0, urgency=Urgency.SOON),
    Clock(days=-5, urgency=Urgency.OVERDUE),
    Clock(days=30, urgency=Urgency.LATER, provisional=True),
)
SEALS = (
    Seal(index=1204, cosigners=4, witnesses=5, is_anchored=True),
    Seal(index=1205, cosigners=2, witnesses=5),
    Seal(index=1206),
    WAITING,
)
EXECUTION = ((1, 8, 8), (2, 17, 15), (3, 25, 21), (4, 33, 35), (5, 42, 50), (6, 50, 66))


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the design system."""
    context = {
        "colours": COLOURS,
        "parties": PARTIES,
        "clocks": CLOCKS,
        "seals": SEALS,
        "clause": clause_shown("4.3"),
        "clauses": (clause_shown("4.3"),),
        "crumbs": (
            Crumb(name=_("公开的表"), address="#breadcrumb"),
            Crumb(name=_("某省某县某局"), address="#breadcrumb"),
        ),
        "tabs": (
            Tab(name=_("现在的版本"), address="#tabs", here=True),
            Tab(name=_("历次版本"), address="#tabs", count=3),
        ),
        "stated": Figure(text="98", grade=_("优")),
        "computed": _computed(),
        "filters": _filters(),
        "stages": _stages(),
        "changes": _changes(),
        "table": _table(),
        "chart": _chart(),
        "facsimile": sheet_of(
            check_form(_form(), pack=next(iter(load_packs().values()))), key="form"
        ),
        "problems": ({"field": "files", "what": _("还没有选文件。"), "hint": _("选一个再提交。")},),
    }
    return render(request, "pages/components.html", context)


def _computed() -> Figure:
    return Figure(
        text="91.25",
        grade=_("优"),
        rows=(
            Row(name=_("预算执行"), value="8.25"),
            Row(name=_("12 个指标"), value="83"),
            Row(name=_("算式"), value="8.25 + 83 = 91.25"),
        ),
    )


def _filters() -> tuple[Filter, ...]:
    years = (
        Option(value="", name=_("所有年度")),
        Option(value="2022", name="2022", chosen=True),
    )
    findings = (Option(value="", name=_("所有发现")), Option(value="T1", name="T1"))
    return (
        Filter(label=_("年度"), name="year", options=years),
        Filter(label=_("发现"), name="finding", options=findings),
    )


def _stages() -> tuple[Stage, ...]:
    return (
        Stage(name=_("起草"), state="done", said=_("3 月 2 日，绩效管理岗")),
        Stage(name=_("自查"), state="done", said=_("发现 2 处")),
        Stage(name=_("公开审查"), state="here", said=_("公开审查岗，自 3 月 4 日")),
        Stage(name=_("公开"), state="next", said=_("同时写入存证")),
    )


def _changes() -> tuple[Change, ...]:
    return (
        Change(
            where=_("总分"),
            old=(Piece(text="98", changed=True),),
            new=(Piece(text="94", changed=True),),
        ),
        Change(
            where=_("偏差原因"),
            old=(),
            new=(Piece(text=_("雨季停工 20 天。"), changed=True),),
        ),
    )


def _table() -> Table:
    rows = ((_("数量指标"), "20", "18.5"), (_("质量指标"), "15", "15"))
    return Table(
        caption=_("各类指标的分值和得分"),
        columns=(
            Column(name=_("指标")),
            Column(name=_("分值"), numeric=True),
            Column(name=_("得分"), numeric=True),
        ),
        rows=tuple(
            (Cell(text=name), Cell(text=weight, numeric=True), Cell(text=score, numeric=True))
            for name, weight, score in rows
        ),
    )


def _chart() -> Chart:
    columns = (_("月"), _("计划"), _("执行"))
    return Chart(
        name="components-chart",
        title=_("资金执行与计划"),
        sentence=_("到 6 月执行 66%，计划 50%，快了 16 个百分点。"),
        option={
            "grid": {"left": 48, "right": 64, "top": 32, "bottom": 40},
            "xAxis": {
                "type": "category",
                "data": [str(month) for month, _plan, _paid in EXECUTION],
                "name": _("月"),
            },
            "yAxis": {"type": "value", "name": "%", "min": 0},
            "tooltip": {"trigger": "axis"},
            "series": [
                _line(1, colour="slate", stroke="dashed", symbol="diamond"),
                _line(2, colour="indigo", stroke="solid", symbol="circle"),
            ],
        },
        table=Table(
            caption=_("资金执行与计划，%"),
            columns=tuple(Column(name=n, numeric=place > 0) for place, n in enumerate(columns)),
            rows=tuple(
                tuple(Cell(text=str(value), numeric=place > 0) for place, value in enumerate(row))
                for row in EXECUTION
            ),
        ),
        height="short",
    )


def _line(place: int, *, colour: str, stroke: str, symbol: str) -> dict[str, object]:
    """A curve of the money: its second look is its stroke and its marker."""
    return {
        "name": (_("月"), _("计划"), _("执行"))[place],
        "type": "line",
        "data": [row[place] for row in EXECUTION],
        "lineStyle": {"color": f"@{colour}", "type": stroke},
        "itemStyle": {"color": f"@{colour}"},
        "symbol": symbol,
        "symbolSize": 9,
        "endLabel": {"show": True, "formatter": "{a}"},
    }


def _form() -> Form:
    return Form(
        form_type=FormType.SELF_EVALUATION,
        layout="std2020",
        project=_("雨水管网改造"),
        unit=_("某省某县某局"),
        fiscal_year=2025,
        money_unit="万元",
        budget_adjusted=Decimal(3_000_000),
        executed=Decimal(2_400_000),
        execution_rate_text="80%",
        execution_weight=Decimal(10),
        execution_score=Decimal(10),
        indicators=tuple(_indicators()),
        has_total_row=True,
        total_weight=Decimal(100),
        stated_total=Decimal(100),
    )


def _indicators() -> Iterator[Indicator]:
    rows = (
        (_("产出指标"), _("数量指标"), _("改造管网"), _("≥12公里"), _("9公里"), 50),
        (_("效益指标"), _("社会效益指标"), _("积水点减少"), _("≥8处"), _("8处"), 30),
        (_("满意度指标"), _("满意度指标"), _("沿线居民满意度"), "≥90%", "≥90%", 10),
    )
    for level1, level2, level3, target, actual, points in rows:
        yield Indicator(
            level1=level1,
            level2=level2,
            level3=level3,
            target_text=target,
            actual_text=actual,
            weight=Decimal(points),
            score=Decimal(points),
        )
