"""Proposals in sentences: the option, who pays whom, what each side gains."""

from collections.abc import Iterator
from dataclasses import replace

from gongzhi.core.balance.compensation import NOBODY, Settled, Transfer
from gongzhi.core.balance.negotiating.amounts import percent, worded, yuan
from gongzhi.core.balance.negotiating.negotiated import Negotiated
from gongzhi.core.balance.negotiating.proposals import Proposal, Rule, gains_of
from gongzhi.core.balance.negotiating.sentences import one_after_other
from gongzhi.core.balance.negotiating.table import Table
from gongzhi.core.terms import Said, SaidValues, several

NAMES = {
    Rule.FAIREST: Said("最小的得益最大（卡莱—斯莫罗丁斯基）"),
    Rule.LARGEST: Said("合计最大，并给补偿"),
    Rule.NASH: Said("得益的乘积最大（纳什）"),
    Rule.EGALITARIAN: Said("得益最少的一方得益最大（平等主义）"),
}


def proposed(negotiated: Negotiated, *, limits_shown: bool) -> Iterator[Said]:
    """The two proposals side by side; or why there is none."""
    if not negotiated.proposals:
        yield Said("没有可以建议的方案：请看上一步的证明，谁让步多少才能打开局面")
        yield from _costs(negotiated)
        return
    for each in negotiated.proposals:
        yield from one(negotiated.table, each, limits_shown=limits_shown)
    yield from beside(negotiated)


def beside(negotiated: Negotiated) -> Iterator[Said]:
    """What is said beside the proposals: whether they are one, mixes, costs in common."""
    yield from alike(negotiated)
    yield from _mixed(negotiated)
    yield from _costs(negotiated)


def _mixed(negotiated: Negotiated) -> Iterator[Said]:
    found, options = negotiated.mix, negotiated.table.stated.options
    if found is None:
        return
    parts = [f"“{options[o].name}” {share:.0%}" for o, share in found.parts]
    told: SaidValues = {
        "parts": several(parts),
        "smallest": f"{found.smallest:.0%}",
        "alone": percent(found.alone),
    }
    yield Said(
        "若方案可以分期、分块搭配：{parts}，每一方至少得到自己最好结果的 {smallest}"
        "（单独一个方案只到 {alone}）",
        told,
    )


def _costs(negotiated: Negotiated) -> Iterator[Said]:
    for each in negotiated.costs:
        parts = [
            Said(
                "“{side}”担 {amount}",
                {"side": negotiated.case.side(code).name, "amount": yuan(share)},
            )
            for code, share in each.shares
        ]
        if parts:
            told: SaidValues = {"name": each.name, "total": yuan(each.total)}
            told["parts"] = one_after_other(parts)
            yield Said("共同费用“{name}”{total}，每一段由用得着的各方平摊：{parts}", told)


def alike(negotiated: Negotiated) -> Iterator[Said]:
    """Where there is only one proposal, or both are the same: that, and why."""
    if negotiated.largest is None:
        yield Said("没有用钱计的价值，谈不上合计，也就没有第二个建议")
    elif negotiated.fairest and negotiated.fairest.option == negotiated.largest.option:
        yield Said("两个建议是同一个方案")


def one(table: Table, proposal: Proposal, *, limits_shown: bool) -> Iterator[Said]:
    """A proposal with its payments and gains."""
    told: SaidValues = {
        "rule": NAMES[proposal.rule],
        "option": table.stated.options[proposal.option].name,
        "total": yuan(proposal.total),
    }
    if table.has_money:
        yield Said("{rule}：“{option}”，以钱计的价值合计 {total}", told)
    else:
        yield Said("{rule}：“{option}”", told)
    yield from paid(table, proposal.settled)
    yield from gained(table, proposal, limits_shown=limits_shown)
    yield from otherwise(table, proposal)


def otherwise(table: Table, proposal: Proposal) -> Iterator[Said]:
    """Other payments at the same option, where there are any."""
    if proposal.evenly is not None and proposal.evenly != proposal.settled:
        yield Said("若要各方得益尽量相近，同一方案也可以这样付：")
        yield from paid(table, proposal.evenly)


def paid(table: Table, settled: Settled) -> Iterator[Said]:
    """Who pays whom how much."""
    transfers = settled.transfers()
    if not transfers:
        yield Said("各方之间不付款")
    for each in transfers:
        yield transfer(table, each)


def transfer(table: Table, each: Transfer) -> Said:
    """One payment."""
    told: SaidValues = {"payee": table.side(each.payee).name, "amount": yuan(each.amount)}
    if each.payer == NOBODY:
        return Said("外部补助付给“{payee}” {amount}", told)
    told["payer"] = table.side(each.payer).name
    return Said("“{payer}”付给“{payee}” {amount}", told)


def gained(table: Table, proposal: Proposal, *, limits_shown: bool) -> Iterator[Said]:
    """What each side gains over its limit."""
    for at, gain in zip(table.sides, proposal.gains, strict=True):
        side = table.side(at)
        if gain is None and table.side(at).accepts is None:
            yield Said("“{side}”的底线没有写或者没有公开", {"side": side.name})
        elif gain is None or (side.is_resident and not limits_shown):
            yield Said("“{side}”不低于底线（底线不公开）", {"side": side.name})
        elif gain:
            told: SaidValues = {"side": side.name, "gain": worded(gain, side)}
            yield Said("“{side}”比底线多得 {gain}", told)
        else:
            yield Said("“{side}”正好达到底线", {"side": side.name})


def evenly_gained(table: Table, proposal: Proposal) -> Proposal:
    """The same option with the other payments, as a proposal of its own."""
    assert proposal.evenly is not None, "only the largest total has other payments"
    gains = gains_of(table, proposal.option, proposal.evenly)
    return replace(proposal, settled=proposal.evenly, gains=gains, evenly=None)
