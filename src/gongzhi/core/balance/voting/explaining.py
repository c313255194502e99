"""A count in sentences: how it was done, each round, why each project is funded or not."""

from collections.abc import Iterator
from fractions import Fraction

from gongzhi.core.balance.voting.election import Election
from gongzhi.core.balance.voting.method import Completion, Rule, Stop, TieBreak, Utility
from gongzhi.core.balance.voting.outcome import Outcome, Reason, Round, Shares, Why
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
BY_SHARES = Said(
    "第 {round} 个：相当于 {votes} 张有效票；{full} 人各付 {price}，{dry} 人付出剩下的全部"
)
BY_POINTS = Said("第 {round} 个：{full} 人每分付 {price}，{dry} 人付出剩下的全部；还剩预算 {left}")
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


def amount_text(amount: Fraction | float) -> str:
    """Money with thousands separated, cents only where there are some."""
    text = f"{float(amount):,.2f}"
    return text.removesuffix(".00")


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
            "budget": amount_text(outcome.budget),
        },
    )
    if outcome.share is not None:
        told: SaidValues = {"share": amount_text(outcome.share), "steps": f"{outcome.steps:,}"}
        plain = Said("每人的份额是 {share}", told)
        yield Said("每人的份额加了 {steps} 次，最后是 {share}", told) if outcome.steps else plain
    yield Said(
        "资助 {count} 个项目，共 {cost}，剩 {left}",
        {
            "count": len(outcome.selected),
            "cost": amount_text(outcome.cost),
            "left": amount_text(outcome.budget - outcome.cost),
        },
    )


def why_said(why: Why, outcome: Outcome) -> Said:
    """Why one project is funded or not."""
    values: SaidValues = {"score": number_text(why.score), "votes": f"{why.votes:,}"}
    values["lacked"] = amount_text(why.lacked_money or Fraction(0))
    values["lacked_score"] = number_text(why.lacked_score or Fraction(0))
    if why.at_round is not None:
        made = outcome.rounds[why.at_round - 1]
        return _round_said(made, why.at_round, values, outcome)
    return Said(WHY_SAID[why.reason].text, values)


def _round_said(made: Round, at: int, values: SaidValues, outcome: Outcome) -> Said:
    values = {**values, "round": at, "left": amount_text(made.left)}
    if made.shares is None:
        return Said(WHY_SAID[made.reason].text, values)
    said = BY_POINTS if outcome.method.utility.has_points else BY_SHARES
    return Said(said.text, {**values, **_shares_told(made.shares)})


def _shares_told(shares: Shares) -> SaidValues:
    return {
        "votes": f"{shares.effective_votes:,.1f}",
        "full": f"{shares.in_full:,}",
        "dry": f"{shares.ran_dry:,}",
        "price": f"{shares.price:,.4g}" if shares.price < 1 else amount_text(shares.price),
    }
