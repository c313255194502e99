"""Evenness drawn: the Lorenz curve beside the line of evenness, each place beside the mean."""

from django.utils.translation import gettext as _

from gongzhi.core.balance.equity import Equity, percent
from gongzhi.web.shown import Cell, Chart, Column, Table

BARS_MAX = 20
PLAIN = {"left": 8, "right": 24, "top": 64, "bottom": 24, "containLabel": True}


def lorenz_chart(key: str, found: Equity, before: Equity | None) -> Chart:
    """The curve from those with least on; the straight line is where all have the same."""
    even, now, was = _("人人相同"), _("现在"), _("以前")
    series = [
        _line(even, points=[[0, 0], [100, 100]], colour="@grey", type_="dotted"),
        _line(now, points=_points(found), colour="@indigo", type_="solid"),
    ]
    names = [even, now]
    if before is not None:
        series.append(_line(was, points=_points(before), colour="@slate", type_="dashed"))
        names.append(was)
    axis = {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "{value}%"}}
    return Chart(
        name=f"lorenz-{key}",
        title=_("洛伦兹曲线"),
        sentence=_("从最少的一半人得到总数的 {share}%；曲线离直线越近越均衡。").format(
            share=percent(_half(found))
        ),
        option={
            "grid": PLAIN,
            "legend": {"top": 0, "left": 0, "data": names},
            "tooltip": {"trigger": "axis"},
            "xAxis": {**axis, "name": _("人数（需求）"), "nameLocation": "middle", "nameGap": 28},
            "yAxis": {**axis, "name": _("总数"), "nameLocation": "end"},
            "series": series,
        },
        table=_curve_table(found),
        height="tall",
        folded=True,
    )


def _curve_table(found: Equity) -> Table:
    heads = (_("从最少的起，占总人数（需求）的 %"), _("占总数的 %"))
    return Table(
        caption=_("洛伦兹曲线"),
        columns=tuple(Column(name=head, numeric=True) for head in heads),
        rows=tuple(
            (
                Cell(text=percent(point.heads), numeric=True),
                Cell(text=percent(point.amount), numeric=True),
            )
            for point in found.curve
        ),
    )


def _points(found: Equity) -> list[list[float]]:
    return [[round(100 * each.heads, 3), round(100 * each.amount, 3)] for each in found.curve]


def _half(found: Equity) -> float:
    """What the half with least has, read off the curve."""
    for before, after in zip(found.curve, found.curve[1:], strict=False):
        if after.heads >= 1 / 2:
            part = (1 / 2 - before.heads) / (after.heads - before.heads)
            return before.amount + part * (after.amount - before.amount)
    return 1.0


def _line(name: str, *, points: list[list[float]], colour: str, type_: str) -> dict[str, object]:
    return {
        "name": name,
        "type": "line",
        "data": points,
        "showSymbol": False,
        "lineStyle": {"color": colour, "type": type_, "width": 2},
        "itemStyle": {"color": colour},
    }


def places_chart(key: str, found: Equity) -> Chart:
    """Each place as a share of the mean; of many those with least and those with most."""
    places = found.places
    drawn = places
    if len(places) > BARS_MAX:
        drawn = (*places[: BARS_MAX // 2], *places[-BARS_MAX // 2 :])
    least, most = places[0], places[-1]
    sentence = _("最少的“{least}”是平均数的 {low}%，最多的“{most}”是 {high}%。")
    return Chart(
        name=f"places-{key}",
        title=_("各处是平均数的百分之几"),
        sentence=sentence.format(
            least=least.share.name,
            low=percent(least.to_mean),
            most=most.share.name,
            high=percent(most.to_mean),
        ),
        option={
            "grid": {"left": 8, "right": 24, "top": 16, "bottom": 8, "containLabel": True},
            "yAxis": {"type": "category", "inverse": True, "data": [e.share.name for e in drawn]},
            "xAxis": {"type": "value"},
            "series": [_bars([round(each.to_mean * 100, 1) for each in drawn])],
        },
        table=_places_table(found),
        height="tall" if len(drawn) > BARS_MAX // 2 else "",
        folded=True,
    )


def _bars(values: list[float]) -> dict[str, object]:
    return {
        "type": "bar",
        "data": values,
        "itemStyle": {"color": "@slate"},
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": {"formatter": "100", "color": "@ink", "position": "start"},
            "lineStyle": {"color": "@ink", "type": "solid"},
            "data": [{"xAxis": 100}],
        },
    }


def _places_table(found: Equity) -> Table:
    heads = (_("总数"), _("人数（需求）"), _("每人（每份需求）"), _("是平均数的 %"))
    return Table(
        caption=_("各处"),
        columns=(
            Column(name=_("名称")),
            Column(name=_("组")),
            *(Column(name=head, numeric=True) for head in heads),
        ),
        rows=tuple(
            (
                Cell(text=each.share.name),
                Cell(text=each.share.group),
                *(
                    Cell(text=text, numeric=True)
                    for text in (
                        figure(each.share.amount),
                        figure(each.share.heads),
                        figure(each.per_head),
                        percent(each.to_mean),
                    )
                ),
            )
            for each in found.places
        ),
    )


def groups_table(found: Equity) -> Table:
    """Each group: its shares, what it has against the mean, its part of the differences."""
    heads = (_("占总数的 %"), _("占人数（需求）的 %"), _("是平均数的 %"), _("组内泰尔指数"))
    groups = sorted(found.theil.groups, key=lambda each: each.amount / each.heads)
    return Table(
        caption=_("各组"),
        columns=(Column(name=_("组")), *(Column(name=head, numeric=True) for head in heads)),
        rows=tuple(
            (
                Cell(text=each.name or "—"),
                *(
                    Cell(text=text, numeric=True)
                    for text in (
                        percent(each.amount),
                        percent(each.heads),
                        percent(each.amount / each.heads),
                        f"{each.inside:.4f}",
                    )
                ),
            )
            for each in groups
        ),
    )


def before_and_after(found: Equity, before: Equity) -> Table:
    """Every index before and now."""
    rows = (
        (_("差异系数"), before.variation, found.variation),
        (_("基尼系数"), before.gini, found.gini),
        (_("泰尔指数"), before.theil.total, found.theil.total),
        (_("其中组间"), before.theil.between, found.theil.between),
        (_("其中组内"), before.theil.within, found.theil.within),
        (_("要挪动的份额"), before.dissimilarity, found.dissimilarity),
    )
    return Table(
        caption=_("以前和现在"),
        columns=(
            Column(name=_("指数")),
            *(Column(name=name, numeric=True) for name in (_("以前"), _("现在"), _("相差"))),
        ),
        rows=tuple(
            (
                Cell(text=name),
                *(
                    Cell(text=text, numeric=True)
                    for text in (f"{was:.3f}", f"{now:.3f}", f"{now - was:+.3f}")
                ),
            )
            for name, was, now in rows
        ),
    )


def figure(value: float) -> str:
    """A figure as a table shows it: whole from a hundred on, else to hundredths."""
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.2f}"
