"""A target in words: 效果显著, 严格执行相关制度. Only the result's own words can be read."""

from gongzhi.core.indicators.claimed import claimed
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.promise import Promise


def fits(promise: Promise) -> bool:
    """Any words."""
    return promise.text != ""


KIND = Kind(name="qualitative", fits=fits, reached=claimed)
