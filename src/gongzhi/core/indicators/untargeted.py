"""No target was printed: a result stands alone and nothing can be measured against it."""

from gongzhi.core.indicators.canonical import says_nothing
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach
from gongzhi.core.terms import Said


def fits(promise: Promise) -> bool:
    """An empty target."""
    return promise.text == ""


def reached(promise: Promise, result_text: str | None) -> Reach:
    """Nothing can be said, except that nothing was written."""
    assert not promise.text, "an untargeted indicator has no target"
    if says_nothing(result_text):
        return Reach(said=Said("没有填写完成值"))
    return Reach(said=Said("没有指标值，无从比较"))


KIND = Kind(name="untargeted", fits=fits, reached=reached)
