"""Whether any panel meets the quotas; which of them contradict, and what would have to give."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.core.participating.sortition.asking import Group, Quota, Sought, counting
from gongzhi.core.solving import Program, Solver
from gongzhi.core.terms import Said, SaidValues

TOO_FEW = Said("报名的只有 {count} 人，要抽 {size} 人")
CONTRADICT = Said("这些名额不能同时满足：{quotas}")
ONE = Said("{feature}“{value}”要 {least}–{most} 人，报名的有 {count} 人")
TOO_MANY = Said("“{feature}”各项至少 {least} 人，超过要抽的 {size} 人")
TOO_LITTLE = Said("“{feature}”各项最多 {most} 人，不足要抽的 {size} 人")
GIVES = Said("{feature}“{value}”从 {least}–{most} 人改为 {new_least}–{new_most} 人")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Why no panel meets the quotas.

    Without any one of `quotas` the others of them can be met; none of them where there are too few
    volunteers. `relaxed` are quotas that give way by as few places as possible together.
    """

    volunteers: int
    quotas: tuple[Quota, ...] = ()
    having: tuple[int, ...] = ()
    relaxed: tuple[tuple[Quota, Quota], ...] = ()

    def said(self, *, size: int) -> Said:
        """The contradiction as a sentence."""
        if not self.quotas:
            return Said(TOO_FEW.text, {"count": self.volunteers, "size": size})
        parts = [
            Said(ONE.text, {**_named(quota), "count": count})
            for quota, count in zip(self.quotas, self.having, strict=True)
        ]
        return Said(CONTRADICT.text, {"quotas": listed(parts)})

    def ways_out(self) -> tuple[Said, ...]:
        """What giving way would mean, one sentence for each quota that does."""
        return tuple(
            Said(GIVES.text, {**_named(old), "new_least": new.least, "new_most": new.most})
            for old, new in self.relaxed
        )


def contradiction(groups: Sequence[Group], *, sought: Sought) -> Contradiction | None:
    """Why no panel meets what is sought; None where one does."""
    volunteers = sum(group.count for group in groups)
    if volunteers < sought.size:
        return Contradiction(volunteers=volunteers)
    if _can_be(groups, sought=sought):
        return None
    quotas = _contradicting(groups, sought=sought)
    return Contradiction(
        volunteers=volunteers,
        quotas=quotas,
        having=tuple(having(quota, groups, sought=sought) for quota in quotas),
        relaxed=_relaxed(groups, sought=sought),
    )


def having(quota: Quota, groups: Sequence[Group], *, sought: Sought) -> int:
    """How many volunteers have the value of a quota."""
    return sum(groups[at].count for at in counting(quota, groups, sought=sought))


def listed(parts: Sequence[Said]) -> Said:
    """Sentences one after the other."""
    whole = parts[0]
    for part in parts[1:]:
        whole = Said("{before}；{after}", {"before": whole, "after": part})
    return whole


def panels(groups: Sequence[Group], *, sought: Sought, quotas: Sequence[Quota]) -> Program:
    """The program of all panels: how many of each group, under those quotas."""
    program = Program(whole=True)
    for group in groups:
        program.variable(0, group.count)
    program.row(sought.size, sought.size, dict.fromkeys(range(len(groups)), 1.0))
    for quota in quotas:
        places = counting(quota, groups, sought=sought)
        program.row(quota.least, quota.most, dict.fromkeys(places, 1.0))
    return program


def _can_be(
    groups: Sequence[Group], *, sought: Sought, quotas: Sequence[Quota] | None = None
) -> bool:
    asked = sought.quotas if quotas is None else quotas
    return Solver(panels(groups, sought=sought, quotas=asked)).minimised() is not None


def _contradicting(groups: Sequence[Group], *, sought: Sought) -> tuple[Quota, ...]:
    """Quotas that can't be met together, of which none can be left out."""
    kept = list(sought.quotas)
    for quota in sought.quotas:
        others = [each for each in kept if each != quota]
        if not _can_be(groups, sought=sought, quotas=others):
            kept = others
    return tuple(kept)


def _relaxed(groups: Sequence[Group], *, sought: Sought) -> tuple[tuple[Quota, Quota], ...]:
    """The quotas that give way, each with what it becomes: as few places as possible."""
    program = panels(groups, sought=sought, quotas=())
    gives = []
    for quota in sought.quotas:
        down = program.variable(0, quota.least, cost=1.0)
        up = program.variable(0, sought.size, cost=1.0)
        places = counting(quota, groups, sought=sought)
        counted = dict.fromkeys(places, 1.0)
        program.row(quota.least, sought.size + quota.least, {**counted, down: 1.0})
        program.row(-sought.size, quota.most, {**counted, up: -1.0})
        gives.append((quota, down, up))
    solved = Solver(program).minimised()
    assert solved is not None, "without quotas any panel will do"
    _, found = solved
    became = (
        (
            quota,
            Quota(
                feature=quota.feature,
                value=quota.value,
                least=quota.least - round(found[down]),
                most=quota.most + round(found[up]),
            ),
        )
        for quota, down, up in gives
    )
    return tuple((old, new) for old, new in became if old != new)


def _named(quota: Quota) -> dict[str, str | int]:
    return {
        "feature": quota.feature,
        "value": quota.value,
        "least": quota.least,
        "most": quota.most,
    }


def never_possible(sought: Sought) -> tuple[Said, ...]:
    """Quotas that no volunteers at all could meet: of each feature that doesn't add up.

    Everybody states one of the values that quotas name, so a feature's quotas share the places.
    """
    faults = []
    for feature in sought.features:
        quotas = [each for each in sought.quotas if each.feature == feature]
        least, most = sum(each.least for each in quotas), sum(each.most for each in quotas)
        told: SaidValues = {
            "feature": feature,
            "least": least,
            "most": most,
            "size": sought.size,
        }
        if least > sought.size:
            faults.append(Said(TOO_MANY.text, told))
        elif most < sought.size:
            faults.append(Said(TOO_LITTLE.text, told))
    return tuple(faults)
