"""What evaluators declare of themselves and of their work, in the order in which it is shown."""

from collections.abc import Mapping

from gongzhi.core.terms import Said

INDEPENDENCE = "independence"
DECLARED: Mapping[str, Said] = {
    INDEPENDENCE: Said("独立性声明"),
    "method": Said("评价方法"),
    "sample": Said("样本"),
    "sources": Said("资料来源"),
    "period": Said("评价时间"),
    "responsible": Said("负责人"),
    "funding": Said("经费来源"),
    "ties": Said("与被评价单位的关系"),
}
