"""The shortlist in sentences, with the proof where it is empty."""

from collections.abc import Iterator, Sequence

from gongzhi.core.balance.compensation import Sharing
from gongzhi.core.balance.negotiating.amounts import worded, yuan
from gongzhi.core.balance.negotiating.sentences import one_after_other
from gongzhi.core.balance.negotiating.shortlist import Concession, Exclusion, Scarcity, Shortlist
from gongzhi.core.balance.negotiating.table import Table
from gongzhi.core.terms import Said, SaidValues, Text, several

NAMES_MOST = 12
RULES = {
    Sharing.PROPORTIONAL: Said("按比例"),
    Sharing.EQUAL_AWARDS: Said("同等所得"),
    Sharing.EQUAL_LOSSES: Said("同等损失"),
    Sharing.TALMUD: Said("塔木德法"),
}


def shortlisted(table: Table, short: Shortlist) -> Iterator[Said]:
    """Both lists, and proofs."""
    if not table.options:
        return
    if short.without:
        told: SaidValues = {"options": options_in(table, short.without)}
        yield Said("不另付补偿，各方都不低于底线、也没有更好的：{options}", told)
    elif short.why_none_without is not None:
        yield Said("不另付补偿，没有一个方案能让各方都不低于底线")
        yield from _excluded(table, short.why_none_without)
    if short.with_payments:
        told = {"options": options_in(table, short.with_payments)}
        yield Said("付补偿后，各方都不低于底线、也没有更好的：{options}", told)
    elif short.why_none_with is not None:
        yield Said("付补偿也没有一个方案能让各方都不低于底线")
        yield from _excluded(table, short.why_none_with)
    if short.scarcity is not None:
        yield from _scarce(table, short.scarcity)


def options_in(table: Table, places: Sequence[int]) -> Text:
    """Options by their names; of many only the first."""
    names = (f"“{table.stated.options[at].name}”" for at in places)
    return several(names, most=NAMES_MOST)


def sides_in(table: Table, places: Sequence[int]) -> Text:
    """Sides by their names."""
    return several(f"“{table.side(at).name}”" for at in places)


def _excluded(table: Table, why: Exclusion) -> Iterator[Said]:
    if not why.sides:
        text = Said("依法要付的补偿没有人付：请机构写明底线或者最多支付多少")
    elif len(why.sides) == 1:
        text = Said("{sides}的底线，哪个方案都达不到")
    else:
        text = Said("{sides}的底线互相排斥：不能同时满足，去掉其中任何一个，其余的就能满足")
    yield Said(text.text, {"sides": sides_in(table, why.sides)})
    yield from conceded(table, why.concession)


def conceded(table: Table, found: Concession) -> Iterator[Said]:
    """What would open the option that is nearest, in sentences."""
    option = table.stated.options[found.option].name
    for at, amount in found.gives:
        side = table.side(at)
        told: SaidValues = {"option": option, "side": side.name, "amount": worded(amount, side)}
        yield Said("最小的让步：“{side}”少要 {amount}，就可以接受“{option}”", told)
    if found.missing:
        told = {"option": option, "amount": yuan(found.missing)}
        yield Said("最小的让步：各机构或外部补助合起来再出 {amount}，“{option}”就能谈成", told)
    if found.blocked:
        told = {"option": option, "sides": sides_in(table, found.blocked)}
        yield Said("“{option}”要先给{sides}更好的条件；要多少由其自己说，这里不算", told)


def _scarce(table: Table, found: Scarcity) -> Iterator[Said]:
    told: SaidValues = {
        "option": table.stated.options[found.option].name,
        "estate": yuan(found.estate),
        "claims": yuan(sum(found.claims)),
    }
    yield Said("“{option}”缺钱最少：应补 {claims}，能拿出的只有 {estate}；几种分法并列如下", told)
    for rule, shares in found.shares:
        parts = [
            Said("“{side}”得 {amount}", {"side": table.side(at).name, "amount": yuan(share)})
            for at, share in enumerate(shares)
            if found.claims[at]
        ]
        if parts:
            yield Said("{rule}：{parts}", {"rule": RULES[rule], "parts": one_after_other(parts)})
