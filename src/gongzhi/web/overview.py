"""What a handful of published forms show together, as two charts with their sentences."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from gongzhi.core.audit import CheckedForm
from gongzhi.papers.figures import points_text
from gongzhi.rules.checks import check_name
from gongzhi.web.frame import reader_language
from gongzhi.web.shown import Cell, Chart, Column, Table

HIGH = Decimal(95)
KINDS_SHOWN = 12


def totals_chart(forms: Sequence[CheckedForm]) -> Chart:
    """The totals that forms state against those they add up to."""
    pairs = sorted(
        (
            (each.form.project or "", each.form.stated_total, each.computed_total)
            for each in forms
            if each.form.stated_total is not None and each.computed_total is not None
            if not _is_out_of_something_else(each)
        ),
        key=lambda pair: (pair[2], pair[0]),
    )
    return Chart(
        name="totals",
        title=_("自报的总分和应得的总分"),
        sentence=_totals_sentence(forms, pairs=pairs),
        option=_totals_option(pairs),
        table=Table(
            caption=_("每张表自报的总分和应得的总分"),
            columns=(
                Column(name=_("项目")),
                Column(name=_("自报"), numeric=True),
                Column(name=_("应得"), numeric=True),
                Column(name=_("相差"), numeric=True),
            ),
            rows=tuple(
                (
                    Cell(text=name),
                    Cell(text=points_text(stated), numeric=True),
                    Cell(text=points_text(computed), numeric=True),
                    Cell(text=points_text(stated - computed), numeric=True),
                )
                for name, stated, computed in reversed(pairs)
            ),
        ),
        height="tall",
    )


def _is_out_of_something_else(checked: CheckedForm) -> bool:
    """Whether the weights don't add up to 100, so that what they earn is no total to compare."""
    return any(finding.code == "W1" for finding in checked.findings)


def _totals_sentence(
    forms: Sequence[CheckedForm], *, pairs: Sequence[tuple[str, Decimal, Decimal]]
) -> str:
    stated = [each.form.stated_total for each in forms if each.form.stated_total is not None]
    return _(
        "%(forms)s 张表里 %(stated)s 张写了总分，其中 %(high)s 张在 95 分以上；"
        "分值合计 100、能重算的 %(pairs)s 张里，%(differing)s 张与应得的分不同。"
    ) % {
        "forms": len(forms),
        "stated": len(stated),
        "high": sum(total >= HIGH for total in stated),
        "pairs": len(pairs),
        "differing": sum(said != due for _name, said, due in pairs),
    }


def _totals_option(pairs: Sequence[tuple[str, Decimal, Decimal]]) -> dict[str, object]:
    names = [name for name, _stated, _computed in pairs]
    low = [float(min(stated, computed)) for _name, stated, computed in pairs]
    gap = [float(abs(stated - computed)) for _name, stated, computed in pairs]
    hidden = {"type": "bar", "stack": "gap", "barWidth": 3, "silent": True, "z": 1}
    return {
        "grid": {"left": 8, "right": 24, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "left": 0, "data": [_("自报"), _("应得")]},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "line"}},
        "yAxis": {"type": "category", "data": names, "axisTick": {"show": False}},
        "xAxis": {"type": "value", "scale": True},
        "series": [
            {**hidden, "data": low, "itemStyle": {"color": "transparent"}, "tooltip": QUIET},
            {**hidden, "data": gap, "itemStyle": {"color": "@line-strong"}, "tooltip": QUIET},
            _points(_("自报"), data=[float(said) for _name, said, _due in pairs], colour="@indigo"),
            _points(_("应得"), data=[float(due) for _name, _said, due in pairs], colour="@slate"),
        ],
    }


QUIET = {"show": False}


def _points(name: str, *, data: Sequence[float], colour: str) -> dict[str, object]:
    return {
        "name": name,
        "type": "line",
        "lineStyle": {"width": 0},
        "symbol": "circle" if colour == "@indigo" else "diamond",
        "symbolSize": 10 if colour == "@indigo" else 12,
        "itemStyle": {"color": colour},
        "data": data,
        "z": 3,
    }


def findings_chart(forms: Sequence[CheckedForm]) -> Chart:
    """In how many forms each kind of finding occurs."""
    certain = {finding.code: finding.certain for each in forms for finding in each.findings}
    counts = Counter(code for each in forms for code in {f.code for f in each.findings})
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    language = reader_language()
    names = {code: check_name(code).in_language(language) for code in counts}
    return Chart(
        name="kinds",
        title=_("每种问题出现在几张表里"),
        sentence=_findings_sentence(forms, ordered=ordered, names=names),
        option=_findings_option(ordered[:KINDS_SHOWN][::-1], names=names, certain=certain),
        table=Table(
            caption=_("每种问题出现在几张表里"),
            columns=(
                Column(name=_("问题")),
                Column(name=_("性质")),
                Column(name=_("表数"), numeric=True),
            ),
            rows=tuple(
                (
                    Cell(text=f"{code} {names[code]}"),
                    Cell(text=_("算术不符") if certain[code] else _("待核实")),
                    Cell(text=str(count), numeric=True),
                )
                for code, count in ordered
            ),
        ),
        height="tall",
    )


def _findings_sentence(
    forms: Sequence[CheckedForm], *, ordered: Sequence[tuple[str, int]], names: dict[str, str]
) -> str:
    if not ordered:
        return _("没有一张表有发现。")
    code, count = ordered[0]
    wrong = sum(any(finding.certain for finding in each.findings) for each in forms)
    return _(
        "%(forms)s 张表里 %(wrong)s 张至少有一处算术不符；"
        "最常见的是“%(name)s”，在 %(count)s 张表里。"
    ) % {"forms": len(forms), "wrong": wrong, "name": names[code], "count": count}


def _findings_option(
    ordered: Sequence[tuple[str, int]], *, names: dict[str, str], certain: dict[str, bool]
) -> dict[str, object]:
    solid, open_ = {"color": "@vermilion"}, {"color": "@paper", "borderColor": "@amber"}
    data = [
        {"value": count, "itemStyle": solid if certain[code] else {**open_, "borderWidth": 2}}
        for code, count in ordered
    ]
    return {
        "grid": {"left": 8, "right": 32, "top": 8, "bottom": 8, "containLabel": True},
        "yAxis": {
            "type": "category",
            "data": [f"{code} {names[code]}" for code, _count in ordered],
            "axisTick": {"show": False},
        },
        "xAxis": {"type": "value", "minInterval": 1, "min": 0},
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "name": _("表数"),
                "type": "bar",
                "data": data,
                "barWidth": "60%",
                "label": {"show": True, "position": "right", "color": "@ink"},
            }
        ],
    }
