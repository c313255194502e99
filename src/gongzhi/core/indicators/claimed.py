"""Results in words: what they claim, where figures cannot be compared."""

from gongzhi.core.indicators.canonical import canonical, says_nothing
from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach, shortened
from gongzhi.core.terms import Said

CLAIMS = {
    Degree.FULL: "完成情况“{result}”表示达成",
    Degree.PART: "完成情况“{result}”表示部分达成",
    Degree.NONE: "完成情况“{result}”表示未达成",
}
MET = {Degree.FULL: True, Degree.PART: False, Degree.NONE: False}


def claimed(promise: Promise, result_text: str | None) -> Reach:
    """How far the words of a result say that it got."""
    if says_nothing(result_text):
        return Reach(said=Said("没有填写完成值"))
    result = canonical(result_text)
    degree = promise.lexicon.degree(result=result, target=promise.text)
    quoted = {"result": shortened(result_text)}
    if degree is None:
        return Reach(said=Said("完成情况“{result}”没有说明达成程度", quoted))
    return Reach(said=Said(CLAIMS[degree], quoted), met=MET[degree], degree=degree)
