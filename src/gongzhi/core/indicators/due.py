"""A date to keep: 2021年12月31日, 9月前, 12月底到位. In time gives the whole.

What a day of delay costs is fixed nowhere, so that a late result stays a claim in words.
"""

from dataclasses import replace

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.claimed import claimed
from gongzhi.core.indicators.comparing import WHOLE
from gongzhi.core.indicators.dates import Day, Span, last_date
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.indicators.promise import Promise
from gongzhi.core.indicators.reach import Reach, shortened
from gongzhi.core.terms import Said


def fits(promise: Promise) -> bool:
    """A text with a date in it."""
    return last_date(promise.text) is not None


def reached(promise: Promise, result_text: str | None) -> Reach:
    """In time, late, or not to be told because only months were printed."""
    promised, achieved = last_date(promise.text), last_date(canonical(result_text))
    assert promised is not None, "a due indicator has a date"
    if achieved is None or achieved.is_before:
        return claimed(promise, result_text)
    limit, done = _in_one_year(promised, achieved)
    kept = _kept(limit, done)
    quoted = {"target": shortened(promise.text), "result": shortened(result_text)}
    if kept is None:
        return Reach(said=Said("“{result}”是否在“{target}”之内，写得不够明确", quoted))
    if kept:
        return Reach(said=Said("“{result}”在“{target}”之内", quoted), met=True, share=WHOLE)
    late = Said("“{result}”晚于“{target}”", quoted)
    return Reach(said=late, met=False, degree=Degree.NONE)


def _kept(limit: Span, done: Span) -> bool | None:
    """9月前 means before September or in it: a result in September is neither kept nor late."""
    strict = limit.first if limit.is_before else limit.last
    if done.last <= strict:
        return True
    return False if done.first > limit.last else None


def _in_one_year(limit: Span, done: Span) -> tuple[Span, Span]:
    """Where only one of two dates has a year, the other is taken to be in the same year."""
    if limit.has_year == done.has_year:
        return limit, done
    year = max(limit.last.year, done.last.year)
    return _in_year(limit, year), _in_year(done, year)


def _in_year(span: Span, year: int) -> Span:
    first, last = span.first, span.last
    return replace(
        span, first=Day(year, first.month, first.day), last=Day(year, last.month, last.day)
    )


KIND = Kind(name="due", fits=fits, reached=reached)
