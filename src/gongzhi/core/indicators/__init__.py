"""How far a target was reached: KINDS, one file each; the first that fits measures."""

from gongzhi.core.indicators import (
    above,
    at_least,
    at_most,
    below,
    done,
    due,
    equal,
    qualitative,
    untargeted,
    within,
)
from gongzhi.core.indicators.kind import Kind
from gongzhi.core.indicators.promise import Promise

KINDS: tuple[Kind, ...] = (
    untargeted.KIND,
    at_least.KIND,
    above.KIND,
    at_most.KIND,
    below.KIND,
    equal.KIND,
    due.KIND,
    within.KIND,
    done.KIND,
    qualitative.KIND,
)


def kind_of(promise: Promise) -> Kind:
    """The kind of an indicator: the first in the list that fits its target."""
    return next(kind for kind in KINDS if kind.fits(promise))


__all__ = ["KINDS", "Kind", "kind_of"]
