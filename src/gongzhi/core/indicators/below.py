"""<: less than this; less is better. Exactly this much counts as reached (rule of the forms)."""

from gongzhi.core.indicators.comparing import compared
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.promise import Promise


def fits(promise: Promise) -> bool:
    """A number with <."""
    return promise.number is not None and promise.number.sign == "<"


KIND = Kind(name="below", fits=fits, reached=compared)
