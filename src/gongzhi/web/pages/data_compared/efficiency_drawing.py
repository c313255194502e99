"""Efficiency drawn: every score, one input against one output, what the best would do."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongzhi.connectors.figure_tables import UnitTable
from gongzhi.core.balance.efficiency import Efficiency
from gongzhi.web.frame import said
from gongzhi.web.pages.data_compared.equity_drawing import figure
from gongzhi.web.shown import Cell, Chart, Column, Table

BARS_MAX, NAMED_MAX = 20, 3
PERCENT = 100


def scores_chart(in_order: Sequence[Efficiency]) -> Chart:
    """Every score, the lowest first; of many those with the lowest."""
    drawn = in_order[:BARS_MAX]
    best = sum(each.on_frontier for each in in_order)
    return Chart(
        name="scores",
        title=_("效率"),
        sentence=_("{count} 个单位里，{best} 个在前沿上；效率 100 就是没有人做得更好。").format(
            count=len(in_order), best=best
        ),
        option={
            "grid": {"left": 8, "right": 24, "top": 16, "bottom": 8, "containLabel": True},
            "yAxis": {"type": "category", "inverse": True, "data": [e.name for e in drawn]},
            "xAxis": {"type": "value", "min": 0, "max": 100},
            "series": [
                {
                    "type": "bar",
                    "data": [round(each.score * PERCENT, 1) for each in drawn],
                    "itemStyle": {"color": "@slate"},
                    "label": {"show": True, "position": "insideRight", "color": "@paper"},
                }
            ],
        },
        table=_scores_table(in_order),
        height="tall" if len(drawn) > BARS_MAX // 2 else "",
        folded=True,
    )


def frontier_chart(table: UnitTable, found: Sequence[Efficiency]) -> Chart | None:
    """The first input against the first output, and who is on the frontier."""
    if len(table.units) == 1:
        return None
    put, got = table.inputs[0], table.outputs[0]
    points = {True: [], False: []}  # type: dict[bool, list[list[object]]]
    for unit, each in zip(table.units, found, strict=True):
        points[each.on_frontier].append([unit.inputs[0], unit.outputs[0], unit.name])
    best, others = _("在前沿上"), _("不在前沿上")
    return Chart(
        name="frontier",
        title=_("{put}和{got}").format(put=put, got=got),
        sentence=_("每个点是一个单位：越靠左上，用同样的{put}得到的{got}越多。").format(
            put=put, got=got
        ),
        option={
            "grid": {"left": 8, "right": 24, "top": 40, "bottom": 32, "containLabel": True},
            "legend": {"top": 0, "left": 0, "data": [best, others]},
            "tooltip": {"trigger": "item"},
            "xAxis": {"type": "value", "name": put, "nameLocation": "middle", "nameGap": 28},
            "yAxis": {"type": "value", "scale": True},
            "series": [
                _dots(best, points[True], colour="@pine", symbol="diamond"),
                _dots(others, points[False], colour="@slate", symbol="circle"),
            ],
        },
        table=_points_table(table),
        folded=True,
    )


def _scores_table(in_order: Sequence[Efficiency]) -> Table:
    rows = tuple(
        (
            Cell(text=each.name),
            Cell(text=f"{each.score * PERCENT:.1f}", numeric=True),
            Cell(text="、".join(peer.name for peer in each.peers[:NAMED_MAX])),
            Cell(text=said(each.said)),
        )
        for each in in_order
    )
    return Table(
        caption=_("效率"),
        columns=(
            Column(name=_("单位")),
            Column(name=_("效率"), numeric=True),
            Column(name=_("向谁学")),
            Column(name=_("说明")),
        ),
        rows=rows,
    )


def _points_table(table: UnitTable) -> Table:
    put, got = table.inputs[0], table.outputs[0]
    return Table(
        caption=_("{put}和{got}").format(put=put, got=got),
        columns=(
            Column(name=_("单位")),
            Column(name=put, numeric=True),
            Column(name=got, numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=unit.name),
                Cell(text=figure(unit.inputs[0]), numeric=True),
                Cell(text=figure(unit.outputs[0]), numeric=True),
            )
            for unit in table.units
        ),
    )


def _dots(
    name: str, points: Sequence[Sequence[object]], *, colour: str, symbol: str
) -> dict[str, object]:
    return {
        "name": name,
        "type": "scatter",
        "data": [{"name": point[2], "value": list(point[:2])} for point in points],
        "symbol": symbol,
        "symbolSize": 12,
        "itemStyle": {"color": colour},
    }


def targets_table(table: UnitTable, found: Sequence[Efficiency]) -> Table:
    """What each unit that isn't on the frontier uses and gives, and what the best would."""
    rows = []
    for unit, each in zip(table.units, found, strict=True):
        if each.on_frontier:
            continue
        pairs = zip(
            (*unit.inputs, *unit.outputs),
            (*each.input_targets, *each.output_targets),
            strict=True,
        )
        cells = (Cell(text=f"{figure(now)} → {figure(then)}", numeric=True) for now, then in pairs)
        rows.append((Cell(text=unit.name), *cells))
    return Table(
        caption=_("现在的数 → 照最好的做法"),
        columns=(
            Column(name=_("单位")),
            *(Column(name=name, numeric=True) for name in (*table.inputs, *table.outputs)),
        ),
        rows=tuple(rows),
    )
