"""What has to be said under every result of a negotiation."""

from collections.abc import Iterator

from gongzhi.core.balance.negotiating.case import Measure
from gongzhi.core.balance.negotiating.negotiated import Negotiated
from gongzhi.core.terms import Said, several

NO_PERFECT_RULE = Said(
    "没有一种办法能同时做到：有效率、人人可接受、收支平衡、谁都不能靠虚报得利"
    "（迈尔森—萨特思韦特定理）；所以各方写的价值要有证据，例如评估报告、法定最低补偿"
)
LIMITS_OF_RESIDENTS = Said(
    "居民的底线只用来排除不可接受的方案，从不用来算最少能付多少；"
    "居民的补偿按评估、法定标准和同等对待，不在讨价还价之内"
)
PEOPLE_DECIDE = Said("这里只列出各种选择和理由；由各方自己决定，依法定程序生效")
NO_EVIDENCE = Said("没有写证据的一方：{sides}；请先补上再用这些数字")
NO_LIMIT = Said("“{side}”的底线没有写或者没有公开：算不出它得益多少，也不请它付款")
IN_POINTS = Said("“{side}”的价值是评分，不能用钱补：方案对它要么可以接受，要么不可以")


def cautions(negotiated: Negotiated) -> tuple[Said, ...]:
    """All of them."""
    return (NO_PERFECT_RULE, LIMITS_OF_RESIDENTS, *_of_sides(negotiated), PEOPLE_DECIDE)


def _of_sides(negotiated: Negotiated) -> Iterator[Said]:
    table = negotiated.table
    silent = [side.name for side in table.case.sides if not side.evidence]
    if silent:
        yield Said(NO_EVIDENCE.text, {"sides": several(silent)})
    for at in table.sides:
        side = table.side(at)
        if side.measure is Measure.POINTS and not side.is_resident:
            yield Said(IN_POINTS.text, {"side": side.name})
        elif table.bargains(at) and table.limit(at) is None:
            yield Said(NO_LIMIT.text, {"side": side.name})
