"""A count drawn: round by round what was chosen, what it cost, how much money was left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.web.shown import Cell, Chart, Column, Table

TITLE_SHOWN = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A round as it is drawn."""

    name: str
    cost: Decimal
    left: Decimal
    score: str
    votes: float | None
    ran_dry: int | None


def rounds_chart(
    vote: Vote, rounds: Sequence[Mapping[str, Any]], rows: Mapping[int, VoteProposal]
) -> Chart:
    """Round by round what was chosen, its cost, and how much is left."""
    steps = [
        Step(
            name=f"{at}. {rows[each['project']]}",
            cost=Decimal(each["cost"]),
            left=Decimal(each["left"]),
            score=each["score"],
            votes=each["effective_votes"],
            ran_dry=each["ran_dry"],
        )
        for at, each in enumerate(rounds, start=1)
    ]
    total = sum((each.cost for each in steps), Decimal())
    sentence = _("{count} 轮选中 {count} 个项目，一共 {cost} 元，额度 {budget} 元，余 {left} 元。")
    return Chart(
        name="rounds",
        title=_("一轮一轮选了什么，钱还剩多少"),
        sentence=sentence.format(
            count=len(steps),
            cost=f"{total:,.2f}",
            budget=f"{vote.budget_yuan:,.2f}",
            left=f"{vote.budget_yuan - total:,.2f}",
        ),
        option=_option(steps),
        table=_table(steps),
    )


def _table(steps: Sequence[Step]) -> Table:
    heads = (_("得票"), _("费用（元）"), _("余额（元）"), _("有效票数"), _("因此用完份额的人"))
    return Table(
        caption=_("一轮一轮选了什么，钱还剩多少"),
        columns=(
            Column(name=_("轮次和项目")),
            *(Column(name=name, numeric=True) for name in heads),
        ),
        rows=tuple((Cell(text=each.name), *_cells(each)) for each in steps),
    )


def _cells(step: Step) -> list[Cell]:
    texts = (
        step.score,
        f"{step.cost:,.2f}",
        f"{step.left:,.2f}",
        _or_dash(step.votes),
        _or_dash(step.ran_dry),
    )
    return [Cell(text=text, numeric=True) for text in texts]


def _or_dash(value: float | None) -> str:
    return "—" if value is None else f"{value:g}"


def _option(steps: Sequence[Step]) -> dict[str, object]:
    """Bars of what each round cost and of what is left after it, one on the other."""
    costs, lefts = [each.cost for each in steps], [each.left for each in steps]
    series = ((_("费用"), costs, "@indigo"), (_("余额"), lefts, "@line-strong"))
    return {
        "grid": {"left": 8, "right": 24, "top": 40, "bottom": 8, "containLabel": True},
        "legend": {"top": 0, "left": 0, "data": [each[0] for each in series]},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [each.name[:TITLE_SHOWN] for each in steps],
        },
        "xAxis": {"type": "value", "name": _("元"), "axisLabel": {"hideOverlap": True}},
        "series": [
            {
                "name": name,
                "type": "bar",
                "stack": "money",
                "itemStyle": {"color": colour},
                "data": [float(each) for each in values],
            }
            for name, values, colour in series
        ],
    }
