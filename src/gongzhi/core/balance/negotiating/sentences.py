"""Sentences made of several parts."""

from collections.abc import Sequence

from gongzhi.core.terms import Said


def one_after_other(parts: Sequence[Said]) -> Said:
    """Parts of a sentence, one after the other; at least one."""
    whole = parts[0]
    for part in parts[1:]:
        whole = Said("{before}；{after}", {"before": whole, "after": part})
    return whole
