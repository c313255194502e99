"""An effect drawn: what was seen against the course without, every design's interval."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from gongzhi.core.effects import Effect, Grain, Looked, Period
from gongzhi.core.effects.effect import shown
from gongzhi.web.frame import said
from gongzhi.web.shown import Cell, Chart, Column, Table

HEAVY = 5
SEEN, WITHOUT = {"colour": "@indigo", "type": "solid", "symbol": "circle"}, {
    "colour": "@slate",
    "type": "dashed",
    "symbol": "diamond",
}  # fmt: skip


def course_chart(effect: Effect, *, grain: Grain, since: Period) -> Chart:
    """What was seen and what the design holds against it, period by period."""
    labels = [Period(number=point.period, grain=grain).label for point in effect.course]
    seen = [point.seen for point in effect.course]
    without = [point.without for point in effect.course]
    names = (_("看到的"), _("没有项目时的估计"))
    rows = zip(labels, seen, without, strict=True)
    return Chart(
        name="course",
        title=_("看到的和没有项目时的估计"),
        sentence=said(effect.said),
        option={
            "grid": {"left": 8, "right": 24, "top": 40, "bottom": 24, "containLabel": True},
            "legend": {"top": 0, "left": 0, "data": list(names)},
            "tooltip": {"trigger": "axis"},
            "xAxis": {"type": "category", "data": labels},
            "yAxis": {"type": "value", "scale": True},
            "series": [
                _line(names[0], data=seen, look=SEEN) | {"markLine": _since(since.label)},
                _line(names[1], data=without, look=WITHOUT),
            ],
        },
        table=Table(
            caption=_("看到的和没有项目时的估计"),
            columns=(
                Column(name=_("期")),
                *(Column(name=name, numeric=True) for name in (*names, _("相差"))),
            ),
            rows=tuple(
                (
                    Cell(text=label),
                    Cell(text=shown(real), numeric=True),
                    Cell(text=shown(other), numeric=True),
                    Cell(text=shown(real - other), numeric=True),
                )
                for label, real, other in rows
            ),
        ),
        folded=True,
    )


def designs_chart(looked: Sequence[Looked]) -> Chart:
    """Every design's estimate with its interval, beside nothing."""
    known = [(said(each.design_name), each.effect) for each in looked if each.effect is not None]
    clear = sum(effect.is_clear for _name, effect in known)
    return Chart(
        name="designs",
        title=_("各种比较的估计和区间"),
        sentence=_("{count} 种比较里，{clear} 种的区间不包含零。").format(
            count=len(known), clear=clear
        ),
        option={
            "grid": {"left": 8, "right": 24, "top": 16, "bottom": 8, "containLabel": True},
            "yAxis": {"type": "category", "data": [name for name, _effect in known]},
            "xAxis": {"type": "value"},
            "series": [*(_interval(name, effect) for name, effect in known), _estimates(known)],
        },
        table=_designs_table(looked),
        height="short",
    )


def _interval(name: str, effect: Effect) -> dict[str, object]:
    """A bar from one end to the other; none where none can be given."""
    ends = [] if effect.low is None else [[effect.low, name], [effect.high, name]]
    return {
        "type": "line",
        "data": ends,
        "lineStyle": {"width": 4, "color": "@slate"},
        "itemStyle": {"color": "@slate"},
        "symbol": "rect",
        "symbolSize": [2, 14],
    }


def _estimates(known: Sequence[tuple[str, Effect]]) -> dict[str, object]:
    return {
        "type": "scatter",
        "data": [[effect.estimate, name] for name, effect in known],
        "itemStyle": {"color": "@indigo"},
        "symbolSize": 12,
        "z": 5,
        "markLine": {
            "silent": True,
            "symbol": "none",
            "label": {"formatter": "0"},
            "lineStyle": {"color": "@ink", "type": "solid"},
            "data": [{"xAxis": 0}],
        },
    }


def _designs_table(looked: Sequence[Looked]) -> Table:
    heads = (_("估计"), _("区间从"), _("到"), "p")
    return Table(
        caption=_("各种比较的估计和区间"),
        columns=(
            Column(name=_("怎样比较")),
            *(Column(name=name, numeric=True) for name in heads),
            Column(name=_("说明")),
        ),
        rows=tuple(_row(each) for each in looked),
    )


def _row(each: Looked) -> tuple[Cell, ...]:
    effect = each.effect
    name = Cell(text=said(each.design_name))
    if effect is None:
        blank = (Cell(text="—", numeric=True),) * 4
        return (name, *blank, Cell(text=said(each.said)))
    figures = (effect.estimate, effect.low, effect.high, effect.p)
    told = (shown(value) if value is not None else "—" for value in figures)
    return (name, *(Cell(text=text, numeric=True) for text in told), Cell(text=said(each.said)))


def heaviest(effect: Effect) -> list[tuple[str, str]]:
    """Those that it is mostly compared with, and their shares."""
    chosen = list(effect.weights.items())[:HEAVY]
    return [(unit, f"{share:.0%}") for unit, share in chosen]


def _line(name: str, *, data: Sequence[float], look: Mapping[str, str]) -> dict[str, object]:
    return {
        "name": name,
        "type": "line",
        "data": data,
        "symbol": look["symbol"],
        "symbolSize": 7,
        "lineStyle": {"color": look["colour"], "type": look["type"]},
        "itemStyle": {"color": look["colour"]},
    }


def _since(label: str) -> dict[str, object]:
    return {
        "silent": True,
        "symbol": "none",
        "label": {"formatter": _("项目开始"), "color": "@ink"},
        "lineStyle": {"color": "@line-strong", "type": "solid"},
        "data": [{"xAxis": label}],
    }
