"""A yes or no: 完成, 已完成, 合格, 是. Done gives the whole; else the words decide the band."""

from dataclasses import replace

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.claimed import claimed
from gongzhi.core.indicators.comparing import WHOLE
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach, shortened
from gongzhi.core.terms import Said


def fits(promise: Promise) -> bool:
    """A target that is one of the pack's words for done, and nothing else."""
    return promise.text in promise.lexicon.done


def reached(promise: Promise, result_text: str | None) -> Reach:
    """Done is the whole; part or nothing stays a claim in words."""
    result, quoted = canonical(result_text), {"result": shortened(result_text)}
    if result in promise.lexicon.undone:
        return Reach(said=Said("“{result}”表示没有完成", quoted), met=False, degree=Degree.NONE)
    if result in promise.lexicon.done:
        return Reach(said=Said("“{result}”表示完成", quoted), met=True, share=WHOLE)
    reach = claimed(promise, result_text)
    return replace(reach, share=WHOLE) if reach.degree is Degree.FULL else reach


KIND = Kind(name="done", fits=fits, reached=reached)
