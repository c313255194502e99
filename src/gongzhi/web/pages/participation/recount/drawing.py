"""A recount drawn: projects by votes, funded or not, and the tables beside."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from gongzhi.core.balance.voting import Outcome, Why
from gongzhi.core.balance.voting.explaining import (
    RULES_SAID,
    lacking_said,
    number_text,
    why_said,
)
from gongzhi.core.fen import grouped
from gongzhi.web.frame import said
from gongzhi.web.pages.participation.recount.recounting import Recount
from gongzhi.web.shown import Cell, Chart, Column, Table

NAME_MAX = 18
DRAWN_MAX = 40


def by_funding(outcome: Outcome) -> list[Why]:
    """The funded projects in order, then the others by votes."""
    others = [why for why in outcome.why.values() if not why.reason.funded]
    others.sort(key=lambda why: (-why.score, why.project))
    return [*(outcome.why[each] for each in outcome.selected), *others]


def projects_chart(recount: Recount) -> Chart:
    """Votes (or points) of each project, drawn apart where it is funded."""
    outcome, names = recount.outcome, names_in(recount)
    everything = by_funding(outcome)
    drawn = everything[:DRAWN_MAX]
    labels = [_short(names[why.project]) for why in drawn]
    chosen, passed = _("资助"), _("没有资助")
    return Chart(
        name="projects",
        title=_("每个项目得多少，资助了没有"),
        sentence=_("{count} 个项目里资助 {funded} 个，用了预算的 {share}。").format(
            count=len(outcome.why), funded=len(outcome.selected), share=_percent(outcome)
        ),
        option={
            "grid": {"left": 8, "right": 48, "top": 36, "bottom": 8, "containLabel": True},
            "legend": {"top": 0, "left": 0, "data": [chosen, passed]},
            "yAxis": {"type": "category", "inverse": True, "data": labels},
            "xAxis": {"type": "value"},
            "series": [
                _bars(chosen, drawn, funded=True),
                _bars(passed, drawn, funded=False),
            ],
        },
        table=_drawn_table(recount, everything),
        height="tall",
    )


def _bars(name: str, drawn: Sequence[Why], *, funded: bool) -> dict[str, object]:
    look: dict[str, object] = {"color": "@indigo"}
    if not funded:
        look = {"color": "@paper", "borderColor": "@grey", "borderWidth": 1, "borderType": "dashed"}
    return {
        "name": name,
        "type": "bar",
        "stack": "all",
        "data": [float(why.score) if why.reason.funded is funded else None for why in drawn],
        "itemStyle": look,
        "label": {"show": True, "position": "right", "color": "@ink"},
    }


def _drawn_table(recount: Recount, everything: Sequence[Why]) -> Table:
    names = names_in(recount)
    return Table(
        caption=_("每个项目得多少，资助了没有"),
        columns=(
            Column(name=_("项目")),
            Column(name=_("得票（分）"), numeric=True),
            Column(name=_("资助")),
        ),
        rows=tuple(
            (
                Cell(text=names[why.project]),
                Cell(text=number_text(why.score), numeric=True),
                Cell(text=_mark(why)),
            )
            for why in everything
        ),
    )


def why_table(recount: Recount) -> Table:
    """Every project with its cost and the reason, the funded ones first."""
    names, costs = names_in(recount), _costs(recount)
    return Table(
        caption=_("每个项目为什么资助或者没有资助"),
        columns=(
            Column(name=_("项目")),
            Column(name=_("费用"), numeric=True),
            Column(name=_("资助")),
            Column(name=_("为什么")),
        ),
        rows=tuple(
            (
                Cell(text=names[why.project]),
                Cell(text=grouped(costs[why.project]), numeric=True),
                Cell(text=_mark(why)),
                Cell(text=_("；").join(_reasons(recount, why))),
            )
            for why in by_funding(recount.outcome)
        ),
    )


def _reasons(recount: Recount, why: Why) -> Iterator[str]:
    """Why, and how many more votes or how much less cost would have been enough."""
    yield said(why_said(why, recount.outcome))
    margin = (recount.margins or {}).get(why.project)
    yield from map(said, lacking_said(margin) if margin else ())


def _mark(why: Why) -> str:
    return _("● 资助") if why.reason.funded else _("○ 没有")


def rules_table(recount: Recount) -> Table:
    """Every other rule: what it would fund, whom it reaches, who gains by ours."""
    voters = max(1, recount.outcome.voters)
    ours = (recount.outcome, recount.reach, None)
    rows = [ours, *((each.outcome, each.reach, each.beside) for each in recount.by_rules)]
    heads = (
        _("项目数"),
        _("用钱"),
        _("至少有一个的人"),
        _("我们比它多得的人"),
        _("我们比它少得的人"),
    )
    return Table(
        caption=_("换一种规则会怎样"),
        columns=(Column(name=_("规则")), *(Column(name=each, numeric=True) for each in heads)),
        rows=tuple(
            (
                Cell(text=said(RULES_SAID[outcome.method.rule])),
                Cell(text=str(len(outcome.selected)), numeric=True),
                Cell(text=grouped(outcome.cost), numeric=True),
                Cell(text=f"{reach.reached / voters:.0%}", numeric=True),
                Cell(text=f"{beside.gain:,}" if beside else "—", numeric=True),
                Cell(text=f"{beside.lose:,}" if beside else "—", numeric=True),
            )
            for outcome, reach, beside in rows
        ),
    )


def groups_table(recount: Recount) -> Table | None:
    """Where the shares of the largest groups went."""
    if not recount.groups:
        return None
    names = names_in(recount)
    return Table(
        caption=_("选得一样的人，各人的份额付给了谁"),
        columns=(
            Column(name=_("选了")),
            Column(name=_("人数"), numeric=True),
            Column(name=_("每人付给")),
            Column(name=_("每人还剩"), numeric=True),
        ),
        rows=tuple(
            (
                Cell(text=_("、").join(names[each] for each in group.choices)),
                Cell(text=f"{group.voters:,}", numeric=True),
                Cell(
                    text=_("；").join(
                        f"{names[each]} {grouped(money)}" for each, money in group.paid
                    )
                    or "—"
                ),
                Cell(text=grouped(group.left), numeric=True),
            )
            for group in recount.groups
        ),
    )


def names_in(recount: Recount) -> dict[str, str]:
    """What the projects are called."""
    return {each.id: each.name or each.id for each in recount.vote.election.candidates}


def _costs(recount: Recount) -> dict[str, Fraction]:
    return {each.id: each.cost for each in recount.vote.election.candidates}


def _short(name: str) -> str:
    return name if len(name) <= NAME_MAX else name[: NAME_MAX - 1] + "…"


def _percent(outcome: Outcome) -> str:
    return f"{float(outcome.cost / outcome.budget):.0%}" if outcome.budget else "0%"
