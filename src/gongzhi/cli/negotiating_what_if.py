"""Numbers that `gongzhi negotiate --change` changes: SIDE/WHAT[/OPTION][/CRITERION]=NUMBER.

The subsidy is nobody's: subsidy=NUMBER.
"""

from collections.abc import Iterable, Sequence

from gongzhi.cli.telling import CannotRun
from gongzhi.connectors.negotiation_values import between, money
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.balance.negotiating import (
    Case,
    Changeable,
    Criterion,
    Option,
    Side,
    changed,
    faults,
)
from gongzhi.core.balance.negotiating.differing import (
    OF_CRITERIA,
    OF_NO_SIDE,
    OF_NUMBERS,
    OF_OPTIONS,
)
from gongzhi.core.terms import Said, several

WHAT = {
    "价值": Changeable.WORTH, "法定补偿": Changeable.FLOOR, "方案补偿": Changeable.OFFERED,
    "底线": Changeable.LIMIT, "最多支付": Changeable.PAYS_MOST, "最多所得": Changeable.GETS_MOST,
    "协商权重": Changeable.WEIGHT, "大小": Changeable.SIZE, "权重分": Changeable.POINTS,
    "评分": Changeable.SCORE, "外部补助": Changeable.SUBSIDY,
    **{each.value: each for each in Changeable},
}  # fmt: skip
HOW = Said("看不懂“{text}”；要改的数写成 一方/底线=300000 或 一方/价值/方案=0")
NOBODY = Said("没有“{name}”；有：{known}")
POINTS_MOST = 10**12


def with_changes(case: Case, changes: Iterable[str]) -> Case:
    """The case with all changes, one after the other."""
    for text in changes:
        case = _changed(case, text)
    found = faults(case)
    if found:
        raise CannotRun(found[0])
    return case


def _changed(case: Case, text: str) -> Case:
    path, sign, amount = text.rpartition("=")
    parts = [part.strip() for part in path.split("/")]
    how = Said(HOW.text, {"text": text[:80]})
    what = WHAT.get(parts[0] if len(parts) == 1 else parts[1])
    if not sign or what is None or len(parts) != _length(what):
        raise CannotRun(how)
    side = "" if what in OF_NO_SIDE else _code(parts[0], case.sides)
    option = _code(parts[2], case.options) if what in OF_OPTIONS else ""
    criterion = _code(parts[-1], case.criteria) if what in OF_CRITERIA else ""
    try:
        value = (between(-POINTS_MOST, POINTS_MOST) if what in OF_NUMBERS else money())(amount)
    except Unreadable as error:
        raise CannotRun(error.what) from error
    if value is None:
        raise CannotRun(how)
    return changed(case, side, what, value, option=option, criterion=criterion)


def _length(what: Changeable) -> int:
    """How many parts stand before the number."""
    if what in OF_NO_SIDE:
        return 1
    return 2 + (what in OF_OPTIONS) + (what in OF_CRITERIA)


def _code(name: str, known: Sequence[Side | Option | Criterion]) -> str:
    for each in known:
        if name in (each.code, each.name):
            return each.code
    names = several(each.name for each in known[:20])
    raise CannotRun(Said(NOBODY.text, {"name": name[:40], "known": names}))
