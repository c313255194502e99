"""≥: at least this much. 不少于12种, ≥95%, 98%以上."""

from gongzhi.core.indicators.comparing import compared
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.promise import Promise


def fits(promise: Promise) -> bool:
    """A number with ≥."""
    return promise.number is not None and promise.number.sign == "≥"


KIND = Kind(name="at_least", fits=fits, reached=compared)
