"""≤: at most this much; less is better. 不超过30万元, ≤0.9‰, 30个以内."""

from gongzhi.core.indicators.comparing import compared
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.promise import Promise


def fits(promise: Promise) -> bool:
    """A number with ≤."""
    return promise.number is not None and promise.number.sign == "≤"


KIND = Kind(name="at_most", fits=fits, reached=compared)
