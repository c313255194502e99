"""What law has paid at each option, before anybody bargains: floors, and equals treated equally.

A resident is paid what the plan offers, no less than its floor; within a group of equals everybody
has the best rate of the group, rounded up to the fen. An institution is paid its floor at least.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from gongzhi.core.balance.negotiating.amounts import in_fen, yuan
from gongzhi.core.balance.negotiating.case import NOTHING, Case, Option, Side
from gongzhi.core.terms import Said

RAISED = Said("“{option}”：“{side}”的方案补偿 {offered} 低于评估或法定的 {floor}，按 {floor} 算")
EQUALLY = Said("“{option}”：“{side}”与“{group}”的其他方同等对待，从 {before} 调到 {after}")
NOTHING_ASKED = Said("没有一方写了依法必须支付的补偿")
KEPT = Said("{count} 笔依法必须支付的补偿先列为约束，协商不得低于它们")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lawful:
    """What law has each side paid at each option, in fen, side by side; None: nothing asked."""

    dues: tuple[tuple[int | None, ...], ...]
    notes: tuple[Said, ...]

    def due(self, side: int, option: int) -> int:
        """What a side has to be paid at an option."""
        return self.dues[side][option] or 0


def lawful(case: Case, options: Sequence[Option]) -> Lawful:
    """The payments that law asks for."""
    notes: list[Said] = []
    columns = [_at_option(case.sides, option, notes) for option in options]
    dues = tuple(zip(*columns, strict=True)) if columns else tuple(() for _ in case.sides)
    count = sum(bool(due) for row in dues for due in row)
    first = Said(KEPT.text, {"count": count}) if count else NOTHING_ASKED
    return Lawful(dues=dues, notes=(first, *notes))


def _at_option(sides: Sequence[Side], option: Option, notes: list[Said]) -> list[int | None]:
    dues = [_due(side, option, notes) for side in sides]
    best: dict[str, Fraction] = {}
    for side, due in zip(sides, dues, strict=True):
        if side.alike and due:
            rate = due / Fraction(side.size)
            best[side.alike] = max(rate, best.get(side.alike, rate))
    for at, side in enumerate(sides):
        if side.alike not in best:
            continue
        before, equal = dues[at] or 0, ceil(best[side.alike] * Fraction(side.size))
        if equal > before:
            told = {"option": option.name, "side": side.name, "group": side.alike}
            amounts = {"before": yuan(before), "after": yuan(equal)}
            notes.append(Said(EQUALLY.text, {**told, **amounts}))
            dues[at] = equal
    return dues


def _due(side: Side, option: Option, notes: list[Said]) -> int | None:
    floor, offered = side.floors.get(option.code), side.offered.get(option.code)
    if not side.is_resident:
        return None if floor is None else in_fen(floor)
    if floor is not None and offered is not None and offered < floor:
        told = {"option": option.name, "side": side.name}
        amounts = {"offered": yuan(in_fen(offered)), "floor": yuan(in_fen(floor))}
        notes.append(Said(RAISED.text, {**told, **amounts}))
    return max(in_fen(each) for each in (floor, offered, NOTHING) if each is not None)
