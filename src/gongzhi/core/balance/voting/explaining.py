"""A count in sentences: how it was done, each round, why each project is funded or not."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from gongzhi.core.balance.voting.election import Election
from gongzhi.core.balance.voting.margins import Margin
from gongzhi.core.balance.voting.method import Completion, Rule, Stop, TieBreak, Utility
from gongzhi.core.balance.voting.outcome import Outcome, Reason, Round, Shares, Why
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Said, SaidValues

RULES_SAID = {
    Rule.GREEDY: Said("按得票从高到低，放不下的跳过"),
    Rule.GREEDY_NO_SKIP: Said("按得票从高到低，遇到放不下的就停"),
    Rule.EQUAL_SHARES: Said("均等份额：每人一样多的钱，项目由选它的人合付"),
    Rule.PHRAGMEN: Said("弗拉格门法：每人的钱随时间一样增加，谁先凑齐谁先买"),
    Rule.MAX_WELFARE: Said("总效用最大：在预算内选最好的一组"),
}
UTILITIES_SAID = {
    Utility.COST: Said("每个选中的项目按费用计"),
    Utility.CARDINALITY: Said("每个选中的项目都算一"),
    Utility.POINTS: Said("按选票上的点数计"),
    Utility.BORDA: Said("按名次计：第一名最多，往后每名少一"),
}
COMPLETIONS_SAID = {
    Completion.NONE: Said("剩下的钱不再分"),
    Completion.UTILITARIAN: Said("剩下的钱再按得票分给放得下的"),
    Completion.ADD1: Said("各人的份额每次加一元，再算"),
    Completion.ADD1U: Said("各人的份额每次加一元，再算；最后剩下的按得票分给放得下的"),
}
STOPS_SAID = {
    Stop.OVERSPEND: Said("加到再加就超预算为止"),
    Stop.EXHAUSTIVE: Said("加到什么也放不下为止"),
}
TIES_SAID = {
    TieBreak.ID: Said("并列时编号（按文字）在前的先"),
    TieBreak.CHEAPER: Said("并列时便宜的先，再按编号"),
}
SCORE = Said("得 {score}，第 {round} 个；付后还剩 {left}")
BY_SHARES = Said("第 {round} 个：相当于 {votes} 张有效票；{full} 人各付 {price}{dry}")
BY_POINTS = Said("第 {round} 个：{full} 人每分付 {price}{dry}；还剩预算 {left}")
DRY = Said("，{count} 人付出剩下的全部")
LACK = Said("{votes} 人选了它；他们剩下的钱合起来还差 {lacked}")
NOT_FITTING = Said("得 {score}；轮到它时钱还差 {lacked}")
WHY_SAID = {
    Reason.FREE: Said("有人选，又不要钱"),
    Reason.SCORE: SCORE,
    Reason.SHARES: BY_SHARES,
    Reason.TURN: Said("第 {round} 个：选它的人这时凑齐了钱；还剩 {left}"),
    Reason.WELFARE: Said("在总效用最大的一组里"),
    Reason.FILLED: Said("得 {score}；用剩下的钱放得下，付后还剩 {left}"),
    Reason.BELOW_THRESHOLD: Said("得 {score}，没到门槛，还差 {lacked_score}"),
    Reason.NOBODY_CHOSE: Said("没有人选"),
    Reason.DID_NOT_FIT: NOT_FITTING,
    Reason.AFTER_THE_STOP: Said("得 {score}；轮到它以前已经停了"),
    Reason.SUPPORTERS_LACK: LACK,
    Reason.NOT_AMONG_THE_BEST: Said("得 {score}；放它进去，就要拿掉合起来更有用的项目"),
}
MORE_VOTES = Said("再有 {votes} 人只选它就够，少一人不够")
MORE_POINTS = Said("再有 {votes} 人只选它、各给 {points} 分就够，少一人不够")
LESS_COST = Said("费用少 {less} 就够")
NOTHING_HELPS = Said("只多些票或者只少些费用都不够")
NOT_SURELY = Said("均等份额下票更多、费用更低不一定总是更好：写的是算到的一处分界，少一人就不够")
TOO_LARGE = Said("还差多少票、多少费用没有算：这次投票太大，在自己的机器上用 --lacked 算")


def number_text(number: Fraction) -> str:
    """Votes or points."""
    return f"{number.numerator:,}" if number.denominator == 1 else f"{float(number):,.2f}"


def method_said(outcome: Outcome) -> Iterator[Said]:
    """How it was counted."""
    method = outcome.method
    yield RULES_SAID[method.rule]
    if method.rule is not Rule.PHRAGMEN:
        yield UTILITIES_SAID[method.utility]
    if method.rule is Rule.EQUAL_SHARES:
        yield COMPLETIONS_SAID[method.completion]
        if method.completion.adds_money:
            yield STOPS_SAID[method.stop]
    if method.threshold:
        yield Said("得票不到 {threshold} 的不算", {"threshold": method.threshold})
    yield TIES_SAID[method.tie_break]


def sums_said(outcome: Outcome, election: Election) -> Iterator[Said]:
    """What there was and what came out."""
    yield Said(
        "{voters} 人投票，{projects} 个项目，预算 {budget}",
        {
            "voters": f"{outcome.voters:,}",
            "projects": len(election.candidates),
            "budget": grouped(outcome.budget),
        },
    )
    if outcome.share is not None:
        told: SaidValues = {"share": grouped(outcome.share), "steps": f"{outcome.steps:,}"}
        plain = Said("每人的份额是 {share}", told)
        yield Said("每人的份额加了 {steps} 次，最后是 {share}", told) if outcome.steps else plain
    yield Said(
        "资助 {count} 个项目，共 {cost}，剩 {left}",
        {
            "count": len(outcome.selected),
            "cost": grouped(outcome.cost),
            "left": grouped(outcome.budget - outcome.cost),
        },
    )


def why_said(why: Why, outcome: Outcome) -> Said:
    """Why one project is funded or not."""
    values: SaidValues = {"score": number_text(why.score), "votes": f"{why.votes:,}"}
    values["lacked"] = grouped(why.lacked_money or Fraction(0))
    values["lacked_score"] = number_text(why.lacked_score or Fraction(0))
    if why.at_round is not None:
        made = outcome.rounds[why.at_round - 1]
        return _round_said(made, why.at_round, values, outcome)
    return Said(WHY_SAID[why.reason].text, values)


def notes_said(margins: Mapping[str, Margin] | None) -> Iterator[Said]:
    """What has to be said of all margins together."""
    if margins is None:
        yield TOO_LARGE
    elif any(not each.votes_surely for each in margins.values()):
        yield NOT_SURELY


def lacking_said(margin: Margin) -> Iterator[Said]:
    """How many more votes, or how much less cost, would have been enough."""
    values: SaidValues = {}
    if margin.more_votes is not None:
        values["votes"] = f"{margin.more_votes:,}"
        if margin.points is None:
            yield Said(MORE_VOTES.text, values)
        else:
            yield Said(MORE_POINTS.text, {**values, "points": number_text(margin.points)})
    if margin.less_cost is not None:
        yield Said(LESS_COST.text, {"less": grouped(margin.less_cost)})
    if margin.more_votes is None and margin.less_cost is None:
        yield NOTHING_HELPS


def _round_said(made: Round, at: int, values: SaidValues, outcome: Outcome) -> Said:
    values = {**values, "round": at, "left": grouped(made.left)}
    if made.shares is None:
        return Said(WHY_SAID[made.reason].text, values)
    said = BY_POINTS if outcome.method.utility.has_points else BY_SHARES
    return Said(said.text, {**values, **_shares_told(made.shares)})


def _shares_told(shares: Shares) -> SaidValues:
    return {
        "votes": f"{shares.effective_votes:,.1f}",
        "full": f"{shares.in_full:,}",
        "dry": Said(DRY.text, {"count": f"{shares.ran_dry:,}"}) if shares.ran_dry else "",
        "price": f"{shares.price:,.4g}" if shares.price < 1 else grouped(shares.price),
    }
