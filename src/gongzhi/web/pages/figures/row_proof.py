"""A row that was sealed among others: whether it says what was promised, and where its proof is."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.terms import Said
from gongzhi.cycle.sealed_places import SealedPlace
from gongzhi.trust.seals import seals_of
from gongzhi.web.pages.figures.answer import HOLDS, UNKNOWN, WRONG, Check, Source

PROMISED = Said("这一行和存证第 {row} 行所承诺的相同")
ERASED = Said("这一行存证在第 {row} 行；承诺的内容已按规定销毁，只留下凭据")
OTHER = Said("这一行和存证第 {row} 行所承诺的不同：被改动过，请核对存证")
UNSEALED = Said("没有找到带来这一行的存证")


def row_proof(place: SealedPlace | None) -> Iterator[Source]:
    """Where its proof lies, once its deed has a number in the log."""
    if place is None:
        return
    seal = seals_of([place.deed.leaf])[place.deed.leaf]
    if seal.index is not None:
        yield Source(
            name=_("行证明"),
            text=_("存证 №%(index)s 第 %(row)s 行")
            % {"index": f"{seal.index:,}", "row": f"{place.row:,}"},
            address=reverse("ledger-row", args=[seal.index, place.row]),
        )


def row_check(place: SealedPlace | None) -> Check:
    """Whether the row says what was promised."""
    if place is None:
        return Check(state=UNKNOWN, said=UNSEALED)
    values = {"row": place.row}
    if place.is_promised is None:
        return Check(state=UNKNOWN, said=Said(ERASED.text, values))
    if place.is_promised:
        return Check(state=HOLDS, said=Said(PROMISED.text, values))
    return Check(state=WRONG, said=Said(OTHER.text, values))
